"""Columns of tables without rules: where the words of many rows leave the page blank."""

from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from budgetkit.reading.stacks import far, stacked
from budgetkit.reading.words import Column, Row, Word, gaps, parted, splits, standing

#: This share of the rows may reach with their labels into the blank between two columns.
STRAY = 0.08

#: The blank between two columns is so many points wide at least.
NARROWEST = 1.0

#: Where so many of a stripe's rows have several words in it, it is several columns.
_SEVERAL = 0.3

#: Drawn rules nearer than this (points) to a table's first or last word are its frame.
_TOUCH = 3.0


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
    stacks, above = stacked(head, counted, found)
    found = _joined(_matched(found, stacks), body)
    found = _ruled(found, uprights)
    filled = [bool(column.words) for column in found]
    return Columns(_edges(found), filled, [column.heads for column in found], above)


def _filled(body: Sequence[Row]) -> list[Column]:
    """The columns that words of rows stand in."""
    words = [word for line in body for word in line]
    found = [part for stripe in _stripes(words, len(body)) for part in _cut(stripe, body)]
    for word in sorted(words, key=lambda w: w.right - w.left):
        over = standing(word, found)
        if not over:
            found = sorted([*found, Column(word.left, word.right)], key=lambda c: c.left)
            over = standing(word, found)
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


def _apart(line: Row, found: Sequence[Column]) -> Row:
    """The words of a header's line, apart where they have blanks between columns."""
    return [
        part
        for word in line
        for part in parted(
            word, [x for x in gaps(word) if not any(c.left + 1 < x < c.right - 1 for c in found)]
        )
    ]


def _matched(found: list[Column], stacks: list[Column]) -> list[Column]:
    """Columns with their headings: those they stand under, else the nearest; blank columns."""
    pairs = [
        (column.away(stack) if column.away(stack) < 0 else far(column, stack), i, j)
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
            or any(_has_both(line, before, column) for line in body)
        ):
            result.append(column)
            continue
        before.take(column)
        before.words += column.words
        before.heads += column.heads
    return result


def _has_both(line: Row, one: Column, other: Column) -> bool:
    """Whether a line has a word in each of two columns."""
    return any(
        standing(a, [one]) and standing(b, [other]) and a is not b for a in line for b in line
    )


def _near(found: Sequence[Column], stacks: Sequence[Column], i: int, j: int) -> bool:
    """Whether no other column and no other heading stands between a column and a heading."""
    left = min(found[i].right, stacks[j].right)
    right = max(found[i].left, stacks[j].left)
    others = [c for k, c in enumerate(found) if k != i]
    others += [s for k, s in enumerate(stacks) if k != j]
    return not any(left < other.x < right for other in others)


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
