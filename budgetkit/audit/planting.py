"""A disclosure in, one with errors out, and where they are."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from budgetkit import language
from budgetkit.audit.cells import FEN, Cells, Place, cells
from budgetkit.audit.change import changed
from budgetkit.audit.within import tree
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

_BLANK = float("nan")

#: An error: the places it changes and what they read then (fen; none: blank).
_Error = Mapping[Place, int | None]


class Planted(NamedTuple):
    """A disclosure with planted errors, and the answer key, which its repr does not show."""

    disclosure: Disclosure
    key: pd.DataFrame

    def __repr__(self) -> str:
        title, count = self.disclosure.meta.title, self.key["error"].nunique()
        return f"Planted: {title}, errors: {count}; the document is in .disclosure, the key in .key"


@takes_disclosure
def plant(
    disclosure: Disclosure, kind: str = "digit", n: int = 1, seed: int = 0, least: float = 0.0
) -> Planted:
    """Plant errors in a disclosure, for exercises and for measuring an audit.

    Parameters
    ----------
    disclosure : Disclosure
        The document; it stays as it is.
    kind : {"digit", "swap", "shift", "row", "subtotal", "text"}
        A digit changed, two neighbouring digits swapped, an amount in the next column,
        a row left out, an item changed and its totals not, or an amount of the text
        changed.
    n : int
        How many.
    seed : int
        The same seed plants the same errors.
    least : float
        By how much (万元) each amount changes at least: above what rounding explains, say.

    Returns
    -------
    Planted
        ``disclosure``, and ``key``: one row an error with ``kind``, ``table``, ``side``,
        ``row``, ``measure``, ``printed`` (before) and ``planted`` (万元; missing: blank).

    Raises
    ------
    BudgetkitError
        If the kind is not known.
    MissingDataError
        If the document has no room for so many.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc, key = bk.audit.plant(bk.load("jiangsu-npc-2018"), "swap", seed=7)
    >>> bool((key["printed"] != key["planted"]).all())
    True
    """
    if kind not in KINDS:
        known = language.several(KINDS)
        raise BudgetkitError(language.said("audit.plant", kind=kind, known=known))
    numbered = cells(disclosure)
    rng = random.Random(f"{disclosure.meta.sha256} {kind} {seed}")
    of = {place: cell for cell, place in enumerate(numbered.places)}

    def before(place: Place) -> float:
        return _printed(disclosure, numbered, place, of.get(place))

    errors = [
        error
        for error in KINDS[kind](disclosure, numbered, rng)
        if all(_size(before(place), after) >= round(least * FEN) for place, after in error.items())
    ]
    rng.shuffle(errors)
    chosen: list[_Error] = []
    taken: set[tuple[str, str | None, int]] = set()
    for error in errors:
        own = {(place.table, place.side, place.row) for place in error}
        if len(chosen) < n and not own & taken:
            chosen.append(error)
            taken |= own
    if len(chosen) < n:
        raise language.missing(
            "plant",
            disclosure,
            n=n,
            kind=language.label(f"audit.plant.{kind}"),
            room=len(chosen),
        )
    rows, wanted = [], {}
    for number, error in enumerate(chosen, start=1):
        for place, amount in error.items():
            wanted[place] = _BLANK if amount is None else amount / FEN
            told = {"printed": before(place), "planted": wanted[place]}
            rows.append({"error": number, "kind": kind, **place._asdict(), **told})
    return Planted(changed(disclosure, wanted), pd.DataFrame(rows))


def _printed(disclosure: Disclosure, numbered: Cells, place: Place, cell: int | None) -> float:
    """What a place reads in the document as it is."""
    if cell is None:
        return float(disclosure.frames[place.table][place.measure].iloc[place.row])
    return int(numbered.amounts[cell]) / FEN if numbered.printed[cell] else _BLANK


def _size(before: float, after: int | None) -> int:
    """By how many fen an amount changes; a blank counts as 0."""
    return abs((0 if math.isnan(before) else round(before * FEN)) - (after or 0))


def digits(amount: int, unit: int) -> Iterator[int]:
    """Every amount that differs in one digit.

    >>> list(digits(120, 1))[:3]
    [20, 220, 320]
    """
    text = str(amount // unit).zfill(3)
    for at, digit in enumerate(text):
        for other in "0123456789":
            if other != digit:
                yield int(text[:at] + other + text[at + 1 :]) * unit


def swaps(amount: int, unit: int) -> Iterator[int]:
    """Every amount with two neighbouring digits swapped.

    >>> list(swaps(122, 1))
    [212]
    """
    text = str(amount // unit).zfill(3)
    for at, (one, two) in enumerate(pairwise(text)):
        if one != two:
            yield int(text[:at] + two + one + text[at + 2 :]) * unit


def shifts(numbered: Cells) -> Iterator[tuple[int, int]]:
    """Every amount that has a blank in a neighbouring column, and that blank."""
    for sheet in numbered.sheets.values():
        for cell in range(sheet.first, sheet.first + len(sheet.rows) * len(sheet.measures)):
            for blank in sheet.beside(cell):
                if numbered.amounts[cell] and not numbered.printed[blank]:
                    yield cell, blank


def _one_cell(change: Callable[[int, int], Iterator[int]]) -> Callable[..., Iterator[_Error]]:
    """Errors that change one printed amount."""

    def errors(_: Disclosure, numbered: Cells, rng: random.Random) -> Iterator[_Error]:
        for cell, place in enumerate(numbered.places):
            amount = int(numbered.amounts[cell])
            if amount > 0 and (others := list(change(amount, int(numbered.units[cell])))):
                yield {place: rng.choice(others)}

    return errors


def _shift(_: Disclosure, numbered: Cells, __: random.Random) -> Iterator[_Error]:
    for cell, blank in shifts(numbered):
        yield {numbered.places[cell]: None, numbered.places[blank]: int(numbered.amounts[cell])}


def _row(_: Disclosure, numbered: Cells, __: random.Random) -> Iterator[_Error]:
    """Rows of items and projects left out."""
    for sheet in numbered.sheets.values():
        for index, row in enumerate(sheet.rows):
            if row.level in {"item", "project", "line"}:
                own = [sheet.cell(index, measure) for measure in sheet.measures]
                error = {numbered.places[c]: None for c in own if numbered.printed[c]}
                if any(numbered.amounts[c] for c in own):
                    yield error


def _subtotal(_: Disclosure, numbered: Cells, rng: random.Random) -> Iterator[_Error]:
    """An item changed throughout its row, the sums above it not."""
    for sheet in numbered.sheets.values():
        below, _top = tree(sheet.rows)
        inner = {part for parts in below.values() for part in parts} - below.keys()
        for index in sorted(inner):
            own = [sheet.cell(index, measure) for measure in sheet.measures]
            same = [c for c in own if numbered.amounts[c] == numbered.amounts[own[0]] > 0]
            if len(same) > 1:
                amount = int(numbered.amounts[own[0]])
                changed_to = rng.choice(list(digits(amount, int(numbered.units[own[0]]))))
                yield {numbered.places[c]: changed_to for c in same}


def _text(disclosure: Disclosure, _: Cells, rng: random.Random) -> Iterator[_Error]:
    """Amounts of statements of change."""
    for number, amount in enumerate(disclosure.frames["variances"]["amount"]):
        if amount > 0:
            others = list(digits(round(amount * FEN), FEN // 100))
            yield {Place("variances", None, number, "amount"): rng.choice(others)}


#: Every kind of error, and what makes all of that kind.
KINDS: dict[str, Callable[..., Iterator[_Error]]] = {
    "digit": _one_cell(digits),
    "swap": _one_cell(swaps),
    "shift": _shift,
    "row": _row,
    "subtotal": _subtotal,
    "text": _text,
}
