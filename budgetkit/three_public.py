"""Official travel, vehicles and hospitality (“三公”经费): the amounts of one disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import printed
from budgetkit.audit.cells import Cells, tuples
from budgetkit.audit.outlines import plain
from budgetkit.audit.statements import Statement, is_total, measure, repeated
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: The whole and its parts; what the vehicles are made of.
NAMES = ("three_public", "abroad", "vehicles", "reception")
VEHICLES = ("vehicle_purchase", "vehicle_operation")


def amounts(doc: Disclosure, numbered: Cells) -> dict[str, float | None]:
    """“三公”经费 and its parts: from the table, else from the text, else missing."""
    stated = _stated(doc)
    found: dict[str, float | None] = {}
    for name in NAMES:
        item = words("labels")["measure"][name]["zh"]
        statement: Statement = {"section": "three_public", "item": item, "code": None}
        told = [
            _spent(numbered, name) if doc.meta.kind == "final" else None,
            numbered.sum(repeated(numbered, statement)),
            _lined(numbered, name),
            stated.get(name),
        ]
        found[name] = next((amount for amount in told if amount is not None), None)
    return found


def _spent(numbered: Cells, name: str) -> float | None:
    """What final accounts print in the column of money spent."""
    for sheet in numbered.halves("three_public"):
        for column in (f"{name}_final", *(["total_final"] if name == "three_public" else [])):
            if column in sheet.measures:
                return numbered.sum([sheet.cell(row, column) for row in sheet.totals])
    return None


def _lined(numbered: Cells, name: str) -> float | None:
    """The amount of a part of “三公”经费 that has a line of its own where others have a column."""
    for sheet in numbered.halves("three_public"):
        lines: list[Statement] = [
            {"section": sheet.table, "item": plain(row.name)} for row in sheet.rows
        ]
        rows = [i for i, line in enumerate(lines) if measure(line) == name]
        if len(rows) == 1 and sheet.whole:
            return numbered.sum([sheet.cell(rows[0], sheet.whole)])
    return None


def _stated(doc: Disclosure) -> dict[str, float]:
    """What the text says of “三公”经费, by the column of the table that says the same."""
    found: dict[str, float] = {}
    for statement in doc.variances.to_dict("records"):
        if statement["section"] == "three_public" and pd.notna(statement["amount"]):
            name = "three_public" if is_total(statement) else measure(statement)
            found.setdefault(name or "", statement["amount"])
    for fact in tuples(doc.facts[doc.facts["key"] == "three_public.total"]):
        if fact.unit in printed.UNITS:
            whole = printed.exact(fact.value) * printed.UNITS[fact.unit]
            found.setdefault("three_public", float(whole))
    parts = [found[name] for name in VEHICLES if name in found]
    if len(parts) == len(VEHICLES):
        found.setdefault("vehicles", printed.exact_sum(parts))
    return found
