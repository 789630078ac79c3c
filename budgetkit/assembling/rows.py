"""Body rows in, records out: one record for every printed amount."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

from budgetkit import codes, printed
from budgetkit.assembling import header, vocabulary
from budgetkit.assembling.captions import Covered, Row, is_money, is_number_row
from budgetkit.assembling.columns import Column, of_period
from budgetkit.assembling.names import Names, looks_like_unit
from budgetkit.assembling.records import Record, by_year, joined
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes

_CODE = re.compile(
    r"\[?(?P<code>[1-5]\d{2}(?:[ -]?\d{2}){0,3})(?:\][ -]*|[ -]+|$)(?P<name>.*)",
    re.DOTALL,
)
_JOINED = re.compile(r"(?P<code>[1-5]\d{2}(?:\d{2}){0,2})(?P<name>[\u4e00-\u9fff].*)", re.DOTALL)
_NARROW = str.maketrans("０１２３４５６７８９［］－　", "0123456789[]- ")
_TAIL = re.compile(r"(?P<code>\d{2}(?:[ -]?\d{2})?)\s+(?P<name>\D.*)", re.DOTALL)
#: An amount, or what is left of one: digits with a point or comma between or before them.
_MANGLED = re.compile(r"[^\w]*(?=.*[.,，]\d)[\d.,，\s()（）-]+")
_LABELS = {"name", "beside", "unit", "project"}
_LEVELS = {3: "class", 5: "section"}


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet as read: its records, and what there is to say of it as a whole."""

    records: list[dict]
    rows: int
    decimals: int
    measures: tuple[str, ...]


