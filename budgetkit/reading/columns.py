"""Columns of tables without rules: where the words of many rows leave the page blank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from budgetkit.reading.words import Row, Word, gaps, parted, splits

#: This share of the rows may reach with their labels into the blank between two columns.
STRAY = 0.08

#: The blank between two columns is so many points wide at least.
NARROWEST = 1.0

#: Where so many of a stripe's rows have several words in it, it is several columns.
_SEVERAL = 0.3

#: Lines of one heading are not farther apart than so many times its size.
WRAPPED = 1.7

#: Headings whose middles differ less than this share of their size stand in one row.
SAME_ROW = 0.5

#: A heading stands before the amounts below it and behind the labels: else it is so much farther.
_WRONG_SIDE = 3.0

#: Drawn rules nearer than this (points) to a table's first or last word are its frame.
_TOUCH = 3.0


@dataclass(slots=True)
class Column:
    """Where a column's words stand: those of its rows, and its own heading's."""

    left: float
    right: float
    words: list[Word] = field(default_factory=list)
    heads: list[Word] = field(default_factory=list)

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def paid(self) -> bool:
        """Whether amounts stand in it."""
        return any(word.is_amount for word in self.words)

    @property
    def top(self) -> float:
        """Height of its heading's first line."""
        return min((word.y for word in self.heads), default=np.inf)

    @property
    def bottom(self) -> float:
        """Height of its heading's last line."""
        return max(word.y for word in self.heads)

    @property
    def y(self) -> float:
        """Middle of its heading, down."""
        return (self.top + self.bottom) / 2

    @property
    def coded(self) -> bool:
        """Whether nothing but digits stands in it."""
        return all(word.text.isdigit() for word in self.words)

    def away(self, other: "Word | Column") -> float:
        """How far something is from it, negative where they stand over each other."""
        return max(self.left - other.right, other.left - self.right)

    def take(self, other: "Word | Column") -> None:
        """Draw it as wide as something that belongs to it."""
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)


class Columns(NamedTuple):
    """Where columns end, whether words stand in them, each one's own heading, and the others."""

    edges: list[float]
    filled: list[bool]
    own: list[list[Word]]
    above: list[Word]


def columns(
    body: Sequence[Row], head: Sequence[Row], numbers: Sequence[Row], uprights: Sequence[float]
) -> Columns:
    """The columns of a table, by the words of its rows and of its header.

    Amounts never reach over their column; a label may, where the cell beside it is blank.
    A heading belongs to the column that it stands over; else to the nearest without one; else
    it has a column of its own, which is blank, as a number has in a line of column numbers.
    Rules that were drawn decide.
    """
    found = _filled(body)
    head = [_apart(line, found) for line in head]
    counted = [Column(word.left, word.right) for line in numbers for word in line]
    stacks, above = _stacks(head, counted, found)
    found = _joined(_matched(found, stacks), body)
    found = _ruled(found, uprights)
    filled = [bool(column.words) for column in found]
    return Columns(_edges(found), filled, [column.heads for column in found], above)


def _filled(body: Sequence[Row]) -> list[Column]:
    """The columns that words of rows stand in."""
    words = [word for line in body for word in line]
    found = [part for stripe in _stripes(words, len(body)) for part in _cut(stripe, body)]
    for word in sorted(words, key=lambda w: w.right - w.left):
        over = _over(word, found)
        if not over:
            found = sorted([*found, Column(word.left, word.right)], key=lambda c: c.left)
            over = _over(word, found)
        over[0].words.append(word)
    return found


def _stripes(words: Sequence[Word], rows: int) -> list[Column]:
    """The stripes of the page that amounts cover, or labels of more rows than may stray."""
    left, right = min(w.left for w in words), max(w.right for w in words)
    covered = np.zeros(int(2 * (right - left)) + 3)
    for word in words:
        weight = rows if word.is_amount else 1
        for part in [word] if word.is_amount else parted(word, gaps(word)):
            covered[int(2 * (part.left - left)) : int(2 * (part.right - left)) + 1] += weight
    dark = np.flatnonzero(covered > STRAY * rows)
    runs = np.split(dark, np.flatnonzero(np.diff(dark) > 2 * NARROWEST) + 1)
    return [Column(left + run[0] / 2, left + run[-1] / 2) for run in runs if len(run)]


