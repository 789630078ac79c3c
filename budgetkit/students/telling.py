"""Claims told: as columns of a frame, and as a sentence that says why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from budgetkit import language
from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact
from budgetkit.students.claims import CONSISTENT, INCONSISTENT, UNDERDETERMINED, VERDICTS, Claim

#: Which ends of the yuan per student are known.
BOUNDS = ("both", "upper", "lower", "none")


def columns(claim: Claim) -> dict[str, Any]:
    """What a claim says and what follows from it, as columns."""
    alone = claim.groups[0] if len(claim.groups) == 1 else None
    mean = alone and (alone.average or alone.standard)
    average = claim.at_average
    undecided = claim.verdict == UNDERDETERMINED
    low, high = ends(claim.standard)
    implied_low, implied_high = ends(claim.paid)
    yuan_low, yuan_high = ends(claim.yuan)
    return {
        "headcount_low": count(claim.heads.low),
        "headcount_high": count(claim.heads.high),
        "standard_min": low,
        "standard_mean": ends(mean)[0] if mean and mean.low == mean.high else None,
        "standard_max": high,
        "implied_low": implied_low,
        "implied_high": implied_high,
        "yuan_low": yuan_low,
        "yuan_high": yuan_high,
        "feasible_low": number(claim.feasible.low / 10000) or None,
        "feasible_high": number(claim.feasible.high / 10000),
        "possible": None if undecided else claim.verdict == CONSISTENT,
        "at_average": None if undecided or average is None else claim.amount in average,
        "verdict": claim.verdict,
    }


def why(claim: Claim, table_amount: float | None) -> str:
    """Why the verdict is what it is, in the language in use."""
    values = {
        "amount": f"{claim.amount / 10000:,.2f}",
        "low": f"{claim.feasible.low / 10000:,.2f}",
        "high": f"{claim.feasible.high / 10000:,.2f}",
        "group": claim.elsewhere,
    }
    parts = [language.label(f"students.why.{_reason(claim)}", **values)]
    average = claim.at_average
    if claim.verdict == CONSISTENT and average and claim.amount not in average:
        side = "below" if claim.amount < average.low else "above"
        parts.append(language.label(f"students.why.average_{side}"))
    if table_amount is not None and exact(table_amount) * 10000 != claim.amount:
        parts.append(language.label("students.why.table", table=f"{table_amount:,.2f}"))
    return language.label("students.why.joint").join(parts)


def _reason(claim: Claim) -> str:
    """The key of the sentence that says why."""
    if claim.elsewhere:
        return "another_aid"
    if claim.verdict == CONSISTENT:
        return "consistent"
    if claim.verdict == INCONSISTENT:
        return "too_little" if claim.amount < claim.feasible.low else "too_much"
    heads = any(group.heads != UNKNOWN for group in claim.groups)
    standards = any(group.standard != UNKNOWN for group in claim.groups)
    return {
        (True, True): "unmatched",
        (True, False): "no_standard",
        (False, True): "no_headcount",
        (False, False): "nothing",
    }[heads, standards]


def count(value: Decimal) -> int | None:
    """A bound of persons; nothing and endless are no bounds."""
    return int(value) if value and value.is_finite() else None


def number(value: Decimal, decimals: int = 4) -> float | None:
    """A bound as a float; an endless one is missing."""
    return round(float(value), decimals) if value.is_finite() else None


def ends(interval: Interval, decimals: int = 4) -> tuple[float | None, float | None]:
    """Both ends as floats; of what is unknown none, of what has no end the lower one."""
    if interval == UNKNOWN:
        return None, None
    return number(interval.low, decimals), number(interval.high, decimals)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts as Int64, truth values as boolean, verdicts as categories."""
    for column in frame:
        if str(column).startswith(("headcount_", "students_")) or column == "no":
            frame[column] = frame[column].astype("Int64")
        elif column in {"possible", "at_average"}:
            frame[column] = frame[column].astype("boolean")
        elif str(column).endswith(("_low", "_high", "_min", "_mean", "_max", "amount")):
            frame[column] = frame[column].astype("float64")
    for column, allowed in (("verdict", VERDICTS), ("bound", BOUNDS)):
        if column in frame:
            frame[column] = frame[column].astype(pd.CategoricalDtype(list(allowed)))
    return frame
