"""Comparing disclosures (部门间、年度间比较): departments, places and years in one frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from budgetkit import language, three_public
from budgetkit.audit.across import Index
from budgetkit.audit.cells import Cells, cells
from budgetkit.disclosure import Disclosure
from budgetkit.errors import BudgetkitError
from budgetkit.given import require
from budgetkit.loading import datasets, load
from budgetkit.meta import short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Economic classes of pay and of payments to persons: what staff costs.
_STAFF = ("301", "303")

#: Where basic expenditure stands by economic subject, and in which column.
_BASIC = {"general_basic": ("total", "amount"), "general_economic": ("basic",)}


def departments(
    docs: Iterable[Disclosure] | Disclosure | None = None, *more: Disclosure
) -> pd.DataFrame:
    """Put the expenditure of several disclosures side by side.

    Parameters
    ----------
    docs : iterable or mapping of Disclosure, or Disclosure, optional
        Which; by default all that are bundled.
    *more : Disclosure
        Others besides.

    Returns
    -------
    DataFrame
        One row a disclosure, by department and year; what a document doesn't print is
        missing.

        - ``department``, ``place``, ``year``, ``kind`` (``budget``, ``final``)
        - ``scope``: ``department`` or ``unit``, see `Meta.scope`. A department's amounts include
          all units under it, a unit's are its own: the two don't compare
        - ``total``, ``basic``, ``project``: expenditure (万元), table ``expenditure``: without
          what is carried over at the end of the year, which the total of ``balance`` includes
        - ``basic_share``: of the total, 0–1
        - ``staff``: pay and payments to persons (economic classes 301, 303) in basic
          expenditure of the general public budget (万元), summed over the sections where
          no classes are printed, as in Beijing; ``staff_share``: of all that expenditure,
          or of its economic classes together where no total is printed, 0–1
        - ``three_public``: official travel, vehicles and hospitality (“三公”经费, 万元), and of
          it ``abroad``, ``vehicles`` (bought and kept), ``reception``: as table ``three_public``
          prints them, in total or of all units together, else as the text states them; of
          final accounts what was spent. Most documents count the fiscal appropriation alone
        - ``growth``: of the total between two years of the same kind and scope whose
          documents are both in `docs`; missing otherwise, even where the text states a
          growth (see ``variances``), and where two documents of the year before differ

        ``attrs["labels"]`` says all this of the columns in short, in the language in use.

    Raises
    ------
    BudgetkitError
        If there is no disclosure in `docs`, or something else.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.compare.departments([bk.load(f"jiangsu-npc-{y}") for y in (2017, 2018)])
    >>> table[["year", "total", "basic_share", "growth"]].round(3)
       year     total  basic_share  growth
    0  2017  13649.07        0.562     NaN
    1  2018  15897.44        0.496   0.165
    >>> table[["total"]].rename(columns=table.attrs["labels"])
       支出合计（不含年末结转结余）
    0        13649.07
    1        15897.44
    """
    table = pd.DataFrame([_row(doc) for doc in _listed(docs, *more)]).astype({"year": "Int64"})
    table = table.sort_values(["department", "year"], ignore_index=True)
    whose = ["department", "kind", "scope", "year"]
    own = table[[*whose, "total"]]
    own = own.assign(department=own["department"].map(short_name, na_action="ignore"))
    before = own.dropna(subset=["total"]).drop_duplicates().set_index(whose)["total"]
    before = before[~before.index.duplicated(keep=False)]  # two totals of a year: neither
    earlier = [
        None if pd.isna(year) else before.get((*which, year - 1))
        for *which, year in own[whose].itertuples(index=False)
    ]
    table["growth"] = table["total"] / pd.Series(earlier, dtype="float64") - 1
    rooms = ("compare.column", "measure", "meta")
    named = {name: language.known(*(f"{room}.{name}" for room in rooms)) for name in table}
    table.attrs["labels"] = named
    return table


def plot(
    docs: Iterable[Disclosure] | Disclosure | None = None,
    *more: Disclosure,
    kind: Literal["split", "years"] = "split",
    ax: Axes | None = None,
) -> Axes:
    """Draw departments side by side.

    Parameters
    ----------
    docs : iterable or mapping of Disclosure, or Disclosure, optional
        Which; by default all that are bundled.
    *more : Disclosure
        Others besides.
    kind : {"split", "years"}
        Basic and project expenditure as shares of the total, or the totals of each
        department over the years.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    BudgetkitError
        If the kind is neither, or `docs` as in `departments`.
    MissingDataError
        If no document prints what the chart needs.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.compare.plot([bk.load("jiangsu-npc-2018")]).patches)
    3
    """
    from budgetkit.charts import chart

    drawings: dict[str, Callable[..., Axes]] = {"split": _split, "years": _years}
    if kind not in drawings:
        raise BudgetkitError(language.said("any.kind", kind=kind, known=language.several(drawings)))
    return chart(9.0, 7.0 if kind == "split" else 4.5)(drawings[kind])(
        departments(docs, *more), ax=ax
    )


def _listed(docs: Iterable[Disclosure] | Disclosure | None, *more: Disclosure) -> list[Disclosure]:
    """Which disclosures to compare: those given, one alone, or all that are bundled."""
    if docs is None and not more:
        return [load(name) for name in datasets()["name"]]
    one = isinstance(docs, (Disclosure, str, PathLike, pd.DataFrame)) or hasattr(docs, "disclosure")
    several: Any = docs.values() if isinstance(docs, Mapping) else docs
    listed = list(several) if isinstance(several, Iterable) and not one else [several]
    listed += more
    if not listed:
        raise BudgetkitError(language.said("compare.nothing"))
    for doc in listed:
        require(doc)
    return listed


def _row(doc: Disclosure) -> dict[str, Any]:
    """What `departments` says of one disclosure."""
    numbered = cells(doc)
    total, basic, project = (
        _total(numbered, "expenditure", (name,)) for name in ("total", "basic", "project")
    )
    staff, staff_share = _staff(numbered)
    return {
        "department": doc.meta.department,
        "place": doc.meta.place,
        "year": doc.meta.year,
        "kind": doc.meta.kind,
        "scope": doc.meta.scope,
        "total": total,
        "basic": basic,
        "project": project,
        "basic_share": basic / total if basic is not None and total else None,
        "staff": staff,
        "staff_share": staff_share,
        **three_public.amounts(doc, numbered),
    }


def _staff(numbered: Cells) -> tuple[float | None, float | None]:
    """What staff costs in basic expenditure, and its share of all that."""
    for table, measures in _BASIC.items():
        for sheet in numbered.halves(table):
            measure = next((name for name in measures if name in sheet.measures), None)
            index = Index.of(sheet)
            staff = [row for code in _STAFF for row in index.rows(code) or ()]
            if not staff or not measure:
                continue
            classes = [row for row, own in enumerate(sheet.rows) if own.level == "class"]
            cost = numbered.sum([sheet.cell(row, measure) for row in staff])
            whole = numbered.sum([sheet.cell(row, measure) for row in index.totals or classes])
            return cost, cost / whole if cost is not None and whole else None
    return None, None


def _total(numbered: Cells, table: str, measures: Sequence[str]) -> float | None:
    """The total of a table in the first of some measures that it has."""
    for sheet in numbered.halves(table):
        rows = Index.of(sheet).totals
        for name in measures:
            if name in sheet.measures:
                return numbered.sum([sheet.cell(row, name) for row in rows])
    return None


def _named(table: pd.DataFrame) -> list[str]:
    """Department and year of each row."""
    years = table["year"].astype("str").fillna("—")
    return [f"{d} {y}" for d, y in zip(table["department"], years, strict=True)]


def _split(table: pd.DataFrame, *, ax: Axes) -> Axes:
    """Basic, project and other expenditure of each disclosure, stacked to 100 %."""
    from budgetkit import charts

    table = table.dropna(subset=["basic_share"]).sort_values("basic_share", ascending=False)
    if table.empty:
        raise language.missing("split")
    project = table["project"] / table["total"]
    rest = (1 - table["basic_share"] - project).round(6)
    shares = {
        language.label("measure.basic"): table["basic_share"],
        language.label("measure.project"): project,
    }
    if rest.fillna(0).any():
        shares[language.label("compare.rest")] = rest
    charts.stack(ax, _named(table), pd.DataFrame(shares))
    title, unit = language.label("compare.title_split"), language.label("income.share")
    return charts.legend(charts.finish(ax, title, None, unit, tables=["expenditure"]))


def _years(table: pd.DataFrame, *, ax: Axes) -> Axes:
    """The totals of departments with several years, a line each."""
    from budgetkit import charts

    dated = table.dropna(subset=["total", "year"]).sort_values("year")
    several = dated.groupby([dated["department"].map(short_name), "kind", "scope"])
    lines = [own for _, own in several if len(own) > 1]
    if not lines:
        raise language.missing("years")
    for own, color, mark in zip(lines, charts.COLORS, "os^DvPX*", strict=False):
        ax.plot(own["year"], own["total"], marker=mark, color=color)
        for year, total in zip(own["year"], own["total"], strict=True):
            ax.annotate(
                f"{total:,.0f}",
                (year, total),
                xytext=(0, 8),
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
        ax.annotate(
            own["department"].iloc[-1],
            (own["year"].iloc[-1], own["total"].iloc[-1]),
            xytext=(12, -4),
            textcoords="offset points",
        )
    years = sorted({int(year) for own in lines for year in own["year"]})
    ax.set_xticks(years)
    ax.set_xlim(years[0] - 0.3, years[-1] + 0.45 * (years[-1] - years[0]))
    ax.set_ylim(0, 1.1 * max(own["total"].max() for own in lines))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_ylabel(language.label("meta.unit"))
    title = language.label("compare.title_years")
    return charts.finish(ax, title, None, "", tables=["expenditure"])
