"""Unit comparisons (单位比较): how money spreads over the units under a department.

Two tables are by unit: project expenditure from the general public budget
(``general_projects``) and what is left from last year (``carryover``).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.printed import exact, exact_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.units import UnitsExplorer

What = Literal["projects", "carryovers"]
Kind = Literal["projects", "carryovers", "lorenz", "peers", "unit_projects", "unit_carryovers"]

_TABLES: dict[str, str] = {"projects": "general_projects", "carryovers": "carryover"}

#: An ending of so many characters that so many units share makes them peers.
_ENDING, _PEERS = 4, 3


def projects(doc: Disclosure) -> pd.DataFrame:
    """Rank the units by their project expenditure.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects`` (一般公共预算项目支出情况表) by unit.

    Returns
    -------
    DataFrame
        One row a unit, largest first: ``rank`` (1 …; equal amounts share a
        rank), ``unit``, ``kind`` (of ``doc.units``), ``amount`` (万元), ``share``
        (0–1), ``cumulative`` (0–1).

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.units.projects(bk.load("xinjiang-miit-2024"))
    >>> len(table)
    29
    >>> table[["unit", "amount", "share"]].round(4).head(1)
                  unit    amount   share
    0  新疆维吾尔自治区工业和信息化厅  20611.94  0.6947
    """
    return _ranked(doc, "projects")


def carryovers(doc: Disclosure) -> pd.DataFrame:
    """Rank the units by what they carried over from last year.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``carryover`` (上年结转结余情况明细表) by unit.

    Returns
    -------
    DataFrame
        As `projects`.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.units.carryovers(bk.load("xinjiang-miit-2024"))[["unit", "amount"]].head(1)
             unit  amount
    0  新疆轻工职业技术学院  2926.7
    """
    return _ranked(doc, "carryovers")


def by_category(doc: Disclosure) -> pd.DataFrame:
    """Split each unit's project expenditure by economic category.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects`` by unit.

    Returns
    -------
    DataFrame
        Index ``unit`` (largest first), one column a measure of the table (wages,
        goods_services, …) in published order; 万元, 0 where blank. ``total`` is left out.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.units.by_category(bk.load("xinjiang-miit-2024"))
    >>> float(table.loc["新疆轻工职业技术学院", "household_transfers"])
    2594.13
    """
    rows = _unit_rows(doc, "projects")
    wide = rows.pivot_table(
        "amount", "unit", "measure", aggfunc=exact_sum, observed=True, fill_value=0.0
    )
    order = wide["total"].sort_values(ascending=False).index
    measures = next(t.measures for t in doc.meta.tables if t.table == _TABLES["projects"])
    return wide.loc[order, [m for m in measures if m in wide and m != "total"]]


def unit_projects(doc: Disclosure, unit: str, what: What = "projects") -> pd.DataFrame:
    """Split what one unit has by project.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    unit : str
        A unit as `projects` or `carryovers` names it.
    what : {"projects", "carryovers"}
        Which money.

    Returns
    -------
    DataFrame
        One row a project, largest first: ``project``, ``amount`` (万元), ``share``
        (0–1 of what the unit has).

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit, or the unit has nothing in it.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> table = bk.units.unit_projects(doc, "新疆轻工职业技术学院", "carryovers")
    >>> table["amount"].tolist()[:2]
    [2112.0, 300.0]
    """
    units = _unit_rows(doc, what)["unit"]
    if not (units == unit).any():
        names = ", ".join(units.drop_duplicates())
        raise MissingDataError(
            f"{doc.meta.source}: no unit {unit!r} in table {_TABLES[what]}; it has: {names}"
        )
    rows = doc.figures[(doc.figures["table"] == _TABLES[what]) & (doc.figures["unit"] == unit)]
    rows = rows[(rows["level"] == "project") & (rows["measure"] == "total")]
    amounts = rows.groupby("project", sort=False)["amount"].agg(exact_sum)
    table = amounts.sort_values(ascending=False, kind="stable").reset_index()
    table["share"] = table["amount"] / table["amount"].sum()
    return table


def lorenz(doc: Disclosure, what: What = "projects") -> pd.DataFrame:
    """Return the Lorenz curve of project money or carry-overs over the units.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    what : {"projects", "carryovers"}
        Which money.

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
    amounts = _amounts(doc, what).sort_values(kind="stable")
    running = Decimal(0)
    curve: list[dict[str, object]] = [{"units": 0.0, "money": 0.0, "unit": None}]
    whole = sum(amounts, Decimal(0))
    for count, (unit, amount) in enumerate(amounts.items(), start=1):
        running += amount
        money = float(running / whole) if whole else count / len(amounts)
        curve.append({"units": count / len(amounts), "money": money, "unit": str(unit)})
    return pd.DataFrame(curve)


