"""Excel workbooks, old and new: sheets in grids and lines, amounts as the cells show them."""

import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes
from budgetkit.reading import html, merged, office
from budgetkit.reading.model import Grid, Line
from budgetkit.reading.numberformats import shown


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """The sheets of a workbook, parted where a row is blank; places are rows of the sheet."""
    if not data.startswith(b"PK"):
        if html.is_page(data):  # many sites call a web page .xls
            return html.read(path, data, notes)
        if data.startswith(office.OLD) and office.PASSWORD not in data:
            return _old(path, data, notes), None
        truth = office.instead(data, ".xlsx")
        raise ReadError(said("reading.office.xlsx", path=path, truth=truth))
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as fault:  # openpyxl lets errors of zipfile and its own pass through
        raise ReadError(said("reading.office.broken", path=path, fault=fault)) from None
    if "figures" in book.sheetnames:
        raise ReadError(said("reading.office.saved", path=path))
    blocks: list[Line | Grid] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.doubted("hidden_sheet", None, sheet.title)
        _without_value(sheet, formulas[sheet.title], notes)
        blocks += parts(_cells(sheet))
    if not blocks:
        if notes.records:  # formulas that nobody has calculated
            raise ReadError(said("reading.office.formulas", path=path))
        raise ReadError(said("reading.office.blank", path=path))
    return tuple(blocks), None


def _cells(sheet: Any) -> list[merged.Cell]:
    """The filled cells of a sheet in order; merged ones no larger than what is filled."""
    # ``iter_rows`` would make every cell up to a stray one in the last row of the sheet.
    values = {
        at: (cell.value, cell.number_format or "General")
        for at, cell in sorted(sheet._cells.items())
        if cell.value is not None
    }
    ranges = [(r.min_row, r.max_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges]
    return _shown(values, ranges, zeros=sheet.sheet_view.showZeros is not False)


def _old(path: Path, data: bytes, notes: Notes) -> tuple[Line | Grid, ...]:
    """The sheets of a workbook of Excel 97 to 2003."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True)
        blocks: list[Line | Grid] = []
        for sheet in book.sheets():
            if sheet.visibility:
                notes.doubted("hidden_sheet", None, sheet.name)
            values = {
                (row + 1, column + 1): (
                    _value(cell, book),
                    book.format_map[book.xf_list[cell.xf_index].format_key].format_str,
                )
                for row in range(sheet.nrows)
                for column, cell in enumerate(sheet.row(row))
                if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}
            }
            ranges = [
                (top + 1, end, left + 1, right) for top, end, left, right in sheet.merged_cells
            ]
            blocks += parts(_shown(values, ranges, zeros=bool(sheet.show_zero_values)))
    except Exception as fault:  # xlrd lets errors of struct and its own pass through
        truth = office.instead(data, ".xlsx")
        raise ReadError(said("reading.office.xls", path=path, fault=fault, truth=truth)) from None
    if not blocks:
        raise ReadError(said("reading.office.blank", path=path))
    return tuple(blocks)


def _value(cell: Any, book: Any) -> Any:
    """What a cell of an old workbook holds; there, every number is a float."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    whole = cell.ctype == xlrd.XL_CELL_NUMBER and cell.value.is_integer()
    return int(cell.value) if whole else cell.value


def _shown(
    values: dict[tuple[int, int], tuple[Any, str]],
    ranges: Iterable[tuple[int, int, int, int]],
    zeros: bool,
) -> list[merged.Cell]:
    """Cells as they are shown; merged ones (first and last row and column) no larger than that."""
    texts = {
        at: shown(value, form)
        for at, (value, form) in values.items()
        if zeros or isinstance(value, bool) or value != 0
    }
    filled = [at for at, text in texts.items() if text]
    last_row = max((row for row, _ in filled), default=0)
    last_column = max((column for _, column in filled), default=0)
    spans = {
        (top, left): (min(bottom, last_row) - top + 1, min(right, last_column) - left + 1)
        for top, bottom, left, right in ranges
    }
    return [(*at, *spans.get(at, (1, 1)), texts[at]) for at in filled]


def _without_value(sheet: Any, formulas: Any, notes: Notes) -> None:
    """Note the formulas whose results the workbook does not hold."""
    for (row, column), cell in sorted(formulas._cells.items()):
        result = sheet.cell(row, column)
        empty_text = result.data_type == "str"  # the result of =IF(B1="","",B1)
        if cell.data_type == "f" and result.value is None and not empty_text:
            formula = getattr(cell.value, "text", cell.value)
            notes.unplaced("formula_without_value", row, f"{cell.coordinate} {formula}")


def parts(cells: list[merged.Cell]) -> list[Line | Grid]:
    """What stands between the blank rows of a sheet: grids, and text one cell a row."""
    by_row: dict[int, list[merged.Cell]] = defaultdict(list)
    for cell in cells:
        by_row[cell[0]].append(cell)
    groups: list[list[merged.Cell]] = []
    end = 0
    for row in sorted(by_row):
        if row > end or not groups:
            groups.append([])
        groups[-1] += by_row[row]
        end = max(end, row + 1, *(cell[0] + cell[2] for cell in by_row[row]))
    places = range(end + 1)
    blocks: list[Line | Grid] = []
    for group in groups:
        if len({row for row, *_ in group}) == len(group):
            lines = ((row, line.strip()) for row, *_, text in group for line in text.split("\n"))
            blocks += [Line(line, row) for row, line in lines if line]
        elif grid := merged.grid(group, places):
            blocks.append(grid)
    return blocks
