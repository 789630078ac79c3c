"""Performance targets: one form a project, its labelled cells above its indicators."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from budgetkit import printed
from budgetkit.assembling.captions import Row
from budgetkit.assembling.names import Names
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes
from budgetkit.vocabulary import words

_DATE = re.compile(r"\d{4}\s*(?:年|[/.-]\d)")
_NUMBER = re.compile(r"(?P<number>-?[\d,]+(?:\.\d+)?)(?P<unit>\D.*)?")


@dataclass(slots=True)
class Line:
    """One row of indicators, its cells by the column that they belong to."""

    place: int
    cells: dict[str, str]


def read(sheet: Sheet, form: int, units: Names, notes: Notes) -> list[dict]:
    """The indicators of one form, for the frame ``targets``."""
    depth, columns = _header(sheet)
    if not columns:
        notes.unplaced("form_without_indicators", sheet.place, sheet.title)
        return []
    head = _head(sheet, depth)
    unit = head.pop("unit", None)
    shared = {
        **head,
        "form": form,
        "unit": (units.find(unit) or unit) if unit else None,
    }
    records = []
    for line in _lines(sheet, depth, columns, notes):
        cells = line.cells
        operator, target, target_unit = value(cells.get("target", ""))
        record = {
            **shared,
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
    """The row that heads the indicators, and what each of its columns holds."""
    for depth, (_, row) in enumerate(sheet.body):
        found = {i: name for i, cell in enumerate(row) if (name := _named("columns", cell))}
        if "indicator" in found.values():
            return depth, found
    return 0, {}


def _head(sheet: Sheet, depth: int) -> dict:
    """The labelled cells above the indicators: unit, project and money."""
    head: dict = {"project": None}
    money: dict[str, Decimal] = {}
    text = unicodedata.normalize("NFKC", "".join("".join(row) for _, row in sheet.body[:depth]))
    stated = re.search(r"\((亿元|万元|元)\)", text)
    factor = printed.UNITS[stated[1] if stated else sheet.unit or "万元"]
    for _, row in sheet.body[:depth]:
        cells = [cell for cell in row if cell]
        for label, cell in pairwise(cells):
            name = _named("cells", label)
            if name in {"unit", "project"}:
                head[name] = head.get(name) or printed.tidy(cell)
            elif name and printed.is_amount(cell):
                money[name] = money.get(name, Decimal(0)) + (printed.amount(cell) or 0)
    return head | {name: float(value * factor) for name, value in money.items()}


def _lines(sheet: Sheet, depth: int, columns: dict[int, str], notes: Notes) -> list[Line]:
    """Indicator rows with merged cells filled down and page-split rows joined."""
    lines: list[Line] = []
    above: dict[str, str] = {}
    for place, row in sheet.body[depth + 1 :]:
        if not any(row) or _named("columns", row[0]) == "level1":
            continue
        cells = _placed(row, columns)
        if lines and "weight" in columns.values() and not cells.get("weight"):
            _join(lines[-1], cells)
            notes.mended("split_row", place, cells.get("indicator") or next(iter(cells.values())))
            above |= {k: v for k, v in lines[-1].cells.items() if k in {"level1", "level2"}}
            continue
        if cells.get("level1"):
            above = {}
        above |= {name: cells[name] for name in ("level1", "level2") if cells.get(name)}
        lines.append(Line(place, above | {k: v for k, v in cells.items() if v}))
    return lines


def _placed(row: Row, columns: dict[int, str]) -> dict[str, str]:
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
    left = [printed.tidy(cell) for cell in row[: max(start, 0)] if cell]
    if left and not cells["indicator"] and not re.search(_words("level"), left[-1]):
        cells["indicator"] = left.pop()  # its cell was merged to the left
    if len(left) == 1 and re.fullmatch(_words("level1"), left[0]) and row[0]:
        cells["level1"] = left[0]
    elif len(left) == 1:
        cells["level2"] = left[0]
    elif left:
        cells["level1"], cells["level2"] = left[0], left[-1]
    return cells


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
