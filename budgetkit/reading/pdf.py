"""PDF: tabula finds the cells, the text layer's own characters fill them.

tabula's text is a witness and no more: between double rules it cuts digits off; where it
reads another amount a note says so. Where tabula stumbles over a page, or its cells cut
through numbers, the drawn rules take over; where there are no rules, the places of the words.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pypdfium2 as pdfium

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes
from budgetkit.reading import aligned, cells, lattice, witness
from budgetkit.reading.boxes import Box
from budgetkit.reading.cells import Find
from budgetkit.reading.drawings import is_ruled, pictures, rules
from budgetkit.reading.glyphs import (
    UNKNOWN,
    Glyph,
    glyphs,
    lines,
    magnification,
    magnified,
    upright,
)
from budgetkit.reading.model import Grid, Line
from budgetkit.reading.opening import opened
from budgetkit.reading.progress import bar
from budgetkit.reading.tables import apart, choose

#: So many pages are seen ahead, and tabula is asked for their cells: Java's work takes longer.
_AHEAD = 16

#: A page that is a picture may print so few characters: its number, the scanner's name.
FEW = 10

#: Where more of a table's amounts than this share their cell with others, its rules are not all.
_MOST_CROWDED = 0.5


def read(
    path: Path, data: bytes, notes: Notes, deadline: float | None = None
) -> tuple[tuple[Line | Grid, ...], int]:
    """Lines and grids of a PDF in reading order, and its number of pages."""
    document = opened(path, data, notes)
    blocks: list[Line | Grid] = []
    pages = len(document)
    with document, bar(path.name, pages) as step, cells.tabula(path, deadline) as find:
        done = 0
        try:
            for seen in _ahead(document, find, notes, deadline):
                step(seen.number)
                blocks += _blocks(seen, find, notes)
                done = seen.number
        except TimeoutError:  # before a page, or while Java is at one
            told = said("reading.pdf.time", path=path, page=done + 1, pages=pages)
            raise ReadError(told) from None
    _refuse_scans(path, pages, blocks, notes.records)
    return tuple(blocks), pages


class _Seen(NamedTuple):
    """A page as its text layer and drawings tell it, upright, small type magnified."""

    number: int
    printed: list[Glyph]
    drawn: list[Box]
    factor: float
    sideways: bool


def _ahead(
    document: pdfium.PdfDocument, find: Find, notes: Notes, deadline: float | None
) -> Iterator[_Seen]:
    """The pages of a document, tabula asked for the next ones; damaged ones are noted.

    Raises ``TimeoutError`` at the first page that is seen after the deadline.
    """
    waiting: deque[_Seen] = deque()
    for number in range(1, len(document) + 1):
        if deadline is not None and monotonic() > deadline:
            raise TimeoutError
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            notes.doubted("page_damaged", number)
            continue
        if is_ruled(page):
            find.ask(number)
        waiting.append(_see(page, number, notes))
        page.close()
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _refuse_scans(
    path: Path, pages: int, blocks: Sequence[Line | Grid], records: Sequence[dict]
) -> None:
    """Raise an error where the pages hold nothing to read, or nothing that can be read."""
    noted = Counter(record["key"] for record in records)
    text = "".join(
        block.text if isinstance(block, Line) else "".join(filter(None, chain(*block.rows)))
        for block in blocks
    )
    if noted["picture_without_text"] == pages:
        told = "reading.pdf.scan"
    elif noted["page_damaged"] == pages:
        told = "reading.pdf.damaged"
    elif not blocks:
        told = "reading.pdf.blank"
    elif text.count(UNKNOWN) > (
        len(text) / 2 if any("\u4e00" <= c <= "\u9fff" for c in text) else 0
    ):
        told = "reading.pdf.fonts"
    else:
        return
    raise ReadError(said(told, path=path, pages=pages, way=said("reading.pdf.way")))


def _see(page: pdfium.PdfPage, number: int, notes: Notes) -> _Seen:
    """What is printed and drawn on a page; a note where that is not all, or more than is seen."""
    text = page.get_textpage()
    sideways = upright(page, text)
    if sideways:
        notes.mended("sideways", number)
    printed, hidden = glyphs(page, text)
    _doubt(page, number, printed, notes)
    unseen = [line for line, _ in lines(hidden) if any(map(str.isdigit, line))]
    if unseen:
        notes.mended("hidden_text", number, " / ".join(unseen))
    factor = magnification(printed)
    drawn = magnified(rules(page), factor)
    return _Seen(number, magnified(printed, factor), drawn, factor, sideways)


def _blocks(seen: _Seen, find: Find, notes: Notes) -> list[Line | Grid]:
    """The blocks of one page, from top to bottom."""
    number, printed, drawn, factor, sideways = seen
    ask = list if sideways else partial(find, number, factor)
    tables = apart(choose(number, printed, ask, drawn, notes))
    found: list[tuple[float, Line | Grid]] = []
    for table in tables:
        grid, others = lattice.grid(table, printed, number)
        if grid.width < 2 or sum(bool(cell) for row in grid.rows for cell in row) < 2:
            continue  # a frame around text is no table
        if lattice.crowded(grid) > _MOST_CROWDED:
            continue  # a frame around a table, or rules between some of its rows
        printed = others
        for told, ours in witness.differences(grid, table, {} if sideways else find.said):
            notes.mended("tabula_differs", number, told, ours)
        found.append((min(cell.top for cell in table), grid))
    grids, printed = aligned.grids(printed, number, drawn)
    for y, grid in grids:
        notes.doubted("no_rules", number, str(len(grid.rows)))
        found.append((y, grid))
    for line, y in lines(printed):
        if noted := aligned.looks_like_a_row(line):
            notes.unplaced("row_without_table", number, line)
        found.append((y, Line(line, number, noted)))
    return [_shrunk(block, factor) for _, block in sorted(found, key=lambda item: item[0])]


def _shrunk(block: Line | Grid, factor: float) -> Line | Grid:
    """A block of a magnified page with the places that it has on the page itself."""
    if isinstance(block, Line) or factor == 1:
        return block
    edges, heights = (
        places and tuple(place / factor for place in places)
        for places in (block.edges, block.heights)
    )
    return replace(block, edges=edges, heights=heights)


def _doubt(page: pdfium.PdfPage, number: int, printed: Sequence[Glyph], notes: Notes) -> None:
    """Note what of a page's text is not to be read, or not to be seen."""
    width, height = page.get_size()
    if len(printed) < FEW:
        large = [box for box in pictures(page) if box.width * box.height > width * height / 2]
        if large or (not printed and pictures(page)):
            notes.doubted("picture_without_text", number)
    unknown = sum(glyph.text == UNKNOWN for glyph in printed)
    if unknown:
        notes.doubted("unreadable_text", number, str(unknown), str(len(printed)))
    beyond = [g for g in printed if not (0 <= g.x <= width and 0 <= g.y <= height)]
    if beyond:
        notes.doubted("beyond_the_page", number, " ".join(text for text, _ in lines(beyond))[:80])
