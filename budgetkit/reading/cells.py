"""Where the cells of a page are: by tabula's lattice, or by the rules that are drawn."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import pairwise, product
from pathlib import Path
from time import monotonic

import numpy as np

from budgetkit.reading import java
from budgetkit.reading.boxes import TOUCH, Box, outline, touching
from budgetkit.reading.glyphs import magnified
from budgetkit.reading.worker import Worker

Cells = list[Box]


class Find:
    """Tabula's lattice over one file: asked for pages ahead, called with a page's number.

    ``said`` is what tabula reads in each cell of the page. A call raises whatever Java
    raises where tabula stumbles over a page, or over the whole file, and ``TimeoutError``
    where it isn't done with the page before the deadline.
    """

    def __init__(self, submit: Callable[[int], Future[str]], deadline: float | None) -> None:
        self._submit, self._deadline = submit, deadline
        self._asked: dict[int, Future[str]] = {}
        self.said: dict[Box, str] = {}

    def ask(self, number: int) -> None:
        """Have a page looked at while others are read."""
        self._asked[number] = self._submit(number)

    def __call__(self, number: int, factor: float = 1.0) -> list[Cells]:
        """The cells of a page, magnified, by table; those of no size stand for merged ones."""
        self.said = {}
        if number not in self._asked:
            return []
        found = []
        rest = None if self._deadline is None else max(self._deadline - monotonic(), 0.0)
        for table in json.loads(self._asked.pop(number).result(rest)):
            cells = {
                _box(c, factor): c["text"]
                for row in table["data"]
                for c in row
                if c["width"] > 0 and c["height"] > 0
            }
            self.said |= cells
            if cells:
                found.append(list(cells))
        return found


def _box(cell: dict, factor: float) -> Box:
    """The place of a cell that tabula tells."""
    left, top = cell["left"], cell["top"]
    box = Box(left, top, left + cell["width"], top + cell["height"])
    return magnified([box], factor)[0]


@contextmanager
def tabula(path: Path, deadline: float | None = None) -> Iterator[Find]:
    """Tabula's lattice over one file, in a thread of its own: Java's work is not Python's.

    Where reading stops with an error, nobody waits for the page that Java is at, not even the
    program at its end.
    """
    java.start()
    import jpype

    extractor = jpype.JClass("technology.tabula.ObjectExtractor")
    lattice = jpype.JClass("technology.tabula.extractors.SpreadsheetExtractionAlgorithm")()
    writer = jpype.JClass("technology.tabula.writers.JSONWriter")()
    document = jpype.JClass("org.apache.pdfbox.pdmodel.PDDocument")
    thread = Worker()
    opened = thread.submit(document.load, jpype.JClass("java.io.File")(str(path)))

    def extract(number: int) -> str:
        text = jpype.JClass("java.lang.StringBuilder")()
        writer.write(text, lattice.extract(extractor(opened.result()).extract(number)))
        return str(text)

    asked: list[Future[str]] = []

    def submit(number: int) -> Future[str]:
        asked.append(thread.submit(extract, number))
        return asked[-1]

    def close() -> None:
        if not opened.exception():
            opened.result().close()
        jpype.JClass("java.lang.Thread").detach()

    done = False
    try:
        yield Find(submit, deadline)
        done = True
    finally:
        for future in asked:
            future.cancel()
        thread.submit(close)
        thread.end(wait=done)


def ruled(rules: Sequence[Box], one: bool = False) -> list[Cells]:
    """The cells that drawn rules enclose, by table, the uppermost table first.

    Where a page's end leaves cells open, the outline of all rules closes them. `one`:
    all rules of the page belong to one table, whether they touch or not.
    """
    parts = [list(rules)] if one else touching(rules)
    groups = [[*group, *_frame(group)] for group in parts if len(group) > 2]
    return [cells for group in groups if len(cells := _enclosed(group)) > 1]


def _frame(rules: Sequence[Box]) -> list[Box]:
    """The four sides around rules."""
    left, top, right, bottom = outline(rules)
    return [
        Box(left, top, right, top),
        Box(left, bottom, right, bottom),
        Box(left, top, left, bottom),
        Box(right, top, right, bottom),
    ]


def _enclosed(rules: list[Box]) -> Cells:
    """The rectangles between rules: the smallest first, then joined where no rule parts them."""
    level = [r for r in rules if r.width > r.height]
    upright = [r for r in rules if r.width <= r.height]
    xs, ys = places([r.x for r in upright]), places([r.y for r in level])
    columns, heights = list(pairwise(xs)), list(pairwise(ys))
    parent = {at: at for at in product(range(len(heights)), range(len(columns)))}
    middles_x, middles_y = [sum(c) / 2 for c in columns], [sum(h) / 2 for h in heights]
    parts_columns = _covered(upright, xs[1:], middles_y).T
    parts_rows = _covered(level, middles_x, ys[1:])

    def root(at: tuple[int, int]) -> tuple[int, int]:
        while parent[at] != at:
            at = parent[at]
        return at

    for i, j in parent:
        if j + 1 < len(columns) and not parts_columns[i, j]:
            parent[root((i, j + 1))] = root((i, j))
        if i + 1 < len(heights) and not parts_rows[j, i]:
            parent[root((i + 1, j))] = root((i, j))
    joined: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for i, j in parent:
        joined[root((i, j))].append(Box(columns[j][0], heights[i][0], columns[j][1], heights[i][1]))
    return list(map(outline, joined.values()))


def _covered(rules: list[Box], xs: list[float], ys: list[float]) -> np.ndarray:
    """Whether a rule passes through each point of a raster, by its column and row."""
    left, top, right, bottom = np.array(rules, dtype=float).reshape(-1, 4).T[:, :, None]
    across = (left - TOUCH <= np.array(xs)) & (np.array(xs) <= right + TOUCH)
    down = (top - TOUCH <= np.array(ys)) & (np.array(ys) <= bottom + TOUCH)
    return across.T.astype(np.float32) @ down.astype(np.float32) > 0


def places(values: list[float]) -> list[float]:
    """Distinct places of rules; those that touch count once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOUCH:
            found.append(value)
    return found
