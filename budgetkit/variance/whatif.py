"""What if: some items of a section held at last year's level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit.errors import BudgetkitError
from budgetkit.printed import exact
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

COLUMNS = (
    "kind",
    "item",
    "code",
    "label",
    "prior",
    "amount",
    "change",
    "frozen",
    "what_if",
    "what_if_change",
)


def what_if(
    doc: Disclosure, section: str = "income", frozen: Iterable[str] | None = ()
) -> pd.DataFrame:
    """Freeze items of a section at last year's level and add the section up again.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "income"
        As for `contributions`.
    frozen : iterable of str, optional
        Which items: their ``code``, or ``item`` as `contributions` names them.
        `transfers` gives those that are transfers from above.

    Returns
    -------
    DataFrame
        The rows of `contributions` in their order: ``kind``, ``item``, ``code``,
        ``label``; ``prior``, ``amount``, ``change`` (万元, as published); ``frozen``
        (bool); ``what_if`` and ``what_if_change`` (万元): amount and change were the
        frozen items as last year.

    Raises
    ------
    MissingDataError
        As `contributions`.
    BudgetkitError
        If the section has no such item.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> table = bk.variance.what_if(doc, frozen=bk.variance.transfers(doc))
    >>> table[["amount", "what_if", "what_if_change"]].iloc[-1].tolist()
    [86617.08, 82486.45, -1706.03]
    """
    from budgetkit.variance import contributions

    rows = contributions(doc, section)
    wanted, parts = set(map(str, frozen or ())), rows["kind"] == "part"
    known = {*rows.loc[parts, "item"], *rows.loc[parts, "code"].dropna()}
    if unknown := wanted - known:
        raise BudgetkitError(
            f"{doc.meta.source}: no item {', '.join(sorted(unknown))} in section {section}; "
            f"it has: {', '.join(rows.loc[parts, 'item'])}"
        )
    rows["frozen"] = parts & (rows["item"].isin(wanted) | rows["code"].isin(wanted))
    saved = sum(map(exact, rows.loc[rows["frozen"], "change"]), Decimal(0))
    cut = [
        exact(change) if held else saved if kind in {"total", "stated"} else Decimal(0)
        for kind, held, change in zip(rows["kind"], rows["frozen"], rows["change"], strict=True)
    ]
    for ours, published in (("what_if", "amount"), ("what_if_change", "change")):
        rows[ours] = [float(exact(v) - less) for v, less in zip(rows[published], cut, strict=True)]
    return rows[list(COLUMNS)]


def transfers(doc: Disclosure, section: str = "income") -> list[str]:
    """Return the items of a section that are transfers from higher governments (上级转移支付).

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "income"
        As for `contributions`.

    Returns
    -------
    list of str
        Items as `contributions` names them; empty where there are none.

    Raises
    ------
    MissingDataError
        As `contributions`.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.variance.transfers(bk.load("xinjiang-miit-2024"))
    ['上级一般公共预算安排的转移支付资金']
    """
    from budgetkit.variance import contributions

    rows = contributions(doc, section)
    pattern = words("statements")["transfers"]["pattern"]
    parts = rows.loc[rows["kind"] == "part", "item"]
    return [item for item in parts if re.search(pattern, item)]
