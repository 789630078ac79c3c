"""Unit comparisons (单位比较): how money spreads over the units under a department.

In Xinjiang two tables are by unit: project expenditure from the general public budget
(``general_projects``) and what is left from last year (``carryover``). Elsewhere others are:
in Guangzhou income, basic and project expenditure. `ranked` takes any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.given import takes_disclosure
from budgetkit.units.charts import plot
from budgetkit.units.ranking import by_category, carryovers, projects, ranked, unit_projects
from budgetkit.units.spread import gini, lorenz, peer_groups, peers

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.units import UnitsExplorer

__all__ = [
    "by_category",
    "carryovers",
    "explore",
    "gini",
    "lorenz",
    "peer_groups",
    "peers",
    "plot",
    "projects",
    "ranked",
    "unit_projects",
]


@takes_disclosure
def explore(doc: Disclosure | None = None) -> UnitsExplorer:
    """Look at the units with controls: choosing a unit shows its projects.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    UnitsExplorer
        A widget; its ``view`` is the frame behind the chart, its ``code`` the cell that
        gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.units.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["unit"].value = "新疆轻工职业技术学院"
    >>> list(explorer.view), len(explorer.view)
    (['project', 'amount', 'share'], 16)
    """
    from budgetkit.explorers.units import UnitsExplorer

    return UnitsExplorer(doc)
