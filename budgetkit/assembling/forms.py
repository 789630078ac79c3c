"""Performance targets: one form a project, its labelled cells above its indicators."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.captions import Row, is_money
from budgetkit.assembling.names import Names, looks_like_unit
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes
from budgetkit.vocabulary import words

_DATE = re.compile(r"\d{4}\s*(?:年|[/.-]\d)")
_MONEY = ("budget_total", "budget_fiscal", "budget_other")
_NUMBER = re.compile(r"(?P<number>-?[\d,]+(?:\.\d+)?)(?P<unit>\D.*)?")


@dataclass(slots=True)
class Line:
    """One row of indicators, its cells by the column that they belong to."""

    place: int
    cells: dict[str, str]
    head: dict = field(default_factory=dict)


def read(sheet: Sheet, form: int, units: Names, notes: Notes) -> list[dict]:
    """The indicators of one form, for the frame ``targets``."""
    depth, columns = _header(sheet)
    if not columns:
        notes.unplaced("form_without_indicators", sheet.place, sheet.title)
        for place, row in sheet.body:
            _leave(place, row, notes)
        return []
    if "project" in columns.values():
        lines = _listed(sheet, depth, columns, notes)
        heads: list[dict] = [line.head for line in lines]
    else:
        lines = _lines(sheet, depth, columns, notes)
        heads = [_head(sheet, depth, notes)] * len(lines)
    records = []
    for line, head in zip(lines, heads, strict=True):
        cells = line.cells
        operator, target, target_unit = value(cells.get("target", ""))
        unit = head.get("unit")
        record = {
            "project": None,
            **head,
            "form": form,
            "unit": (units.find(unit) or unit) if unit else None,
            "level1": cells.get("level1"),
            "level2": cells.get("level2"),
            "indicator": cells.get("indicator"),
            "operator": cells.get("operator") or operator,
            "target": target,
            "target_unit": cells.get("target_unit") or target_unit,
            "basis": cells.get("basis") or None,
            "previous": _blank(cells.get("previous", "")),
            "weight": _weight(cells.get("weight", ""), line.place, notes),
        }
        if record["indicator"]:
            records.append(record)
        else:
            notes.unplaced("indicator_without_name", line.place, " ".join(cells.values())[:40])
    return records


def value(cell: str) -> tuple[str | None, str | None, str | None]:
    """Operator, target and unit of a printed target value.

    >>> value("≥1200 条"), value("有效提升"), value("=2024年12月前")
    (('≥', '1200', '条'), (None, '有效提升', None), ('=', '2024年12月前', None))
    """
    text = printed.tidy(cell)
    if not text:
        return None, None, None
    match = re.match(rf"({_words('operator')})\s*(?=.)", text)
    operator = unicodedata.normalize("NFKC", match[1]) if match else None
    rest = re.sub(r"(?<=[\d.])\s+(?=[\d.])", "", text[match.end() :] if match else text)
    number = _NUMBER.fullmatch(rest)
    if number is None or _DATE.match(rest):
        return operator, rest, None
    return (
        operator,
        number["number"].replace(",", ""),
        (number["unit"] or "").strip() or None,
    )


def _header(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The last row that heads the indicators, and what each of the columns below holds."""
    for depth, (_, row) in enumerate(sheet.body):
        found = {i: name for i, cell in enumerate(row) if (name := _named("columns", cell))}
        if {"measured", "target"} <= set(found.values()) and "indicator" not in found.values():
            found = {i: "indicator" if name == "measured" else name for i, name in found.items()}
        if "indicator" not in found.values():
            continue
        heads = {i: name for i, cell in enumerate(row) if (name := _named("cells", cell))}
        if "project" not in heads.values():
            return depth, found
        below = sheet.body[depth + 1][1] if depth + 1 < len(sheet.body) else ()
        parts = {i: name for i, cell in enumerate(below) if (name := _named("cells", cell))}
        return depth + bool(parts), heads | found | parts
    return 0, {}


