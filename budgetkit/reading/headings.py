"""Headings without rules: which columns each stands over, by its middle and its height."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from budgetkit.reading.words import Row, Word

#: Lines of one heading are not farther apart than so many heights of its characters.
WRAPPED = 1.6

#: Headings whose middles differ less than this share of their height stand in one row.
_SAME_ROW = 0.5

#: A column is left out of those below a heading where that brings it nearer to their middle
#: by more than this share of the column's width.
_LEFT_OUT = 0.25

Spans = tuple[tuple[int, int, int, int], ...]


class _Heading:
    """Lines one over the other, and the columns below them."""

    def __init__(self, word: Word, first: int, last: int) -> None:
        self.words, self.first, self.last = [word], first, last

    @property
    def top(self) -> float:
        return self.words[0].y

    @property
    def bottom(self) -> float:
        return max(word.y for word in self.words)

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x(self) -> float:
        return (min(w.left for w in self.words) + max(w.right for w in self.words)) / 2

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)


def grid(lines: Sequence[Row], edges: Sequence[float]) -> tuple[list[tuple[str, ...]], Spans]:
    """Rows of headings with their spans: those over several columns, below them each one's own."""
    found = _stacked([word for line in lines for word in line], edges)
    width = len(edges) - 1
    own: dict[int, _Heading] = {}
    for heading in found:
        if heading.first == heading.last:
            lower = own.get(heading.first)
            if lower is None or lower.y < heading.y:
                own[heading.first] = heading
    above = [heading for heading in found if heading not in own.values()]
    rows: list[list[_Heading]] = []
    for heading in sorted(above, key=lambda h: h.y):
        if rows and heading.y - rows[-1][-1].y < _SAME_ROW * heading.words[0].height:
            rows[-1].append(heading)
        else:
            rows.append([heading])
    parts = [(0, width)]
    for row in rows:
        parts = _spread(row, own, parts, edges)
    depth = len(rows)
    cells = [[""] * width for _ in range(depth + 1)]
    spans = []
    for index, row in enumerate(rows):
        for heading in row:
            cells[index][heading.first] += heading.text
            spans.append((index, heading.first, 1, heading.last - heading.first + 1))
    for column, heading in own.items():
        cells[depth][column] = heading.text
    return [tuple(row) for row in cells], tuple(spans)


def _reach(word: Word, edges: Sequence[float]) -> tuple[int, int]:
    """First and last column that a word stands over, with a third of the narrower of the two."""
    shares = [
        (min(word.right, b) - max(word.left, a)) / min(b - a, word.right - word.left)
        for a, b in pairwise(edges)
    ]
    over = [index for index, share in enumerate(shares) if share > 0.34]
    return (over[0], over[-1]) if over else (shares.index(max(shares)),) * 2


def _stacked(words: Sequence[Word], edges: Sequence[float]) -> list[_Heading]:
    """Words as headings: lines close below each other over the same column are one."""
    found: list[_Heading] = []
    for word in sorted(words, key=lambda w: (round(w.y), w.left)):
        first, last = _reach(word, edges)
        same = [
            h
            for h in found
            if (h.first, h.last) == (first, last) and word.y - h.bottom < WRAPPED * word.height
        ]
        if same:
            same[-1].words.append(word)
        else:
            found.append(_Heading(word, first, last))
    return found


def _spread(
    row: list[_Heading],
    own: dict[int, _Heading],
    parts: Sequence[tuple[int, int]],
    edges: Sequence[float],
) -> list[tuple[int, int]]:
    """Set headings over all columns whose own stands lower, as their middles say; the parts left.

    A heading between two others, over a column of its own, has none of them beside it.
    """
    base = max(heading.bottom for heading in row)
    below = [
        index in own and own[index].y > base + _SAME_ROW * own[index].words[0].height
        for index in range(len(edges) - 1)
    ]
    result: list[tuple[int, int]] = []
    for start, end in parts:
        index = start
        while index < end:
            stop = index
            while stop < end and below[stop] == below[index]:
                stop += 1
            here = [h for h in row if index <= (h.first + h.last) // 2 < stop]
            if below[index] and here:
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

    cost, ranges = shared(0, start)
    if len(ranges) < len(row):
        return [(start, stop)]
    for heading, (first, last) in zip(row, ranges, strict=True):
        heading.first, heading.last = first, last - 1
    cuts = sorted({start, stop, *(edge for pair in ranges for edge in pair)})
    return list(pairwise(cuts))
