"""Performance targets: one form a project, its labelled cells above its indicators."""

import re
import unicodedata
from dataclasses import dataclass

from budgetkit import printed
from budgetkit.assembling import heads
from budgetkit.assembling.captions import Row
from budgetkit.assembling.heads import Head, Money
from budgetkit.assembling.names import Names, looks_like_unit
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes

_DATE = re.compile(r"\d{4}\s*(?:年|[/.-]\d)")
#: Columns of which no record has the cells: words, numbers of rows.
_UNREAD = {"ignored", "measured"}
_NUMBER = re.compile(r"(?P<number>-?[\d,]+(?:\.\d+)?)(?P<unit>\D.*)?")


@dataclass(slots=True)
class Indicator:
    """One row of indicators, its cells by the column that they belong to."""

    place: int
    cells: dict[str, str]
    head: Head


def read(sheet: Sheet, form: int, units: Names, notes: Notes) -> list[dict]:
    """The indicators of one form, for the frame ``targets``."""
    depth, columns = _header(sheet)
    if not columns:
        notes.unplaced("form_without_indicators", sheet.place, sheet.title)
        for place, row in sheet.body:
            heads.leave_money(place, row, notes)
        return []
    if "project" in columns.values():
        lines, projects = _listed(sheet, depth, columns, notes)
    else:
        projects = [heads.head(sheet, depth, notes)]
        lines = _lines(sheet, depth, columns, projects[0], notes)
    records = []
    used = set()
    for line in lines:
        cells, head = line.cells, line.head.fields
        operator, target, target_unit = value(cells.get("target", ""))
        unit = head.get("unit")
        record = {
            "project": None,
            **head,
            "form": form,
            "unit": unit if line.head.department or not unit else units.find(unit) or unit,
            "level1": cells.get("level1"),
            "level2": cells.get("level2"),
            "indicator": cells.get("indicator"),
            "operator": cells.get("operator") or operator,
            "target": target,
            "target_unit": cells.get("target_unit") or target_unit,
            "basis": cells.get("basis") or None,
            "previous": _blank(cells.get("previous", "")),
            "weight": _weight(cells.get("weight", ""), line.place, notes),
            "core": _blank(cells.get("core", "")),
        }
        if record["indicator"]:
            records.append(record)
            used.add(id(line.head))
        else:
            notes.unplaced("indicator_without_name", line.place, " ".join(cells.values())[:40])
    for project in projects:
        if id(project) not in used:
            heads.leave(project.money, notes)
    return records


def value(cell: str) -> tuple[str | None, str | None, str | None]:
    """Operator, target and unit of a printed target value.

    >>> value("≥1200 条"), value("有效提升"), value("=2024年12月前")
    (('≥', '1200', '条'), (None, '有效提升', None), ('=', '2024年12月前', None))
    """
    text = printed.tidy(cell)
    if not text:
        return None, None, None
    match = re.match(rf"({heads.pattern('operator')})\s*(?=.)", text)
    operator = unicodedata.normalize("NFKC", match[1]) if match else None
    rest = re.sub(r"(?<=[\d.])\s+(?=[\d.])", "", text[match.end() :] if match else text)
    number = _NUMBER.fullmatch(rest)
    if number is None or _DATE.match(rest):
        return operator, rest, None
    return (operator, number["number"].replace(",", ""), (number["unit"] or "").strip() or None)


