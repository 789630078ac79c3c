"""What each unit has: ranked, by economic category, by project."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.assembling import vocabulary
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.near import meant
from budgetkit.printed import exact, exact_sum

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: The tables that each kind of money stands in: the first that a document prints by unit tells.
#: Any other table that is by unit goes by its own name.
TABLES: dict[str, tuple[str, ...]] = {
    "projects": ("general_projects", "project_expenditure"),
    "carryovers": ("carryover",),
}

#: What stands below a unit in its table, one by one: projects, or lines such as wages.
PARTS = ("project", "line")


@takes_disclosure
def ranked(doc: Disclosure, what: str = "projects") -> pd.DataFrame:
    """Rank the units by what a table prints of each.

    Parameters
    ----------
    doc : Disclosure
        A document with a table by unit.
    what : str
        ``"projects"``, ``"carryovers"``, or any table that the document prints by unit, such
        as ``"income"``.

    Returns
    -------
    DataFrame
        One row a unit, largest first: ``rank`` (1 …; equal amounts share a
        rank), ``unit``, ``kind`` (of ``doc.units``), ``amount`` (万元), ``share``
        (0–1), ``cumulative`` (0–1). ``attrs["table"]`` is the table it comes from.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit; it says which are.
    BudgetkitError
        If `what` is no table at all.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.units.ranked(bk.load("guangzhou-statistics-2026"), "income")
    >>> table["amount"].tolist(), table.attrs["table"]
    ([6748.28, 1373.74, 1361.71], 'income')
    """
    name = table_of(doc, what)
    rows = _unit_rows(doc, name)
    rows = rows[rows["measure"] == "total"]
    amounts = rows.groupby("unit", sort=False)["amount"].agg(exact_sum).sort_values(ascending=False)
    kinds = doc.units.drop_duplicates("unit").set_index("unit")["kind"]
    table = amounts.rename_axis("unit").reset_index()
    table["rank"] = table["amount"].rank(ascending=False, method="min").astype("int64")
    table["kind"] = table["unit"].map(kinds.astype("str")).astype("str")
    table["share"] = table["amount"] / table["amount"].sum()
    table["cumulative"] = table["share"].cumsum()
    table = table[["rank", "unit", "kind", "amount", "share", "cumulative"]]
    table.attrs["table"] = name
    return table


@takes_disclosure
def projects(doc: Disclosure) -> pd.DataFrame:
    """Rank the units by their project expenditure.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects`` (一般公共预算项目支出情况表) by unit, or
        else ``project_expenditure`` (项目支出预算表).

    Returns
    -------
    DataFrame
        As `ranked`.

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
    rows = _unit_rows(doc, table_of(doc, "general_projects"))
    wide = rows.pivot_table(
        "amount", "unit", "measure", aggfunc=exact_sum, observed=True, fill_value=0.0
    )
    order = wide["total"].sort_values(ascending=False).index
    measures = next(t.measures for t in doc.meta.tables if t.table == "general_projects")
    return wide.loc[order, [m for m in measures if m in wide and m != "total"]]


@takes_disclosure
def unit_projects(doc: Disclosure, unit: str, what: str = "projects") -> pd.DataFrame:
    """Split what one unit has by project, or by the lines that its table prints instead.

    Parameters
    ----------
    doc : Disclosure
        A document with the table that `what` needs.
    unit : str
        A unit as `ranked` names it.
    what : str
        Which money, as in `ranked`.

    Returns
    -------
    DataFrame
        One row a project, largest first: ``project``, ``amount`` (万元), ``share``
        (0–1 of those together). Without rows where the table prints the unit's total only.

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
    name = table_of(doc, what)
    units = _unit_rows(doc, name)["unit"]
    if not (units == unit).any():
        raise language.missing(
            "unit",
            doc,
            unit=unit,
            table=language.tables([name]),
            others=language.listed(units.drop_duplicates()),
        )
    rows = parts(doc, name)
    rows = rows[rows["unit"] == unit]
    names = rows["project"].fillna(rows["name"]).rename("project")
    amounts = rows.groupby(names, sort=False)["amount"].agg(exact_sum)
    table = amounts.sort_values(ascending=False, kind="stable").reset_index()
    table["share"] = table["amount"] / table["amount"].sum()
    return table


def choices(doc: Disclosure) -> list[str]:
    """What the units can be compared by: `TABLES`, and other tables that have two units."""
    printed = _by_unit(doc)
    ours = {name: next((t for t in names if t in printed), None) for name, names in TABLES.items()}
    found = [name for name, table in ours.items() if table is not None]
    found += [table for table, units in printed.items() if units > 1 and table not in ours.values()]
    if found:
        return found
    if printed:
        raise language.missing("one_unit", doc, tables=language.tables(printed))
    raise language.missing("nothing_by_unit", doc)


def title(what: str) -> str:
    """What `what` is called where one chooses it."""
    return language.label(f"units.{what}" if what in TABLES else f"table.{what}")


def table_of(doc: Disclosure, what: str) -> str:
    """The table that tells of `what`; the error says which ones are by unit."""
    wanted, printed = TABLES.get(what, (what,)), _by_unit(doc)
    if what not in TABLES and vocabulary.table_of(what) is None and what not in printed:
        near = meant(what, [*TABLES, *printed])
        known = language.several(choices(doc))
        raise BudgetkitError(language.said("units.what", what=what, near=near, known=known))
    for name in wanted:
        if name in printed:
            return name
    if not printed:
        raise language.missing("nothing_by_unit", doc)
    told = {"tables": language.tables(wanted), "others": language.tables(printed)}
    raise language.missing("by_unit", doc, **told)


def parts(doc: Disclosure, table: str) -> pd.DataFrame:
    """The rows below the units of a table, in its column of totals."""
    figures = doc.figures
    rows = figures[(figures["table"] == table) & figures["unit"].notna()]
    return rows[rows["level"].isin(PARTS) & (rows["measure"] == "total")]


def amounts(doc: Disclosure, what: str) -> pd.Series:
    """Exact amount of every unit, those without any included."""
    rows = _unit_rows(doc, table_of(doc, what))
    rows = rows[rows["measure"] == "total"]
    amounts = {str(unit): Decimal(0) for unit in doc.units["unit"]}
    for unit, amount in zip(rows["unit"], rows["amount"], strict=True):
        amounts[unit] = amounts.get(unit, Decimal(0)) + exact(amount)
    return pd.Series(amounts, dtype="object")


def _unit_rows(doc: Disclosure, table: str) -> pd.DataFrame:
    """The rows of a table that are a unit's own total."""
    figures = doc.figures
    return figures[(figures["table"] == table) & (figures["level"] == "unit")]


def _by_unit(doc: Disclosure) -> dict[str, int]:
    """The tables with a total of each unit, in published order, and how many units they have."""
    figures = doc.figures
    rows = figures[(figures["level"] == "unit") & (figures["measure"] == "total")]
    units = rows["unit"].groupby(rows["table"].astype("str"), sort=False).nunique()
    return {str(table): int(count) for table, count in units.items()}
