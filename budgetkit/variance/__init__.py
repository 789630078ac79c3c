"""Variance narratives (增减变化): what changed since last year, why, and is the story right.

A document states for each item its amount, the change against last year's budget, a
percentage and a reason. Here each statement is recomputed, held against the tables,
sorted by its reason, and told again as a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.given import takes_disclosure
from budgetkit.variance.causes import by_reason, reasons
from budgetkit.variance.charts import plot
from budgetkit.variance.checking import recompute
from budgetkit.variance.grading import graded
from budgetkit.variance.narration import narrative
from budgetkit.variance.splitting import contributions, transfers, what_if

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.variance import VarianceExplorer

__all__ = [
    "by_reason",
    "contributions",
    "explore",
    "graded",
    "narrative",
    "plot",
    "reasons",
    "recompute",
    "transfers",
    "what_if",
]


@takes_disclosure
def explore(doc: Disclosure | None = None) -> VarianceExplorer:
    """Look at the changes with controls: freeze items at last year's level.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    VarianceExplorer
        A widget; its ``view`` is the frame behind the chart, as `what_if` gives it, its
        ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.variance.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["transfers"].value = True
    >>> explorer.view["what_if_change"].iloc[-1].item()
    -1706.03
    """
    from budgetkit.explorers.variance import VarianceExplorer

    return VarianceExplorer(doc)
