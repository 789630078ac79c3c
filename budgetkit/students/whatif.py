"""What if: another headcount or standard than the document's, held against its amount."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact
from budgetkit.students import claims, telling
from budgetkit.students.claims import Claim, Group

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: Yuan in 万元.
_WAN = Interval.of(10_000)

COLUMNS = ("quantity", "label", "basis", "low", "high", "implied_low", "implied_high", "fits")


@takes_disclosure
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
    given = {"headcount": _pair("headcount", headcount), "standard": _pair("standard", standard)}
    claim = _changed(_claim(doc, no), given["headcount"], given["standard"])
    known = UNKNOWN not in (claim.heads, claim.standard)
    called = claim.feasible / _WAN if known else UNKNOWN
    rows = [
        _row("amount", "stated", Interval.of(claim.amount) / _WAN, called),
        _row("headcount", _basis(given["headcount"], claim.heads), claim.heads, claim.paid),
        _row("standard", _basis(given["standard"], claim.standard), claim.standard, claim.yuan),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["low", "high", "implied_low", "implied_high"]
    table = table.astype({**dict.fromkeys(numbers, "float64"), "fits": "boolean"})
    decided = claim.verdict != claims.UNDERDETERMINED
    table.loc[0, "fits"] = claim.verdict == claims.CONSISTENT if decided else pd.NA
    table.attrs["verdict"] = claim.verdict
    table.attrs["why"] = telling.why(claim, None)
    return table


def _claim(doc: Disclosure, no: int) -> Claim:
    """What the document claims of an aid project, by its number."""
    stated = claims.stated(doc)
    if no not in stated:
        raise language.missing("aid_number", doc, no=no, numbers=language.listed(stated))
    return stated[no]


def _changed(stated: Claim, heads: Interval | None, yuan: Interval | None) -> Claim:
    """The claim with what is assumed in place of what is stated."""
    if heads is None and yuan is None:
        return stated
    name = stated.groups[0].name if stated.groups else ""
    group = Group(name, heads or stated.heads, yuan or stated.standard)
    return Claim(stated.amount, (group,), stated.half)


def _pair(name: str, bounds: float | Sequence[float] | None) -> Interval | None:
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
    raise BudgetkitError(language.said("students.bounds", name=name, bounds=bounds))


def _basis(assumed: Interval | None, found: Interval) -> str:
    """Where a quantity comes from."""
    if assumed is not None:
        return "assumed"
    return "unstated" if found == UNKNOWN else "stated"


def _row(quantity: str, basis: str, own: Interval, implied: Interval) -> dict[str, Any]:
    """One quantity beside what the other two call for."""
    known = UNKNOWN not in (own, implied)
    label = language.label(f"students.quantity.{quantity}")
    fits = own.meet(implied) is not None if known else None
    return dict(
        zip(
            COLUMNS,
            (quantity, label, basis, *telling.ends(own, 2), *telling.ends(implied, 2), fits),
            strict=True,
        )
    )
