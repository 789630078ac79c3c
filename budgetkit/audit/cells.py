"""Figures in, cells out: every printed amount as a whole number of fen (1/100 yuan)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from budgetkit import printed
from budgetkit.assembling import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from budgetkit.disclosure import Disclosure
    from budgetkit.meta import Table

#: Fen in 万元: sums of money are exact in whole fen.
FEN = 1_000_000

#: Fen of the largest amount that is weighed: a hundred thousand million 万元.
_LARGEST = 100_000_000_000 * FEN


#: Columns of whole amounts; the halves of a table may head theirs differently (金额 and 合计).
WHOLES = ("total", "amount")


class Row(NamedTuple):
    """A row of a table: its labels."""

    row: int
    level: str
    code: str | None
    name: str
    unit: str | None
    project: str | None
    page: int | None


class Place(NamedTuple):
    """Where a cell is printed: a table's row and column, or a statement of the text."""

    table: str
    side: str | None
    row: int
    measure: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, or one half of it: its rows and columns, and the number of its first cell."""

    table: str
    side: str | None
    rows: tuple[Row, ...]
    measures: tuple[str, ...]
    first: int

    def cell(self, row: int, measure: str) -> int:
        """The number of a cell, by the index of its row."""
        return self.first + row * len(self.measures) + self.measures.index(measure)

    def beside(self, cell: int) -> list[int]:
        """The cells of the columns to the left and to the right of a cell, in its row."""
        column = (cell - self.first) % len(self.measures)
        left, right = column > 0, column + 1 < len(self.measures)
        return [cell - 1] * left + [cell + 1] * right

    @property
    def totals(self) -> list[int]:
        """The indices of the rows that are totals."""
        return [index for index, row in enumerate(self.rows) if row.level == "total"]

    @property
    def whole(self) -> str | None:
        """The column of whole amounts."""
        return next((name for name in WHOLES if name in self.measures), None)


@dataclass(slots=True)
class Cells:
    """Every cell of a disclosure, blank ones between printed ones included.

    Attributes
    ----------
    places : list of Place
        Where each cell is.
    amounts : array of int64
        Fen; 0 where nothing is printed.
    units : array of int64
        Fen in the last printed digit: what an amount may be rounded to.
    printed : array of bool
        Whether the cell prints an amount.
    sheets : dict
        The tables by name and side.
    """

    places: list[Place] = field(default_factory=list)
    amounts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    units: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    printed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    sheets: dict[tuple[str, str | None], Sheet] = field(default_factory=dict)
    _more: list[tuple[int, int]] = field(default_factory=list)

    def halves(self, table: str) -> list[Sheet]:
        """The sheets of a table: one, or its two halves."""
        return [sheet for (name, _), sheet in self.sheets.items() if name == table]

    def sum(self, cells: list[int]) -> float | None:
        """The sum of some cells in 万元; none where none of them is printed."""
        if not any(self.printed[cell] for cell in cells):
            return None
        return int(sum(int(self.amounts[cell]) for cell in cells)) / FEN

    def add(self, place: Place, amount: float, decimals: int = 2) -> int:
        """Append a cell of the text, in 万元 with so many decimals; its number."""
        self.places.append(place)
        self._more.append((fen(amount), max(1, FEN // 10**decimals)))
        return len(self.places) - 1

    def settle(self) -> None:
        """Take the appended cells over into the arrays."""
        more = np.array(self._more, np.int64).reshape(-1, 2)
        self.amounts = np.concatenate([self.amounts, more[:, 0]])
        self.units = np.concatenate([self.units, more[:, 1]])
        self.printed = np.concatenate([self.printed, np.ones(len(more), np.bool_)])
        self._more.clear()


def fen(amount: float) -> int:
    """An amount in 万元 as whole fen.

    >>> fen(86617.08)
    86617080000
    """
    return int((printed.exact(amount) * FEN).to_integral_value())


def cells(disclosure: Disclosure) -> Cells:
    """Number the cells of all tables of a disclosure."""
    figures = disclosure.frames["figures"]
    figures = figures[figures["measure"].astype("str").map(vocabulary.adds_up).astype("bool")]
    labels = figures[["table", "side", *Row._fields, "measure"]].astype("object")
    columns = [labels[c].where(labels[c].notna(), None).tolist() for c in labels]
    rows: dict[tuple[str, str | None], dict[int, Row]] = {}
    amounts: dict[tuple[str, str | None], dict[tuple[int, str], int]] = {}
    for table, side, *label, measure, amount in zip(*columns, figures["amount"], strict=True):
        row = Row(*label)
        rows.setdefault((table, side), {}).setdefault(row.row, row)
        amounts.setdefault((table, side), {})[row.row, measure] = fen(amount)
    tables = {table.table: table for table in disclosure.meta.tables}
    found = Cells()
    numbers: list[int] = []
    marks: list[bool] = []
    units: list[int] = []
    for (table, side), own in rows.items():
        printed_here = amounts[table, side]
        known = tables.get(table)
        used = list(dict.fromkeys(measure for _, measure in printed_here))
        whole = known is not None and (side is None or len(used) > 1)
        published = known.measures if known and whole else ()
        if side and not {*WHOLES}.isdisjoint(used):
            published = tuple(name for name in published if name not in WHOLES)
        measures = tuple(dict.fromkeys([*filter(vocabulary.adds_up, published), *used]))
        ordered = tuple(own[row] for row in sorted(own))
        found.sheets[table, side] = Sheet(table, side, ordered, measures, len(numbers))
        unit = _unit(known)
        for row, measure in product(ordered, measures):
            amount = printed_here.get((row.row, measure))
            if amount is not None and abs(amount) > _LARGEST:
                amount = None  # digits of several cells in one: no sum would hold it
            found.places.append(Place(table, side, row.row, measure))
            numbers.append(amount or 0)
            marks.append(amount is not None)
            units.append(unit)
    found.amounts = np.array(numbers, np.int64)
    found.units = np.array(units, np.int64)
    found.printed = np.array(marks, np.bool_)
    return found


def _unit(table: Table | None) -> int:
    """Fen in the last digit that a table prints."""
    if table is None:
        return FEN // 100
    return max(1, int(FEN * printed.UNITS[table.unit or "万元"] / 10**table.decimals))


def tuples(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, each with its columns as attributes."""
    return iter(frame.itertuples())
