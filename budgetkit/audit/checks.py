"""Checks that are no sums: percentages, shares, weights, persons times standard, counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from budgetkit.audit.cells import tuples
from budgetkit.audit.percentages import decimal, half_money, recomputed
from budgetkit.audit.system import EXACT, FAILS, ROUNDING, UNCHECKED
from budgetkit.intervals import Interval
from budgetkit.printed import exact
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

_VERDICTS = {"fits": EXACT, "differs": FAILS, "no_base": UNCHECKED, "incomplete": UNCHECKED}

#: Months of a year that a monthly standard without a number of months is paid for.
_MONTHS = 12

#: Yuan in 万元, and half of the last digit that a project's amount prints.
_YUAN, _HALF = Decimal(10_000), Decimal("0.005")

_SHARE_HALF = Decimal("0.00005")


class Check(NamedTuple):
    """One check: where, what came out, what is printed and what it should be."""

    family: str
    table: str
    row: int
    measure: str
    outcome: str
    printed: float | None
    expected: float | None


def checks(disclosure: Disclosure) -> Iterator[Check]:
    """All checks of the text that are no sums."""
    frames = disclosure.frames
    yield from _percentages(frames["variances"])
    yield from _shares(frames["variances"], frames["figures"])
    yield from _weights(frames["targets"])
    yield from _headcounts(frames)
    yield from _counts(frames)


def _percentages(variances: pd.DataFrame) -> Iterator[Check]:
    """Percentages that some unrounded amounts behind the printed ones could give."""
    records: list[dict[Any, Any]] = variances.astype({"section": "str"}).to_dict("records")
    if not records:
        return
    money = half_money(records)
    for number, statement in enumerate(records):
        found = recomputed(statement, money)
        outcome = _VERDICTS[found["check"]]
        if outcome == EXACT and found["recomputed"] is not None:
            near = round(abs(found["recomputed"]), 2) == abs(statement["percent"])
            outcome = EXACT if near else ROUNDING
        place = ("variances", number, "percent")
        yield Check("percent", *place, outcome, statement["percent"], found["recomputed"])


def _shares(variances: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Check]:
    """Shares of a section's total."""
    totals = figures[(figures["level"] == "total") & figures["measure"].isin(["total", "amount"])]
    wholes = dict(zip(totals["table"], totals["amount"], strict=True))
    for number, statement in enumerate(tuples(variances)):
        whole = wholes.get(statement.section)
        amount, share = decimal(statement.amount), decimal(statement.share)
        if amount is None or share is None:
            continue
        outcome, expected = _share(amount, exact(whole), share) if whole else (UNCHECKED, None)
        place = ("variances", number, "share")
        yield Check("share", *place, outcome, statement.share, expected)


def _share(amount: Decimal, whole: Decimal, share: Decimal) -> tuple[str, float]:
    """Whether a stated share can be one of these amounts, and the share that it is."""
    possible = Interval.around(amount, _HALF) / Interval.around(whole, _HALF)
    fits = possible.meet(Interval.around(share, _SHARE_HALF)) is not None
    expected = round(amount / whole, 4)
    outcome = FAILS if not fits else EXACT if expected == share else ROUNDING
    return outcome, float(expected)


def _weights(targets: pd.DataFrame) -> Iterator[Check]:
    """The weights of each performance table; what most add up to is the department's rule."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for form, weight in zip(targets["form"], targets["weight"], strict=True):
        if pd.notna(weight):
            sums[form] += exact(weight)
    usual = Counter(sums.values()).most_common(1)
    for form, found in sums.items():
        rule, times = usual[0]
        outcome = UNCHECKED if times < 2 else EXACT if found == rule else FAILS
        yield Check("weights", "targets", int(form), "weight", outcome, float(found), float(rule))


def _headcounts(frames: dict[str, pd.DataFrame]) -> Iterator[Check]:
    """Persons times standard, where both are one number and the project pays nothing else."""
    heads = _by_number(frames["project_headcounts"])
    standards = _by_number(frames["project_standards"])
    for project in tuples(frames["projects"]):
        own, paid = heads[project.no], standards[project.no]
        if not own or not paid or pd.isna(project.amount):
            continue
        outcome, expected = _paid(exact(project.amount), own, paid)
        place = ("projects", int(project.no), "amount")
        yield Check("headcount", *place, outcome, project.amount, expected)


def _paid(amount: Decimal, heads: list[Any], paid: list[Any]) -> tuple[str, float | None]:
    """Whether an amount pays one group by one standard, and what that comes to."""
    if len(heads) > 1 or len(paid) > 1 or pd.isna(heads[0].low) or heads[0].low != heads[0].high:
        return UNCHECKED, None
    monthly = paid[0].per == "person-month"
    times = (_MONTHS if pd.isna(paid[0].months) else int(paid[0].months)) if monthly else 1
    expected = int(heads[0].low) * exact(paid[0].yuan) * times / _YUAN
    off = abs(amount - expected)
    return EXACT if off == 0 else ROUNDING if off <= _HALF else FAILS, float(expected)


def _by_number(frame: pd.DataFrame) -> dict[Any, list[Any]]:
    """The rows of a frame of projects by the project's number."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in tuples(frame):
        found[row.no].append(row)
    return found


def _counts(frames: dict[str, pd.DataFrame]) -> Iterator[Check]:
    """Numbers of things that the text tells and that are listed elsewhere."""
    facts = frames["facts"]
    for entry in words("identities")["count"]:
        told = facts[facts["key"].isin(entry["facts"])]
        listed = frames[entry["frame"]][entry["by"]].nunique()
        if told["key"].nunique() < len(entry["facts"]) or told["key"].duplicated().any():
            continue
        number = told.index[-1]
        found = told["value"].sum()
        expected = listed - (entry.get("less", 0) if found != listed else 0)
        outcome = UNCHECKED if not listed else EXACT if found == expected else FAILS
        yield Check(
            "counts", "facts", int(number), entry["facts"][-1], outcome, found, float(expected)
        )
