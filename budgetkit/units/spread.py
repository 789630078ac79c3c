"""How evenly the money is spread over the units, and over units of the same make."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.given import takes_disclosure
from budgetkit.units.ranking import amounts

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: An ending of so many characters that so many units share makes them peers.
_ENDING, _PEERS = 4, 3


@takes_disclosure
def lorenz(doc: Disclosure, what: str = "projects") -> pd.DataFrame:
    """Return the Lorenz curve of project money or carry-overs over the units.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    what : str
        Which money, as in `ranked`.

    Returns
    -------
    DataFrame
        From the poorest unit to the richest, beginning with (0, 0): ``units``
        (share of all units, 0–1), ``money`` (share of the money that they have,
        0–1), ``unit`` (who was added). Units that the document lists but that have
        nothing in the table count, with 0.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.

    Examples
    --------
    >>> import budgetkit as bk
    >>> curve = bk.units.lorenz(bk.load("xinjiang-miit-2024"))
    >>> len(curve), float(curve["money"].iloc[-1])
    (31, 1.0)
    """
    money = amounts(doc, what).sort_values(kind="stable")
    running = Decimal(0)
    curve: list[dict[str, object]] = [{"units": 0.0, "money": 0.0, "unit": None}]
    whole = sum(money, Decimal(0))
    for count, (unit, amount) in enumerate(money.items(), start=1):
        running += amount
        units = count / len(money)
        share = float(running / whole) if whole else units
        curve.append({"units": units, "money": share, "unit": str(unit)})
    return pd.DataFrame(curve)


@takes_disclosure
def gini(doc: Disclosure, what: str = "projects") -> float:
    """Return the Gini coefficient of project money or carry-overs over the units.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    what : str
        Which money, as in `ranked`.

    Returns
    -------
    float
        Twice the area between the Lorenz curve and the diagonal: 0 where all
        units have the same, (n − 1) / n where one of n has all. Units with nothing
        count; see `lorenz`.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.

    Examples
    --------
    >>> import budgetkit as bk
    >>> round(bk.units.gini(bk.load("xinjiang-miit-2024")), 3)
    0.888
    """
    curve = lorenz(doc, what)
    steps = curve["units"].diff().iloc[1:]
    heights = (curve["money"] + curve["money"].shift()).iloc[1:]
    return max(0.0, 1.0 - float((steps * heights).sum()))


@takes_disclosure
def peer_groups(doc: Disclosure) -> pd.DataFrame:
    """Find units of the same make by the ending that their names share.

    Parameters
    ----------
    doc : Disclosure
        A document whose text lists its budget units (frame ``units``).

    Returns
    -------
    DataFrame
        One row a unit in a group of three or more: ``group`` (the ending, such
        as 无线电管理局), ``unit``.

    Raises
    ------
    MissingDataError
        If the text lists no units.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.units.peer_groups(bk.load("xinjiang-miit-2024"))["group"].value_counts().to_dict()
    {'无线电管理局': 16}
    """
    names = list(doc.units["unit"])
    if not names:
        raise language.missing("listed", doc)
    members: dict[str, list[str]] = {}
    for name in names:
        bare = re.sub(r"[(（].*", "", name)
        for length in range(_ENDING, len(bare)):
            members.setdefault(bare[-length:], []).append(name)
    rows: list[dict[str, str]] = []
    taken: set[str] = set()
    for ending in sorted(members, key=lambda ending: (-len(members[ending]), -len(ending))):
        fresh = [name for name in members[ending] if name not in taken]
        if len(fresh) >= _PEERS:
            taken |= set(fresh)
            rows += [{"group": ending, "unit": name} for name in fresh]
    return pd.DataFrame(rows, columns=["group", "unit"])


@takes_disclosure
def peers(doc: Disclosure, group: str | None = None) -> pd.DataFrame:
    """Hold units of the same make against each other.

    Parameters
    ----------
    doc : Disclosure
        A document that prints its projects by unit.
    group : str, optional
        The ending that the peers' names share, or any pattern in them; by default
        the largest of `peer_groups`.

    Returns
    -------
    DataFrame
        One row a peer, largest first: ``unit``, ``projects``, ``carryovers`` (万元,
        0 where it has none; missing where no such table is by unit), ``relative``
        (projects / median of the peers), ``carryover_ratio`` (carryovers / projects,
        missing without projects).

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit, or no unit fits `group`.
    BudgetkitError
        If `group` is no pattern.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.units.peers(bk.load("xinjiang-miit-2024"))
    >>> len(table), table.loc[0, "unit"], float(table.loc[0, "projects"])
    (16, '乌鲁木齐市无线电管理局', 342.6)
    """
    if group is None:
        groups = peer_groups(doc)["group"]
        if groups.empty:
            raise language.missing("alike", doc, count=_PEERS)
        group = str(groups.value_counts().index[0])
    try:
        pattern = re.compile(group)
    except (re.error, TypeError) as fault:
        raise BudgetkitError(language.said("units.group", group=group, fault=fault)) from None
    money = amounts(doc, "projects").astype("float64")
    chosen = money[[pattern.search(unit) is not None for unit in money.index]]
    if chosen.empty:
        raise language.missing("group", doc, group=group)
    table = chosen.rename("projects").rename_axis("unit").reset_index()
    try:
        left = amounts(doc, "carryovers").astype("float64")
        table["carryovers"] = table["unit"].map(left).fillna(0.0)
    except MissingDataError:
        table["carryovers"] = float("nan")
    table["relative"] = table["projects"] / table["projects"].median()
    table["carryover_ratio"] = table["carryovers"] / table["projects"].where(table["projects"] > 0)
    return table.sort_values("projects", ascending=False, kind="stable", ignore_index=True)
