"""PDF: tabula finds the cells, the text layer's own characters fill them.

tabula's text is not used: between double rules it cuts digits off. Where tabula
stumbles over a page, or its cells cut through numbers, the drawn rules take over; where
there are no rules, the places of the words.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading import aligned, cells, lattice
from budgetkit.reading.cells import Cells
from budgetkit.reading.glyphs import Box, Glyph, glyphs, lines, rules
from budgetkit.reading.model import Grid, Line

#: tabula, for one file: from a page's number to the cells of its tables.
Find = Callable[[int], list[Cells]]

#: A cell lower than this (points) holds no line of text; so many of them are suspect.
_LOW, _MANY_LOW = 6.0, 0.1

#: Where more of the cells' edges than this are not drawn, they are not the table's.
_MOST_UNSEEN = 0.2


def read(
    path: Path, data: bytes, notes: Notes, deadline: float | None = None
) -> tuple[tuple[Line | Grid, ...], int]:
    """Lines and grids of a PDF in reading order, and its number of pages."""
    document = _document(path, data)
    blocks: list[Line | Grid] = []
    with document, cells.tabula(path) as find:
        pages = len(document)
        for index in range(pages):
            if deadline is not None and monotonic() > deadline:
                raise ReadError(
                    f"{path}: the time limit was over at page {index + 1} of {pages}; allow "
                    "more with read(..., time_limit=seconds)"
                )
            page = document[index]
            blocks += _page(page, index + 1, find, notes)
            page.close()
    if not blocks:
        raise ReadError(
            f"{path}: its {pages} page(s) hold pictures but no text: a scan. Run a text "
            "recognition (OCR) over it first, then read the PDF that it makes."
        )
    return tuple(blocks), pages


def _document(path: Path, data: bytes) -> pdfium.PdfDocument:
    """A PDF opened, or an error that says why it can't be and what to do."""
    if data.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise ReadError(
            f"{path}: is a web page in truth, not a PDF: the site sent a message instead of "
            "the file. Open it in a browser to see what it says, and download the PDF again."
        )
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise ReadError(
                f"{path}: is locked with a password. Open it with the password, save it "
                "without one, and read that."
            ) from None
        raise ReadError(
            f"{path}: cannot be opened as a PDF ({fault}); try to download it again"
        ) from None


def _page(page: pdfium.PdfPage, number: int, find: Find, notes: Notes) -> list[Line | Grid]:
    """The blocks of one page, from top to bottom."""
    printed, hidden = glyphs(page)
    if not printed and next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), None):
        notes.doubted("picture_without_text", number)
    for text, _ in lines(hidden):
        if any(character.isdigit() for character in text):
            notes.mended("hidden_text", number, text)
    tables = _tables(page, number, printed, find, notes)
    found: list[tuple[float, Line | Grid]] = []
    for table in _apart(tables):
        grid, others = lattice.grid(table, printed, number)
        if grid.width < 2 or sum(bool(cell) for row in grid.rows for cell in row) < 2:
            continue  # a frame around text is no table
        printed = others
        found.append((min(cell.top for cell in table), grid))
    grids, printed = aligned.grids(printed, number)
    for y, grid in grids:
        notes.doubted("no_rules", number, str(len(grid.rows)))
        found.append((y, grid))
    for text, y in lines(printed):
        if aligned.looks_like_a_row(text):
            notes.unplaced("row_without_table", number, text)
        found.append((y, Line(text, number)))
    return [block for _, block in sorted(found, key=lambda item: item[0])]


def _tables(
    page: pdfium.PdfPage,
    number: int,
    printed: Sequence[Glyph],
    find: Find,
    notes: Notes,
) -> list[Cells]:
    """The tables of a page: tabula's, unless the drawn rules fit the characters better."""
    try:
        tables = find(number)
        stumbled = None
    except Exception as fault:
        tables, stumbled = [], str(fault)
    cut = _cut(tables, printed)
    beside = _beside(tables, printed)
    if tables and not cut and not beside and not _slivers(tables):
        return tables
    drawn = rules(page)
    others = cells.ruled(drawn)
    if tables and not cut and not beside:
        unseen = _unseen(tables, drawn) > _MOST_UNSEEN
        return others if unseen and not _cut(others, printed) else tables
    if tables and beside and not cut:  # tabula leaves out cells that the page's end leaves open
        if _beside(others, printed) and len(tables) == 1:
            others = cells.ruled(drawn, one=True)
        closed = _beside(others, printed) < beside and _cut(others, printed) == 0
        return others if closed else tables
    if stumbled:
        notes.mended("tabula_stumbled", number, stumbled[:80])
    if not others or (tables and _cut(others, printed) >= cut):
        return tables
    return others


def _slivers(tables: Sequence[Cells]) -> bool:
    """Whether many cells are too low for a line of text."""
    low = [cell.bottom - cell.top < _LOW for table in tables for cell in table]
    return sum(low) > _MANY_LOW * len(low)


def _unseen(tables: Sequence[Cells], drawn: Sequence[Box]) -> float:
    """The share of the cells' level edges that no drawn rule is near."""
    level = np.array([box.top for box in drawn if box.right - box.left > box.bottom - box.top])
    edges = np.unique([edge for table in tables for c in table for edge in (c.top, c.bottom)])
    if not len(level):
        return 0.0
    return float((abs(edges[:, None] - level).min(axis=1) > lattice.SAME_EDGE).mean())


def _apart(tables: Sequence[Cells]) -> list[Cells]:
    """Tables with those drawn together that lie one over the other: pieces of the same."""
    result: list[Cells] = []
    for table in tables:
        if len(table) < 2:
            continue  # a frame
        over = [other for other in result if _overlap(table, other)]
        result = [other for other in result if other not in over]
        result.append([cell for part in (*over, table) for cell in part])
    return result


def _overlap(one: Cells, other: Cells) -> bool:
    """Whether the outlines of two tables cover a common part of the page."""
    a, b = lattice.outline(one), lattice.outline(other)
    margin = lattice.DOUBLE_RULE
    return (
        min(a.right, b.right) - max(a.left, b.left) > margin
        and min(a.bottom, b.bottom) - max(a.top, b.top) > margin
    )


def _beside(tables: Sequence[Cells], printed: Sequence[Glyph]) -> int:
    """How many characters stand to the left or right of a table, between its top and bottom."""
    outlines = [lattice.outline(table) for table in tables]
    inside = [any(_holds(box, glyph) for box in outlines) for glyph in printed]
    return sum(
        not within and any(box.top < glyph.y < box.bottom for box in outlines)
        for glyph, within in zip(printed, inside, strict=True)
    )


def _holds(box: Box, glyph: Glyph) -> bool:
    return box.left <= glyph.x <= box.right and box.top <= glyph.y <= box.bottom


def _cut(tables: Sequence[Cells], printed: Sequence[Glyph]) -> int:
    """How many characters a cell's upright edge runs through."""
    cells = [cell for table in tables for cell in table]
    if not cells or not printed:
        return 0
    x, top, bottom = np.unique([(c.left, c.top, c.bottom) for c in cells], axis=0).T[:, :, None]
    left, right, y = np.array([(g.left, g.right, g.y) for g in printed]).T
    through = (left + 1 < x) & (x < right - 1) & (top < y) & (y < bottom)
    return int(through.any(axis=0).sum())
