"""Statements of change recomputed: percentages, last year's amounts, cells of the tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit.audit.cells import cells
from budgetkit.audit.percentages import decimal, half_money, recomputed
from budgetkit.audit.statements import Statement, repeated
from budgetkit.given import takes_disclosure
from budgetkit.printed import exact
from budgetkit.variance import statements

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: What `recompute` finds: the percentage fits, differs, has no base, or can't be checked.
CHECKS = ("fits", "differs", "no_base", "incomplete")


@takes_disclosure
def recompute(doc: Disclosure) -> pd.DataFrame:
    """Recompute last year's amount and the percentage of every statement of change.

    A printed number is rounded: behind 10.00 may stand anything from 9.995 to 10.005. A
    percentage fits where some unrounded amounts behind the printed ones give it.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).

    Returns
    -------
    DataFrame
        One row per statement, in order.

        - ``section``, ``item``, ``code`` as published; ``label``: the item in the
          language in use
        - ``amount``, ``change``, ``prior``: 万元; prior is amount − change
        - ``percent``: as printed, in percent; ``recomputed``: change / prior × 100;
          ``percent_low``, ``percent_high``: what unrounded amounts could give
        - ``check``: ``fits``, ``differs``, ``no_base`` (growth from zero has no
          percentage) or ``incomplete`` (something isn't stated); ``ok``: true, false, or
          missing for the latter two
        - ``cell``: 万元, what the section's table prints for the item, where it has
          such a cell, and but one amount that would fit; ``cell_ok``: whether the two agree

    Raises
    ------
    MissingDataError
        If the text states no change against last year.

    Examples
    --------
    >>> import budgetkit as bk
    >>> checked = bk.variance.recompute(bk.load("xinjiang-miit-2024"))
    >>> checked.loc[1, ["change", "prior", "percent", "check"]].to_dict()
    {'change': 4130.63, 'prior': 7427.0, 'percent': 55.62, 'check': 'fits'}
    >>> checked["check"].value_counts().to_dict()
    {'fits': 41, 'no_base': 2, 'differs': 0, 'incomplete': 0}
    """
    found = statements.statements(doc)
    money, room = half_money(found), rounding(found)
    numbered = cells(doc)
    rows = []
    for statement, label in zip(found, statements.named(found), strict=True):
        cell = numbered.sum(repeated(numbered, statement))
        amount = decimal(statement["amount"])
        agrees = None
        if cell is not None and amount is not None:
            agrees = abs(exact(cell) - amount) <= room[statement["section"]]
        rows.append(
            {
                **{name: statement[name] for name in ("section", "item", "code")},
                "label": label,
                **recomputed(statement, money),
                "cell": cell,
                "cell_ok": agrees,
            }
        )
    frame = pd.DataFrame(rows).astype({"ok": "boolean", "cell_ok": "boolean", "code": "str"})
    frame["check"] = frame["check"].astype(pd.CategoricalDtype(list(CHECKS)))
    numbers = ["amount", "change", "prior", "percent", "recomputed", "cell"]
    return frame.astype(dict.fromkeys([*numbers, "percent_low", "percent_high"], "float64"))


def rounding(found: list[Statement]) -> dict[str, Decimal]:
    """Half a unit of the last digit in which each section states money.

    A section may state whole amounts where its table prints decimals.
    """
    sections = {s["section"] for s in found}
    return {name: half_money([s for s in found if s["section"] == name]) for name in sections}
