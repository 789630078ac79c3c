"""What an identity is: a sum over cells that must come to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetkit.audit.cells import Cells, Sheet

#: What share of its group has to hold for an identity to count as promised: nothing for
#: what its words promise by themselves, most for a mere guess at what belongs together.
CERTAIN, HALF, MOST = 0.0, 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that must come to nothing: cells with their signs, and where it is promised.

    ``group`` are identities that are promised together: where fewer than a share of
    `need` hold, the document doesn't mean what its header seems to say.
    """

    family: str
    table: str
    row: int | None
    measure: str | None
    terms: tuple[tuple[int, int], ...]
    group: tuple[str, ...]
    need: float = HALF


def equal(
    family: str,
    place: tuple[str, int | None, str | None],
    whole: Iterable[int],
    parts: Iterable[int],
    group: tuple[str, ...],
    need: float = HALF,
) -> Identity:
    """The identity that some cells together are the sum of others; promised at a place."""
    terms = (*((cell, 1) for cell in whole), *((cell, -1) for cell in parts))
    return Identity(family, *place, terms, group, need)


def sums(
    family: str, sheet: Sheet, index: int, rows: list[int], *group: str, need: float = HALF
) -> Iterator[Identity]:
    """One identity a column: a row is the sum of others."""
    width, where = len(sheet.measures), (family, sheet.table, *group)
    first = sheet.first + index * width
    others = [sheet.first + part * width for part in rows]
    for column, measure in enumerate(sheet.measures):
        place, parts = (sheet.table, sheet.rows[index].row, measure), [o + column for o in others]
        yield equal(family, place, [first + column], parts, where, need)


def held(cells: Cells, identities: list[Identity]) -> tuple[int, int]:
    """How many identities hold to the last digit, and how many don't (negative)."""
    held = failed = 0
    for identity in identities:
        if any(cells.printed[cell] for cell, _ in identity.terms):
            rest = sum(int(cells.amounts[cell]) * sign for cell, sign in identity.terms)
            held, failed = held + (rest == 0), failed + (rest != 0)
    return held, -failed
