"""Tables whose rules are all level: where their upright rules would be."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from budgetkit.reading.boxes import Box
from budgetkit.reading.cells import places
from budgetkit.reading.glyphs import Glyph

#: Ends of rules so near (points) are at the same place.
_TOUCH = 2.0


def uprights(rules: Sequence[Box], printed: Sequence[Glyph]) -> list[Box]:
    """The rules that were not drawn, between the columns of tables and at their sides.

    Level rules are drawn cell by cell: where a piece ends above a row and one ends
    below it, two cells part; a heading over several columns is one piece.
    """
    if any(rule.width <= rule.height for rule in rules):
        return []
    ys = places([rule.top for rule in rules])
    xs = places([end for rule in rules for end in (rule.left, rule.right)])
    touches = np.zeros((len(ys), len(xs)), dtype=bool)
    ends = touches.copy()
    for left, top, right, _ in rules:
        row = int(abs(np.array(ys) - top).argmin())
        touches[row] |= (left - _TOUCH <= np.array(xs)) & (np.array(xs) <= right + _TOUCH)
        for end in (left, right):
            ends[row, int(abs(np.array(xs) - end).argmin())] = True
    found = []
    for i, (top, bottom) in enumerate(pairwise(ys)):
        for j, x in enumerate(xs):
            above, below = np.flatnonzero(touches[: i + 1, j]), np.flatnonzero(touches[i + 1 :, j])
            if not len(above) or not len(below):
                continue
            parted = ends[above[-1], j] and ends[i + 1 + below[0], j]
            if parted and not _through(x, top, bottom, printed):
                found.append(Box(x, top, x, bottom))
    return found


def _through(x: float, top: float, bottom: float, printed: Sequence[Glyph]) -> bool:
    """Whether a place is in the middle of a character."""
    return any(g.left + 1 < x < g.right - 1 and top < g.y < bottom for g in printed)
