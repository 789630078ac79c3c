"""Identities in, outcomes out: one system of sums, whole numbers throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgetkit.audit.cells import Cells
from budgetkit.audit.identities import Identity

EXACT, ROUNDING, FAILS, UNCHECKED = "exact", "rounding", "fails", "not_checkable"
OUTCOMES = (EXACT, ROUNDING, FAILS, UNCHECKED)

#: The outcome of a sum of cells that are all blank: nothing is promised yet.
BLANK = "blank"


@dataclass(frozen=True, slots=True)
class System:
    """Identities over cells.

    Attributes
    ----------
    cells : Cells
        The cells.
    identities : tuple of Identity
        The identities; those of blank columns, too.
    rest : array of int64
        What each sum comes to: 0 where it is exact. Fen.
    tolerance : array of int64
        How far from 0 rounding can bring each sum. Half fen, so that it is whole.
    filled : array of int64
        The tolerance of each sum once a blank cell of it is filled, less that cell's unit.
    outcome : array of str
        ``exact``, ``rounding``, ``fails`` or ``not_checkable``; ``blank`` where no cell
        is printed.
    """

    cells: Cells
    identities: tuple[Identity, ...]
    rest: NDArray[np.int64]
    tolerance: NDArray[np.int64]
    filled: NDArray[np.int64]
    outcome: NDArray[np.str_]


def system(cells: Cells, identities: Iterable[Identity]) -> System:
    """Check identities; what is promised twice is checked once."""
    cells.settle()
    printed = cells.printed
    kept: list[Identity] = []
    seen: set[frozenset[tuple[int, int]]] = set()
    for identity in identities:
        terms = frozenset(identity.terms)
        twice = len({cell for cell, _ in terms}) < len(identity.terms)
        if terms and not twice and terms not in seen:
            seen.add(terms)
            kept.append(identity)
    sizes = [len(identity.terms) for identity in kept]
    row = np.repeat(np.arange(len(kept)), sizes)
    column = np.array([cell for i in kept for cell, _ in i.terms], np.int64)
    sign = np.array([sign for i in kept for _, sign in i.terms], np.int64)
    rest, size = np.zeros(len(kept), np.int64), np.zeros(len(kept), np.int64)
    np.add.at(rest, row, sign * cells.amounts[column])
    np.add.at(size, row, abs(cells.amounts[column]))
    tolerance, filled = _tolerance(cells, row, column, len(kept))
    outcome = np.where(rest == 0, EXACT, np.where(2 * abs(rest) <= tolerance, ROUNDING, FAILS))
    outcome = _promised(kept, outcome, size == 0)
    outcome = np.where(np.bincount(row, printed[column], len(kept)) > 0, outcome, BLANK)
    return System(cells, tuple(kept), rest, tolerance, filled, outcome)


def _tolerance(
    cells: Cells, row: NDArray[np.int64], column: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Half a unit a rounded term, in half fen; two prints of one amount have to agree.

    Prints of one amount in the same unit are equal; in different units they differ by
    at most half of the larger one.
    """
    units = np.where(cells.printed[column], cells.units[column], 0)
    terms = np.bincount(row, units > 0, count)
    total = np.bincount(row, units, count)
    largest = np.zeros(count, np.int64)
    np.maximum.at(largest, row, units)
    alike = total == terms * largest
    copies = np.where(alike, 0, largest)
    tolerance = np.where(terms <= 2, copies, total).astype(np.int64)
    return tolerance, np.where(terms < 2, -1, total).astype(np.int64)


def _promised(
    identities: list[Identity], outcome: NDArray[np.str_], nothing: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """What a group fails too often is promised by nobody; 0 = 0 says nothing."""
    held: Counter[tuple[str, ...]] = Counter()
    failed: Counter[tuple[str, ...]] = Counter()
    for identity, found, void in zip(identities, outcome, nothing, strict=True):
        failed[identity.group] += found == FAILS
        held[identity.group] += found != FAILS and not void
    return np.array(
        [
            UNCHECKED
            if found == FAILS and held[i.group] < i.need * (held[i.group] + failed[i.group])
            else found
            for i, found in zip(identities, outcome, strict=True)
        ]
    )
