"""Aid programmes: amount, headcount and standard of each held against each other."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit.given import takes_disclosure
from budgetkit.printed import key
from budgetkit.students import aid, claims, telling
from budgetkit.students.claims import Claim

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@takes_disclosure
def projects(doc: Disclosure) -> pd.DataFrame:
    """Hold amount, headcount and standard of every student-aid project against each other.

    With the headcounts and standards that the text states, between
    Σ low headcount × lowest standard and Σ high headcount × highest standard can be
    paid out. An amount outside that range contradicts the other two.

    Parameters
    ----------
    doc : Disclosure
        A document whose text describes projects (frames ``projects``,
        ``project_headcounts``, ``project_standards``).

    Returns
    -------
    DataFrame
        One row per aid project; what the document leaves open is missing.

        - ``no``, ``project``: as in ``doc.projects``; ``kind``: what it pays for
          (``grant``, ``scholarship``, ``mixed``, ``fees``, ``meals``, ``service``)
        - ``amount``: 万元, from the text; ``table_amount``: 万元, the same project
          in table ``general_projects``, all units together
        - ``headcount_low``, ``headcount_high``: persons, as stated
        - ``standard_min``, ``standard_max``: yuan per person and year, lowest and
          highest tier of any group; ``standard_mean``: the average that is stated,
          where there is one group
        - ``implied_low``, ``implied_high``: persons that the amount pays for a whole
          year (amount / standards)
        - ``yuan_low``, ``yuan_high``: yuan per student and year (amount / headcount)
        - ``feasible_low``, ``feasible_high``: 万元 that headcounts and standards call for
        - ``possible``: whether all three can be true; missing where too little is stated
        - ``at_average``: whether they can also be true with the stated average
        - ``verdict``: ``consistent``, ``inconsistent`` or ``underdetermined``;
          ``why``: a sentence in the language in use

    Raises
    ------
    MissingDataError
        If the text describes no project of student aid.

    Notes
    -----
    Amounts are taken as printed. A monthly standard counts for the months it
    states, or for 10 to 12 where it states none. A headcount is taken as students
    paid for a whole year.

    Examples
    --------
    >>> import budgetkit as bk
    >>> aid = bk.students.projects(bk.load("xinjiang-miit-2024")).set_index("no")
    >>> aid.loc[24, ["amount", "feasible_low", "feasible_high", "verdict"]].to_dict()
    {'amount': 1513.0, 'feasible_low': 990.0, 'feasible_high': 2420.0, 'verdict': 'consistent'}
    >>> aid["verdict"].value_counts().to_dict()
    {'underdetermined': 11, 'inconsistent': 4, 'consistent': 3}
    """
    printed, stated = aid.table_amounts(doc), claims.stated(doc)
    rows = []
    for project in aid.projects(doc).to_dict("records"):
        claim = stated[project["no"]]
        table_amount = printed.get(key(project["project"]))
        rows.append(
            {
                "no": project["no"],
                "project": project["project"],
                "kind": aid.kind(project["project"]),
                "amount": project["amount"],
                "table_amount": table_amount,
                **telling.columns(claim),
                "why": telling.why(claim, table_amount),
            }
        )
    return telling.typed(pd.DataFrame(rows))


@takes_disclosure
def together(doc: Disclosure) -> pd.DataFrame:
    """Take aid projects that pay the same groups together, and check them again.

    One grant is often paid from two purses, a central and a regional one (配套).
    Each project then states all recipients and the whole standard, but only its own
    part of the money: alone it looks impossible, together they may be possible.
    Projects belong together that name the same group; of the headcounts of a group
    what all of them allow is kept.

    Parameters
    ----------
    doc : Disclosure
        As for `projects`.

    Returns
    -------
    DataFrame
        One row per set of two or more projects: ``projects`` (list of ``no``),
        ``groups`` (list of names), ``amount`` (万元), and the columns from
        ``headcount_low`` to ``why`` of `projects`. No row where no two projects
        share a group.

    Raises
    ------
    MissingDataError
        If the text describes no project of student aid.

    Examples
    --------
    >>> import budgetkit as bk
    >>> sets = bk.students.together(bk.load("xinjiang-miit-2024"))
    >>> sets["projects"].tolist(), sets["amount"].tolist(), sets["verdict"].tolist()
    ([[15, 24], [18, 26]], [1945.36, 46.0], ['consistent', 'consistent'])
    """
    stated = claims.stated(doc)
    rows = []
    for numbers in claims.sharing(stated):
        joined = claims.joined([stated[no] for no in numbers])
        rows.append(
            {
                "projects": numbers,
                "groups": [group.name for group in joined.groups],
                "amount": float(joined.amount / 10000),
                **telling.columns(joined),
                "why": telling.why(joined, None),
            }
        )
    columns = ["projects", "groups", "amount", *telling.columns(Claim(Decimal(0), ())), "why"]
    return telling.typed(pd.DataFrame(rows, columns=columns))
