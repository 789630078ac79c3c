"""Cells and characters in, grids out: every word in the cell that it stands in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, product

from budgetkit.reading.boxes import Box, outline
from budgetkit.reading.edges import SAME_EDGE, between, edges, spans
from budgetkit.reading.glyphs import Glyph, all_words, lines, rows, words
from budgetkit.reading.model import Grid
from budgetkit.reading.words import is_amount

#: A row without rules of its own is not farther from the table than so many of its rows.
NEXT_ROW = 2.0

#: The next line of a cell is not farther below than so many of its characters' heights.
WRAPPED = 1.8

_NUMBER = re.compile(r"[-−–(（]?\d[\d,，]*(?:[.．]\d+)?[)）]?")
_MONEY = re.compile(r"[-−–(（]?\d[\d,，]*[.．]\d+[)）]?")


def grid(cells: Sequence[Box], printed: Iterable[Glyph], place: int) -> tuple[Grid, list[Glyph]]:
    """The grid that cells make, filled with characters; and the characters outside of it."""
    inside, outside = _split(cells, printed)
    runs = all_words(inside)
    columns = edges(
        [e for c in cells for e in (c.left, c.right)], [(w[0].left, w[-1].right) for w in runs]
    )
    runs = [part for word in runs for part in _parted(columns, word)]
    heights = edges([e for c in cells for e in (c.top, c.bottom)], [(g.y, g.y) for g in inside])
    if len(columns) < 2 or len(heights) < 2:  # a stroke, no cell
        return Grid((), (), (), tuple(columns), tuple(heights)), [*inside, *outside]
    more, outside = _unruled(columns, heights, outside)
    covered = spans(cells, columns, heights)
    texts: dict[tuple[int, int], list[Glyph]] = {}
    owner = {
        (row, column): span[:2]
        for span in covered
        for row in range(span[0], span[0] + span[2])
        for column in range(span[1], span[1] + span[3])
    }
    owner |= _open(columns, heights, owner, runs)
    for word in runs:
        whole = _column(columns, word)
        for glyph in word:
            column = between(columns, glyph.x) if whole is None else whole
            at = (between(heights, glyph.y), column)
            texts.setdefault(owner.get(at, at), []).append(glyph)
    width, height = len(columns) - 1, len(heights) - 1
    ruled = [
        tuple(
            None if owner.get(at, at) != at else _text(texts.get(at, []))
            for at in product([row], range(width))
        )
        for row in range(height)
    ]
    ends = [*heights, *(max(glyph.bottom for glyph in line) for line in more)]
    found = Grid(
        (*ruled, *(_row(columns, line) for line in more)),
        (place,) * (len(ends) - 1),
        tuple(covered),
        tuple(columns),
        tuple(ends),
    )
    return _opened(found, texts.get((0, 0), [])), outside


def crowded(found: Grid) -> float:
    """The share of a grid's amounts that stand in one cell with others, or beside other words."""
    counts = [0, 0]
    for cell in (cell for row in found.rows for cell in row if cell):
        lines = [[is_amount(word) for word in line.split()] for line in cell.split("\n")]
        amounts = sum(map(sum, lines))
        beside = any(any(line) and len(line) > 1 for line in lines)
        counts[amounts > 2 or beside] += amounts
    return counts[True] / max(sum(counts), 1)


def _opened(found: Grid, first: Sequence[Glyph]) -> Grid:
    """A grid whose first cell holds caption and header, not parted by rules, as rows of its own."""
    assert found.edges and found.heights and found.spans is not None
    head = [_row(found.edges, line) for line in rows(first)]
    own = next((span for span in found.spans if span[:2] == (0, 0)), (0, 0, 1, 1))
    whole = own[3] == len(found.edges) - 1
    if not whole or not any(sum(map(bool, row)) > 1 for row in head):
        return found
    height, count = own[2], len(head)
    top, bottom = found.heights[0], found.heights[height]
    ends = [top + (bottom - top) * index / count for index in range(count)]
    filled = (*head, *found.rows[height:])
    return Grid(
        filled,
        (found.places[0],) * len(filled),
        tuple((t + count - height, x, h, w) for t, x, h, w in found.spans if t >= height),
        found.edges,
        (*ends, *found.heights[height:]),
    )


