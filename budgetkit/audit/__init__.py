"""The audit (勾稽): what a disclosure promises, what fails, and which cell is to blame.

A budget is a web of sums printed two, three, ten times. Here every promise is checked
to the fen, with the rounding of the print as the only tolerance; failures are traced
to the single cell, or the two, that would bring every sum back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgetkit.audit.planting import Planted
    from budgetkit.audit.report import Audit
    from budgetkit.disclosure import Disclosure

__all__ = ["audit", "plant"]


def audit(disclosure: Disclosure) -> Audit:
    """Check every identity that a disclosure promises.

    Parameters
    ----------
    disclosure : Disclosure
        What to check: its tables, its text, its performance tables.

    Returns
    -------
    Audit
        ``checks``, ``failures`` and ``suspects`` as frames; prints as a report.

    Examples
    --------
    >>> import budgetkit as bk
    >>> found = audit(bk.load("xinjiang-miit-2024"))
    >>> found.suspects[["table", "row", "measure", "proposed"]].head(1)
               table  row    measure  proposed
    0  general_basic    1  operating   3565.44
    """
    from budgetkit.audit.report import Audit

    return Audit.of(disclosure)


def plant(disclosure: Disclosure, kind: str = "digit", n: int = 1, seed: int = 0) -> Planted:
    """Plant errors in a disclosure, for exercises and for measuring an audit.

    Parameters
    ----------
    disclosure : Disclosure
        The document; it stays as it is.
    kind : {"digit", "swap", "shift", "row", "subtotal", "text"}
        A digit changed, two neighbouring digits swapped, an amount in the next column,
        a row left out, an item changed and its totals not, or an amount of the text
        changed.
    n : int
        How many.
    seed : int
        The same seed plants the same errors.

    Returns
    -------
    Planted
        ``disclosure``, and ``key``: one row an error with ``kind``, ``table``, ``side``,
        ``row``, ``measure``, ``printed`` (before) and ``planted`` (万元; missing: blank).

    Raises
    ------
    BudgetkitError
        If the kind is not known, or the document has no room for so many.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc, key = plant(bk.load("jiangsu-npc-2018"), "swap", seed=7)
    >>> bool((key["printed"] != key["planted"]).all())
    True
    """
    from budgetkit.audit.planting import planted

    return planted(disclosure, kind, n, seed)
