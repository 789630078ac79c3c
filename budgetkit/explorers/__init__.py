"""Explorers: the lessons' frames and charts with controls, for notebooks and as an app.

Importing this package does not import ipywidgets; making an explorer does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit.given import takes_disclosure

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.course import CourseExplorer


@takes_disclosure
def explore(doc: Disclosure | None = None) -> CourseExplorer:
    """Look at a disclosure with controls: one lesson at a time, in Chinese or English.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    CourseExplorer
        A widget with a chooser of lesson and of the language of every explorer on the page;
        its ``view`` is the frame behind the chart, its ``code`` the cell that gives the same.
        Without a live kernel the page shows a picture of it.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.explore()
    >>> explorer.chooser.year.value = "xinjiang-miit-2024"
    >>> explorer.lesson.value = "units"
    >>> len(explorer.view)
    29
    """
    from budgetkit.explorers.course import CourseExplorer

    return CourseExplorer(doc)
