"""Income composition (收入构成): who pays for a department.

Money reaches a department from its own government's budget (财政拨款), from
transfers of higher governments (上级转移支付), from fees that go through a
special account (财政专户), from what its units earn (单位资金), and from last
year (结转结余). The table ``income`` prints them in total and in most places by
function; where it tells too little, the lines of ``balance`` tell more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.given import takes_disclosure
from budgetkit.income.charts import plot
from budgetkit.income.shares import RATIOS, composition, concentration, matrix, ratios

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.income import IncomeExplorer

__all__ = ["RATIOS", "composition", "concentration", "explore", "matrix", "plot", "ratios"]


@takes_disclosure
def explore(doc: Disclosure | None = None) -> IncomeExplorer:
    """Look at the sources with controls: choosing a function leaves those that pay for it.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    IncomeExplorer
        A widget; its ``view`` is the frame behind the chart, as `composition` gives it,
        its ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.income.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["function"].value = "205"
    >>> explorer.view["amount"].tolist()[1]
    8563.86
    """
    from budgetkit.explorers.income import IncomeExplorer

    return IncomeExplorer(doc)
