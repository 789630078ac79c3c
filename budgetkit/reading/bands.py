"""Which lines are rows of a table without rules, and which belong to one row."""

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetkit.reading.words import Row

#: Lines of one cell are not farther apart than so many times their size, nor than this share
#: of what two rows are.
WRAPPED, NEXT_ROW = 1.5, 0.98

#: A line between two lines of the cell beside it is nearer to them than so many times its size.
AMID = 1.0

#: What only sentences have: their punctuation, and a unit behind the amount.
_PROSE = re.compile(r"[。；，,]\D|[。；，,]$|^(?:万?元|%|％)|(?:为|增加|减少)$")

#: So many amounts in a line, and more, are a row whatever else stands in it.
_FEWEST_BESIDE_PROSE = 3

#: How the label of a row begins, which no other line of it does.
_BEGINS = re.compile(
    r"\d{3,12}$|\[\d+\]|[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d+)[)）]|\d+[.、．]\D"
)


def is_row(line: Row) -> bool:
    """Whether a line is a row of a table: words apart from each other, one at least an amount.

    Prose sets some programs' amounts apart, too; remarks stand at the end of many amounts.
    """
    amounts = sum(word.is_amount for word in line)
    prose = any(_PROSE.search(word.text) for word in line)
    return len(line) > 1 and amounts > (_FEWEST_BESIDE_PROSE if prose else 0)


def is_amid(every: Sequence[Row], index: int) -> bool:
    """Whether a line is but one amount, amid the lines of labels on both of its sides."""
    line = every[index]
    beside = [every[i] for i in (index - 1, index + 1) if 0 <= i < len(every)]
    near = [abs(other[0].y - line[0].y) < AMID * line[0].size for other in beside]
    return len(line) == 1 and line[0].is_amount and all(near) and len(near) == 2


def size_of(*rows: Row) -> float:
    """The size of the largest words of lines."""
    return max(word.size for line in rows for word in line)


def parted_rows(body: Sequence[Row], level: Sequence[float]) -> list[list[Row]]:
    """Lines by their row: what is between two level rules, or with the nearest amounts."""
    bands: dict[int, list[Row]] = {}
    for line in body:
        bands.setdefault(sum(y < line[0].y for y in level), []).append(line)
    pitch = _pitch(body)
    return [row for band in bands.values() for row in _parted(band, pitch, bool(level))]


def _pitch(body: Sequence[Row]) -> float:
    """How far apart rows of one line are that follow each other; lines of one row are nearer."""
    gaps = [
        b[0].y - a[0].y for a, b in pairwise(body) if is_row(a) and is_row(b) and _is_next(a, b)
    ]
    return min(gaps, default=1e9)


def _is_next(line: Row, following: Row) -> bool:
    """Whether two lines are too far apart to stand side by side in cells of one row."""
    return following[0].y - line[0].y >= AMID * size_of(line)


def _parted(band: Sequence[Row], pitch: float, ruled: bool) -> list[list[Row]]:
    """The rows of a band: one, or one around each line with amounts or with a code."""
    anchors = [i for i, line in enumerate(band) if is_row(line) or is_amid(band, i)]
    if ruled and len(anchors) < 2:
        return [list(band)]
    begins = set(anchors) | {
        i for i, line in enumerate(band) if any(_BEGINS.match(w.text) for w in line)
    }
    begins -= {i for i in anchors if _is_middle(band, i, begins)}
    cuts = []
    for index in range(1, len(band)):
        gap = band[index][0].y - band[index - 1][0].y
        limit = min(WRAPPED * size_of(band[index], band[index - 1]), NEXT_ROW * pitch)
        if gap > limit or (index in begins and index - 1 in begins):
            cuts.append(index)
    rows = [list(range(a, b)) for a, b in pairwise([0, *cuts, len(band)])]
    return [[band[i] for i in part] for row in rows for part in _single(row, begins, band)]


def _is_middle(band: Sequence[Row], index: int, begins: set[int]) -> bool:
    """Whether amounts stand in the middle of a label that begins in the line above."""
    line = band[index]
    above = index - 1 in begins and line[0].y - band[index - 1][0].y < AMID * size_of(line)
    return above and all(word.is_amount for word in line)


def _single(row: list[int], begins: set[int], band: Sequence[Row]) -> list[list[int]]:
    """Lines close to each other by the row they belong to, parted at the widest gap."""
    own = [i for i in row if i in begins]
    if len(own) < 2:
        return [row]
    cut = max(range(own[0] + 1, own[1] + 1), key=lambda i: band[i][0].y - band[i - 1][0].y)
    if any(_BEGINS.match(word.text) for word in band[own[1]]):
        cut = own[1]
    at = row.index(cut)
    return [row[:at], *_single(row[at:], begins, band)]
