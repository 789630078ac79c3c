"""Body rows in, figures out: one for every printed amount."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from budgetkit import printed
from budgetkit.assembling import header, vocabulary
from budgetkit.assembling.captions import Row, is_money, is_number_row
from budgetkit.assembling.columns import Column, of_period
from budgetkit.assembling.levels import Leveler
from budgetkit.assembling.names import Names
from budgetkit.assembling.records import joined, record, spread_labels
from budgetkit.assembling.stitch import Sheet
from budgetkit.assembling.years import by_year
from budgetkit.notes import Notes


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet as read: its records, and what there is to say of it as a whole."""

    records: list[dict]
    rows: int
    decimals: int
    measures: tuple[str, ...]


def read(sheet: Sheet, units: Names, projects: Names, year: int | None, notes: Notes) -> Read:
    """The records of a sheet for the frame ``figures``; ``year`` is the document's."""
    found, mended = header.columns(sheet)
    if mended:
        notes.mended("header_order", sheet.place)
    factor = printed.UNITS[sheet.unit or "万元"]
    rows = _aligned(sheet, found, notes)
    records: list[dict] = []
    measures: list[str] = []
    by_side: Counter[str | None] = Counter()
    longest = 0
    blocks = [list(group) for _, group in groupby(found, key=lambda column: column.block)]
    grouped = sheet.table.sides or sheet.table.groups
    parts = [[record(row, block, grouped, notes) for row in rows] for block in blocks]
    spread_labels(parts)
    for block, part in zip(blocks, parts, strict=True):
        side = block[0].side
        halves, periods = by_year(joined(part, block, notes), year, notes)
        measures += [
            of_period(p, str(c.measure)) for p in periods for c in block if c.role == "measure"
        ]
        leveler = Leveler(sheet, block, units, projects, notes)
        longest = max(longest, len(halves))
        for number, half in enumerate(halves, start=by_side[side] + 1):
            notes.row = number
            labels = leveler.labels(half)
            records += [
                {
                    "table": sheet.table.id,
                    "row": number,
                    "side": side,
                    **labels,
                    "measure": measure,
                    "amount": float(value * factor if vocabulary.is_money(measure) else value),
                    "page": half.places.get(measure, half.place),
                }
                for measure, value in half.amounts.items()
            ]
        notes.row = None
        by_side[side] += len(halves)
    if sheet.assumed and records:
        notes.doubted("unit_assumed", sheet.place, sheet.title, sheet.unit or "万元")
    used = {figure["measure"] for figure in records}
    for column in found:
        if column.role == "measure" and not column.known and column.measure in used:
            notes.doubted("unknown_column", sheet.place, str(column.measure))
    return Read(
        records,
        rows=longest,
        decimals=_decimals(sheet, found, notes),
        measures=tuple(dict.fromkeys(measures)),
    )


def _decimals(sheet: Sheet, found: list[Column], notes: Notes) -> int:
    """How many decimals the amounts of a sheet are printed with; those with more are doubted."""
    other = {c.index for c in found if c.measure and not vocabulary.is_money(c.measure)}
    cells = [
        (place, cell)
        for place, row in sheet.body
        for index, cell in enumerate(row)
        if is_money(cell) and index not in other
    ]
    count = Counter(printed.decimals(cell) for _, cell in cells)
    usual = count.most_common(1)[0][0] if count else 0
    for place, cell in cells:
        if printed.decimals(cell) > usual:
            notes.doubted("odd_decimals", place, cell, str(usual))
    return usual


def _aligned(sheet: Sheet, found: list[Column], notes: Notes) -> list[tuple[int, bool, Row]]:
    """Body rows set under their columns; what lies outside is noted."""
    result = []
    last_number = max((int(n) for n in sheet.numbers if n.isdigit()), default=0)
    width = len(found)
    for index, (place, cells) in enumerate(sheet.body):
        texts = [cell for cell in cells if cell]
        if not texts or is_number_row(cells):
            continue
        if texts == [str(last_number + 1)]:
            notes.mended("stray_column_number", place, texts[0])
            continue
        row, shift = header.aligned(cells, found)
        if shift:
            notes.mended("row_shifted", place, " ".join(texts)[:40], str(shift))
        for cell in row[width:]:
            if cell:
                notes.unplaced("beyond_last_column", place, cell)
        if len(row) < width and found[len(row)].role == "measure":
            missing = [str(c.measure) for c in found[len(row) :] if c.role == "measure"]
            kind = notes.doubted if any(printed.is_amount(c) for c in row) else notes.mended
            kind("row_too_short", place, texts[0], ", ".join(missing))
        row = (*row[:width], *[""] * (width - len(row)))
        result.append((place, index in sheet.breaks, row))
    for line in sheet.strays:
        notes.unplaced("line_in_table", line.place, line.text)
    return result
