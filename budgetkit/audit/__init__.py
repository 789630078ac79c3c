"""The audit (勾稽): what a disclosure promises, what fails, and which cell is to blame.

A budget is a web of sums printed two, three, ten times. Here every promise is checked
to the fen, with the rounding of the print as the only tolerance; failures are traced
to the single cell, or the two, that would bring every sum back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.audit.planting import plant
from budgetkit.audit.report import Audit
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.language import said, several

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.audit import AuditExplorer

__all__ = ["audit", "explore", "findings", "plant", "plot"]

#: The frames of an `Audit`, from the shortest to the longest.
FRAMES = ("suspects", "failures", "checks")


@takes_disclosure
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
    return Audit.of(disclosure)


@takes_disclosure
def findings(
    disclosure: Disclosure, what: str = "suspects", table: str | None = None
) -> pd.DataFrame:
    """List what an audit finds, of the whole document or of one table.

    Parameters
    ----------
    disclosure : Disclosure
        What to check.
    what : {"suspects", "failures", "checks"}
        Cells to blame, checks that fail, or all checks; their columns are those of `Audit`.
    table : str, optional
        A table such as ``"income"``, or a frame of the text; by default all.

    Returns
    -------
    DataFrame
        One row a cell or check; amounts in 万元.

    Raises
    ------
    BudgetkitError
        If `what` is none of the three.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> findings(doc, "failures", "carryovers")["difference"].round(2).tolist()
    [17.3]
    """
    if what not in FRAMES:
        raise BudgetkitError(said("audit.findings", what=what, known=several(FRAMES)))
    frame: pd.DataFrame = getattr(audit(disclosure), what)
    return frame if table is None else frame[frame["table"] == table].reset_index(drop=True)


@takes_disclosure
def plot(disclosure: Disclosure, *, ax: Axes | None = None) -> Axes:
    """Draw the tables as boxes, the identities between them as lines, broken ones red.

    Parameters
    ----------
    disclosure : Disclosure
        What to check.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The chart.

    Examples
    --------
    >>> import budgetkit as bk
    >>> plot(bk.load("jiangsu-npc-2018")).get_title(loc="left")
    '各表之间的勾稽关系'
    """
    return audit(disclosure).plot(ax=ax)


@takes_disclosure
def explore(doc: Disclosure | None = None) -> AuditExplorer:
    """Look at an audit with controls: plant an error, and see whether it is found.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    AuditExplorer
        A widget; its ``view`` is the frame below the chart, as `findings` gives it,
        its ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.audit.explore(bk.load("jiangsu-npc-2018"))
    >>> before = len(explorer.view)
    >>> explorer.controls["plant"].value = "digit"
    >>> len(explorer.view) > before
    True
    """
    from budgetkit.explorers.audit import AuditExplorer

    return AuditExplorer(doc)
