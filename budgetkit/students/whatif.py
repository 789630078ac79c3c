"""What if: another headcount or standard than the document's, held against its amount."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact
from budgetkit.students import aid, claims
from budgetkit.students.claims import Claim, Group

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

COLUMNS = ("quantity", "label", "basis", "low", "high", "implied_low", "implied_high", "fits")


def what_if(
    doc: Disclosure,
    no: int,
    headcount: float | Sequence[float] | None = None,
    standard: float | Sequence[float] | None = None,
) -> pd.DataFrame:
    """Say what amount, headcount and standard of one aid project call for of one another.

    Parameters
    ----------
    doc : Disclosure
        As for `projects`.
    no : int
        The project's number, as in ``doc.projects``.
    headcount : float or (low, high), optional
        Persons to assume; by default as the document states.
    standard : float or (low, high), optional
        Yuan a person and year to assume; by default as the document states.

    Returns
    -------
    DataFrame
        Three rows, one a quantity; ``attrs["verdict"]`` and ``attrs["why"]`` say whether
        all three can be true.

        - ``quantity``: ``amount`` (万元), ``headcount`` (persons), ``standard`` (yuan a
          person and year); ``label``: the same in the language in use
        - ``basis``: ``stated`` (as published), ``assumed`` (as given here) or ``unstated``
        - ``low``, ``high``: its bounds; missing where nothing bounds it
        - ``implied_low``, ``implied_high``: what the other two call for
        - ``fits``: whether the two overlap; missing where one of them is unknown

    Raises
    ------
    MissingDataError
        If the text describes no aid project of this number.
    BudgetkitError
        If bounds are no pair, negative or the wrong way round.

    Notes
    -----
    Where a project pays several groups by several standards, an assumed headcount or
    standard is for all of them together.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> table = bk.students.what_if(doc, 35, headcount=(30, 40), standard=(2000, 2000))
    >>> table[["quantity", "low", "high", "implied_low", "implied_high"]]
        quantity      low     high  implied_low  implied_high
    0     amount     6.64     6.64          6.0          8.00
    1  headcount    30.00    40.00         33.2         33.20
    2   standard  2000.00  2000.00       1660.0       2213.33
    """
    stated = claim(doc, no)
    assumed = {
        "headcount": _interval("headcount", headcount),
        "standard": _interval("standard", standard),
    }
    changed = _changed(stated, assumed["headcount"], assumed["standard"])
    heads, yuan = _side(changed, "heads"), _side(changed, "standard")
    amount = Interval.of(changed.amount)
    ten = Decimal(10000)
    rows = [
        _row("amount", "stated", _scaled(amount, ten), _scaled(_called(changed), ten)),
        _row("headcount", _basis(assumed["headcount"], heads), heads, _over(amount, yuan)),
        _row("standard", _basis(assumed["standard"], yuan), yuan, _over(amount, heads)),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["low", "high", "implied_low", "implied_high"]
    table = table.astype({**dict.fromkeys(numbers, "float64"), "fits": "boolean"})
    table.loc[0, "fits"] = (
        pd.NA
        if changed.verdict == claims.UNDERDETERMINED
        else (changed.verdict == claims.CONSISTENT)
    )
    table.attrs["verdict"] = changed.verdict
    table.attrs["why"] = claims.why(changed, None)
    return table


def claim(doc: Disclosure, no: int) -> Claim:
    """What the document claims of an aid project, by its number."""
    found = aid.projects(doc)
    chosen = found[found["no"] == no].to_dict("records")
    if not chosen:
        numbers = ", ".join(map(str, found["no"]))
        raise MissingDataError(
            f"{doc.meta.source}: project {no} is no student aid; these are: {numbers}"
        )
    return claims.read(doc, no, chosen[0]["amount"], chosen[0]["project"])


def _changed(stated: Claim, heads: Interval | None, yuan: Interval | None) -> Claim:
    """The claim with what is assumed in place of what is stated."""
    if heads is None and yuan is None:
        return stated
    name = stated.groups[0].name if stated.groups else ""
    group = Group(name, heads or _side(stated, "heads"), yuan or _side(stated, "standard"), None)
    return Claim(stated.amount, (group,), stated.half)


def _side(claim: Claim, name: str) -> Interval:
    """Headcount or standard of all groups; unknown where one of them doesn't state it."""
    stated = [getattr(group, name) for group in claim.groups]
    return getattr(claim, name) if stated and UNKNOWN not in stated else UNKNOWN


def _called(claim: Claim) -> Interval:
    """The money (yuan) that headcounts and standards call for; unknown where either is."""
    known = _side(claim, "heads") != UNKNOWN and _side(claim, "standard") != UNKNOWN
    return claim.feasible if known else UNKNOWN


def _over(amount: Interval, other: Interval) -> Interval:
    """The amount by the other quantity; unknown where that is, or is nothing."""
    return UNKNOWN if other == UNKNOWN or not other.high else amount / other


def _interval(name: str, bounds: float | Sequence[float] | None) -> Interval | None:
    """A pair of bounds; one number is both."""
    if bounds is None:
        return None
    ends: Any = (bounds, bounds) if isinstance(bounds, Real) else bounds
    try:
        low, high = map(exact, [ends] if isinstance(ends, str) else ends)
        if 0 <= low <= high:
            return Interval(low, high)
    except (TypeError, ValueError, ArithmeticError):
        pass  # no pair, or no numbers
    raise BudgetkitError(
        f"{name} {bounds!r}: expected a number, or a low end from 0 on, then a high: (low, high)"
    )


def _basis(assumed: Interval | None, found: Interval) -> str:
    """Where a quantity comes from."""
    if assumed is not None:
        return "assumed"
    return "unstated" if found == UNKNOWN else "stated"


def _scaled(yuan: Interval, by: Decimal) -> Interval:
    """Yuan in a larger unit; what is unknown stays so."""
    return yuan if yuan == UNKNOWN else yuan / Interval.of(by)


def _row(quantity: str, basis: str, own: Interval, implied: Interval) -> dict[str, Any]:
    """One quantity beside what the other two call for."""
    known = UNKNOWN not in (own, implied)
    return {
        "quantity": quantity,
        "label": language.label(f"students.quantity.{quantity}"),
        "basis": basis,
        **_ends("", own),
        **_ends("implied_", implied),
        "fits": own.meet(implied) is not None if known else None,
    }


def _ends(prefix: str, interval: Interval) -> dict[str, float | None]:
    """Both ends, with two decimals; of what is unknown none."""
    low, high = interval.low, interval.high
    return {
        f"{prefix}low": None if interval == UNKNOWN else round(float(low), 2),
        f"{prefix}high": round(float(high), 2) if interval.bounded else None,
    }
