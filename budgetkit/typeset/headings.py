"""Measures in, header cells out: the headings over columns, merged where they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from budgetkit import codes
from budgetkit.vocabulary import words

#: What the reader adds to the heading of a column that comes twice.
_AGAIN = re.compile(r" \(\d+\)$")

#: The last headings of a measure that others stand beside.
_WHOLE = {"合计", "小计"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A header cell: its text, where it stands, and the rows and columns it covers."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1


def path(table: str, measure: str) -> tuple[str, ...]:
    """The headings over a measure of a table, from top to bottom.

    >>> path("carryover", "fiscal_personnel")
    ('财政拨款', '基本支出', '人员经费')
    """
    vocabulary: dict[str, Any] = words("typeset")
    own = vocabulary["tables"].get(table.partition(" (")[0], {})
    known = vocabulary["headings"] | own
    if measure in known:
        return tuple(known[measure].split("/"))
    if measure.startswith("prior_"):
        above, _, _ = known["prior"].partition("/")
        return (above, *path(table, measure.removeprefix("prior_")))
    for qualifier, text in vocabulary["qualifiers"].items():
        name = measure.removesuffix(f"_{qualifier}")
        if name != measure and name in known:
            return (*known[name].split("/"), text)
    if measure.startswith("of_which_"):
        first, *_ = path(table, measure.removeprefix("of_which_"))
        return (f"{vocabulary['text']['of_which']}{first}",)
    if subject := _subject(measure):
        return subject
    apart = words("tables")["apart"]
    for over in (*apart["before"], *apart["after"], *apart["between"]):
        below = measure.removeprefix(f"{over}_") if over in apart["before"] else measure
        below = below.removesuffix(f"_{over}") if over not in apart["before"] else below
        if below != measure and over in known:
            above = (text for text in known[over].split("/") if text not in _WHOLE)
            return (*above, *path(table, below))
    return tuple(filter(None, _AGAIN.sub("", measure).split("/")))


def _subject(measure: str) -> tuple[str, ...]:
    """The economic subjects that a code as a measure stands for: its class and its own."""
    names = [codes.name(code, "economic", "zh") for code in (measure[:3], measure)]
    return tuple(dict.fromkeys(filter(None, names))) if measure.isdigit() else ()


def cells(paths: Sequence[tuple[str, ...]]) -> tuple[list[Cell], int]:
    """The cells of a header, equal headings side by side merged, and how many rows it has.

    >>> cells([("项目",), ("收入", "合计"), ("收入", "其他")])[0][1]
    Cell(text='收入', row=0, column=1, height=1, width=2)
    """
    depth = max(map(len, paths), default=0)
    found: list[Cell] = []

    def put(first: int, last: int, row: int) -> None:
        """Cells of one row over some columns, and those below them; a last heading stays alone."""
        leaf = {c: len(paths[c]) == row + 1 for c in range(first, last)}
        keys = groupby(range(first, last), key=lambda c: (paths[c][row], c if leaf[c] else None))
        for (text, alone), run in keys:
            columns = list(run)
            if alone is not None:
                found.append(Cell(text, row, alone, depth - row))
                continue
            found.append(Cell(text, row, columns[0], 1, len(columns)))
            put(columns[0], columns[-1] + 1, row + 1)

    put(0, len(paths), 0)
    return found, depth
