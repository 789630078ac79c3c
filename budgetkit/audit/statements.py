"""Statements of change: which cells of the tables they repeat."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from typing import Any

from budgetkit.assembling import vocabulary
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


def english(item: str) -> str | None:
    """What English calls an item that is no code, where it is known."""
    known = words("statements")["english"].items()
    named = (name for pattern, name in known if re.search(pattern, item))
    return next(named, _columns().get(key(item)))


@cache
def _columns() -> dict[str, str]:
    """What English calls the columns of tables, by the key of their Chinese name."""
    return {key(label["zh"]): label["en"] for label in words("labels")["measure"].values()}


def measure(statement: Statement) -> str | None:
    """The column of the section's table that a statement names."""
    table = vocabulary.table_of(statement["section"])
    if table is None:
        return None
    return table.measure(key(statement["item"])) or table.measure(_short(statement["item"]))


def repeated(cells: Cells, statement: Statement) -> list[int]:
    """The cells that a statement repeats; none where two of different amounts would fit."""
    for entry in words("statements")["instead"]:
        named = re.search(entry["is"], key(statement["item"]))
        if named and statement["section"] == entry["section"] and not coded(statement):
            statement = statement | entry["of"]
    section = str(statement["section"])
    for way in (_by_code, _as_total, _by_column, _by_name):
        for table in (section, *words("statements")["elsewhere"].get(section, ())):
            fitting = [own for sheet in cells.halves(table) for own in way(sheet, statement)]
            fitting = [own for own in fitting if any(cells.printed[cell] for cell in own)]
            if fitting:
                return fitting[0] if len({cells.sum(own) for own in fitting}) == 1 else []
    return []


def _by_code(sheet: Sheet, statement: Statement) -> list[list[int]]:
    """The row of its code, or those of all units together."""
    rows = [i for i, row in enumerate(sheet.rows) if row.code == statement["code"]]
    if not coded(statement) or not rows:
        return []
    rows = rows if any(sheet.rows[i].unit for i in rows) else rows[:1]
    return [[sheet.cell(row, name) for row in rows] for name in _sums(sheet)]


def _as_total(sheet: Sheet, statement: Statement) -> list[list[int]]:
    """The row that bears the section's name, else its total; of one side, each of its totals."""
    section, item = statement["section"], key(statement["item"])
    sides = words("statements")["sides"]
    if is_total(statement):
        pattern = words("statements")["totals"][section]
        rows = [i for i, row in enumerate(sheet.rows) if re.search(pattern, key(plain(row.name)))]
        rows = rows or (total_rows(sheet) if sheet.table == section else [])
    elif section in sides["sections"] and re.search(sides["whole"], item):
        rows = sheet.totals[::-1] if sheet.side == _side(item) else []
    else:
        return []
    return [[sheet.cell(row, name)] for name in _sums(sheet) for row in rows]


def _by_column(sheet: Sheet, statement: Statement) -> list[list[int]]:
    """The total of the column that it names."""
    named = None if coded(statement) else measure(statement)
    return [[sheet.cell(row, named)] for row in total_rows(sheet) if named in sheet.measures]


def _by_name(sheet: Sheet, statement: Statement) -> list[list[int]]:
    """The rows of its very name, else those of its name but for the tail."""
    item = key(statement["item"])
    names = {i: key(plain(row.name)) for i, row in enumerate(sheet.rows)}
    if sheet.side and _side(item) not in {None, sheet.side}:
        return []
    rows = [i for i, name in names.items() if name == item] or [
        i
        for i, name in names.items()
        if _short(name) == _short(item) and len({_side(name), _side(item)} - {None}) < 2
    ]
    return [[sheet.cell(row, name)] for name in _sums(sheet) for row in rows]


def _sums(sheet: Sheet) -> list[str]:
    """The column of a sheet's whole amounts: that of 三公 alone where it has one."""
    return [name for name in (sheet.table, *_SUMS) if name in sheet.measures][:1]


@cache
def _side(name: str) -> str | None:
    """The side of a balance that a name (`printed.key`) belongs to by its ending."""
    ending = re.search(words("statements")["sides"]["ending"], name)
    return ending and ending.lastgroup


def printed_total(cells: Cells, section: str) -> float | None:
    """What the section's table prints as its total, where it does."""
    for sheet in cells.halves(section):
        for name in (m for m in (section, *_SUMS) if m in sheet.measures):
            total = cells.sum([sheet.cell(row, name) for row in total_rows(sheet)])
            if total is not None:
                return total
    return None


def total_rows(sheet: Sheet) -> list[int]:
    """The total row: of a side of a balance, whose year has one of its own, the last.

    A table of one row is its own total.
    """
    only = [0] if len(sheet.rows) == 1 else []
    return (sheet.totals[-1:] if sheet.side else sheet.totals[:1]) or only


@cache
def _short(name: str) -> str:
    """A name without what is said of it or not: 资金, 经费, 收入; of nothing else, as it is."""
    return re.sub(words("statements")["tail"]["pattern"], "", key(name)) or key(name)
