"""Can the printed percentage follow from the printed amounts? Rounding taken into account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from budgetkit.audit.statements import Statement
from budgetkit.intervals import Interval
from budgetkit.printed import exact


def recomputed(statement: Statement, money: Decimal) -> dict[str, Any]:
    """Prior year, percentages and verdict of one statement; `money` is half a unit of it.

    A percentage is taken to be printed with the decimals that it has: 22 % may be 22.4 %.
    """
    amount, change, stated = (decimal(statement[n]) for n in ("amount", "change", "percent"))
    row: dict[str, Any] = {n: statement[n] for n in ("amount", "change", "prior", "percent")}
    row |= dict.fromkeys(("recomputed", "percent_low", "percent_high", "ok"))
    if amount is None or change is None or stated is None:
        return row | {"check": "incomplete"}
    prior = amount - change
    row["prior"] = float(prior)
    if amount == change == stated == 0:
        return row | {"check": "fits", "ok": True}
    if abs(prior) <= 2 * money:
        return row | {"check": "no_base"}
    possible = _percent(Interval.around(amount, money), Interval.around(change, money))
    fits = possible.meet(Interval.around(stated, _half([stated]))) is not None
    row |= {
        "recomputed": round(float(change / abs(prior) * 100), 4),
        "percent_low": round(float(possible.low), 4),
        "percent_high": round(float(possible.high), 4),
    }
    return row | {"check": "fits" if fits else "differs", "ok": fits}


def _percent(amount: Interval, change: Interval) -> Interval:
    """Every percentage that amounts and changes in these intervals can give.

    For a base above zero 100·c/(a−c) rises with c, and rises or falls with a
    throughout: the extremes are at the corners.
    """
    corners = [
        Interval.of(100 * c) / Interval.of(abs(a - c))
        for a in (amount.low, amount.high)
        for c in (change.low, change.high)
    ]
    return Interval(min(c.low for c in corners), max(c.high for c in corners))


def half_money(found: list[Statement]) -> Decimal:
    """Half the unit in which these statements print money."""
    return _half(
        [v for s in found for n in ("amount", "change") if (v := decimal(s[n])) is not None]
    )


def _half(values: list[Decimal]) -> Decimal:
    """Half a unit of the last decimal that any of these prints."""
    decimals = max((-int(v.normalize().as_tuple().exponent) for v in values), default=0)
    return Decimal(5).scaleb(-max(decimals, 0) - 1)


def decimal(value: Any) -> Decimal | None:
    """A number of a frame exactly; none where it is missing."""
    return None if pd.isna(value) else exact(value)
