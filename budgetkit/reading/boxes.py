"""Rectangles on a page: the one around others, those within others, those that touch."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

#: Rules nearer than this (points) touch.
TOUCH = 2.5

#: A cell around so many others is a frame.
_FRAMED = 2


class Box(NamedTuple):
    """A rectangle on the page as seen; of no width or height for a rule."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle, down."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def outline(boxes: Sequence[Box]) -> Box:
    """The rectangle around others."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def innermost(cells: list[Box]) -> list[Box]:
    """Cells without those that hold others: the frame of a page is no cell."""
    if not cells:
        return cells
    left, top, right, bottom = np.array(cells).T
    x, y = (left + right) / 2, (top + bottom) / 2
    holds = (left[:, None] < x) & (x < right[:, None]) & (top[:, None] < y) & (y < bottom[:, None])
    areas = (right - left) * (bottom - top)
    within = (holds & (areas < areas[:, None] / 2)).sum(axis=1)
    return [cell for cell, count in zip(cells, within, strict=True) if count < _FRAMED]


def touching(boxes: Sequence[Box]) -> list[list[Box]]:
    """Rules, or cells, in groups that hang together, the uppermost group first."""
    ordered = sorted(boxes, key=lambda b: (b.top, b.left))
    left, top, right, bottom = np.array(ordered).reshape(-1, 4).T
    group = np.arange(len(ordered))
    for i in range(1, len(ordered)):
        meets = (left[:i] - TOUCH <= right[i]) & (left[i] - TOUCH <= right[:i])
        meets &= (top[:i] - TOUCH <= bottom[i]) & (top[i] - TOUCH <= bottom[:i])
        joined = np.unique(group[:i][meets])
        if len(joined):
            group[i] = joined[0]
        if len(joined) > 1:
            group[: i + 1][np.isin(group[: i + 1], joined)] = joined[0]
    return [[ordered[i] for i in np.flatnonzero(group == g)] for g in np.unique(group)]
