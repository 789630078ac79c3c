"""Statements of change: which cells of the tables they repeat."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from typing import Any

from budgetkit.audit.cells import Cells, Sheet
from budgetkit.audit.outlines import plain
from budgetkit.printed import key
from budgetkit.vocabulary import words

#: A statement as a mapping: a row of ``doc.variances``.
Statement = dict[Hashable, Any]

_SUMS = ("total", "amount")


def coded(statement: Statement) -> bool:
    """Whether a statement is about a functional code."""
    return isinstance(statement["code"], str)


def is_total(statement: Statement) -> bool:
    """Whether a statement is about its section as a whole."""
    pattern = words("statements")["totals"].get(statement["section"])
    return not coded(statement) and bool(pattern and re.search(pattern, key(statement["item"])))


def measure(statement: Statement) -> str | None:
    """The column of the section's table that a statement names."""
    from budgetkit.assembling import vocabulary

    table = next((t for t in vocabulary.tables() if t.id == statement["section"]), None)
    if table is None:
        return None
    return table.measure(key(statement["item"])) or table.measure(_short(statement["item"]))


def repeated(cells: Cells, statement: Statement) -> list[int]:
    """The cells of the section's table that a statement repeats; a code by unit has several."""
    named = measure(statement)
    for sheet in cells.halves(str(statement["section"])):
        totals = [m for m in _SUMS if m in sheet.measures]
        if coded(statement):
            rows = [i for i, row in enumerate(sheet.rows) if row.code == statement["code"]]
            rows = rows if any(sheet.rows[i].unit for i in rows) else rows[:1]
        elif is_total(statement):
            rows = _total(sheet)
        elif named is not None and named in sheet.measures:
            rows, totals = _total(sheet), [named]
        else:
            item = _short(statement["item"])
            rows = [i for i, row in enumerate(sheet.rows) if _short(plain(row.name)) == item][:1]
        found = [sheet.cell(row, m) for m in totals[:1] for row in rows]
        if any(cells.printed[cell] for cell in found):
            return found
    return []


def printed_total(cells: Cells, section: str) -> float | None:
    """What the section's table prints as its total, where it does."""
    for sheet in cells.halves(section):
        for name in (m for m in (section, *_SUMS) if m in sheet.measures):
            total = cells.sum([sheet.cell(row, name) for row in _total(sheet)])
            if total is not None:
                return total
    return None


def _total(sheet: Sheet) -> list[int]:
    """The total row: of a side of a balance, whose year has one of its own, the last."""
    return sheet.totals[-1:] if sheet.side else sheet.totals[:1]


@cache
def _short(text: str) -> str:
    """A name without what is said of it or not: 资金, 经费, 收入."""
    return re.sub(words("statements")["tail"]["pattern"], "", key(text))
