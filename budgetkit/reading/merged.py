"""Grids of formats that say themselves which cells are merged."""

from collections.abc import Iterable, Sequence

from budgetkit.reading.model import Grid

#: Row, column, rows, columns and text of one cell.
Cell = tuple[int, int, int, int, str]


def grid(cells: Iterable[Cell], places: Sequence[int]) -> Grid | None:
    """A grid of cells with their spans; blank columns and rows at its rim are left out."""
    held = [cell for cell in cells if cell[4]]
    if not held:
        return None
    top, left = min(c[0] for c in held), min(c[1] for c in held)
    bottom = max(c[0] + c[2] for c in held)
    right = max(c[1] + c[3] for c in held)
    rows: list[list[str | None]] = [[""] * (right - left) for _ in range(bottom - top)]
    spans = []
    for row, column, height, width, text in held:
        y, x = row - top, column - left
        for down in range(y, y + height):
            for across in range(x, x + width):
                rows[down][across] = None
        rows[y][x] = text
        spans.append((y, x, height, width))
    for y, cells_of_row in enumerate(rows):  # blank cells are cells, too
        spans += [(y, x, 1, 1) for x, text in enumerate(cells_of_row) if text == ""]
    return Grid(tuple(map(tuple, rows)), tuple(places[top:bottom]), tuple(spans))
