"""Changes in, sums out: what every sum comes to once some cells read something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cached_property

from budgetkit.audit.system import UNCHECKED, System


class Sums:
    """The sums of a system by number, and the cells that take part in them; amounts are fen.

    `rests` says throughout what sums come to where it isn't what the document gives.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.units = system.cells.units.tolist()
        self.amounts = system.cells.amounts.tolist()
        self.printed = system.cells.printed.tolist()
        self.tolerance = system.tolerance.tolist()
        self.filled = system.filled.tolist()
        self.rest = system.rest.tolist()
        self.active = [outcome != UNCHECKED for outcome in system.outcome]
        self.of_identity = [identity.terms for identity in system.identities]
        self.of_cell: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, terms in enumerate(self.of_identity):
            for cell, sign in terms if self.active[number] else ():
                self.of_cell[cell].append((number, sign))

    @cached_property
    def failing(self) -> frozenset[int]:
        """The identities that fail in the document as it is."""
        return frozenset(
            n for n, rest in enumerate(self.rest) if self.active[n] and self.off(n, rest)
        )

    def off(self, number: int, rest: int) -> bool:
        """Whether a sum that comes to so much is off by more than rounding."""
        return 2 * abs(rest) > self.tolerance[number]

    def after(self, changes: Mapping[int, int], rests: Mapping[int, int]) -> dict[int, int]:
        """What the sums come to that changes (fen, by cell) touch, beside earlier changes."""
        after: dict[int, int] = {}
        for cell, change in changes.items():
            for number, sign in self.of_cell.get(cell, ()):
                now = after.get(number, rests.get(number, self.rest[number]))
                after[number] = now + sign * change
        return after

    def needs(self, cell: int, rests: Mapping[int, int], numbers: Container[int]) -> set[int]:
        """The changes of a cell that some of its sums need to be exact."""
        own = ((n, sign) for n, sign in self.of_cell.get(cell, ()) if n in numbers)
        return {-rests.get(number, self.rest[number]) * sign for number, sign in own}

    def cells_of(self, numbers: Iterable[int]) -> list[int]:
        """The cells of some sums, each once."""
        return list(dict.fromkeys(cell for n in numbers for cell, _ in self.of_identity[n]))

    def groups(self, failing: Iterable[int]) -> list[frozenset[int]]:
        """Failures that share a cell, together."""
        left = set(failing)
        by_cell: dict[int, set[int]] = defaultdict(set)
        for number in left:
            for cell, _ in self.of_identity[number]:
                by_cell[cell].add(number)
        groups = []
        while left:
            group, waiting = set(), [min(left)]
            while waiting:
                number = waiting.pop()
                if number in group:
                    continue
                group.add(number)
                for cell, _ in self.of_identity[number]:
                    waiting += by_cell[cell] - group
            left -= group
            groups.append(frozenset(group))
        return groups
