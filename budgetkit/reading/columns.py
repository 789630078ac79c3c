"""Columns of tables without rules: where the words of many rows leave the page blank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from budgetkit.reading.words import Row, Word, gaps, joined, parted

#: This share of the rows may reach with their labels into the blank between two columns.
STRAY = 0.08

#: The blank between two columns is so many points wide at least.
NARROWEST = 2.0

#: Drawn rules nearer than this (points) to a table's first or last word are its frame.
_TOUCH = 3.0


@dataclass(slots=True)
class Column:
    """Where a column's words stand: those of rows, and the heights of its headings' lines."""

    left: float
    right: float
    words: list[Word] = field(default_factory=list)
    heads: list[float] = field(default_factory=list)

    @property
    def paid(self) -> bool:
        """Whether amounts stand in it."""
        return any(word.is_amount for word in self.words)

    @property
    def coded(self) -> bool:
        """Whether nothing but digits stands in it."""
        return all(word.text.isdigit() for word in self.words)

    def away(self, word: Word) -> float:
        """How far a word is from it, negative where they stand over each other."""
        return max(self.left - word.right, word.left - self.right)

    def take(self, left: float, right: float) -> None:
        """Draw it as wide as something that belongs to it."""
        self.left, self.right = min(self.left, left), max(self.right, right)


def columns(
    body: Sequence[Row], head: Sequence[Row], uprights: Sequence[float]
) -> tuple[list[float], list[Row]]:
    """Where columns end, and the header with its words apart where columns are.

    Amounts never reach over their column; a label may, where the cell beside it is blank.
    A heading belongs to the column that it stands over; else to the nearest without one; else
    it has a column of its own, which is blank. Rules that were drawn decide.
    """
    words = [word for line in body for word in line]
    found = _stripes(words, len(body))
    for word in sorted(words, key=lambda w: w.right - w.left):
        over = _over(word, found)
        if not over:
            found = sorted([*found, Column(word.left, word.right)], key=lambda c: c.left)
            over = _over(word, found)
        over[0].words.append(word)
    head = [joined(_apart(line, found), [(c.left, c.right) for c in found]) for line in head]
    for line in reversed(head):
        for word in sorted(line, key=lambda w: w.right - w.left):
            found = _headed(word, found)
    return _edges(_ruled(_named(found), uprights)), head


def _stripes(words: Sequence[Word], rows: int) -> list[Column]:
    """The stripes of the page that amounts cover, or labels of more rows than may stray."""
    left, right = min(w.left for w in words), max(w.right for w in words)
    covered = np.zeros(int(2 * (right - left)) + 3)
    for word in words:
        weight = rows if word.is_amount else 1
        covered[int(2 * (word.left - left)) : int(2 * (word.right - left)) + 1] += weight
    dark = np.flatnonzero(covered > STRAY * rows)
    runs = np.split(dark, np.flatnonzero(np.diff(dark) > 2 * NARROWEST) + 1)
    return [Column(left + run[0] / 2, left + run[-1] / 2) for run in runs if len(run)]


def _over(word: Word, found: Iterable[Column]) -> list[Column]:
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


def _headed(word: Word, found: list[Column]) -> list[Column]:
    """Columns with a heading given to the one that it belongs to, if to a single one."""
    over = _over(word, found)
    if len(over) > 1:
        return found
    before = [c for c in found if c not in over and (c.left + c.right) / 2 < word.x]
    after = [c for c in found if c not in over and c not in before]
    left = max([word.left, *(c.right for c in before[-1:])])
    right = min([word.right, *(c.left for c in after[:1])])
    beside = [*before[-1:], *after[:1]]
    if not over:
        bare = [c for c in beside if not c.heads]
        over = [min(bare, key=lambda c: c.away(word))] if bare else []
    if over:
        over[0].take(left, right)
        over[0].heads.append(word.y)
        return found
    low = word.y + word.height / 2
    if len(beside) == 2 and all(min(c.heads) > low for c in beside):
        return found  # a heading over both
    if left >= right:
        return found
    own = Column(left, right, heads=[word.y])
    return [*before, own, *after]


def _named(found: list[Column]) -> list[Column]:
    """Columns with labels that have no heading drawn to the labels beside: lines set in or out."""
    result: list[Column] = []
    for column in found:
        before = result[-1] if result else None
        loose = before is not None and not (before.heads and column.heads)
        if (
            before is not None
            and loose
            and before.words
            and column.words
            and not (before.paid or column.paid or before.coded or column.coded)
        ):
            before.take(column.left, column.right)
            before.words += column.words
            before.heads += column.heads
        else:
            result.append(column)
    return result


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
            if c.left < right - 1 and left + 1 < c.right
        ]
        if len(own) > 1 and not any(column.paid for column in own):
            own = [Column(own[0].left, own[-1].right)]
        result += own
    return result


def _edges(found: Sequence[Column]) -> list[float]:
    """Where columns end: half way between their words."""
    inner = [(a.right + b.left) / 2 for a, b in pairwise(found)]
    return [found[0].left - 1, *inner, found[-1].right + 1]
