"""Statements of change: their names and their parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import codes, language
from budgetkit.audit.statements import Statement, coded, is_total, measure
from budgetkit.printed import key
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


def statements(doc: Disclosure, section: str | None = None) -> list[Statement]:
    """The rows of ``doc.variances``, or those of one section, as mappings."""
    frame = doc.variances
    if frame.empty:
        raise language.missing("statements", doc)
    if section is not None:
        sections = list(dict.fromkeys(frame["section"].astype("str")))
        frame = frame[frame["section"] == section]
        if frame.empty:
            raise language.missing(
                "section",
                doc,
                section=language.label(f"table.{section}"),
                sections=language.tables(sections),
            )
    return frame.assign(section=frame["section"].astype("str")).to_dict("records")


def parts(found: list[Statement]) -> list[Statement]:
    """The finest statements of a section: items rather than natures of spending.

    Totals are left out, unless there is nothing else. Nothing is counted twice: of two sides
    one is taken, and what the text says again is said once.
    """
    items = _one_side([s for s in _once(found) if not is_whole(s) and not _apart(s)])
    finer = [s for s in items if coded(s) or not nature(s)]
    codes = [s["code"] for s in finer if coded(s)]
    above = {code[:length] for code in codes for length in range(1, len(code))}
    kept = [s for s in finer or items if s["code"] not in above]
    return without_subtotals(kept) or [s for s in found if is_whole(s)][:1]


def is_whole(statement: Statement) -> bool:
    """Whether a statement is about its section as a whole, or about one of its two sides."""
    whole = words("statements")["sides"]["whole"]
    side = _two_sided(statement) and re.search(whole, key(statement["item"]))
    return is_total(statement) or (not coded(statement) and bool(side))


def _two_sided(statement: Statement) -> bool:
    return statement["section"] in words("statements")["sides"]["sections"]


def nature(statement: Statement) -> bool:
    """Whether a statement is about spending of one nature, whatever it is for."""
    return bool(re.search(words("statements")["natures"]["pattern"], key(statement["item"])))


def _once(found: list[Statement]) -> list[Statement]:
    """Statements without those that say the same amount and change of the same item again."""
    names = ("item", "code", "amount", "change")
    return list({str([s[name] for name in names]): s for s in found}.values())


def _apart(statement: Statement) -> bool:
    """Whether a statement shares its section without being part of it."""
    pattern = words("statements")["apart"].get(statement["section"])
    return bool(pattern and re.search(pattern, key(statement["item"])))


def _one_side(found: list[Statement]) -> list[Statement]:
    """Where a section tells of both sides: expenditure, by code if it can be, else revenue."""
    sides = words("statements")["sides"]
    if not any(_two_sided(s) for s in found):
        return found
    spent = [s for s in found if coded(s) or not re.search(sides["revenue"], key(s["item"]))]
    return [s for s in spent if coded(s)] or spent or found


def without_subtotals(found: list[Statement]) -> list[Statement]:
    """Either a subtotal or what it consists of, never both."""
    for whole, part in words("statements")["subtotals"].items():
        sums = [s for s in found if re.search(whole, s["item"])]
        addends = [s for s in found if re.search(part, s["item"]) and s not in sums]
        dropped = sums if len(addends) > 1 else addends if sums else []
        found = [s for s in found if s not in dropped]
    return found


def complete(found: list[Statement]) -> list[Statement]:
    """The statements that give both their amount and its change."""
    return [s for s in found if all(pd.notna(s[name]) for name in ("amount", "change"))]


def named(found: list[Statement]) -> list[str]:
    """A label for each statement in the language in use; equal ones get their code added."""
    plain = [name(s) for s in found]
    return [
        language.label("variance.coded", name=label, code=s["code"])
        if plain.count(label) > 1 and coded(s)
        else label
        for label, s in zip(plain, found, strict=True)
    ]


def name(statement: Statement) -> str:
    """What a statement is about, in the language in use; as published where it isn't known."""
    code, item = statement["code"], statement["item"]
    if language.current() == "zh":
        return str(item)
    if coded(statement):
        return codes.name(code) or str(item)
    for known, english in words("statements")["english"].items():
        if re.search(known, item):
            return str(english)
    column = measure(statement)
    return language.label(f"measure.{column}") if column else str(item)
