"""Excel: a sheet for the first page and one for every table, amounts as numbers."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgetkit.typeset.layout import Paper, Sheet
from budgetkit.typeset.styles import Style

_LINES = {"single": "thin", "double": "double", "open": "thin"}
_ALIGN = {"label": "left", "code": "center", "amount": "right"}
_WIDTH = {"label": 36, "code": 9, "amount": 15}

#: What Excel does not allow in the name of a sheet, and how long one may be.
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST = 24


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as a workbook."""
    book = Workbook()
    front = book.worksheets[0]
    front.title = "1"
    for text in (paper.title, *paper.task, *paper.lines):
        front.append([text])
        cell = front.cell(front.max_row, 1)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.data_type = "s"
    front.cell(1, 1).font = Font(size=16)
    front.column_dimensions["A"].width = 100
    for number, sheet in enumerate(paper.sheets, start=2):
        name = f"{number} {sheet.title.translate(_FORBIDDEN)[:_LONGEST]}"
        _table(book.create_sheet(name), sheet, style)
    book.save(path)


def _table(page: Worksheet, sheet: Sheet, style: Style) -> None:
    """One table: its title and caption over its whole width, its header, its rows."""
    width = max(len(sheet.columns), 1)
    above = (sheet.title, *sheet.caption)
    for row, text in enumerate(above, start=1):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        page.cell(row, 1, text).alignment = Alignment(horizontal="right" if row > 1 else "center")
    page.cell(1, 1).font = Font(size=14)
    first = len(above) + 1
    for cell in sheet.header:
        top, left = first + cell.row, 1 + cell.column
        page.cell(top, left, cell.text)
        if cell.height > 1 or cell.width > 1:
            page.merge_cells(
                start_row=top,
                end_row=top + cell.height - 1,
                start_column=left,
                end_column=left + cell.width - 1,
            )
    for offset, texts in enumerate(sheet.body):
        for column, text in enumerate(texts):
            _put(page, first + sheet.depth + offset, column + 1, text, sheet.columns[column].kind)
    _dress(page, sheet, style, first)


def _put(page: Worksheet, row: int, column: int, text: str, kind: str) -> None:
    """One cell of the body: amounts as numbers that show their decimals, all else as text."""
    if not text:
        return
    cell = page.cell(row, column)
    if kind == "amount":
        places = len(text.partition(".")[2])
        cell.value = float(text.replace(",", ""))
        cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        return
    cell.value = text
    cell.data_type = "s"  # a label that begins with "=" is no formula
    cell.number_format = "@"


def _dress(page: Worksheet, sheet: Sheet, style: Style, first: int) -> None:
    """Rules, alignment and widths; the header repeated on every printed page."""
    line = Side(style=_LINES[style.rules])
    upright = None if style.rules == "open" else line
    border = Border(left=upright, right=upright, top=line, bottom=line)
    last = first + sheet.depth - 1
    for row in range(first, last + len(sheet.body) + 1):
        for column, kind in enumerate((c.kind for c in sheet.columns), start=1):
            cell = page.cell(row, column)
            cell.border = border
            cell.alignment = Alignment(
                horizontal="center" if row <= last else _ALIGN[kind],
                vertical="center",
                wrap_text=True,
            )
    for column, kind in enumerate((c.kind for c in sheet.columns), start=1):
        page.column_dimensions[get_column_letter(column)].width = _WIDTH[kind]
    page.print_title_rows = f"{first}:{last}"
    page.page_setup.orientation = "landscape" if len(sheet.columns) > 6 else "portrait"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
