"""What a document claims of student aid: amount, headcounts, standards, and whether all hold.

Every part of a claim is an interval of exact decimals; a part that isn't stated is
`UNKNOWN`. The arithmetic encloses, so a verdict of "inconsistent" is certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact, key
from budgetkit.students import aid
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

CONSISTENT, INCONSISTENT, UNDERDETERMINED = "consistent", "inconsistent", "underdetermined"
#: Half the unit (yuan) that projects' amounts are printed in: 万元 with two decimals.
HALF = Decimal(50)

VERDICTS = (CONSISTENT, INCONSISTENT, UNDERDETERMINED)


@dataclass(frozen=True, slots=True)
class Group:
    """Recipients who are paid by one standard.

    `heads` counts persons, `standard` and `average` are yuan a person and year;
    what isn't stated is `UNKNOWN`, an average that isn't stated is ``None``.
    """

    name: str
    heads: Interval
    standard: Interval
    average: Interval | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Amount (yuan) and groups of one project or of several, and whether they can all be true."""

    amount: Decimal
    groups: tuple[Group, ...]
    half: Decimal = HALF
    elsewhere: str | None = None

    @property
    def heads(self) -> Interval:
        """Recipients of all groups, where every group states them."""
        stated = [g.heads for g in self.groups] or [UNKNOWN]
        return UNKNOWN if UNKNOWN in stated else reduce(add, stated)

    @property
    def standard(self) -> Interval:
        """From the lowest to the highest payment of any group, where every group states it."""
        stated = [g.standard for g in self.groups] or [UNKNOWN]
        return UNKNOWN if UNKNOWN in stated else reduce(Interval.hull, stated)

    @property
    def feasible(self) -> Interval:
        """Money (yuan) that the headcounts and standards call for: least and most."""
        if not self.groups:
            return UNKNOWN
        return reduce(add, (g.heads * g.standard for g in self.groups))

    @property
    def at_average(self) -> Interval | None:
        """The same at the stated averages, where an average is stated."""
        if not any(g.average for g in self.groups):
            return None
        return reduce(add, (g.heads * (g.average or g.standard) for g in self.groups))

    @property
    def verdict(self) -> str:
        """Whether amount, headcounts and standards can all be true."""
        if Interval.around(self.amount, self.half).meet(self.feasible) is None:
            return INCONSISTENT
        known = all(UNKNOWN not in (g.heads, g.standard) for g in self.groups)
        return CONSISTENT if known and self.feasible.bounded else UNDERDETERMINED

    @property
    def paid(self) -> Interval:
        """Recipients that the amount pays for a whole year."""
        return _over(Interval.of(self.amount), self.standard)

    @property
    def yuan(self) -> Interval:
        """Yuan a recipient that the amount comes to."""
        return _over(Interval.of(self.amount), self.heads)


def _over(amount: Interval, other: Interval) -> Interval:
    """An amount by another quantity; unknown where that is, or is nothing."""
    return UNKNOWN if other == UNKNOWN or not other.high else amount / other


def stated(doc: Disclosure) -> dict[int, Claim]:
    """What the text claims of every aid project, by its number."""
    found = aid.projects(doc)
    names = zip(found["no"], found["amount"], found["project"], strict=True)
    return {int(no): read(doc, no, amount, project) for no, amount, project in names}


def read(doc: Disclosure, no: int, amount: float, project: str) -> Claim:
    """What the text claims of the project with this number; `amount` in 万元.

    Where it tells of another kind of aid than the project's name, and of no other, it
    tells nothing of this one.
    """
    heads = doc.project_headcounts[doc.project_headcounts["no"] == no]
    standards = doc.project_standards[doc.project_standards["no"] == no]
    told = tuple(groups(heads, standards))
    kind = aid.kind(project)
    others = [aid.kind(group.name) not in (kind, None) for group in told]
    if kind not in (None, "mixed") and told and all(others):
        return Claim(exact(amount) * 10000, (), elsewhere=told[0].name)
    named = tuple(replace(g, kind=aid.kind(g.name) or kind) for g in told)
    return Claim(exact(amount) * 10000, named)