def _head(sheet: Sheet, depth: int, notes: Notes) -> dict:
    """The labelled cells above the indicators: unit, project and money."""
    head: dict = {}
    money: dict[str, Decimal] = {}
    rows = sheet.body[:depth]
    factor = _factor(sheet, rows)
    settled: set[str] = set()
    for index, (place, row) in enumerate(rows):
        label = ""
        total = any(vocabulary.line("total").fullmatch(printed.key(cell)) for cell in row if cell)
        for column, cell in enumerate(row):
            if not cell:
                continue
            name, label = _named("cells", label), cell
            if name in {"unit", "project"}:
                head[name] = head.get(name) or printed.tidy(cell)
            if not printed.is_amount(cell):
                continue
            below = None if name else _above(rows[:index], column)
            name = name or below
            if name in _MONEY and below and total:  # of a list of tasks
                money[name] = printed.amount(cell) or Decimal(0)
                settled.add(name)
            elif name in settled:
                continue
            elif name in _MONEY:
                money[name] = money.get(name, Decimal(0)) + (printed.amount(cell) or 0)
            elif is_money(cell):
                notes.unplaced("amount_in_form", place, cell)
    return head | {name: float(value * factor) for name, value in money.items()}


def _above(rows: list[tuple[int, Row]], column: int) -> str | None:
    """What the headings over a cell say; those of a part of the whole say nothing."""
    for _, row in reversed(rows):
        left = [cell for cell in row[: column + 1] if cell]
        here = row[column] if column < len(row) else ""
        if printed.is_amount(here):
            continue
        if here and not _named("cells", here) and not re.fullmatch(_words("whole"), here):
            return None
        if left and (name := _named("cells", here or left[-1])):
            return name
    return None


def _factor(sheet: Sheet, rows: list[tuple[int, Row]]) -> Decimal:
    """From the money of a form to 万元: by its own cells, or by the line above it."""
    text = unicodedata.normalize("NFKC", "".join("".join(row) for _, row in rows))
    stated = re.search(r"\((亿元|万元|元)\)", text)
    return printed.UNITS[stated[1] if stated else sheet.unit or "万元"]


def _leave(place: int, row: Row, notes: Notes) -> None:
    """Note the amounts of a row that has no place for them."""
    for cell in row:
        if is_money(cell):
            notes.unplaced("amount_in_form", place, cell)


def _listed(sheet: Sheet, depth: int, columns: dict[int, str], notes: Notes) -> list[Line]:
    """Indicator rows of a form that lists many projects, each beside its indicators."""
    factor = _factor(sheet, sheet.body[: depth + 1])
    lines: list[Line] = []
    head: dict = {}
    above: dict[str, str] = {}
    unit = None
    for index, (place, row) in enumerate(sheet.body[depth + 1 :], start=depth + 1):
        if not any(row) or all(_named("columns", c) or _named("cells", c) for c in row if c):
            continue
        cells = {n: printed.tidy(row[i]) for i, n in columns.items() if i < len(row) and row[i]}
        names = {"project", "unit", *_MONEY}
        for i, cell in enumerate(row):
            if i not in columns:
                _unread(cell, place, notes)
        shared = {name: cells.pop(name) for name in names if name in cells}
        for name in shared.keys() & {"project"}:  # broken anywhere, within a code too
            shared[name] = printed.tidy("".join(row[_place(columns, name)].split("\n")))
        money = {n: _amount(text, place, notes) for n, text in shared.items() if n in _MONEY}
        if index in sheet.breaks and "project" in shared and not money and head:
            head["project"] = printed.tidy(head["project"] + shared["project"])
            notes.mended("split_name", place, shared["project"])
        elif "project" in shared:
            alone = not cells and not money and looks_like_unit(shared["project"])
            unit = shared["project"] if alone else unit  # a heading over the unit's projects
            head, above = {"project": shared["project"], "unit": shared.get("unit") or unit}, {}
        if money:  # of a project, or of the next part of one
            head = {name: text for name, text in head.items() if name not in _MONEY}
        head |= {n: float(v * factor) for n, v in money.items() if v is not None}
        above = {} if cells.get("level1") else above
        above |= {name: cells[name] for name in ("level1", "level2") if cells.get(name)}
        if lines and cells and "indicator" not in cells:
            _join(lines[-1], {n: t for n, t in cells.items() if n not in {"level1", "level2"}})
            notes.mended("split_row", place, " ".join(cells.values())[:40])
        elif cells:
            lines.append(Line(place, above | cells, head))
    return lines


