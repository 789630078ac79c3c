"""Headings without rules: which columns each stands over, by its middle and its height."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from budgetkit.reading.columns import Columns
from budgetkit.reading.model import Spans
from budgetkit.reading.words import SAME_LINE, WRAPPED, Word

#: A column is left out of those below a heading where that brings it nearer to their middle
#: by more than this share of the column's width.
_LEFT_OUT = 0.25

#: A column's own heading stands so far down from those above to the lowest, or none is over it.
_LOW = 0.62


class _Heading:
    """Lines one over the other, and the columns below them."""

    def __init__(self, words: list[Word]) -> None:
        self.words, self.first, self.last = words, 0, 0

    @property
    def bottom(self) -> float:
        return max(word.y for word in self.words)

    @property
    def y(self) -> float:
        return (min(word.y for word in self.words) + self.bottom) / 2

    @property
    def x(self) -> float:
        return (min(w.left for w in self.words) + max(w.right for w in self.words)) / 2

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def text(self) -> str:
        lines = sorted(self.words, key=lambda w: (round(w.y / SAME_LINE / self.size), w.left))
        return "".join(word.text for word in lines)


def grid(found: Columns) -> tuple[list[tuple[str, ...]], Spans]:
    """Rows of headings with their spans: those over several columns, below them each one's own."""
    own = {i: _Heading(words) for i, words in enumerate(found.own) if words}
    width = len(found.own)
    rows: list[list[_Heading]] = []
    for heading in sorted(_stacked(found.above), key=lambda h: h.y):
        if rows and heading.y - rows[-1][-1].y < SAME_LINE * heading.size:
            rows[-1].append(heading)
        else:
            rows.append([heading])
    parts = [(0, width)]
    for row in rows:
        parts = _spread(row, own, parts, found.edges)
    depth = len(rows)
    cells = [[""] * width for _ in range(depth + bool(own))]
    spans = []
    free = [0] * width  # the first row below the headings over a column
    for index, row in enumerate(rows):
        for heading in row:
            cells[index][heading.first] += heading.text
            spans.append((index, heading.first, 1, heading.last - heading.first + 1))
            for column in range(heading.first, heading.last + 1):
                free[column] = index + 1
    end = -1
    for column, heading in own.items():
        first, last = _grown(column, heading, found, end + 1)
        end = last
        top = max(free[first : last + 1])
        cells[top][first] = heading.text
        spans.append((top, first, depth + 1 - top, last - first + 1))
    return [tuple(row) for row in cells], tuple(spans)


def _grown(column: int, heading: _Heading, found: Columns, least: int) -> tuple[int, int]:
    """First and last column of a heading: those beside it have none, and it is in their middle.

    The columns before `least` are another heading's.
    """
    bare = [full and not words for full, words in zip(found.filled, found.own, strict=True)]
    first = last = column
    while first > least and bare[first - 1]:
        first -= 1
    while last < len(bare) - 1 and bare[last + 1]:
        last += 1
    ranges = [(a, b) for a in range(first, column + 1) for b in range(column, last + 1)]
    edges = found.edges
    return min(ranges, key=lambda r: abs((edges[r[0]] + edges[r[1] + 1]) / 2 - heading.x))


def _stacked(words: Sequence[Word]) -> list[_Heading]:
    """Words as headings: lines close below each other are one."""
    found: list[_Heading] = []
    for word in sorted(words, key=lambda w: w.y):
        over = [
            heading
            for heading in found
            if 0 < word.y - heading.bottom < WRAPPED * word.size
            and abs(heading.x - word.x) < word.size
        ]
        if over:
            over[-1].words.append(word)
        else:
            found.append(_Heading([word]))
    return found


def _spread(
    row: list[_Heading],
    own: dict[int, _Heading],
    parts: Sequence[tuple[int, int]],
    edges: Sequence[float],
) -> list[tuple[int, int]]:
    """Set headings over the columns whose own stand lower, as their middles say; the parts left."""
    if not own:
        return _shared(sorted(row, key=lambda h: h.x), 0, len(edges) - 1, edges)
    base = max(heading.y for heading in row)
    low = base + _LOW * (max(heading.y for heading in own.values()) - base)
    label = min(own.items())[1]
    if label.y < low:  # its row stands over no other
        low = max(low, label.y + SAME_LINE * label.size / 2)
    below = [index in own and own[index].y > low for index in range(len(edges) - 1)]
    result: list[tuple[int, int]] = []
    for start, end in parts:
        index = start
        while index < end:
            stop = index
            while stop < end and below[stop] == below[index]:
                stop += 1
            here = [h for h in row if edges[index] <= h.x < edges[stop]]
            if here:
                result += _shared(sorted(here, key=lambda h: h.x), index, stop, edges)
            else:
                result.append((index, stop))
            index = stop
    return result


def _shared(
    row: list[_Heading], start: int, stop: int, edges: Sequence[float]
) -> list[tuple[int, int]]:
    """Share columns among the headings over them so that each stands over the middle of its own.

    Columns are left out where that is much nearer: their headings were set low.
    """
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}

    def shared(index: int, at: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if index == len(row):
            return _LEFT_OUT * (edges[stop] - edges[at]), ()
        if (index, at) not in best:
            options = []
            for first, last in combinations(range(at, stop + 1), 2):
                cost, others = shared(index + 1, last)
                cost += _LEFT_OUT * (edges[first] - edges[at])
                cost += abs((edges[first] + edges[last]) / 2 - row[index].x)
                options.append((cost, ((first, last), *others)))
            best[index, at] = min(options, default=(float("inf"), ()))
        return best[index, at]

    _, ranges = shared(0, start)
    if len(ranges) < len(row):  # more headings than columns
        for heading in row:
            heading.first = heading.last = max(
                i for i in range(start, stop) if i == start or edges[i] <= heading.x
            )
        return [(start, stop)]
    for heading, (first, last) in zip(row, ranges, strict=True):
        heading.first, heading.last = first, last - 1
    return list(pairwise(sorted({start, stop, *(edge for pair in ranges for edge in pair)})))
