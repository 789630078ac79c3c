"""PDF: tabula finds the cells, the text layer's own characters fill them.

tabula's text is a witness and no more: between double rules it cuts digits off, and a note
tells where it reads another amount. Where tabula
stumbles over a page, or its cells cut through numbers, the drawn rules take over; where
there are no rules, the places of the words.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic

import numpy as np
import pypdfium2 as pdfium

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading import aligned, cells, lattice, level
from budgetkit.reading.cells import Cells, Find
from budgetkit.reading.glyphs import (
    UNKNOWN,
    Box,
    Glyph,
    glyphs,
    lines,
    magnification,
    magnified,
    pictures,
    rules,
    upright,
)
from budgetkit.reading.model import Grid, Line
from budgetkit.reading.opening import opened
from budgetkit.reading.progress import bar

_CHINESE = re.compile("[\u4e00-\u9fff]")

#: A page that is a picture may print so few characters: its number, the scanner's name.
FEW = 10

#: A cell lower than this (points) holds no line of text; so many of them are suspect.
_LOW, _MANY_LOW = 6.0, 0.1

#: Where more of the cells' edges than this are not drawn, they are not the table's.
_MOST_UNSEEN = 0.2

#: Where more of a table's amounts than this share their cell with others, its rules are not all.
_MOST_CROWDED = 0.5


def read(
    path: Path, data: bytes, notes: Notes, deadline: float | None = None
) -> tuple[tuple[Line | Grid, ...], int]:
    """Lines and grids of a PDF in reading order, and its number of pages."""
    document = opened(path, data, notes)
    blocks: list[Line | Grid] = []
    pages = len(document)
    with document, bar(path.name, pages) as step, cells.tabula(path, pages, deadline) as find:
        for index in range(pages):
            step(index + 1)
            if deadline is not None and monotonic() > deadline:
                raise ReadError(
                    f"{path}: the time limit was over at page {index + 1} of {pages}; allow "
                    "more with read(..., time_limit=seconds)"
                )
            page = _page_of(document, index, notes)
            if page is not None:
                blocks += _page(page, index + 1, find, notes)
                page.close()
    _refuse_scans(path, pages, blocks, notes.records)
    return tuple(blocks), pages


def _page_of(document: pdfium.PdfDocument, index: int, notes: Notes) -> pdfium.PdfPage | None:
    """A page opened; none if it is damaged, which is noted."""
    try:
        return document[index]
    except pdfium.PdfiumError:
        notes.doubted("page_damaged", index + 1)
        return None


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
        told = f"its {pages} page(s) hold pictures but no text: a scan"
    elif noted["page_damaged"] == pages:
        raise ReadError(f"{path}: its {pages} page(s) are damaged; download it again")
    elif not blocks:
        told = f"its {pages} page(s) hold no text: they are blank, or letters were drawn as lines"
    elif text.count(UNKNOWN) > (
        len(text) / 2 if any("\u4e00" <= c <= "\u9fff" for c in text) else 0
    ):
        told = (
            f"its {pages} page(s) use fonts that don't say which characters they print (no "
            "Unicode map, or a wrong one)"
        )
    else:
        return
    raise ReadError(
        f"{path}: {told}. Run a text recognition (OCR) over it first, then read the PDF that "
        "it makes."
    )


def _page(page: pdfium.PdfPage, number: int, find: Find, notes: Notes) -> list[Line | Grid]:
    """The blocks of one page, from top to bottom."""
    text = page.get_textpage()
    sideways = upright(page, text)
    if sideways:
        notes.mended("sideways", number)
    printed, hidden = glyphs(page, text)
    _doubt(page, number, printed, notes)
    for line, _ in lines(hidden):
        if any(character.isdigit() for character in line):
            notes.mended("hidden_text", number, line)
    factor = magnification(printed)
    printed = magnified(printed, factor)
    ask = list if sideways else partial(find, number, factor)
    drawn = magnified(rules(page), factor)
    tables = _tables(number, printed, ask, drawn, notes)
    found: list[tuple[float, Line | Grid]] = []
    for table in _apart(tables):
        grid, others = lattice.grid(table, printed, number)
        if grid.width < 2 or sum(bool(cell) for row in grid.rows for cell in row) < 2:
            continue  # a frame around text is no table
        if lattice.crowded(grid) > _MOST_CROWDED:
            continue  # a frame around a table, or rules between some of its rows
        printed = others
        for told, ours in lattice.differences(grid, table, {} if sideways else find.said):
            notes.mended("tabula_differs", number, told, ours)
        found.append((min(cell.top for cell in table), grid))
    grids, printed = aligned.grids(printed, number, drawn)
    for y, grid in grids:
        notes.doubted("no_rules", number, str(len(grid.rows)))
        found.append((y, grid))
    for line, y in lines(printed):
        if aligned.looks_like_a_row(line):
            notes.unplaced("row_without_table", number, line)
        found.append((y, Line(line, number)))
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
        large = [box for box in pictures(page) if _area(box) > width * height / 2]
        if large or (not printed and pictures(page)):
            notes.doubted("picture_without_text", number)
    unknown = sum(glyph.text == UNKNOWN for glyph in printed)
    if unknown:
        notes.doubted("unreadable_text", number, str(unknown), str(len(printed)))
    beyond = [g for g in printed if not (0 <= g.x <= width and 0 <= g.y <= height)]
    if beyond:
        notes.doubted("beyond_the_page", number, " ".join(text for text, _ in lines(beyond))[:80])


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _tables(
    number: int,
    printed: Sequence[Glyph],
    find: Callable[[], list[Cells]],
    drawn: Sequence[Box],
    notes: Notes,
) -> list[Cells]:
    """The tables of a page: tabula's, unless the drawn rules fit the characters better."""
    try:
        tables = _unframed(find())
        stumbled = None
    except Exception as fault:
        tables, stumbled = [], str(fault)
    cut = _cut(tables, printed)
    beside = _beside(tables, printed, drawn)
    if tables and not cut and not beside and not _slivers(tables):
        return tables
    others = _unframed(cells.ruled([*drawn, *level.uprights(drawn, printed)]))
    if tables and not cut and not beside:
        unseen = _unseen(tables, drawn) > _MOST_UNSEEN
        return others if unseen and not _cut(others, printed) else tables
    if tables and beside and not cut:  # tabula leaves out cells that the page's end leaves open
        if _beside(others, printed, drawn) and len(tables) == 1:
            others = _unframed(cells.ruled(drawn, one=True))
        closed = _beside(others, printed, drawn) < beside and _cut(others, printed) == 0
        return others if closed else tables
    if stumbled and others:
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
    flat = np.array([box.top for box in drawn if box.right - box.left > box.bottom - box.top])
    edges = np.unique([edge for table in tables for c in table for edge in (c.top, c.bottom)])
    if not len(flat):
        return 0.0
    return float((abs(edges[:, None] - flat).min(axis=1) > lattice.SAME_EDGE).mean())


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


