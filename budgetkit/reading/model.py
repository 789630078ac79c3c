"""What every reader hands on: pages of lines and grids, in reading order, nothing interpreted."""

from dataclasses import dataclass
from typing import NamedTuple

#: Row, column, height and width of cells, in the numbers of their grid.
Spans = tuple[tuple[int, int, int, int], ...]


class Line(NamedTuple):
    """A line of running text; ``place`` is its page, or its line number in a text file.

    ``noted`` says that the reader has noted it, as a row that is in no table.
    """

    text: str
    place: int
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: rows of cells, each row with the place it was found at.

    ``None`` stands for a cell that a merged neighbour covers; ``""`` for an empty
    one. ``spans`` gives, for a reader that knows them, each cell's row, column and the
    rows and columns that it covers; ``edges`` and ``heights`` where the columns and
    rows begin and end on the page. Text files know none of these.
    """

    rows: tuple[tuple[str | None, ...], ...]
    places: tuple[int, ...]
    spans: Spans | None = None
    edges: tuple[float, ...] | None = None
    heights: tuple[float, ...] | None = None

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read: its blocks in order, and what is known of the file."""

    path: str
    sha256: str
    format: str
    pages: int | None
    blocks: tuple[Line | Grid, ...]
    notes: tuple[dict, ...] = ()
