"""Cells in, grids out: edges drawn together, slivers closed, spans counted."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from budgetkit.reading.glyphs import Box, Glyph, lines
from budgetkit.reading.model import Grid

#: Edges nearer than this (points) are one edge, whatever is between them.
SAME_EDGE = 3.0

#: Edges nearer than this are one edge if no character stands between them: double rules.
DOUBLE_RULE = 7.5


def grid(cells: Sequence[Box], printed: Iterable[Glyph], place: int) -> tuple[Grid, list[Glyph]]:
    """The grid that cells make, filled with characters; and the characters outside of it."""
    inside, outside = _split(cells, printed)
    columns = _edges([e for c in cells for e in (c.left, c.right)], [g.x for g in inside])
    heights = _edges([e for c in cells for e in (c.top, c.bottom)], [g.y for g in inside])
    spans = _spans(cells, columns, heights)
    texts: dict[tuple[int, int], list[Glyph]] = {}
    owner = {
        (row, column): span[:2]
        for span in spans
        for row in range(span[0], span[0] + span[2])
        for column in range(span[1], span[1] + span[3])
    }
    for glyph in inside:
        at = (_index(heights, glyph.y), _index(columns, glyph.x))
        texts.setdefault(owner.get(at, at), []).append(glyph)
    width, height = len(columns) - 1, len(heights) - 1
    rows = tuple(
        tuple(
            None
            if owner.get((row, column), (row, column)) != (row, column)
            else "\n".join(text for text, _ in lines(texts.get((row, column), [])))
            for column in range(width)
        )
        for row in range(height)
    )
    return Grid(rows, (place,) * height, tuple(spans)), outside


def _split(cells: Sequence[Box], printed: Iterable[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Characters within the outline of the cells, and the others."""
    left, right = min(c.left for c in cells), max(c.right for c in cells)
    top, bottom = min(c.top for c in cells), max(c.bottom for c in cells)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in printed:
        within = left <= glyph.x <= right and top <= glyph.y <= bottom
        (inside if within else outside).append(glyph)
    return inside, outside


def _edges(found: Iterable[float], middles: Sequence[float]) -> list[float]:
    """Distinct edges: near ones drawn together, farther ones too if nothing is between them."""
    groups: list[list[float]] = []
    for edge in sorted(found):
        if groups and edge - groups[-1][-1] < SAME_EDGE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    edges = [sum(group) / len(group) for group in groups]
    middles = sorted(middles)
    closed = edges[:1]
    for before, edge in pairwise(edges):
        near = edge - closed[-1] < DOUBLE_RULE
        if near and not any(before < middle < edge for middle in middles):
            closed[-1] = (closed[-1] + edge) / 2
        else:
            closed.append(edge)
    return closed


def _spans(
    cells: Sequence[Box], columns: Sequence[float], heights: Sequence[float]
) -> list[tuple[int, int, int, int]]:
    """Row, column, height and width of every cell, in the grid's own numbers; slivers left out."""
    taken: set[tuple[int, int]] = set()
    spans = []
    for cell in sorted(set(cells), key=lambda c: (c.top, c.left, -(c.right - c.left))):
        left, right = _nearest(columns, cell.left), _nearest(columns, cell.right)
        top, bottom = _nearest(heights, cell.top), _nearest(heights, cell.bottom)
        covered = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if covered and not covered & taken:
            taken |= covered
            spans.append((top, left, bottom - top, right - left))
    return spans


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _index(edges: Sequence[float], value: float) -> int:
    """Between which two edges a value lies."""
    inner = sum(edge <= value for edge in edges[1:-1])
    return min(inner, max(len(edges) - 2, 0))
