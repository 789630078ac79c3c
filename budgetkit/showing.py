"""A page's picture with what the reader saw drawn over it, for users who wonder and for us."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import charts, language
from budgetkit.errors import BudgetkitError
from budgetkit.reading.model import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.assembling.columns import Column
    from budgetkit.disclosure import Disclosure

#: Picture points a point of the page; 2 prints 8-point characters readably.
SCALE = 2.0

#: Characters of a measure's name that find room below its column.
LONGEST = 30

#: The blank band (points) that the names of columns are written in, and how dark blank may be.
_ROOM, _BLANK = 24, 200

#: So many doubts are told above the picture.
_TOLD = 5


def show(disclosure: Disclosure, page: int, ax: Axes | None = None) -> Axes:
    """Draw a page of a PDF with its cells, its columns and the doubts about it.

    See `budgetkit.Disclosure.show`, which this is.
    """
    import matplotlib.pyplot as plt

    page = _whole(page)
    path, number = _file(disclosure, page)
    picture = _picture(path, number)
    height, width = picture.shape[0] / SCALE, picture.shape[1] / SCALE
    with charts.style():
        if ax is None:
            _, ax = plt.subplots(figsize=(width / 72, height / 72))
        ax.imshow(picture, extent=(0, width, height, 0))
        assert disclosure.reading is not None
        columns = dict(_columns(disclosure))
        notes = disclosure.notes
        doubts = notes[(notes["page"] == page) & (notes["kind"] != "mended")]
        for block in disclosure.reading.source.blocks:
            if isinstance(block, Grid) and page in block.places and block.edges and block.heights:
                _draw(ax, block, set(doubts["text"].dropna()))
                _name(ax, block, columns.get(id(block), []), _clear(picture, block.heights[-1]))
        ax.set_axis_off()
        ax.set_title(_title(path.name, number, page, doubts), fontsize=9)
    return ax


def _whole(page: object) -> int:
    """The number of a page; of a column with gaps in it pandas makes floats."""
    if isinstance(page, Integral) or (isinstance(page, float) and page.is_integer()):
        return int(page)
    raise BudgetkitError(language.said("showing.page", page=page))


def _file(disclosure: Disclosure, page: int) -> tuple[Path, int]:
    """The PDF that holds a page, and the page's number in it."""
    if disclosure.reading is None or disclosure.reading.source.pages is None:
        raise language.missing("pdf", disclosure)
    import pypdfium2 as pdfium

    number = page
    for path in disclosure.reading.files:
        with pdfium.PdfDocument(path) as document:
            if 1 <= number <= len(document):
                return path, number
            number -= len(document)
    raise language.missing("page", disclosure, page=page, pages=disclosure.meta.pages)


def _picture(path: Path, number: int):  # type: ignore[no-untyped-def]  # a numpy array
    import pypdfium2 as pdfium

    from budgetkit.reading.glyphs import upright

    with pdfium.PdfDocument(path) as document:
        page = document[number - 1]
        upright(page, page.get_textpage())
        return page.render(scale=SCALE).to_numpy()[:, :, ::-1].copy()


def _columns(disclosure: Disclosure) -> Iterator[tuple[int, list[Column]]]:
    """For each grid, by its identity, what its columns became."""
    from budgetkit.assembling import header
    from budgetkit.assembling.stitch import sheets

    assert disclosure.reading is not None
    for sheet in sheets(disclosure.reading.source.blocks):
        found = [] if sheet.table.form else header.columns(sheet)[0]
        for piece in sheet.pieces:
            yield id(piece), found if piece.width == len(found) else []


def _draw(ax: Axes, grid: Grid, doubted: set[str]) -> None:
    """Cells of one grid, those in doubt in red."""
    from matplotlib.patches import Rectangle

    assert grid.edges and grid.heights
    size = {(top, left): (rows, across) for top, left, rows, across in grid.spans or ()}
    for row, cells in enumerate(grid.rows):
        for column, text in enumerate(cells):
            if text is None:
                continue
            rows, across = size.get((row, column), (1, 1))
            x, y = grid.edges[column], grid.heights[row]
            right = grid.edges[min(column + across, len(grid.edges) - 1)]
            bottom = grid.heights[min(row + rows, len(grid.heights) - 1)]
            wrong = text in doubted
            color = charts.RED if wrong else charts.BLUE
            shade = 0.35 if wrong else 0.12 if (rows, across) != (1, 1) else 0.0
            box = ((x, y), right - x, bottom - y)
            ax.add_patch(Rectangle(*box, facecolor=color, alpha=shade))
            ax.add_patch(Rectangle(*box, fill=False, edgecolor=color, linewidth=0.7))


def _clear(picture, below: float) -> float:  # type: ignore[no-untyped-def]  # a numpy array
    """Where a blank band begins below a height: not over a table's footnote; there if none is."""
    y, room = below + 2, int(_ROOM * SCALE)
    inked = (picture[int(y * SCALE) :].min(axis=(1, 2)) < _BLANK).tolist()
    tops = range(len(inked) - room)
    skipped = next((top for top in tops if not any(inked[top : top + room])), 0)
    return y + skipped / SCALE + 2 * bool(skipped)


def _name(ax: Axes, grid: Grid, columns: list[Column], y: float) -> None:
    """What the columns of a grid became, below it."""
    assert grid.edges
    for held in columns:
        if held.role == "text":
            continue
        key = f"measure.{held.measure}" if held.measure else f"role.{held.role}"
        name = language.label(key)
        ax.text(
            (grid.edges[held.index] + grid.edges[held.index + 1]) / 2,
            y,
            language.cut(name, LONGEST),
            ha="left",
            va="top",
            rotation=-30,
            fontsize=7,
            color=charts.BLUE if held.known else charts.RED,
            bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.5},
        )


def _title(file: str, number: int, page: int, doubts: pd.DataFrame) -> str:
    """What stands above the picture: the file, its page, and the first doubts in words.

    The page of all files together, as ``notes`` and ``figures`` count, stands in brackets.
    """
    counted = f" ({page})" if page != number else ""
    said = [f"{file} · {language.label('meta.page', number=number)}{counted}"]
    said += [str(message) for message in doubts["message"].head(_TOLD)]
    if len(doubts) > _TOLD:
        said.append(language.label("meta.more_notes", count=len(doubts) - _TOLD))
    return "\n".join(said)
