"""Rows set under their columns in, records out: labels and amounts."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from budgetkit import codes, printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.captions import Covered, Row
from budgetkit.assembling.columns import Column
from budgetkit.notes import Notes

_CODE = re.compile(
    r"\[?(?P<code>[1-5]\d{2}(?:[ -]?\d{2}){0,3})(?:\][ -]*|[ -]+|$)(?P<name>.*)", re.DOTALL
)
_JOINED = re.compile(r"(?P<code>[1-5]\d{2}(?:\d{2}){0,2})(?P<name>[\u4e00-\u9fff].*)", re.DOTALL)
_NARROW = str.maketrans("０１２３４５６７８９［］－　", "0123456789[]- ")
_TAIL = re.compile(r"(?P<code>\d{2}(?:[ -]?\d{2})?)\s+(?P<name>\D.*)", re.DOTALL)
#: An amount, or what is left of one: digits with a point or comma between or before them.
_MANGLED = re.compile(r"[^\w]*(?=.*[.,，]\d)[\d.,，\s()（）-]+")
_LABELS = {"name", "beside", "unit", "project"}

#: From this share of rows with amounts on, a bare label is the rest of the one before it.
_FULL = 0.9

#: From this share of labels with an outline's mark on, one without is such a rest, too.
_OUTLINED = 0.6


@dataclass(slots=True)
class Record:
    """One row of one half of a table.

    ``over`` is what columns before that of ``name`` name; ``places`` says where amounts
    stand that are not in the row's own place.
    """

    place: int
    first_of_page: bool
    code: str | None = None
    name: str = ""
    over: str = ""
    unit: str | None = None
    project: str | None = None
    amounts: dict[str, Decimal] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


def record(
    aligned: tuple[int, bool, Row], block: list[Column], grouped: bool, notes: Notes
) -> Record:
    """One half of one row: its labels and its amounts; merged labels that head no groups, too."""
    place, first, row = aligned
    found = Record(place, first)
    parts: list[str] = []
    beside: list[str] = []
    carried = _carried(row, block) if not grouped else set()
    for column in block:
        cell = row[column.index]
        if column.role in carried and isinstance(cell, Covered) and not _is_total(cell.above):
            cell = cell.above
        if not cell:
            continue
        if column.role == "measure":
            _put(found, column, cell, notes)
        elif _MANGLED.fullmatch(cell):
            notes.unplaced("amount_in_label_column", place, cell)
        elif column.role == "code":
            digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", cell))
            if digits and len(digits) >= len(printed.key(cell)) - 1:
                parts.append(digits)
            elif match := _CODE.fullmatch(cell) or _JOINED.fullmatch(cell):
                parts.append(re.sub(r"\D", "", match["code"]))
                found.name = found.name or printed.tidy(match["name"])
            elif len(printed.key(cell)) > 1:
                found.name = found.name or printed.tidy(cell)
        elif column.role == "beside":
            goes_on = cell.isdigit() and beside and beside[-1].isdigit()  # 501, 01
            beside[-1:] = [f"{beside[-1]}{cell}"] if goes_on else [*beside[-1:], printed.tidy(cell)]
        elif column.role in {"name", "unit", "project"}:
            _label(found, column.role, cell, parts)
        elif _is_total(cell):
            found.name = found.name or printed.tidy(cell)
    for label in (found.name, found.unit, found.project):
        if label and not found.amounts and printed.is_amount(label):
            notes.unplaced("amount_in_label_column", place, label)
    found.name = " / ".join(filter(None, [found.name, *beside]))
    found.code = "".join(parts) or None
    return found


def _carried(row: Row, block: list[Column]) -> set[str]:
    """The kinds of label that a merged cell gives to a row below its first one.

    A row without amounts gets none. A code comes with its name: a row that has a name of
    its own is not what the code says.
    """
    if not any(row[column.index] for column in block if column.role == "measure"):
        return set()
    named = any(row[column.index] for column in block if column.role in {"name", "project"})
    return _LABELS if named else {*_LABELS, "code"}


def _is_total(label: str) -> bool:
    return vocabulary.line("total").fullmatch(printed.key(label)) is not None


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
    if name := printed.tidy(cell):
        record.over = " / ".join(filter(None, [record.over, record.name]))
        record.name = name


def _is_code(code: str, name: str) -> bool:
    """Whether digits right before a name are its code: long enough, or the name is the code's."""
    return len(code) > 3 or printed.key(codes.name(code, language="zh") or "") == printed.key(name)


def spread_labels(parts: list[list[Record]]) -> None:
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


def joined(records: list[Record], block: list[Column], notes: Notes) -> list[Record]:
    """Records with the second part of a split name joined to the first."""
    records = [r for r in records if r.code or r.name or r.unit or r.project or r.amounts]
    named = [r for r in records if r.name or r.project]
    full = sum(bool(r.amounts) for r in named) >= _FULL * len(named)
    outlined = sum(_is_outlined(r.name) for r in named) >= _OUTLINED * len(named)
    roles = {column.role for column in block}
    result: list[Record] = []
    for record in records:
        bare = not record.amounts and not record.code
        rest = bool(record.project) and not record.name and "name" in roles
        loose = full or (outlined and not _is_outlined(record.name))
        total = vocabulary.line("total")
        last = printed.key(result[-1].name) if result else ""
        whole = last.endswith("计") and total.fullmatch(last) is not None
        part = record.project or record.name
        blank = not printed.key(part)  # a dash for a name: a row of its own
        split = rest or (loose and record.first_of_page)
        if bare and result and split and not whole and not blank:
            before = result[-1]
            notes.mended("split_name", record.place, part)
            before.name = printed.tidy(before.name + record.name)
            before.project = printed.tidy((before.project or "") + (record.project or "")) or None
            continue
        result.append(record)
    return result


def _is_outlined(name: str) -> bool:
    """Whether a label begins with an outline's mark, or is that of a total."""
    total = vocabulary.line("total").fullmatch(printed.key(name))
    return bool(total or vocabulary.line("outline").match(name))