def _cut(stripe: Column, body: Sequence[Row]) -> list[Column]:
    """A stripe in parts, where rows have several words in it: fewest of them are cut through."""
    rows = [[w for w in line if stripe.left <= w.x <= stripe.right] for line in body]
    rows = [row for row in rows if row]
    several = [row for row in rows if len(row) > 1]
    paid = any(word.is_amount for row in several for word in row)
    if not several or (not paid and len(several) < _SEVERAL * len(rows)):
        return [stripe]
    words = [word for row in rows for word in row]
    places = sorted({x for row in several for a, b in pairwise(row) for x in (a.right, b.left)})

    def through(x: float) -> int:
        return sum(
            len(words) if word.is_amount else 1
            for word in words
            if word.left + 1 < x < word.right - 1 and not splits(word, x)
        )

    fewest = min(map(through, places))
    if fewest >= len(words) or (not paid and fewest > STRAY * len(rows)):
        return [stripe]
    least = [x for x in places if through(x) == fewest]
    at = least[len(least) // 2]
    parts = [Column(stripe.left, at), Column(at, stripe.right)]
    for part in parts:
        own = [p for w in words for p in parted(w, [at] if splits(w, at) else [])]
        own = [word for word in own if part.left <= word.x <= part.right]
        if not own:
            return [stripe]
        part.left = max(part.left, min(word.left for word in own))
        part.right = min(part.right, max(word.right for word in own))
    return [piece for part in parts for piece in _cut(part, body)]


def _over(word: "Word | Column", found: Iterable[Column]) -> list[Column]:
    """The columns that a word stands over or under."""
    return [column for column in found if column.away(word) < -1]


def _apart(line: Row, found: Sequence[Column]) -> Row:
    """The words of a header's line, apart where they have blanks between columns."""
    return [
        part
        for word in line
        for part in parted(
            word, [x for x in gaps(word) if not any(c.left + 1 < x < c.right - 1 for c in found)]
        )
    ]


def _stacks(
    head: Sequence[Row], counted: Sequence[Column], found: Sequence[Column]
) -> tuple[list[Column], list[Word]]:
    """Headings of one column each, line over line from the last one up; and all the others."""
    stacks = sorted(counted, key=lambda c: c.left)
    above: list[Word] = []
    between: list[Word] = []
    for word in (
        w for line in reversed(head) for w in sorted(line, key=lambda w: w.right - w.left)
    ):
        over = _over(word, stacks)
        if len(over) > 1 or any(_is_far(word, column) for column in over):
            above.append(word)
        elif over:
            over[0].take(word)
            over[0].heads.append(word)
        elif _is_between(word, stacks):
            between.append(word)
        else:
            stacks = _with(word, stacks)
    for word in between:
        over = _over(word, stacks)
        if len(over) > 1 or any(_is_far(word, column) for column in over):
            above.append(word)
        elif over:
            over[0].take(word)
            over[0].heads.append(word)
        elif _is_between(word, stacks) and not _is_wanted(word, stacks, found):
            above.append(word)
        else:
            stacks = _with(word, stacks)
    for index, stack in enumerate(stacks):
        upper = _upper(stack, stacks[max(index - 1, 0) : index], stacks[index + 1 : index + 2])
        above += upper
        stack.heads = [word for word in stack.heads if word not in upper]
    return stacks, above


def _with(word: Word, stacks: Sequence[Column]) -> list[Column]:
    """Headings with one more."""
    return sorted([*stacks, Column(word.left, word.right, heads=[word])], key=lambda c: c.left)


def _is_far(word: Word, stack: Column) -> bool:
    """Whether a word stands too far above a heading for a line of it."""
    return bool(stack.heads) and stack.top - word.y > WRAPPED * word.size


def _is_between(word: Word, stacks: Sequence[Column]) -> bool:
    """Whether a word stands over the blank between two headings, both lower than it is."""
    beside = [s for s in stacks if s.x < word.x][-1:] + [s for s in stacks if s.x > word.x][:1]
    low = word.y + SAME_ROW * word.size
    return len(beside) == 2 and all(stack.heads and stack.top > low for stack in beside)


def _is_wanted(word: Word, stacks: Sequence[Column], found: Sequence[Column]) -> bool:
    """Whether amounts stand nearest to a word that have no other heading before them."""
    own = Column(word.left, word.right)
    for index, column in enumerate(found):
        if not column.paid or _over(column, stacks):
            continue
        left = found[index - 1].right if index else -np.inf
        free = [stack for stack in stacks if left < stack.left and stack.x < column.x]
        nearest = min((_far(column, stack) for stack in stacks), default=np.inf)
        if not free and _far(column, own) < nearest:
            return True
    return False


def _upper(stack: Column, before: Sequence[Column], after: Sequence[Column]) -> list[Word]:
    """The upper lines of a heading that are one of several columns: without them it stands level.

    They stand over the middle of three, or nearer to the other of two.
    """
    beside = [other for other in (*before, *after) if other.heads]
    heights = sorted({word.y for word in stack.heads})
    if not heights:
        return []
    size = SAME_ROW * stack.heads[0].size / 2
    if any(abs(other.y - stack.y) < size for other in beside):
        return []
    for height in heights[1:]:
        upper = [word for word in stack.heads if word.y < height]
        rest = Column(0, 0, heads=[word for word in stack.heads if word.y >= height])
        level = [other for other in beside if abs(other.y - rest.y) < size]
        middle = sum(w.x for w in upper) / len(upper) - sum(w.x for w in rest.heads) / len(
            rest.heads
        )
        nearer = [other for other in level if middle * (other.x - stack.x) > size * abs(middle) > 0]
        if len(level) == 2 or (nearer and abs(middle) > size):
            return upper
    return []


def _matched(found: list[Column], stacks: list[Column]) -> list[Column]:
    """Columns with their headings: those they stand under, else the nearest; blank columns."""
    pairs = [
        (column.away(stack) if column.away(stack) < 0 else _far(column, stack), i, j)
        for (i, column), (j, stack) in product(enumerate(found), enumerate(stacks))
    ]
    taken: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        free = i not in taken and j not in taken.values()
        in_order = all((i < k) == (j < other) for k, other in taken.items())
        if free and in_order and _near(found, stacks, i, j):
            taken[i] = j
    for i, j in taken.items():
        found[i].take(stacks[j])
        found[i].heads = stacks[j].heads
    blank = [stack for j, stack in enumerate(stacks) if j not in taken.values()]
    return sorted([*found, *blank], key=lambda c: c.x)


def _joined(found: Sequence[Column], body: Sequence[Row]) -> list[Column]:
    """Columns drawn together of which no row has both, nor has each a heading: set in, or amid."""
    result: list[Column] = []
    for column in found:
        before = result[-1] if result else None
        if (
            before is None
            or not (before.words and column.words)
            or (before.heads and column.heads)
            or before.paid != column.paid
            or (before.paid and not (before.heads or column.heads))
            or before.coded
            or column.coded
            or any(_over(w, [before]) and _over(o, [column]) for r in body for w in r for o in r)
        ):
            result.append(column)
            continue
        before.take(column)
        before.words += column.words
        before.heads += column.heads
    return result


def _near(found: Sequence[Column], stacks: Sequence[Column], i: int, j: int) -> bool:
    """Whether no other column and no other heading stands between a column and a heading."""
    left = min(found[i].right, stacks[j].right)
    right = max(found[i].left, stacks[j].left)
    others = [c for k, c in enumerate(found) if k != i]
    others += [s for k, s in enumerate(stacks) if k != j]
    return not any(left < other.x < right for other in others)


def _far(column: Column, stack: Column) -> float:
    """How far a column is from a heading, more where the heading is on the wrong side of it."""
    wrong = (stack.x > column.x) == column.paid
    return column.away(stack) * (_WRONG_SIDE if wrong else 1)


def _ruled(found: list[Column], uprights: Sequence[float]) -> list[Column]:
    """Columns between upright rules drawn together: all labels, or one column of amounts."""
    first, last = found[0].left + _TOUCH, found[-1].right - _TOUCH
    inner = [x for x in sorted(uprights) if first < x < last]
    if not inner:
        return found
    result: list[Column] = []
    for left, right in pairwise([-np.inf, *inner, np.inf]):
        own = [
            Column(max(c.left, left), min(c.right, right), c.words, c.heads)
            for c in found
            if left <= c.x < right
        ]
        if len(own) > 1 and not any(column.paid for column in own):
            heads = [word for column in own for word in column.heads]
            words = [word for column in own for word in column.words]
            own = [Column(own[0].left, own[-1].right, words, heads)]
        result += own
    return result


def _edges(found: Sequence[Column]) -> list[float]:
    """Where columns end: half way between their words."""
    inner = [(a.right + b.left) / 2 for a, b in pairwise(found)]
    return [found[0].left - 1, *inner, found[-1].right + 1]