def _place(columns: dict[int, str], name: str) -> int:
    return next(index for index, column in columns.items() if column == name)


def _amount(cell: str, place: int, notes: Notes) -> Decimal | None:
    """An amount of a form, or a note of the cell that holds none."""
    try:
        return printed.amount(cell)
    except ValueError:
        notes.unplaced("not_an_amount", place, cell)
        return None


def _lines(sheet: Sheet, depth: int, columns: dict[int, str], notes: Notes) -> list[Line]:
    """Indicator rows with merged cells filled down and page-split rows joined."""
    lines: list[Line] = []
    above: dict[str, str] = {}
    for place, row in sheet.body[depth + 1 :]:
        if not any(row) or _named("columns", row[0]) == "level1":
            continue
        cells = _placed(place, row, columns, notes)
        if lines and "weight" in columns.values() and not cells.get("weight"):
            _join(lines[-1], cells)
            notes.mended("split_row", place, " ".join(filter(None, cells.values()))[:40])
            above |= {k: v for k, v in lines[-1].cells.items() if k in {"level1", "level2"}}
            continue
        if cells.get("level1"):
            above = {}
        above |= {name: cells[name] for name in ("level1", "level2") if cells.get(name)}
        lines.append(Line(place, above | {k: v for k, v in cells.items() if v}))
    return lines


def _placed(place: int, row: Row, columns: dict[int, str], notes: Notes) -> dict[str, str]:
    """Cells of a row by column, a row that slipped to one side set right by its basis."""
    where = {name: index for index, name in columns.items()}
    slip = 0
    if "basis" in where:
        standard = re.compile(_words("basis"))
        found = [i for i, cell in enumerate(row) if standard.fullmatch(printed.tidy(cell))]
        slip = found[0] - where["basis"] if found else 0
    start = where["indicator"] + slip
    cells = {
        name: printed.tidy(row[index + slip])
        for index, name in columns.items()
        if index >= where["indicator"] and 0 <= index + slip < len(row)
    }
    for index, cell in enumerate(row):
        if index >= start and index - slip not in columns:
            _unread(cell, place, notes)
    left = [printed.tidy(cell) for cell in row[: max(start, 0)] if cell]
    if left and not cells.get("indicator") and not re.search(_words("level"), left[-1]):
        cells["indicator"] = left.pop()  # its cell was merged to the left
    if len(left) == 1 and re.fullmatch(_words("level1"), left[0]) and row[0]:
        cells["level1"] = left[0]
    elif len(left) == 1:
        cells["level2"] = left[0]
    elif left:
        cells["level1"], cells["level2"] = left[0], left[-1]
    return cells


def _unread(cell: str, place: int, notes: Notes) -> None:
    """Note a cell under no column of the frame if it holds a number; words may be left out."""
    if any(map(str.isdigit, cell)):
        notes.unplaced("cell_without_column", place, printed.tidy(cell))


def _join(line: Line, rest: dict[str, str]) -> None:
    """Add the second part of a page-split row to the first."""
    for name, text in rest.items():
        if text:
            line.cells[name] = printed.tidy(line.cells.get(name, "") + text)


def _weight(cell: str, place: int, notes: Notes) -> float | None:
    try:
        number = printed.amount(cell.removesuffix("分"))
    except ValueError:
        notes.unplaced("not_a_weight", place, cell)
        return None
    return None if number is None else float(number)


def _blank(cell: str) -> str | None:
    """A cell, missing where it is blank or a dash."""
    return cell if printed.key(cell) else None


@cache
def _named(kind: str, cell: str) -> str | None:
    """The label or column of a form that a printed cell is."""
    text = printed.key(cell)
    for name, wordings in words("forms")[kind].items():
        if any(re.fullmatch(printed_as, text) for printed_as in wordings):
            return str(name)
    return None


def _words(name: str) -> str:
    return str(words("forms")["words"][name])
