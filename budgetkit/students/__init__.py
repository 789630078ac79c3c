"""Per-student subsidy (生均资助): what the aid programmes come to per student.

A document states an amount, often how many students are paid, and often how much
each gets a year. The three bind one another. Here every one of them is an
interval, and so is what follows from it: nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.given import takes_disclosure
from budgetkit.students.charts import plot
from budgetkit.students.programmes import projects, together
from budgetkit.students.schools import by_school, vocational
from budgetkit.students.whatif import what_if

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.students import StudentsExplorer

__all__ = ["by_school", "explore", "plot", "projects", "together", "vocational", "what_if"]


@takes_disclosure
def explore(doc: Disclosure | None = None) -> StudentsExplorer:
    """Try headcounts and standards, and see which of them can be true with the amount.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    StudentsExplorer
        A widget; its ``view`` is the frame behind the chart, as `what_if` gives it, its
        ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.students.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["project"].value = 35
    >>> explorer.view["fits"].tolist()
    [False, False, False]
    >>> explorer.controls["headcount"].value = (30, 40)
    >>> explorer.view["fits"].tolist()
    [True, True, True]
    """
    from budgetkit.explorers.students import StudentsExplorer

    return StudentsExplorer(doc)
