"""Columns of tables without rules: where the words of many rows leave the page blank."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from budgetkit.reading.words import Row, Word

#: This share of the rows may reach with their labels into the blank between two columns.
STRAY = 0.08

#: The blank between two columns is so many points wide at least.
NARROWEST = 2.0

#: Drawn rules nearer than this (points) to a table's first or last word are its frame.
_TOUCH = 3.0

Interval = tuple[float, float]


def intervals(body: Sequence[Row], heads: Sequence[Row], uprights: Sequence[float]) -> list[Interval]:
    """Where each column's words stand, from left to right; none twice, none over another.

    Amounts never reach over their column; a label may, where the cell beside it is blank.
    A heading over no other word has a column of its own. Rules that were drawn decide.
    """
    words = [word for line in body for word in line]
    found = _stripes(words, len(body))
    for word in sorted((w for w in words if not _over(w, found)), key=_width):
        found = _with(word, found)
    for line in reversed(heads):
        for word in sorted(line, key=_width):
            found = _with(word, found)
    return _ruled(found, [w for w in words if w.is_amount], uprights)


def edges(found: Sequence[Interval]) -> list[float]:
    """Where columns end: half way between their words."""
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(found)]
    return [found[0][0] - 1, *inner, found[-1][1] + 1]


def _width(word: Word) -> float:
    return word.right - word.left


def _stripes(words: Sequence[Word], rows: int) -> list[Interval]:
    """The stripes of the page that amounts cover, or labels of more rows than may stray."""
    left, right = min(w.left for w in words), max(w.right for w in words)
    covered = np.zeros(int(2 * (right - left)) + 3)
    for word in words:
        weight = rows if word.is_amount else 1
        covered[int(2 * (word.left - left)) : int(2 * (word.right - left)) + 1] += weight
    dark = np.flatnonzero(covered > STRAY * rows)
    runs = np.split(dark, np.flatnonzero(np.diff(dark) > 2 * NARROWEST) + 1)
    return [(left + run[0] / 2, left + run[-1] / 2) for run in runs if len(run)]


def _over(word: Word, found: Iterable[Interval]) -> list[Interval]:
    """The columns that a word stands over or under."""
    return [(a, b) for a, b in found if word.left < b - 1 and a + 1 < word.right]


def _with(word: Word, found: list[Interval]) -> list[Interval]:
    """Columns with a word's own, where it stands over none, or its one drawn as wide as it is."""
    over = _over(word, found)
    if len(over) > 1:
        return found
    others = [one for one in found if one not in over]
    left = min([word.left, *(a for a, _ in over)])
    right = max([word.right, *(b for _, b in over)])
    left = max([left, *(b for _, b in others if b <= word.x)])
    right = min([right, *(a for a, _ in others if a >= word.x)])
    return sorted([*others, (left, right)]) if left < right else found


def _ruled(
    found: list[Interval], amounts: Sequence[Word], uprights: Sequence[float]
) -> list[Interval]:
    """Columns between upright rules drawn together: all labels, or one column of amounts."""
    first, last = found[0][0] + _TOUCH, found[-1][1] - _TOUCH
    inner = [x for x in sorted(uprights) if first < x < last]
    if not inner:
        return found
    result: list[Interval] = []
    for left, right in pairwise([-np.inf, *inner, np.inf]):
        own = [(max(a, left), min(b, right)) for a, b in found if a < right - 1 and left + 1 < b]
        paid = [any(_over(w, [one]) for w in amounts) for one in own]
        if len(own) > 1 and (not any(paid) or sum(paid) == len(own) == 1):
            own = [(own[0][0], own[-1][1])]
        result += own
    return result