def _open(
    columns: Sequence[float],
    heights: Sequence[float],
    owner: dict[tuple[int, int], tuple[int, int]],
    runs: Sequence[Sequence[Glyph]],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells that the page's end left open: no cell was found, no rule parts them, one owns all."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    numbers = [
        (between(heights, word[0].y), between(columns, word[0].x))
        for word in runs
        if _MONEY.fullmatch(_read(word))
    ]
    for column in range(len(columns) - 1):
        owned = [(row, column) in owner for row in range(len(heights) - 1)]
        for closed, rows_of in groupby(range(len(owned)), key=owned.__getitem__):
            run = [(row, column) for row in rows_of]
            if not closed and len(run) > 1 and sum(at in numbers for at in run) < 2:
                found |= dict.fromkeys(run, run[0])
    return found


def _read(word: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in word)


def _parted(columns: Sequence[float], word: list[Glyph]) -> Iterator[list[Glyph]]:
    """A word in two where an amount ends at an edge and the next cell's text begins there."""
    for index, (before, after) in enumerate(pairwise(word), start=1):
        through = any(before.x < edge < after.x for edge in columns[1:-1])
        if through and _MONEY.fullmatch(_read(word[:index])):
            yield word[:index]
            yield from _parted(columns, word[index:])
            return
    yield word


def _text(found: Iterable[Glyph]) -> str:
    return "\n".join(text for text, _ in lines(found))


def _column(columns: Sequence[float], word: Sequence[Glyph]) -> int | None:
    """The column of a number that runs over an edge: the one that holds most of it."""
    left, right = word[0].left, word[-1].right
    if not any(left < edge < right for edge in columns) or not _NUMBER.fullmatch(_read(word)):
        return None
    return max(
        range(len(columns) - 1), key=lambda i: min(right, columns[i + 1]) - max(left, columns[i])
    )


def _unruled(
    columns: Sequence[float], heights: Sequence[float], outside: list[Glyph]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Rows of amounts right under the last rule: a table whose end was drawn without one.

    Lines without amounts go to the nearest line with some: wrapped names.
    """
    reach = NEXT_ROW * (heights[-1] - heights[0]) / (len(heights) - 1)
    end = heights[-1]
    rests: list[list[Glyph]] = []
    taken: list[list[Glyph]] = []
    for line in rows(outside):
        if line[0].y <= heights[-1]:
            continue
        runs = words(line)
        places = [_within(columns, word) for word in runs]
        if None in places or len(set(places)) < len(places) or line[0].y - end > reach:
            break
        amounts = any(_MONEY.fullmatch(_read(word)) for word in runs)
        (taken if amounts and len(runs) > 1 else rests).append(line)
        end = line[0].y
    whole = [list(row) for row in taken]
    for line in rests:
        reach = WRAPPED * line[0].height
        near = [i for i, row in enumerate(taken) if abs(row[0].y - line[0].y) < reach]
        if near:
            whole[min(near, key=lambda i: abs(taken[i][0].y - line[0].y))] += line
    used = {glyph for row in whole for glyph in row}
    return whole, [glyph for glyph in outside if glyph not in used]


def _within(columns: Sequence[float], word: Sequence[Glyph]) -> int | None:
    """The column that a word stands in, if it runs over no edge."""
    index = between(columns, (word[0].left + word[-1].right) / 2)
    fits = columns[index] - SAME_EDGE < word[0].left
    return index if fits and word[-1].right < columns[index + 1] + SAME_EDGE else None


def _row(columns: Sequence[float], line: Sequence[Glyph]) -> tuple[str, ...]:
    """The cells of a row that has no rules: its words by the columns above."""
    cells: list[list[Glyph]] = [[] for _ in columns[1:]]
    for word in (part for whole in all_words(line) for part in _parted(columns, whole)):
        cells[between(columns, (word[0].left + word[-1].right) / 2)] += word
    return tuple(_text(cell) for cell in cells)


def _split(cells: Sequence[Box], printed: Iterable[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Characters within the outline of the cells, and the others."""
    left, top, right, bottom = outline(cells)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in printed:
        within = left <= glyph.x <= right and top <= glyph.y <= bottom
        (inside if within else outside).append(glyph)
    return inside, outside
