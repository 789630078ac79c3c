"""What each unit has: ranked, by economic category, by project."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import pandas as pd

from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.given import takes_disclosure
from budgetkit.printed import exact, exact_sum

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

What = Literal["projects", "carryovers"]

#: The table that each kind of money stands in.
TABLES: dict[What, str] = {"projects": "general_projects", "carryovers": "carryover"}


@takes_disclosure
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
    return ranked(doc, "projects")


@takes_disclosure
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
    return ranked(doc, "carryovers")


@takes_disclosure
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
    measures = next(t.measures for t in doc.meta.tables if t.table == TABLES["projects"])
    return wide.loc[order, [m for m in measures if m in wide and m != "total"]]


@takes_disclosure
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
            f"{doc.meta.source}: no unit {unit!r} in table {TABLES[what]}; it has: {names}"
        )
    rows = doc.figures[(doc.figures["table"] == TABLES[what]) & (doc.figures["unit"] == unit)]
    rows = rows[(rows["level"] == "project") & (rows["measure"] == "total")]
    amounts = rows.groupby("project", sort=False)["amount"].agg(exact_sum)
    table = amounts.sort_values(ascending=False, kind="stable").reset_index()
    table["share"] = table["amount"] / table["amount"].sum()
    return table


def ranked(doc: Disclosure, what: What) -> pd.DataFrame:
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


def amounts(doc: Disclosure, what: What) -> pd.Series:
    """Exact amount of every unit, those without any included."""
    rows = _unit_rows(doc, what)
    rows = rows[rows["measure"] == "total"]
    amounts = {str(unit): Decimal(0) for unit in doc.units["unit"]}
    for unit, amount in zip(rows["unit"], rows["amount"], strict=True):
        amounts[unit] = amounts.get(unit, Decimal(0)) + exact(amount)
    return pd.Series(amounts, dtype="object")


def _unit_rows(doc: Disclosure, what: What) -> pd.DataFrame:
    """The rows of a table that are a unit's own total."""
    if what not in TABLES:
        raise BudgetkitError(f"what {what!r}: expected one of {', '.join(TABLES)}")
    name = TABLES[what]
    figures = doc.figures
    rows = figures[(figures["table"] == name) & (figures["level"] == "unit")]
    if rows.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no table {name} by unit. Departments of other places print "
            "their income or expenditure by unit instead: "
            "see doc.figures[doc.figures['level'] == 'unit']"
        )
    return rows
