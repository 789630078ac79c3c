"""Tables without rules: rows and columns by where the words stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from budgetkit.reading.glyphs import Glyph, rows, words
from budgetkit.reading.model import Grid

#: So many rows with amounts make a table.
FEWEST_ROWS = 3

#: Rows farther apart than so many heights of a line belong to different tables.
FARTHEST = 4.0

#: So many lines above the first row with amounts may be its header.
DEEPEST_HEADER = 5

#: This share of the rows may reach into the blank between two columns.
STRAY = 0.08

#: The blank between two columns is so many points wide at least.
NARROWEST = 3

_AMOUNT = re.compile(r"[-−–(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]?")

#: What a line above a header says: the unit of money, the department, a sentence's end.
_CAPTION = re.compile(r"单位(?:名称)?[:：]|部门(?:名称)?[:：]|[。；：]$")

#: What stands in a line of column numbers.
_NUMBER = re.compile(r"\d{1,2}|[※*—-]")

_SENTENCE = re.compile(r"[。；，、：]")

Word = list[Glyph]
Row = list[Word]


def grids(printed: Sequence[Glyph], place: int) -> tuple[list[tuple[float, Grid]], list[Glyph]]:
    """Tables that alignment alone makes, each with its height; and the other characters."""
    lines = [words(line) for line in rows(printed)]
    found: list[tuple[float, Grid]] = []
    used: set[Glyph] = set()
    for first, last in _blocks(lines):
        columns = _columns([line for line in lines[first : last + 1] if _is_row(line)])
        if len(columns) < 3:
            continue
        header = _header(lines, first, columns)
        block = lines[header : last + 1]
        found.append((_middle(block[0]), _grid(block, first - header, columns, place)))
        used |= {glyph for line in block for word in line for glyph in word}
    return found, [glyph for glyph in printed if glyph not in used]


def looks_like_a_row(text: str) -> bool:
    """Whether a line outside of all tables holds several amounts apart from each other."""
    amounts = sum(bool(_AMOUNT.fullmatch(word)) for word in text.split())
    return amounts > 1 and not _SENTENCE.search(text)


def _blocks(lines: Sequence[Row]) -> list[tuple[int, int]]:
    """First and last line of each run of rows with amounts."""
    found: list[tuple[int, int]] = []
    at = [index for index, line in enumerate(lines) if _is_row(line)]
    run: list[int] = []
    for index in at:
        near = run and _middle(lines[index]) - _middle(lines[run[-1]]) < FARTHEST * _height(
            lines[index]
        )
        if run and not near:
            found.append((run[0], run[-1]))
            run = []
        run.append(index)
    if run:
        found.append((run[0], run[-1]))
    return [
        (first, last)
        for first, last in found
        if sum(_is_row(line) for line in lines[first : last + 1]) >= FEWEST_ROWS
    ]


def _is_row(line: Row) -> bool:
    """Whether a line is a row of a table: words apart from each other, one at least an amount."""
    return len(line) > 1 and any(_AMOUNT.fullmatch(_text(word)) for word in line)


def _columns(body: Sequence[Row]) -> list[float]:
    """Edges half way through the stripes that run down through nearly all rows and stay blank."""
    spans = [(w[0].left, w[-1].right) for line in body for w in line]
    if not spans:
        return []
    left, right = min(a for a, _ in spans), max(b for _, b in spans)
    covered = np.zeros(int(right - left) + 2, dtype=int)
    for start, end in spans:
        covered[int(start - left) : int(end - left) + 1] += 1
    blank = np.flatnonzero(covered <= STRAY * len(body))
    stripes = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1) if len(blank) else []
    inner = [left + (s[0] + s[-1]) / 2 for s in stripes if len(s) >= NARROWEST and s[0] > 0]
    return [left - 1, *(x for x in inner if x < right - NARROWEST), right + 1]


def _header(lines: Sequence[Row], first: int, columns: Sequence[float]) -> int:
    """The first line of the header above a table: lines of several words, or one over columns."""
    top = first
    for index in range(first - 1, max(first - 1 - DEEPEST_HEADER, -1), -1):
        line = lines[index]
        far = _middle(lines[top]) - _middle(line) > FARTHEST * _height(line)
        if far or (len(line) < 2 and _covers(line[0], columns) > len(columns) / 2):
            break
        if any(_CAPTION.search(_text(word)) for word in line):
            break
        top = index
    while top < first and len(lines[top]) < 2:
        top += 1  # a title, not a heading
    return top


def _grid(block: Sequence[Row], depth: int, columns: Sequence[float], place: int) -> Grid:
    """Rows of cells: headings by their span, then amounts, wrapped labels with the nearest."""
    heads, spans = _headings(block[:depth], columns)
    anchors = [line for line in block[depth:] if _is_row(line)]
    cells: list[dict[int, str]] = [{} for _ in anchors]
    for line in block[depth:]:
        row = min(range(len(anchors)), key=lambda i: abs(_middle(anchors[i]) - _middle(line)))
        for word in line:
            first, last = _reach(word, columns)
            if _AMOUNT.fullmatch(_text(word)):
                first = last  # amounts end where their column ends
            before = cells[row].get(first, "")
            cells[row][first] = f"{before}\n{_text(word)}" if before else _text(word)
    width = len(columns) - 1
    filled = tuple(tuple(cell.get(i, "") for i in range(width)) for cell in (*heads, *cells))
    top = min(glyph.top for word in block[0] for glyph in word)
    middles = [_middle(line) for line in anchors]
    first_row = middles[0] - _height(anchors[0])
    ends = [top + (first_row - top) * i / max(len(heads), 1) for i in range(len(heads))]
    ends += [first_row, *((a + b) / 2 for a, b in pairwise(middles))]
    heights = (*ends, middles[-1] + _height(anchors[-1]))
    return Grid(filled, (place,) * len(filled), spans, tuple(columns), heights)


def _headings(
    lines: Sequence[Row], columns: Sequence[float]
) -> tuple[list[dict[int, str]], tuple[tuple[int, int, int, int], ...]]:
    """Headings over several columns line by line; below them each column's own, unwrapped.

    A line of column numbers is no part of the headings above it.
    """
    numbers = [line for line in lines if all(_NUMBER.fullmatch(_text(word)) for word in line)]
    over: list[dict[int, str]] = []
    spans: list[tuple[int, int, int, int]] = []
    own: dict[int, str] = {}
    for line in lines:
        if line in numbers:
            continue
        wide = {}
        for word in line:
            first, last = _reach(word, columns)
            if last > first:
                wide[first] = _text(word)
                spans.append((len(over), first, 1, last - first + 1))
            else:
                own[first] = own.get(first, "") + _text(word)
        over += [wide] if wide else []
    counted = [{_reach(word, columns)[0]: _text(word) for word in line} for line in numbers]
    return [*over, *([own] if own else []), *counted], tuple(spans)


def _reach(word: Word, columns: Sequence[float]) -> tuple[int, int]:
    """First and last column whose middle a word covers, or the one that it stands in."""
    left, right = word[0].left, word[-1].right
    middles = [(a + b) / 2 for a, b in pairwise(columns)]
    covered = [index for index, middle in enumerate(middles) if left < middle < right]
    if covered:
        return covered[0], covered[-1]
    inner = sum(edge <= (left + right) / 2 for edge in columns[1:-1])
    return inner, inner


def _covers(word: Word, columns: Sequence[float]) -> int:
    first, last = _reach(word, columns)
    return last - first + 1


def _text(word: Word) -> str:
    return "".join(glyph.text for glyph in word)


def _middle(line: Row) -> float:
    return line[0][0].y


def _height(line: Row) -> float:
    return max(glyph.bottom - glyph.top for word in line for glyph in word)
