"""Failures in, suspects out: which single cell, or which two, would bring every sum back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from budgetkit.audit.sums import Sums

#: So many failing identities, at most, are searched for two guilty cells at once.
_MOST_FOR_PAIRS = 40

#: So many sums have to agree on a cell that another fault touches, too.
_LEAST_VOTES = 3


class Suspect(NamedTuple):
    """Cells that together explain failures, and what they should have read.

    ``proposed`` are fen. ``kind`` is ``amount`` (another amount), ``missing`` (a blank that
    should hold one), ``moved`` (an amount in a neighbouring column) or ``pair``.
    ``gained`` counts the sums that become exact by it, those that stop being so taken off.
    """

    cells: tuple[int, ...]
    proposed: tuple[int, ...]
    kind: str
    explains: tuple[int, ...]
    gained: int


def slip(old: int, new: int, unit: int) -> int:
    """How unlikely it is that one amount was printed for another (fen).

    0: one digit is another, or two neighbours are swapped; 1: a digit or the sign is
    missing or too many; 2: nothing was printed; 3: anything else.

    >>> slip(21955_35, 21955_53, 1), slip(21955_35, 2195_35, 1), slip(21955_35, 87, 1)
    (0, 1, 3)
    """
    if old == 0:
        return 2
    if old == -new:
        return 1
    one, two = str(abs(old) // unit), str(abs(new) // unit)
    if len(one) == len(two):
        other = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        swapped = len(other) == 2 and one[other[0]] == two[other[1]]
        swapped = swapped and one[other[1]] == two[other[0]] and other[1] == other[0] + 1
        return 0 if (len(other) == 1 or swapped) and (old < 0) == (new < 0) else 3
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    cut = any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    return 1 if cut else 3


class Solver(Sums):
    """Looks for suspects in a system; made once, asked for any change of its amounts."""

    @cached_property
    def _negative(self) -> Counter[str]:
        """How many amounts below 0 each table prints."""
        places = self.system.cells.places
        return Counter(places[cell].table for cell, amount in enumerate(self.amounts) if amount < 0)

    def suspects(self) -> list[tuple[frozenset[int], list[Suspect]]]:
        """Each group of failures with one cause, and its best explanations.

        Several explain it equally well; none where nothing simple does.
        """
        return self._explained(self.failing, {}) + self.slight({})

    def slight(self, rests: Mapping[int, int]) -> list[tuple[frozenset[int], list[Suspect]]]:
        """Cells all of whose sums are off by the same, though each no more than rounding may.

        Rounding doesn't do that: of two sums through a cell, one alone would be off. Only
        cells that no other shares its sums with are named.
        """
        numbers = rests.keys() if rests else range(len(self.rest))
        found = {n: rests.get(n, self.rest[n]) for n in numbers if self.active[n]}
        slightly = {n for n, rest in found.items() if rest and not self.off(n, rest)}
        alone: dict[frozenset[int], list[Suspect]] = defaultdict(list)
        for cell in self.cells_of(slightly):
            sums = frozenset(number for number, _ in self.of_cell[cell])
            needs = self.needs(cell, rests, sums)
            if len(sums) > 2 and len(needs) == 1 and sums <= slightly:
                amount = self._now(cell) + needs.pop()
                suspect = Suspect((cell,), (amount,), "slight", tuple(sorted(sums)), len(sums))
                alone[sums].append(suspect)
        return [(sums, found) for sums, found in alone.items() if len(found) == 1]

    def _explained(
        self, failing: frozenset[int], rests: Mapping[int, int]
    ) -> list[tuple[frozenset[int], list[Suspect]]]:
        """Failures parted by cause, each part with its best explanations."""
        parts: list[tuple[frozenset[int], list[Suspect]]] = []
        left = failing
        for group in self.groups(failing):
            if found := list(self._singles(group, rests)):
                parts.append((group, self._best(found)))
                left -= group
        moves = sorted(self._moves(failing, rests), key=lambda move: -len(move.explains))
        for move in moves:  # its two columns may fail in groups of their own, even explained ones
            own = frozenset(move.explains)
            within = [part for part in parts if part[0] <= own]
            if own <= left.union(*(group for group, _ in within)) and len(within) != 1:
                parts = [part for part in parts if part not in within] + [(own, [move])]
                left -= own
        for group in self.groups(left):
            parts += self._parted(group, rests)
        return parts

    def _best(self, found: list[Suspect]) -> list[Suspect]:
        """Those that make most sums exact; of these, those that are the likeliest slips."""
        if not found:
            return []
        gained = max(suspect.gained for suspect in found)
        found = [suspect for suspect in found if suspect.gained == gained]
        least = min(map(self._unlikely, found))
        return [suspect for suspect in found if self._unlikely(suspect) == least]

    def _unlikely(self, suspect: Suspect) -> int:
        """0 for a digit misprinted, swapped or moved, more for what happens less often."""
        if suspect.kind == "moved":
            return 0
        slips = [
            slip(self._now(cell), proposed, self.units[cell])
            for cell, proposed in zip(suspect.cells, suspect.proposed, strict=True)
        ]
        return max(slips)

    def _parted(
        self, failing: frozenset[int], rests: Mapping[int, int]
    ) -> list[tuple[frozenset[int], list[Suspect]]]:
        """Failures with several causes: cells that explain all of their own sums, one by one."""
        alone: dict[frozenset[int], list[Suspect]] = defaultdict(list)
        for cell in self.cells_of(failing):
            own = failing & {number for number, _ in self.of_cell[cell]}
            proposed = self._proposed(cell, rests) if len(own) > 1 else None
            if proposed is not None:
                alone[own].append(self._suspect(cell, own, *proposed))
        alone = alone or self._mostly(failing, rests)
        if not alone:
            few = len(failing) <= _MOST_FOR_PAIRS
            return [(failing, self._best(list(self._pairs(failing, rests)) if few else []))]
        part = max(alone, key=lambda own: (max(s.gained for s in alone[own]), len(own)))
        rest = failing - part
        return [
            (part, self._best(alone[part])),
            *(found for group in self.groups(rest) for found in self._parted(group, rests)),
        ]

    def _suspect(self, cell: int, explains: Iterable[int], amount: int, gained: int) -> Suspect:
        """A single cell that should read something else, or at all."""
        kind = "amount" if self.printed[cell] else "missing"
        return Suspect((cell,), (amount,), kind, tuple(sorted(explains)), gained)

    def _mostly(
        self, failing: frozenset[int], rests: Mapping[int, int]
    ) -> dict[frozenset[int], list[Suspect]]:
        """Cells that one change brings most of their failures back for, and breaks no sum of.

        Another fault keeps the others failing; three sums at least have to agree.
        """
        found: dict[frozenset[int], list[Suspect]] = defaultdict(list)
        for cell in self.cells_of(failing):
            own = [number for number, _ in self.of_cell[cell] if number in failing]
            for change in self.needs(cell, rests, failing) if len(own) > 1 else ():
                after = self.after({cell: change}, rests)
                broken = {number for number, rest in after.items() if self.off(number, rest)}
                held = failing & (after.keys() - broken)
                exact = sum(not rest for rest in after.values())
                if broken <= failing and exact >= _LEAST_VOTES and len(held) > len(broken):
                    amount = self._now(cell) + change
                    found[held].append(self._suspect(cell, held, amount, exact))
        return found

    def _singles(self, failing: frozenset[int], rests: Mapping[int, int]) -> Iterator[Suspect]:
        """Single cells whose change brings all failures back and breaks nothing."""
        for cell in self._common(failing):
            proposed = self._proposed(cell, rests)
            if proposed is not None:
                yield self._suspect(cell, failing, *proposed)

    def _common(self, failing: frozenset[int]) -> set[int]:
        """The cells that take part in every one of some identities."""
        first, *others = sorted(failing, key=lambda number: len(self.of_identity[number]))
        common = set(self.cells_of([first]))
        for number in others:
            common &= set(self.cells_of([number]))
            if not common:
                break
        return common

    def _proposed(self, cell: int, rests: Mapping[int, int]) -> tuple[int, int] | None:
        """What a cell should read for all its sums to hold, and how many more are exact then.

        None, too, where as many stop being exact: then the cell is as likely right as wrong.
        """
        low, high = None, None
        needs = []
        for number, sign in self.of_cell[cell]:
            rest = rests.get(number, self.rest[number])
            need, slack = -2 * rest * sign, self._slack(number, cell)
            needs.append(-rest * sign)
            low = need - slack if low is None else max(low, need - slack)
            high = need + slack if high is None else min(high, need + slack)
        if low is None or high is None or low > high:
            return None
        fits = Counter(need for need in needs if low <= 2 * need <= high)
        if fits:
            change, exact = min(fits.items(), key=lambda item: (-item[1], abs(item[0])))
        else:
            unit = self.units[cell]
            change, exact = round((low + high) / 4 / unit) * unit, 0
            if not low <= 2 * change <= high:
                return None
        amount, were = self._now(cell) + change, needs.count(0)
        if change == 0 or (amount < 0 and not self._negative[self.system.cells.places[cell].table]):
            return None
        return None if were and exact <= were else (amount, exact - were)

    def _slack(self, number: int, cell: int) -> int:
        """The tolerance of a sum once a cell of it is printed."""
        if self.printed[cell]:
            return int(self.tolerance[number])
        return int(self.filled[number] + self.units[cell] if self.filled[number] >= 0 else 0)

    def _now(self, cell: int) -> int:
        """The amount of a cell, or what was planted in it."""
        return self._planted.get(cell, self.amounts[cell])

    _planted: Mapping[int, int] = {}

    def planted(self, amounts: Mapping[int, int]) -> list[tuple[frozenset[int], list[Suspect]]]:
        """What `suspects` would find more if some cells read something else (fen)."""
        self._planted = amounts
        try:
            changes = {cell: amount - self.amounts[cell] for cell, amount in amounts.items()}
            rests = self.after(changes, {})
            known = set(self.groups(self.failing))
            failing = self.failing - rests.keys() | {n for n in rests if self.off(n, rests[n])}
            groups = (group for group in self.groups(failing) if group not in known)
            found = self._explained(frozenset().union(*groups), rests)
            return [part for part in found if not part[0] <= self.failing] or self.slight(rests)
        finally:
            self._planted = {}

    def _moves(self, failing: frozenset[int], rests: Mapping[int, int]) -> Iterator[Suspect]:
        """Amounts that belong in a neighbouring column of their row, which is blank."""
        cells = self.system.cells
        for blank in self.cells_of(failing):
            place = cells.places[blank]
            sheet = cells.sheets.get((place.table, place.side))
            if sheet is None or self._now(blank):
                continue
            for cell in filter(self._now, sheet.beside(blank)):
                amount = self._now(cell)
                after = self.after({cell: -amount, blank: amount}, rests)
                own = frozenset(failing & after.keys())
                both = all(own & {n for n, _ in self.of_cell.get(c, ())} for c in (cell, blank))
                if both and not any(self.off(number, rest) for number, rest in after.items()):
                    explains = tuple(sorted(own))
                    yield Suspect((cell, blank), (0, amount), "moved", explains, len(own))

    def _gain(
        self, changes: Mapping[int, int], failing: frozenset[int], rests: Mapping[int, int]
    ) -> int | None:
        """How many sums become exact by changes that must bring all failures back."""
        after = self.after(changes, rests)
        off = (self.off(number, rest) for number, rest in after.items())
        if any(off) or not failing <= after.keys():
            return None
        before = [rests.get(number, self.rest[number]) for number in after]
        return sum(not rest for rest in after.values()) - sum(not rest for rest in before)

    def _pairs(self, failing: frozenset[int], rests: Mapping[int, int]) -> Iterator[Suspect]:
        """Two cells whose changes together bring all failures back."""
        for cell in self.cells_of(failing):
            for change in self.needs(cell, rests, failing):
                yield from self._with(cell, change, failing, rests)

    def _with(
        self, cell: int, change: int, failing: frozenset[int], rests: Mapping[int, int]
    ) -> Iterator[Suspect]:
        """Pairs of which one cell and its change are given."""
        changed = self.after({cell: change}, rests)
        after = {**rests, **changed}
        sums = failing | changed.keys()
        left = frozenset(n for n in sums if self.off(n, after.get(n, self.rest[n])))
        if not left or len(left) >= len(failing):
            return
        for second in self._singles(left, after):
            (other,), (amount,) = second.cells, second.proposed
            changes = {cell: change, other: amount - self._now(other)}
            gained = self._gain(changes, failing, rests) if other > cell else None
            if gained is not None:
                proposed = (self._now(cell) + change, amount)
                yield Suspect((cell, other), proposed, "pair", tuple(sorted(failing)), gained)
