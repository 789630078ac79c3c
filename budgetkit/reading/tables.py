"""Which cells make the tables of a page: tabula's, or those that the drawn rules enclose."""

import re
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from budgetkit import language
from budgetkit.notes import Notes
from budgetkit.reading import cells, level
from budgetkit.reading.boxes import Box, innermost, outline, touching
from budgetkit.reading.cells import Cells
from budgetkit.reading.edges import DOUBLE_RULE, SAME_EDGE
from budgetkit.reading.glyphs import Glyph

#: A cell lower than this (points) holds no line of text; so many of them are suspect.
_LOW, _MANY_LOW = 6.0, 0.1

#: The name of its class, which Java sets before what went wrong; so much of that is told.
_JAVA, _TOLD = re.compile(r"^(?:[\w.$]+(?:Exception|Error)(?::\s*|$))+"), 80

#: Where more of the cells' edges than this are not drawn, they are not the table's.
_MOST_UNSEEN = 0.2


def choose(
    number: int,
    printed: Sequence[Glyph],
    find: Callable[[], list[Cells]],
    drawn: Sequence[Box],
    notes: Notes,
) -> list[Cells]:
    """The tables of a page: tabula's, unless the drawn rules fit the characters better.

    Some of them are perhaps in pieces that lie one over the other.
    """
    try:
        tables = _unframed(find())
        stumbled = None
    except TimeoutError:  # not tabula's fault: the time for the whole file is over
        raise
    except Exception as fault:
        tables, stumbled = [], _JAVA.sub("", str(fault)) or type(fault).__name__
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
        notes.mended("tabula_stumbled", number, detail=language.cut(stumbled, _TOLD))
    if not others or (tables and _cut(others, printed) >= cut):
        return tables
    return others


def _slivers(tables: Sequence[Cells]) -> bool:
    """Whether many cells are too low for a line of text."""
    low = [cell.height < _LOW for table in tables for cell in table]
    return sum(low) > _MANY_LOW * len(low)


def _unseen(tables: Sequence[Cells], drawn: Sequence[Box]) -> float:
    """The share of the cells' level edges that no drawn rule is near."""
    flat = np.array([box.top for box in drawn if box.width > box.height])
    edges = np.unique([edge for table in tables for c in table for edge in (c.top, c.bottom)])
    if not len(flat):
        return 0.0
    return float((abs(edges[:, None] - flat).min(axis=1) > SAME_EDGE).mean())


def apart(tables: Sequence[Cells]) -> list[Cells]:
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
    inner = [innermost(table) for table in tables]
    apart = (
        [table] if len(left) == len(table) else touching(left)
        for table, left in zip(tables, inner, strict=True)
    )
    return list(chain.from_iterable(apart))


def _overlap(one: Cells, other: Cells) -> bool:
    """Whether the outlines of two tables cover a common part of the page."""
    a, b = outline(one), outline(other)
    margin = DOUBLE_RULE
    return (
        min(a.right, b.right) - max(a.left, b.left) > margin
        and min(a.bottom, b.bottom) - max(a.top, b.top) > margin
    )


def _beside(tables: Sequence[Cells], printed: Sequence[Glyph], drawn: Sequence[Box]) -> int:
    """How many characters stand outside of every table, but between the rules of one.

    Its top and bottom are those of the upright rules that run out of it.
    """
    outlines = [outline(table) for table in tables]
    upright = [rule for rule in drawn if rule.height > rule.width]
    reach = [_reach(outline, upright) for outline in outlines]
    inside = [any(_holds(box, glyph) for box in outlines) for glyph in printed]
    return sum(
        not within and any(top < glyph.y < bottom for top, bottom in reach)
        for glyph, within in zip(printed, inside, strict=True)
    )


def _reach(outline: Box, upright: Sequence[Box]) -> tuple[float, float]:
    """Top and bottom of a table and of the rules through its upper and lower edge."""
    margin = DOUBLE_RULE
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