def _unframed(tables: Sequence[Cells]) -> list[Cells]:
    """Tables without the frames of pages: what a frame holds together comes apart."""
    inner = [lattice.innermost(table) for table in tables]
    apart = (
        [table] if len(left) == len(table) else cells.touching(left)
        for table, left in zip(tables, inner, strict=True)
    )
    return list(chain.from_iterable(apart))


def _overlap(one: Cells, other: Cells) -> bool:
    """Whether the outlines of two tables cover a common part of the page."""
    a, b = lattice.outline(one), lattice.outline(other)
    margin = lattice.DOUBLE_RULE
    return (
        min(a.right, b.right) - max(a.left, b.left) > margin
        and min(a.bottom, b.bottom) - max(a.top, b.top) > margin
    )


def _beside(tables: Sequence[Cells], printed: Sequence[Glyph], drawn: Sequence[Box]) -> int:
    """How many characters stand outside of every table, but between the rules of one.

    Its top and bottom are those of the upright rules that run out of it.
    """
    outlines = [lattice.outline(table) for table in tables]
    upright = [rule for rule in drawn if rule.bottom - rule.top > rule.right - rule.left]
    reach = [_reach(outline, upright) for outline in outlines]
    inside = [any(_holds(box, glyph) for box in outlines) for glyph in printed]
    return sum(
        not within and any(top < glyph.y < bottom for top, bottom in reach)
        for glyph, within in zip(printed, inside, strict=True)
    )


def _reach(outline: Box, upright: Sequence[Box]) -> tuple[float, float]:
    """Top and bottom of a table and of the rules through its upper and lower edge."""
    margin = lattice.DOUBLE_RULE
    through = [
        rule
        for rule in upright
        if outline.left - margin < rule.left < outline.right + margin
        and rule.top < outline.bottom + margin
        and rule.bottom > outline.top - margin
    ]
    return (
        min([outline.top, *(rule.top for rule in through)]),
        max([outline.bottom, *(rule.bottom for rule in through)]),
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