def groups(heads: pd.DataFrame, standards: pd.DataFrame) -> list[Group]:
    """Headcounts and standards of one project, paired by the name of the group.

    One headcount and one standard belong together whatever they are called. What
    finds no partner stays, with the other side unknown.
    """
    counted = [(row["group"], _heads(row["low"], row["high"])) for row in heads.to_dict("records")]
    paid = {str(name): _standard(rows) for name, rows in standards.groupby("group", sort=False)}
    found = []
    for name, number in counted:
        partner = _partner(name, list(paid), alone=len(counted) == 1)
        standard, average = paid.pop(partner) if partner else (UNKNOWN, None)
        found.append(Group(name, number, standard, average))
    return found + [Group(name, UNKNOWN, *stated) for name, stated in paid.items()]


def _partner(group: str, names: list[str], alone: bool) -> str | None:
    """The standard that is for a group."""
    if alone and len(names) == 1:
        return names[0]
    fits = [n for n in names if key(n) in key(group) or key(group) in key(n)]
    return fits[0] if len(fits) == 1 else next((n for n in fits if key(n) == key(group)), None)


def _heads(low: Any, high: Any) -> Interval:
    """A stated headcount; an end that is missing is open."""
    return Interval(
        Decimal(0) if pd.isna(low) else Decimal(int(low)),
        UNKNOWN.high if pd.isna(high) else Decimal(int(high)),
    )


def _standard(rows: pd.DataFrame) -> tuple[Interval, Interval | None]:
    """Yuan a person and year from the lowest to the highest tier, and the stated average."""
    is_average = rows["tier"].fillna("").str.contains(aid.pattern("tiers", "average"))
    paid = [_yearly(row) for row in rows[~is_average].itertuples()]
    averages = [_yearly(row) for row in rows[is_average].itertuples()]
    average = reduce(Interval.hull, averages) if averages else None
    return (reduce(Interval.hull, paid) if paid else average or UNKNOWN), average


def _yearly(row: Any) -> Interval:
    """A standard as yuan a person and year; months that aren't stated are an interval."""
    yuan = Interval.of(exact(row.yuan))
    if row.per == "person-year":
        return yuan
    if row.per != "person-month":
        return UNKNOWN
    months = words("students")["months"]
    if pd.isna(row.months):
        return yuan * Interval(Decimal(months["low"]), Decimal(months["high"]))
    return yuan * Interval.of(int(row.months))


def sharing(claims: dict[int, Claim]) -> list[list[int]]:
    """Sets of projects that pay the same kind of aid to a common group, in order."""
    sets: list[tuple[list[int], set[tuple[str | None, str]]]] = []
    for no, claim in claims.items():
        counted = [group for group in claim.groups if group.heads != UNKNOWN]
        names = {(group.kind, key(group.name)) for group in counted}
        touching = [s for s in sets if s[1] & names]
        sets = [s for s in sets if not s[1] & names]
        merged = sorted([no, *(n for s in touching for n in s[0])])
        sets.append((merged, names.union(*(s[1] for s in touching))))
    return sorted(numbers for numbers, _ in sets if len(numbers) > 1)


def joined(claims: list[Claim]) -> Claim:
    """Several claims as one: amounts added, each group once."""
    merged: dict[str, Group] = {}
    for group in (group for claim in claims for group in claim.groups):
        name = key(group.name)
        merged[name] = _same_group(merged[name], group) if name in merged else group
    amount = sum((claim.amount for claim in claims), Decimal(0))
    return Claim(amount, tuple(merged.values()), sum((c.half for c in claims), Decimal(0)))


def _same_group(one: Group, other: Group) -> Group:
    """Two statements of one group: what both allow, or where nothing, all that either does."""

    def both(a: Interval, b: Interval) -> Interval:
        return a.meet(b) or a.hull(b)

    averages = [g.average for g in (one, other) if g.average]
    average = reduce(both, averages) if averages else None
    return Group(
        one.name, both(one.heads, other.heads), both(one.standard, other.standard), average
    )
