"""Cells in, identities out: what tables promise each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.audit.cells import Cells, Sheet
from budgetkit.audit.identities import HALF, MOST, Identity, equal, held
from budgetkit.audit.outlines import CLASS, by_function, class_named, of_which, plain
from budgetkit.audit.within import tree
from budgetkit.vocabulary import words

TOTAL = "total"


def across(cells: Cells, kind: str) -> Iterator[Identity]:
    """The identities between tables; of several readings the one that holds most often."""
    index = {key: Index.of(sheet) for key, sheet in cells.sheets.items()}
    for number, entry in enumerate(words("identities")["equal"]):
        if entry.get("kind", kind) == kind:
            yield from _equal(cells, index, entry, number)
    for entry in words("identities")["lines"]:
        yield from _lines(index, entry)


@dataclass(slots=True)
class Index:
    """The rows of a sheet by code and by unit; the total; the rows of the innermost codes."""

    sheet: Sheet
    by_code: dict[str, list[int]] = field(default_factory=dict)
    by_unit: dict[str, list[int]] = field(default_factory=dict)
    leaves: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet) -> Index:
        """Look the rows of a sheet over once."""
        below, top = tree(sheet.rows)
        by_code: dict[str, list[int]] = defaultdict(list)
        by_unit: dict[str, list[int]] = defaultdict(list)
        named = by_function(sheet.rows) if sheet.side == "expenditure" else set()
        for number, row in enumerate(sheet.rows):
            code = row.code or (class_named(row.name) if number in named else None)
            if code:
                by_code[code].append(number)
            if row.level == "unit" and row.unit:
                by_unit[row.unit].append(number)
        totals = sheet.totals
        if len(totals) != 1 and not sheet.side:
            first = {sheet.rows[number].name: number for number in reversed(top)}
            totals = [] if totals else sorted(first.values())
        leaves = [n for n, row in enumerate(sheet.rows) if row.code and n not in below]
        return cls(sheet, dict(by_code), dict(by_unit), leaves, totals)

    def rows(self, key: str, which: int = -1) -> list[int] | None:
        """The rows that together are what a key names; none where the sheet cannot tell.

        A balance has two totals, of the year and of all: ``which`` is meant.
        """
        if key == TOTAL:
            return [self.totals[which]] if self.sheet.side and self.totals else self.totals or None
        if key in self.by_code:
            return self.by_code[key]
        if not key.isdigit():
            return self.by_unit.get(key)
        within = [n for n in self.leaves if str(self.sheet.rows[n].code).startswith(key)]
        if within:
            return within
        finest = max(map(len, self.by_code), default=0)
        return [] if finest >= len(key) else None


def column_of(index: dict, reference: str) -> tuple[Index, str] | None:
    """The sheet and the measure that a reference such as ``income.total`` names."""
    table, _, measure = reference.partition(".")
    name, _, side = table.partition(":")
    found = index.get((name, side or None))
    if found and measure == "whole":
        measure = found.sheet.whole or measure
    return (found, measure) if found and measure in found.sheet.measures else None


def _cells(column: tuple[Index, str], key: str, which: int = -1) -> list[int] | None:
    found, measure = column
    rows = found.rows(key, which)
    return None if rows is None else [found.sheet.cell(row, measure) for row in rows]


def _equal(cells: Cells, index: dict, entry: dict[str, Any], number: int) -> Iterator[Identity]:
    """The identities of one entry of ``[[equal]]``."""
    left = column_of(index, entry["left"])
    if left is None:
        return
    need = MOST if _carried(cells, index, entry) else entry.get("need", HALF)
    readings = []
    for references in entry["right"]:
        first, *others = [column_of(index, reference) for reference in references]
        if first is not None:
            readings.append([first, *filter(None, others)])
    found = [
        list(_reading(left, right, entry, number, which, need))
        for right in readings
        for which in ((-1, 0) if left[0].sheet.side else (-1,))
    ]
    if found:
        yield from max(found, key=lambda identities: held(cells, identities))


def _reading(
    left: tuple[Index, str],
    right: list[tuple[Index, str]],
    entry: dict[str, Any],
    number: int,
    which: int,
    need: float,
) -> Iterator[Identity]:
    """One identity for every key that both sides know."""
    for key in _keys([left, *right], entry["by"]):
        cells, sums = _cells(left, key, which), [_cells(column, key) for column in right]
        if cells is None or sums[0] is None:
            continue
        sheet = left[0].sheet
        rows = left[0].rows(key, which) or []
        place = (sheet.table, sheet.rows[rows[0]].row if rows else None, left[1])
        parts = [cell for part in sums for cell in part or ()]
        group = (entry["family"], str(number))
        yield equal(entry["family"], place, cells, parts, group, need)


def _carried(cells: Cells, index: dict, entry: dict[str, Any]) -> bool:
    """Whether money moves between years in the line that an entry names."""
    carried: dict[str, str] = entry.get("carried", {})
    name, _, side = carried.get("in", "").partition(":")
    found = index.get((name, side))
    return found is not None and any(
        cells.amounts[found.sheet.cell(number, measure)]
        for number, row in enumerate(found.sheet.rows)
        if re.search(carried["line"], row.name)
        for measure in found.sheet.measures
    )


def _keys(columns: list[tuple[Index, str]], by: str) -> list[str]:
    """What is compared: the total, and units, or codes of classes or of all lengths.

    Of two classifications in one table only that of the left column counts.
    """
    found = {TOTAL: None}
    if by == "unit":
        return list(columns[0][0].by_unit)
    kinds = {code[0] for code in columns[0][0].by_code}
    for index, _ in columns:
        for code in index.by_code if by != "total" else ():
            if code[0] in kinds and (by == "code" or len(code) == CLASS):
                found[code] = None
    return list(found)


def _lines(index: dict, entry: dict[str, Any]) -> Iterator[Identity]:
    """The lines of one table that are columns of another's total row."""
    name, _, side = entry["lines"].partition(":")
    lines, columns = index.get((name, side)), index.get((entry["columns"], None))
    table, whole = vocabulary.table_of(entry["columns"]), lines and lines.sheet.whole
    if not (table and lines and whole and columns and columns.totals):
        return
    own: dict[str, tuple[int, bool]] = {}
    of = of_which(lines.sheet.rows)
    for number, row in enumerate(lines.sheet.rows):
        measure = table.measure(printed.key(plain(row.name))) if row.level == "line" else None
        known = measure in columns.sheet.measures and measure in entry.get("only", [measure])
        if measure and measure != TOTAL and known:
            own.setdefault(measure, (number, of[number]))
    for measure, (number, is_part) in own.items():
        totals = _column_totals(columns, measure, alone=is_part)
        place = (lines.sheet.table, lines.sheet.rows[number].row, whole)
        line = lines.sheet.cell(number, whole)
        yield equal(entry["family"], place, [line], totals, (entry["family"],))


def _column_totals(columns: Index, measure: str, alone: bool) -> list[int]:
    """The totals of a column; of a whole line's also of the one that it leaves unsaid."""
    more = () if alone else words("identities")["transfer"]["after"]
    names = [measure, *(f"{measure}{after}" for after in more)]
    present = [name for name in names if name in columns.sheet.measures]
    return [cell for name in present for cell in _cells((columns, name), TOTAL) or ()]
