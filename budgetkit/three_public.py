"""Official travel, vehicles and hospitality (“三公”经费): the amounts of one disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import printed
from budgetkit.audit.cells import Cells, Sheet, tuples
from budgetkit.audit.outlines import plain
from budgetkit.audit.statements import Statement, is_total, measure, repeated, total_rows
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: The whole and its parts; what the vehicles are made of.
NAMES = ("three_public", "abroad", "vehicles", "reception")
VEHICLES = ("vehicle_purchase", "vehicle_operation")

_FINAL = "_final"


def amounts(doc: Disclosure, numbered: Cells) -> dict[str, float | None]:
    """“三公”经费 and its parts: from the table, else from the text, else missing.

    Of final accounts it is what was spent, never what was planned.
    """
    stated = _stated(doc)
    names = (*NAMES, *VEHICLES)
    found = {name: _tabled(doc, numbered, name) for name in names}
    found |= {name: stated.get(name) for name in names if found[name] is None}
    parts = [amount for name in VEHICLES if (amount := found.pop(name)) is not None]
    if found["vehicles"] is None and len(parts) == len(VEHICLES):
        found["vehicles"] = printed.exact_sum(parts)
    return found


def _tabled(doc: Disclosure, numbered: Cells, name: str) -> float | None:
    """What the table prints: in a column, of its units together, or in a line."""
    sheets = numbered.halves("three_public")
    spent = any(m.endswith(_FINAL) for sheet in sheets for m in sheet.measures)
    if doc.meta.kind == "final" and spent:
        amount = _spent(numbered, name)
        return _lined(numbered, name, _FINAL) if amount is None else amount
    item = words("labels")["measure"][name]["zh"]
    statement: Statement = {"section": "three_public", "item": item, "code": None}
    told = (
        numbered.sum(repeated(numbered, statement)),
        *(_united(numbered, sheet, _column(sheet, name, "")) for sheet in sheets),
        _lined(numbered, name, ""),
    )
    return next((amount for amount in told if amount is not None), None)


def _column(sheet: Sheet, name: str, ending: str) -> str | None:
    """The column of a part of “三公”经费; that of the whole may be the table's total."""
    names = (name, "total") if name == "three_public" else (name,)
    return next((own + ending for own in names if own + ending in sheet.measures), None)


def _spent(numbered: Cells, name: str) -> float | None:
    """What final accounts print in the column of money spent."""
    for sheet in numbered.halves("three_public"):
        column = _column(sheet, name, _FINAL)
        rows = total_rows(sheet) if column else []
        if column and rows:
            return numbered.sum([sheet.cell(row, column) for row in rows])
        if (amount := _united(numbered, sheet, column)) is not None:
            return amount
    return None


def _united(numbered: Cells, sheet: Sheet, column: str | None) -> float | None:
    """The amounts of all units together where no total is printed; other rows may be parts."""
    units = {row.unit for row in sheet.rows if row.level == "unit"}
    if column is None or total_rows(sheet) or len(units) < len(sheet.rows):
        return None
    rows = range(1 if _holds_the_others(numbered, sheet) else len(sheet.rows))
    return numbered.sum([sheet.cell(row, column) for row in rows])


def _holds_the_others(numbered: Cells, sheet: Sheet) -> bool:
    """Whether the first unit has the sum of the others in every column.

    Two units may spend the same: of two, the second must bear the name of the first, too.
    """
    first, second, *more = sheet.rows
    if not more and not str(second.unit).startswith(str(first.unit)):
        return False
    shape = (len(sheet.rows), len(sheet.measures))
    start = sheet.cell(0, sheet.measures[0])
    whole, *parts = numbered.amounts[start : start + shape[0] * shape[1]].reshape(shape)
    return bool((whole == sum(parts)).all())


def _lined(numbered: Cells, name: str, ending: str) -> float | None:
    """The amount of a part of “三公”经费 that has a line of its own where others have a column."""
    for sheet in numbered.halves("three_public"):
        lines: list[Statement] = [
            {"section": sheet.table, "item": plain(row.name), "code": None} for row in sheet.rows
        ]
        rows = [i for i, line in enumerate(lines) if _named(line) == name]
        whole = f"total{ending}" if ending else sheet.whole
        if len(rows) == 1 and whole in sheet.measures:
            return numbered.sum([sheet.cell(rows[0], str(whole))])
    return None


def _named(statement: Statement) -> str | None:
    """Which part of “三公”经费 a line or a statement is about, or the whole."""
    return "three_public" if is_total(statement) else measure(statement)


def _stated(doc: Disclosure) -> dict[str, float]:
    """What the text says of “三公”经费, by the column of the table that says the same."""
    found: dict[str, float] = {}
    for statement in doc.variances.to_dict("records"):
        if statement["section"] == "three_public" and pd.notna(statement["amount"]):
            found.setdefault(_named(statement) or "", statement["amount"])
    for fact in tuples(doc.facts[doc.facts["key"] == "three_public.total"]):
        if fact.unit in printed.UNITS and doc.meta.kind != "final":  # the sentence says 预算
            whole = printed.exact(fact.value) * printed.UNITS[fact.unit]
            found.setdefault("three_public", float(whole))
    return found