def read(sheet: Sheet, units: Names, projects: Names, notes: Notes) -> Read:
    """The records of a sheet for the frame ``figures``."""
    found, mended = header.columns(sheet)
    if mended:
        notes.mended("header_order", sheet.place)
    factor = printed.UNITS[sheet.unit or "万元"]
    rows = _aligned(sheet, found, notes)
    records: list[dict] = []
    measures: list[str] = []
    by_side: dict[str | None, int] = {}
    longest = 0
    blocks = [list(group) for _, group in groupby(found, key=lambda column: column.block)]
    grouped = sheet.table.sides or sheet.table.groups
    parts = [[_record(row, block, grouped, notes) for row in rows] for block in blocks]
    _spread_labels(parts)
    for block, part in zip(blocks, parts, strict=True):
        side = block[0].side
        halves, periods = by_year(joined(part, block, notes), notes)
        measures += [
            of_period(p, str(c.measure)) for p in periods for c in block if c.role == "measure"
        ]
        leveler = _Leveler(sheet, block, units, projects, notes)
        number = by_side.get(side, 0)
        longest = max(longest, len(halves))
        for half in halves:
            number += 1
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
                    "page": half.place,
                }
                for measure, value in half.amounts.items()
            ]
        notes.row = None
        by_side[side] = number
    if sheet.assumed and records:
        notes.doubted("unit_assumed", sheet.place, sheet.title, sheet.unit or "万元")
    used = {record["measure"] for record in records}
    for column in found:
        if column.role == "measure" and not column.known and column.measure in used:
            notes.doubted("unknown_column", sheet.place, str(column.measure))
    decimals = _decimals(sheet, found, notes)
    return Read(
        records,
        rows=longest,
        decimals=decimals,
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


def _record(
    aligned: tuple[int, bool, Row], block: list[Column], grouped: bool, notes: Notes
) -> Record:
    """One half of one row: its labels and its amounts; merged labels that head no groups, too."""
    place, first, row = aligned
    record = Record(place, first)
    parts: list[str] = []
    beside: list[str] = []
    amounts = any(row[column.index] for column in block if column.role == "measure")
    carried = amounts and not grouped
    for column in block:
        cell = row[column.index]
        if carried and column.role in _LABELS and isinstance(cell, Covered):
            cell = cell.above
        if not cell:
            continue
        if column.role == "measure":
            _put(record, column, cell, notes)
        elif _MANGLED.fullmatch(cell):
            notes.unplaced("amount_in_label_column", place, cell)
        elif column.role == "code":
            digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", cell))
            if digits and len(digits) >= len(printed.key(cell)) - 1:
                parts.append(digits)
            elif match := _CODE.fullmatch(cell) or _JOINED.fullmatch(cell):
                parts.append(re.sub(r"\D", "", match["code"]))
                record.name = record.name or printed.tidy(match["name"])
            elif len(printed.key(cell)) > 1:
                record.name = record.name or printed.tidy(cell)
        elif column.role == "beside":
            goes_on = cell.isdigit() and beside and beside[-1].isdigit()  # 501, 01
            beside[-1:] = [f"{beside[-1]}{cell}"] if goes_on else [*beside[-1:], printed.tidy(cell)]
        elif column.role in {"name", "unit", "project"}:
            _label(record, column.role, cell, parts)
        elif vocabulary.line("total").fullmatch(printed.key(cell)):
            record.name = record.name or printed.tidy(cell)
    record.name = " / ".join(filter(None, [record.name, *beside]))
    record.code = "".join(parts) or None
    return record


def _label(record: Record, role: str, cell: str, parts: list[str]) -> None:
    """Set a label of a record; a code that leads the name goes to the code."""
    if role != "name":
        setattr(record, role, printed.tidy(cell))
        return
    text = cell.translate(_NARROW)
    leading = _TAIL if len("".join(parts)) in (3, 5) else None if parts else _CODE
    match = leading.fullmatch(text) if leading else None
    if match is None and leading is _CODE and (joined := _JOINED.fullmatch(text)):
        match = joined if _is_code(joined["code"], joined["name"]) else None
    if match:
        parts.append(re.sub(r"\D", "", match["code"]))
        cell = cell[match.start("name") :]
    record.name = printed.tidy(cell) or record.name


def _is_code(code: str, name: str) -> bool:
    """Whether digits right before a name are its code: long enough, or the name is the code's."""
    return len(code) > 3 or printed.key(codes.name(code, language="zh") or "") == printed.key(name)


def _spread_labels(parts: list[list[Record]]) -> None:
    """Give a label that runs over two parts of a table to the part that has its amount."""
    for left, right in pairwise(parts):
        for label, amount in zip(left, right, strict=True):
            labelled = amount.name or amount.code or amount.project or amount.unit
            if amount.amounts and not labelled and label.name and not label.amounts:
                amount.name, label.name = label.name, ""


def _put(record: Record, column: Column, cell: str, notes: Notes) -> None:
    """Set an amount of a record, or note the cell that holds none."""
    try:
        percent = not vocabulary.is_money(str(column.measure))
        value = printed.amount(cell.rstrip("%％") if percent else cell)
    except ValueError:
        known = notes.unplaced if any(c.isdigit() for c in cell) else notes.doubted
        known("not_an_amount", record.place, cell, column.measure)
        return
    if value is not None:
        record.amounts[str(column.measure)] = value


class _Leveler:
    """Gives each record of a half its level, unit and project, from top to bottom."""

    def __init__(
        self,
        sheet: Sheet,
        block: list[Column],
        units: Names,
        projects: Names,
        notes: Notes,
    ) -> None:
        self._coded = any(column.role == "code" for column in block)
        self._labelled = any(c.role in {"code", "name", "unit", "project"} for c in block)
        self._items = sheet.table.label == "project"
        self._units, self._projects, self._notes = units, projects, notes
        self._unit: str | None = None
        self._parent = ""

    def labels(self, record: Record) -> dict[str, str | None]:
        """Level, code, name, unit and project of one record."""
        label = record.name or record.project or record.unit or ""
        level, project = self._level(record, label), None
        if level == "unit":
            self._unit = self._units.find(label) or label
            self._differs(label, self._unit, record)
        elif level == "total":
            self._unit = None
        elif record.unit:
            self._unit = self._units.find(record.unit) or record.unit
        if level == "project":
            printed_name = record.project or label
            project = self._projects.find(printed_name) or printed_name
            self._differs(printed_name, project, record)
        return {
            "level": level,
            "code": self._code(record),
            "name": label,
            "unit": self._unit,
            "project": project,
        }

    def _level(self, record: Record, label: str) -> str:
        code = self._code(record)
        if vocabulary.line("total").fullmatch(printed.key(label)) and not code:
            return "total"
        if not label and not code:
            if self._labelled:
                self._notes.doubted("row_without_name", record.place)
            return "line" if self._labelled else "total"
        if self._items:
            return "unit" if self._units.find(label) else "project"
        if record.project:
            return "project"
        if code:
            return _LEVELS.get(len(code), "item")
        known = self._units.find(label) is not None
        by_unit = bool(record.unit) and not record.name
        if by_unit or ((known or looks_like_unit(label)) and (self._coded or known)):
            return "unit"
        return "line"

    def _code(self, record: Record) -> str | None:
        """The whole code; a row that leaves the class out continues the one before."""
        if record.code and len(record.code) == 2 and len(self._parent) >= 3:
            return self._parent[:3] + record.code
        if record.code:
            self._parent = record.code
        return record.code

    def _differs(self, label: str, name: str, record: Record) -> None:
        """Note a label that is more than a bracket or a blank away from the listed name."""
        if not self._units.same(label, name):
            self._notes.mended("name_variant", record.place, label, name)
