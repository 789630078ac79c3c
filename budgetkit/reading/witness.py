"""tabula's text as a witness: which amounts it reads otherwise than we do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from budgetkit import printed
from budgetkit.reading.boxes import Box
from budgetkit.reading.edges import between
from budgetkit.reading.model import Grid

Told = Mapping[tuple[int, int], list[str]]


def differences(
    found: Grid, cells: Iterable[Box], said: Mapping[Box, str]
) -> Iterator[tuple[str, str]]:
    """The amounts that tabula reads in its cells and we nowhere, and what we read there.

    One that it only cut at an end is none: our characters hold the whole.
    """
    if found.edges is None or found.heights is None:
        return
    known = {printed.amount(c) for row in found.rows for c in row if c and printed.is_amount(c)}
    told: dict[tuple[int, int], list[str]] = defaultdict(list)
    for cell in cells:
        if text := said.get(cell):
            row = between(found.heights, cell.y)
            column = between(found.edges, cell.x)
            told[row, column].append(text)
    for (row, column), texts in list(told.items()):
        ours = found.rows[row][column] or ""
        for text in filter(printed.is_amount, texts if printed.is_amount(ours) else ()):
            if printed.amount(text) not in known and not _is_cut(text, found, told, row, column):
                yield text, f"{ours} ({row + 1}, {column + 1})"


def _is_cut(text: str, found: Grid, told: Told, row: int, column: int) -> bool:
    """Whether a text is ours without its end or its beginning, which no cell beside it has."""
    cells = ["", *(cell or "" for cell in found.rows[row]), ""]
    before, ours, after = cells[column : column + 3]
    if ours.startswith(text):
        return ours.removeprefix(text) + after not in told.get((row, column + 1), ())
    if ours.endswith(text):
        return before + ours.removesuffix(text) not in told.get((row, column - 1), ())
    return False