def gini(doc: Disclosure, what: What = "projects") -> float:
    """Return the Gini coefficient of project money or carry-overs over the units.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    what : {"projects", "carryovers"}
        Which money.

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
        raise MissingDataError(f"{doc.meta.source}: its text lists no budget units")
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


def peers(doc: Disclosure, group: str | None = None) -> pd.DataFrame:
    """Hold units of the same make against each other.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects`` by unit.
    group : str, optional
        The ending that the peers' names share, or any pattern in them; by default
        the largest of `peer_groups`.

    Returns
    -------
    DataFrame
        One row a peer, largest first: ``unit``, ``projects``, ``carryovers`` (万元,
        0 where it has none), ``relative`` (projects / median of the peers),
        ``carryover_ratio`` (carryovers / projects, missing without projects).

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
            raise MissingDataError(
                f"{doc.meta.source}: no {_PEERS} units have names alike; name a group yourself"
            )
        group = str(groups.value_counts().index[0])
    try:
        pattern = re.compile(group)
    except (re.error, TypeError) as fault:
        raise BudgetkitError(
            f"group {group!r} is no pattern ({fault}): give an ending that names share, such as "
            "管理局; re.escape(group) takes it as it stands"
        ) from None
    money = _amounts(doc, "projects").astype("float64")
    chosen = money[[pattern.search(unit) is not None for unit in money.index]]
    if chosen.empty:
        raise MissingDataError(f"{doc.meta.source}: no unit's name has {group!r} in it")
    table = chosen.rename("projects").rename_axis("unit").reset_index()
    try:
        left = _amounts(doc, "carryovers").astype("float64")
    except MissingDataError:
        left = pd.Series(dtype="float64")
    table["carryovers"] = table["unit"].map(left).fillna(0.0).astype("float64")
    table["relative"] = table["projects"] / table["projects"].median()
    table["carryover_ratio"] = table["carryovers"] / table["projects"].where(table["projects"] > 0)
    return table.sort_values("projects", ascending=False, kind="stable", ignore_index=True)


def plot(
    doc: Disclosure,
    kind: Kind = "projects",
    *,
    unit: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the money spreads.

    Parameters
    ----------
    doc : Disclosure
        A document with the tables that the chart needs.
    kind : {"projects", "carryovers", "lorenz", "peers", "unit_projects", "unit_carryovers"}
        Bars of the units, both Lorenz curves, the peers' projects and carry-overs, or the
        projects of one unit, or what it carried over.
    unit : str, optional
        For the latter two, which unit; in the bars of the units it is marked.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit.
    BudgetkitError
        If `kind` is none of these, or it needs a `unit` and there is none.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.units.plot(bk.load("xinjiang-miit-2024"), kind="lorenz").lines)
    3
    """
    from budgetkit.charts import chart
    from budgetkit.units import charts

    drawings: dict[str, tuple[tuple[float, float], Callable[..., Axes]]] = {
        "projects": ((8.5, 6.5), partial(charts.projects, unit=unit)),
        "carryovers": ((8.5, 6.0), partial(charts.carryovers, unit=unit)),
        "lorenz": ((6.5, 6.0), charts.lorenz),
        "peers": ((8.5, 7.5), charts.peers),
        "unit_projects": ((8.5, 5.0), partial(charts.one_unit, unit=unit or "", what="projects")),
        "unit_carryovers": (
            (8.5, 4.0),
            partial(charts.one_unit, unit=unit or "", what="carryovers"),
        ),
    }
    if kind not in drawings:
        raise BudgetkitError(f"kind {kind!r}: expected one of {', '.join(drawings)}")
    if kind.startswith("unit_") and unit is None:
        raise BudgetkitError(f"kind {kind!r} is about one unit: say which, unit=…")
    size, draw = drawings[kind]
    return chart(*size)(draw)(doc, ax=ax)


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


def _ranked(doc: Disclosure, what: What) -> pd.DataFrame:
    """Units of a table with amount, share and rank."""
    rows = _unit_rows(doc, what)
    rows = rows[rows["measure"] == "total"]
    amounts = rows.groupby("unit", sort=False)["amount"].agg(exact_sum).sort_values(ascending=False)
    kinds = doc.units.drop_duplicates("unit").set_index("unit")["kind"]
    table = amounts.rename_axis("unit").reset_index()
    table["rank"] = table["amount"].rank(ascending=False, method="min").astype("int64")
    table["kind"] = table["unit"].map(kinds.astype("str")).astype("str")
    table["share"] = table["amount"] / table["amount"].sum()
    table["cumulative"] = table["share"].cumsum()
    return table[["rank", "unit", "kind", "amount", "share", "cumulative"]]


def _amounts(doc: Disclosure, what: What) -> pd.Series:
    """Exact amount of every unit, those without any included."""
    rows = _unit_rows(doc, what)
    rows = rows[rows["measure"] == "total"]
    amounts = {str(unit): Decimal(0) for unit in doc.units["unit"]}
    for unit, amount in zip(rows["unit"], rows["amount"], strict=True):
        amounts[unit] = amounts.get(unit, Decimal(0)) + exact(amount)
    return pd.Series(amounts, dtype="object")


def _unit_rows(doc: Disclosure, what: What) -> pd.DataFrame:
    """The rows of a table that are a unit's own total."""
    if what not in _TABLES:
        raise BudgetkitError(f"what {what!r}: expected one of {', '.join(_TABLES)}")
    name = _TABLES[what]
    figures = doc.figures
    rows = figures[(figures["table"] == name) & (figures["level"] == "unit")]
    if rows.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no table {name} by unit. Departments of other places print "
            "their income or expenditure by unit instead: "
            "see doc.figures[doc.figures['level'] == 'unit']"
        )
    return rows
