"""Where columns and rows end: edges drawn together, slivers closed, the spans of cells counted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from budgetkit.reading.boxes import Box

#: Edges nearer than this (points) are one edge, whatever is between them.
SAME_EDGE = 3.0

#: Edges nearer than this are one edge if no word stands between them: double rules.
DOUBLE_RULE = 12.0


def edges(found: Iterable[float], words: Sequence[tuple[float, float]]) -> list[float]:
    """Distinct edges: near ones drawn together, farther ones too if no word is between them."""
    groups: list[list[float]] = []
    for edge in sorted(found):
        if groups and edge - groups[-1][-1] < SAME_EDGE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    middles = [sum(group) / len(group) for group in groups]
    closed = middles[:1]
    for before, edge in pairwise(middles):
        near = edge - closed[-1] < DOUBLE_RULE
        if near and not any(before - 1 < left and right < edge + 1 for left, right in words):
            closed[-1] = (closed[-1] + edge) / 2
        else:
            closed.append(edge)
    return closed


def spans(
    cells: Sequence[Box], columns: Sequence[float], heights: Sequence[float]
) -> list[tuple[int, int, int, int]]:
    """Row, column, height and width of every cell, in the grid's own numbers; slivers left out."""
    taken: set[tuple[int, int]] = set()
    found = []
    for cell in sorted(set(cells), key=lambda c: (c.top, c.left, -c.width)):
        left, right = _nearest(columns, cell.left), _nearest(columns, cell.right)
        top, bottom = _nearest(heights, cell.top), _nearest(heights, cell.bottom)
        covered = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if covered and not covered & taken:
            taken |= covered
            found.append((top, left, bottom - top, right - left))
    return found


def _nearest(edges: Sequence[float], value: float) -> int:
    """The place of the edge that a value is next to, the first of two as near."""
    after = bisect_left(edges, value)
    near = range(max(after - 1, 0), min(after + 1, len(edges)))
    return min(near, key=lambda i: abs(edges[i] - value))


def between(edges: Sequence[float], value: float) -> int:
    """Between which two edges a value lies."""
    last = max(len(edges) - 2, 0)
    return bisect_right(edges, value, 1, last + 1) - 1 if last else 0
