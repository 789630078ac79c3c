"""Word documents: paragraphs are prose, tables are grids."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.table import Table

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading import merged
from budgetkit.reading.model import Grid, Line


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """Paragraphs and tables in order; places count paragraphs and rows from 1."""
    try:
        document: Document = docx.Document(io.BytesIO(data))
    except Exception as fault:  # python-docx lets errors of zipfile and lxml pass through
        raise ReadError(
            f"{path}: not a .docx document ({fault}). If it is an older .doc or has a password, "
            "open it in Word or LibreOffice and save it as .docx."
        ) from None
    blocks: list[Line | Grid] = []
    place = 1
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            count = len(part.rows)
            if found := merged.grid(_cells(part), range(place, place + count + 1)):
                blocks.append(found)
            place += count
            continue
        for text in part.text.split("\n"):
            if text.strip():
                blocks.append(Line(text.strip(), place))
        place += 1
    return tuple(blocks), None


def _cells(table: Table) -> list[merged.Cell]:
    """The cells of a table; a merged one stands at several places, but is one."""
    places: dict[Any, list[tuple[int, int]]] = {}
    texts: dict[Any, str] = {}
    for number, row in enumerate(table.rows):
        column = row.grid_cols_before
        for cell in row.cells:
            own = cell._tc
            places.setdefault(own, []).append((number, column))
            texts[own] = cell.text.strip()
            column += 1
    cells: list[merged.Cell] = []
    for own, at in places.items():
        (top, left), (bottom, right) = at[0], at[-1]
        cells.append((top, left, bottom - top + 1, right - left + 1, texts[own]))
    return cells
