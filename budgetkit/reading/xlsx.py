"""Excel workbooks: every sheet a grid, its amounts as the cells show them."""

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading import html, merged
from budgetkit.reading.model import Grid, Line

_DECIMALS = re.compile(r"0(?:\.(0+))?")


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """The sheets of a workbook, parted where a row is blank; places are rows of the sheet."""
    if not data.startswith(b"PK"):
        if html.is_page(data):  # many sites call a web page .xls
            return html.read(path, data, notes)
        raise ReadError(
            f"{path}: not an .xlsx workbook. If it is an older .xls or has a password, open it "
            "in Excel or LibreOffice and save it as .xlsx."
        )
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as fault:  # openpyxl lets errors of zipfile and its own pass through
        raise ReadError(f"{path}: a broken workbook ({fault}); open and save it again") from None
    blocks: list[Line | Grid] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.doubted("hidden_sheet", None, sheet.title)
        spans = {
            (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
            for r in sheet.merged_cells.ranges
        }
        cells: list[merged.Cell] = []
        for row in sheet.iter_rows():
            for cell in row:
                text = shown(cell.value, cell.number_format or "General")
                stated = formulas[sheet.title].cell(cell.row, cell.column).value
                if cell.value is None and isinstance(stated, str) and stated.startswith("="):
                    notes.unplaced("formula_without_value", cell.row, f"{cell.coordinate} {stated}")
                height, width = spans.get((cell.row, cell.column), (1, 1))
                cells.append((cell.row, cell.column, height, width, text))
        blocks += _parts(cells, sheet.max_row + 1)
    if not blocks:
        raise ReadError(f"{path}: all sheets of the workbook are empty")
    return tuple(blocks), None


def _parts(cells: list[merged.Cell], rows: int) -> list[Grid]:
    """The grids of a sheet: what stands between blank rows."""
    filled = {
        down for row, _, height, _, text in cells if text for down in range(row, row + height)
    }
    found: list[Grid] = []
    part: list[int] = []
    for row in range(rows + 1):
        if row in filled:
            part.append(row)
        elif part:
            chosen = [cell for cell in cells if cell[0] in part]
            if grid := merged.grid(chosen, range(rows + 1)):
                found.append(grid)
            part = []
    return found


def shown(value: Any, form: str) -> str:
    """A cell's value as its number format shows it.

    >>> shown(1234.5, "#,##0.00"), shown(0.1 + 0.2, "General"), shown(7, "0"), shown(None, "0")
    ('1,234.50', '0.3', '7', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value.isoformat() if isinstance(value, date) else str(value).strip()
    decimals = _DECIMALS.search(form.split(";")[0])
    if form == "General" or decimals is None or "%" in form:
        number = Decimal(repr(value)) if isinstance(value, int) else Decimal(f"{value:.12g}")
        return f"{number:,f}" if form == "General" else f"{number:f}"
    return f"{Decimal(repr(value)):,.{len(decimals[1] or '')}f}"
