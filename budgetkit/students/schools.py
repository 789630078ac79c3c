"""Schools: what their money comes to per student, as far as their students are known."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.given import takes_disclosure
from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact, key
from budgetkit.students import aid, telling
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@takes_disclosure
def by_school(doc: Disclosure) -> pd.DataFrame:
    """Bound what each school's aid money comes to per student.

    Money is from table ``general_projects``; students are what the school promises in
    its performance indicators (绩效指标). A promise of "at least 8,000 students" is
    only a floor, so the yuan per student only have a ceiling.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects``.

    Returns
    -------
    DataFrame
        One row per unit with aid money, most money first.

        - ``unit``; ``projects``: how many aid projects; ``amount``: 万元, ``cash``: 万元
          of it that goes to students themselves (measure ``household_transfers``)
        - ``students_low``, ``students_high``: persons, bounds from ``doc.targets``
        - ``yuan_low``, ``yuan_high``: yuan per student and year, all students of the
          school counted, not only those who are paid
        - ``bound``: which bounds of the yuan are known: ``both``, ``upper``,
          ``lower``, ``none``
        - ``basis``: the indicator that bounds the students; ``why``: a sentence in
          the language in use

    Raises
    ------
    MissingDataError
        If the document has no table ``general_projects``, or no aid money in it.

    Examples
    --------
    >>> import budgetkit as bk
    >>> schools = bk.students.by_school(bk.load("xinjiang-miit-2024"))
    >>> schools[["amount", "students_low", "yuan_high", "bound"]].iloc[0].to_dict()
    {'amount': 2625.78, 'students_low': 8000, 'yuan_high': 3282.225, 'bound': 'upper'}
    """
    money = aid.rows(doc)
    rows = []
    for unit, own in money.groupby("unit", sort=False):
        amount = aid.total(own[own["measure"] == "total"])
        students, basis = aid.students(doc, str(unit))
        rows.append(
            {
                "unit": unit,
                "projects": own["project"].map(key).nunique(),
                "amount": float(amount),
                "cash": float(aid.total(own[own["measure"] == "household_transfers"])),
                "students_low": telling.count(students.low),
                "students_high": telling.count(students.high),
                **_per_student("yuan", amount, students),
                "bound": _bound(students),
                "basis": basis,
                "why": language.label(f"students.bound.{_bound(students)}", basis=basis),
            }
        )
    frame = pd.DataFrame(rows).sort_values("amount", ascending=False, ignore_index=True)
    return telling.typed(frame)


@takes_disclosure
def vocational(doc: Disclosure, table: str = "expenditure") -> pd.DataFrame:
    """Bound basic and project money for vocational education (职业教育, 20503) per student.

    Students are those of all units with vocational money, as in `by_school`. They are
    known for the section as a whole only: which school teaches under which item isn't
    published, so the items are underdetermined.

    Parameters
    ----------
    doc : Disclosure
        A document with tables by function and ``general_projects``.
    table : {"expenditure", "general_expenditure"}
        All money, or that of the general public budget alone.

    Returns
    -------
    DataFrame
        One row per code 20503…: ``code``, ``name``; ``basic``, ``project``, ``total``
        in 万元; ``students_low``, ``students_high`` (persons); for each of the three
        ``…_yuan_low`` and ``…_yuan_high`` (yuan per student and year); ``bound`` as in
        `by_school`, and ``why``.

    Raises
    ------
    MissingDataError
        If the table is missing or has no money for vocational education.

    Examples
    --------
    >>> import budgetkit as bk
    >>> money = bk.students.vocational(bk.load("xinjiang-miit-2024"))
    >>> money.loc[0, ["basic", "students_low", "basic_yuan_high"]].to_dict()
    {'basic': 28399.11, 'students_low': 13550.0, 'basic_yuan_high': 20958.7528}
    """
    prefix = words("students")["vocational"]["code"]
    rows = doc.figures[doc.figures["table"] == table]
    rows = rows[rows["code"].fillna("").str.startswith(prefix)]
    if rows.empty:
        raise language.missing("schools", doc, prefix=prefix, table=language.tables([table]))
    students, basis = aid.all_students(doc, prefix)
    wide = rows.pivot_table("amount", ["code", "name"], "measure", "first", observed=True)
    wide = wide.reindex(columns=["basic", "project", "total"]).reset_index()
    found: list[dict[Hashable, Any]] = []
    for row in wide.to_dict("records"):
        known = students if row["code"] == prefix else UNKNOWN
        bound = _bound(known)
        reason = bound if row["code"] == prefix else "items"
        found.append(
            {
                **row,
                "students_low": telling.count(known.low),
                "students_high": telling.count(known.high),
                **_per_student("basic_yuan", _money(row["basic"]), known),
                **_per_student("project_yuan", _money(row["project"]), known),
                **_per_student("total_yuan", _money(row["total"]), known),
                "bound": bound,
                "why": language.label(f"students.bound.{reason}", basis=basis),
            }
        )
    return telling.typed(pd.DataFrame(found))


def _money(amount: float) -> Decimal:
    """A printed amount in 万元; a blank cell is none."""
    return Decimal(0) if pd.isna(amount) else exact(amount)


def _bound(students: Interval) -> str:
    """Which bounds of yuan per student follow from bounds of students."""
    return {
        (True, True): "both",
        (True, False): "upper",
        (False, True): "lower",
        (False, False): "none",
    }[students.low > 0, students.bounded]


def _per_student(name: str, amount: Decimal, students: Interval) -> dict[Hashable, Any]:
    """Yuan per student from 万元 and bounds of students; an end that isn't known is missing."""
    if _bound(students) == "none":
        return {f"{name}_low": None, f"{name}_high": None}
    yuan = Interval.of(amount * 10000) / students
    return {
        f"{name}_low": telling.number(yuan.low) if students.bounded else None,
        f"{name}_high": telling.number(yuan.high),
    }
