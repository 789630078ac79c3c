"""Student aid in a disclosure: which projects are aid, and how many students a school has."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, reduce
from operator import add
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.intervals import INFINITY, UNKNOWN, Interval
from budgetkit.printed import amount, exact, is_amount, key
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


def is_aid(project: str) -> bool:
    """Whether a project's name is one of student aid.

    >>> is_aid("2024 年学生资助补助经费-中职助学金"), is_aid("班主任、辅导员补贴经费")
    (True, False)
    """
    text = key(project)
    return bool(pattern("aid", "is").search(text)) and not pattern("aid", "is_not").search(text)


def kind(project: str) -> str | None:
    """What an aid project pays for: a key of ``[kinds]``.

    >>> kind("自治区学生资助经费-中等职业学校免学费（技工）")
    'fees'
    """
    text = key(project)
    return next(
        (name for name in words("students")["kinds"] if pattern("kinds", name).search(text)), None
    )


def projects(doc: Disclosure) -> pd.DataFrame:
    """The rows of ``doc.projects`` that are student aid and state an amount."""
    if (found := _projects(doc)).empty:
        if _rows(doc).empty:
            raise language.missing("aid", doc, count=len(doc.projects))
        raise language.missing("aid_in_table", doc, count=len(doc.projects))
    return found


def rows(doc: Disclosure) -> pd.DataFrame:
    """The rows of ``general_projects`` that are student aid."""
    if (found := _rows(doc)).empty:
        if _projects(doc).empty:
            raise language.missing("aid_by_unit", doc)
        raise language.missing("aid_in_text", doc)
    return found


def _projects(doc: Disclosure) -> pd.DataFrame:
    found = doc.projects
    return found[found["project"].map(is_aid).astype(bool) & found["amount"].notna()]


def _rows(doc: Disclosure) -> pd.DataFrame:
    rows = doc.figures[(doc.figures["table"] == "general_projects") & doc.figures["unit"].notna()]
    rows = rows[(rows["level"] == "project") & rows["project"].notna()]
    return rows[rows["project"].map(is_aid).astype(bool)]


def table_amounts(doc: Disclosure) -> dict[str, float]:
    """Printed total of every project in ``general_projects``, all units together, by key."""
    rows = doc.figures
    rows = rows[(rows["table"] == "general_projects") & (rows["level"] == "project")]
    rows = rows[(rows["measure"] == "total") & rows["project"].notna()]
    return {str(name): float(total(own)) for name, own in rows.groupby(rows["project"].map(key))}


def students(doc: Disclosure, unit: str) -> tuple[Interval, str]:
    """Bounds of a unit's students, and the indicator that gives them.

    Any "at least" or "exactly" of some students is a floor for the school; only a
    count of all students can be a ceiling.
    """
    floor, ceiling, basis = Decimal(0), INFINITY, ""
    own = doc.targets[doc.targets["unit"].fillna("").map(key) == key(unit)]
    for row in own.to_dict("records"):
        if not (counts_students(row["indicator"], row["target_unit"]) and is_amount(row["target"])):
            continue
        value = amount(row["target"]) or Decimal(0)
        said = f"{row['indicator']} {row['operator']} {value:,}"
        if row["operator"] in {"≥", ">=", ">", "="} and value > floor:
            floor, basis = value, said
        if row["operator"] in {"≤", "<=", "<", "="} and counts_all(row["indicator"]):
            ceiling, basis = min(ceiling, value), basis or said
    return (Interval(floor, ceiling), basis) if floor <= ceiling else (UNKNOWN, "")


def all_students(doc: Disclosure, prefix: str) -> tuple[Interval, str]:
    """Bounds of the students of all units with vocational money."""
    rows = doc.figures[(doc.figures["table"] == "general_projects") & doc.figures["unit"].notna()]
    rows = rows[rows["code"].fillna("").str.startswith(prefix)]
    found = [students(doc, str(unit)) for unit in rows["unit"].unique()]
    bounds = reduce(add, (interval for interval, _ in found)) if found else UNKNOWN
    return bounds, " + ".join(basis for _, basis in found if basis)


def counts_students(indicator: str, unit: object) -> bool:
    """Whether a performance indicator counts a unit's students.

    >>> counts_students("受益学生人数", "人"), counts_students("学生满意度", "%")
    (True, False)
    """
    text = key(indicator)
    return (
        unit in words("students")["indicators"]["units"]
        and bool(pattern("indicators", "is").search(text))
        and not pattern("indicators", "is_not").search(text)
    )


def counts_all(indicator: str) -> bool:
    """Whether such an indicator counts every student."""
    return bool(pattern("indicators", "every").search(key(indicator)))


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Wordings of that file as one pattern."""
    return re.compile("|".join(words("students")[table][name]))


def total(rows: pd.DataFrame) -> Decimal:
    """The exact sum of amounts, in 万元."""
    return sum((exact(value) for value in rows["amount"]), Decimal(0))