def _header(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The last row that heads the indicators, and what each of the columns below holds."""
    for depth, (_, row) in enumerate(sheet.body):
        found = {i: name for i, cell in enumerate(row) if (name := heads.named("columns", cell))}
        if {"measured", "target"} <= set(found.values()) and "indicator" not in found.values():
            found = {i: "indicator" if name == "measured" else name for i, name in found.items()}
        if "indicator" not in found.values():
            continue
        labels = {i: name for i, cell in enumerate(row) if (name := heads.named("cells", cell))}
        if "project" not in labels.values():
            return depth, found
        below = sheet.body[depth + 1][1] if depth + 1 < len(sheet.body) else ()
        parts = {i: name for i, cell in enumerate(below) if (name := heads.named("cells", cell))}
        return depth + bool(parts), labels | found | parts
    return 0, {}


def _listed(
    sheet: Sheet, depth: int, columns: dict[int, str], notes: Notes
) -> tuple[list[Indicator], list[Head]]:
    """Indicator rows of a form that lists many projects, each beside its indicators."""
    factor = heads.factor(sheet, sheet.body[: depth + 1])
    lines: list[Indicator] = []
    projects: list[Head] = []
    head = Head()
    above: dict[str, str] = {}
    unit = None
    for index, (place, row) in enumerate(sheet.body[depth + 1 :], start=depth + 1):
        if not any(row) or all(
            heads.named("columns", c) or heads.named("cells", c) for c in row if c
        ):
            continue
        cells = _cells(place, row, columns, notes)
        money = _money(place, row, columns, notes)
        shared = {name: cells.pop(name) for name in ("project", "unit") if name in cells}
        known = {"project"} <= shared.keys() & head.fields.keys()
        if index in sheet.breaks and known and not money:
            head.fields["project"] = printed.tidy(head.fields["project"] + shared["project"])
            notes.mended("split_name", place, shared["project"])
        elif "project" in shared:
            alone = not cells and not money and looks_like_unit(shared["project"])
            unit = shared["project"] if alone else unit  # a heading over the unit's projects
            head, above = Head({**shared, "unit": shared.get("unit") or unit}), {}
        if money:  # of a project, or of the next part of one
            head = Head({n: text for n, text in head.fields.items() if n not in heads.MONEY})
            head.add(money, factor, notes)
            projects.append(head)
        above = {} if cells.get("level1") else above
        above |= {name: cells[name] for name in ("level1", "level2") if cells.get(name)}
        if lines and cells and "indicator" not in cells:
            _join(lines[-1], {n: t for n, t in cells.items() if n not in {"level1", "level2"}})
            notes.mended("split_row", place, " ".join(cells.values())[:40])
        elif cells:
            lines.append(Indicator(place, above | cells, head))
    return lines, projects


def _money(place: int, row: Row, columns: dict[int, str], notes: Notes) -> list[Money]:
    """The amounts of a row under headings of money."""
    found = [Money(n, place, row[i]) for i, n in columns.items() if n in heads.MONEY and row[i:]]
    for each in found:
        if printed.key(each.cell) and not printed.is_amount(each.cell):
            notes.unplaced("not_an_amount", place, printed.tidy(each.cell))
    return [each for each in found if each.cell]


def _cells(
    place: int, row: Row, columns: dict[int, str], notes: Notes, slip: int = 0
) -> dict[str, str]:
    """The texts of a row by column; what has no place among them is noted."""
    cells: dict[str, str] = {}
    for index, cell in enumerate(row):
        name = columns.get(index - slip)
        if name is None:
            _unread(cell, place, notes)
        elif name in _UNREAD:
            heads.leave_money(place, (cell,), notes)
        elif cell and name not in heads.MONEY:
            # A name is broken anywhere, within a code too.
            text = printed.tidy(cell.replace("\n", "") if name == "project" else cell)
            if cells.get(name, text) != text:
                _unread(cells[name], place, notes)
            cells[name] = text
    return cells


def _lines(
    sheet: Sheet, depth: int, columns: dict[int, str], head: Head, notes: Notes
) -> list[Indicator]:
    """Indicator rows with merged cells filled down and page-split rows joined."""
    lines: list[Indicator] = []
    above: dict[str, str] = {}
    for place, row in sheet.body[depth + 1 :]:
        if not any(row) or heads.named("columns", row[0]) == "level1":
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
        lines.append(Indicator(place, above | cells, head))
    return lines


def _placed(place: int, row: Row, columns: dict[int, str], notes: Notes) -> dict[str, str]:
    """Cells of a row by column, a row that slipped to one side set right by its basis."""
    where = {name: index for index, name in columns.items()}
    slip = 0
    if "basis" in where:
        standard = re.compile(heads.pattern("basis"))
        found = [i for i, cell in enumerate(row) if standard.fullmatch(printed.tidy(cell))]
        slip = found[0] - where["basis"] if found else 0
    start = where["indicator"] + slip
    beside = {index: name for index, name in columns.items() if index >= where["indicator"]}
    cells = _cells(place, ("",) * max(start, 0) + row[max(start, 0) :], beside, notes, slip)
    for index, cell in enumerate(row[: max(start, 0)]):
        if columns.get(index - slip) in _UNREAD:
            heads.leave_money(place, (cell,), notes)
    left = [printed.tidy(cell) for cell in row[: max(start, 0)] if cell]
    if left and not cells.get("indicator") and not re.search(heads.pattern("level"), left[-1]):
        cells["indicator"] = left.pop()  # its cell was merged to the left
    if len(left) == 1 and re.fullmatch(heads.pattern("level1"), left[0]) and row[0]:
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


def _join(line: Indicator, rest: dict[str, str]) -> None:
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
