"""The charts of the lesson on units."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import charts, language, printed
from budgetkit.charts import chart, drawing
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.given import takes_disclosure
from budgetkit.printed import without_programme
from budgetkit.units import ranking, spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: Units or projects shown one by one; the smaller ones are put together.
MOST = 14


@takes_disclosure
def plot(
    doc: Disclosure, kind: str = "projects", *, unit: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how the money spreads.

    Parameters
    ----------
    doc : Disclosure
        A document with the tables that the chart needs.
    kind : {"projects", "carryovers", "lorenz", "peers", "unit_projects", "unit_carryovers"}
        Bars of the units, both Lorenz curves, the peers' projects and carry-overs, or the
        projects of one unit, or what it carried over. Any other table that is by unit goes by
        its name: ``"income"``, and ``"unit_basic_expenditure"`` for one unit's lines in it.
    unit : str, optional
        For the kinds of one unit, which; in the bars of the units it is marked.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    MissingDataError
        If the document prints no such table by unit, or nothing below the unit.
    BudgetkitError
        If `kind` is none of these, or it needs a `unit` and there is none.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.units.plot(bk.load("xinjiang-miit-2024"), kind="lorenz").lines)
    3
    """
    drawings: dict[str, Callable[..., Axes]] = {
        "projects": chart(8.5, 6.5)(_all_units),
        "carryovers": chart(8.5, 6.0)(_all_units),
        "lorenz": chart(6.5, 6.0)(_lorenz),
        "peers": chart(8.5, 7.5)(_peers),
        "unit_projects": chart(8.5, 5.0)(_one_unit),
        "unit_carryovers": chart(8.5, 4.0)(_one_unit),
    }
    for what in ranking.choices(doc):
        drawings.setdefault(what, chart(8.5, 6.0)(_all_units))
        drawings.setdefault(f"unit_{what}", chart(8.5, 5.0)(_one_unit))
    draw = drawing(kind, drawings)
    if kind.startswith("unit_") and unit is None:
        raise BudgetkitError(language.said("units.one", kind=kind))
    if kind in {"lorenz", "peers"}:
        return draw(doc, ax=ax)
    return draw(doc, kind.removeprefix("unit_"), unit, ax=ax)


def _all_units(doc: Disclosure, what: str, unit: str | None, *, ax: Axes) -> Axes:
    """The largest units, and the marked one, one by one; all others together."""
    table = ranking.ranked(doc, what)
    chosen = (table.index < MOST) | (table["unit"] == unit)
    shown, rest = table[chosen], table[~chosen]
    labels, amounts = _short(shown["unit"]), list(shown["amount"])
    labels = [f"→ {n}" if u == unit else n for n, u in zip(labels, shown["unit"], strict=True)]
    if len(rest):
        labels.append(language.label("units.rest", count=len(rest)))
        amounts.append(rest["amount"].sum())
    whole = table["amount"].sum()
    texts = [f"{amount:,.2f}  ({amount / whole:.1%})" for amount in amounts]
    colors = [charts.ORANGE if name == unit else charts.BLUE for name in shown["unit"]]
    colors += [charts.GREY] * bool(len(rest))
    charts.bars(ax, labels, amounts, texts=texts, color=colors)
    ax.set_xlim(right=1.25 * max(amounts))
    name = table.attrs["table"]
    title = language.label("units.title_units", table=language.label(f"table.{name}"))
    return charts.finish(ax, title, doc, tables=[name])


def _one_unit(doc: Disclosure, what: str, unit: str, *, ax: Axes) -> Axes:
    """Bars of one unit's projects, of what it carried over, or of the lines of its table."""
    table = ranking.unit_projects(doc, unit, what)
    name = ranking.table_of(doc, what)
    told = {"table": language.label(f"table.{name}"), "unit": _short(pd.Series([unit]))[0]}
    if table.empty:
        raise language.missing("parts", doc, **told | {"unit": unit})
    kept = table if len(table) <= MOST + 1 else table.head(MOST)
    labels, amounts = (
        [language.cut(without_programme(name), 22) for name in kept["project"]],
        list(kept["amount"]),
    )
    colors = [charts.ORANGE] * len(kept)
    if rest := len(table) - len(kept):
        labels.append(language.label("units.rest_projects", count=rest))
        amounts.append(table["amount"].iloc[MOST:].sum())
        colors.append(charts.GREY)
    texts = [f"{amount:,.2f}  ({amount / sum(amounts):.1%})" for amount in amounts]
    charts.bars(ax, labels, amounts, texts=texts, color=colors)
    ax.set_xlim(right=1.35 * max(amounts))
    title = language.label("units.title_unit", **told)
    return charts.finish(ax, title, doc, tables=[name])


def _lorenz(doc: Disclosure, *, ax: Axes) -> Axes:
    """Lorenz curves of project money and carry-overs, with their Gini coefficients."""
    ax.plot([0, 1], [0, 1], color=charts.GREY, linewidth=1, linestyle=":")
    equal: dict[str, Any] = {"color": charts.GREY, "fontsize": 9, "rotation": 45}
    ax.text(0.48, 0.52, language.label("units.equality"), ha="center", va="center", **equal)
    looks = {
        "projects": (charts.BLUE, "-"),
        "carryovers": (charts.RED, "--"),
    }
    missing, drawn = [], []
    for what, (color, line) in looks.items():
        try:
            curve = spread.lorenz(doc, what)
        except MissingDataError as fault:
            missing.append(fault)
            continue
        drawn.append(ranking.table_of(doc, what))
        label = language.label(f"units.{what}")
        text = language.label("units.gini", what=label, gini=f"{spread.gini(doc, what):.2f}")
        ax.plot(curve["units"], curve["money"], color=color, linestyle=line, label=text)
    if len(missing) == len(looks):
        raise missing[0]
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.xaxis.set_major_formatter("{x:.0%}")
    ax.yaxis.set_major_formatter("{x:.0%}")
    ax.set_ylabel(language.label("units.money"))
    title, unit = language.label("units.title_lorenz"), language.label("units.axis_units")
    return charts.legend(charts.finish(ax, title, doc, unit, tables=drawn))


def _peers(doc: Disclosure, *, ax: Axes) -> Axes:
    """Projects and carry-overs of units of the same make, side by side."""
    from matplotlib.patheffects import withStroke

    table = spread.peers(doc)
    names = _short(table["unit"])
    places = range(len(table))
    ax.barh([y - 0.2 for y in places], table["projects"], 0.38, color=charts.BLUE,
            label=language.label("units.projects"))  # fmt: skip
    drawn = [ranking.table_of(doc, "projects")]
    if table["carryovers"].notna().any():
        drawn.append(ranking.table_of(doc, "carryovers"))
        ax.barh([y + 0.2 for y in places], table["carryovers"], 0.38, color=charts.ORANGE,
                label=language.label("units.carryovers"))  # fmt: skip
    middle = table["projects"].median()
    ax.axvline(middle, color=charts.GREY, linewidth=1, linestyle=":", zorder=0)
    told = language.label("units.median", median=_middle(table["projects"]))
    ax.text(middle, -0.6, told, fontsize=9,
            color="#555555", ha="left", va="center")  # fmt: skip
    halo = [withStroke(linewidth=3, foreground="white")]  # else the median runs through numbers
    for y, (projects, left) in enumerate(zip(table["projects"], table["carryovers"], strict=True)):
        ax.text(projects, y - 0.2, f" {projects:,.2f}", va="center", fontsize=8, path_effects=halo)
        if left > 0:
            ax.text(left, y + 0.2, f" {left:,.2f}", va="center", fontsize=8, path_effects=halo)
    charts.lines(ax, names)
    ax.set_ylim(len(table) - 0.4, -1.0)
    ax.set_xlim(0, 1.12 * float(table[["projects", "carryovers"]].max().max()))
    title = language.label("units.title_peers")
    return charts.legend(charts.finish(ax, title, doc, tables=drawn))


def _middle(amounts: pd.Series) -> str:
    """The median with the decimals that it needs, two at least: a half isn't rounded away."""
    exact = median(map(printed.exact, amounts))
    return f"{exact:,.2f}" if exact == round(exact, 2) else f"{exact.normalize():,f}"


def _short(names: pd.Series) -> list[str]:
    """Names of units without brackets and without the province that most of them begin with."""
    bare = names.str.replace(r"[(（].*", "", regex=True)
    return list(bare.str.replace(r"^[\u4e00-\u9fff]{2,8}?(?:自治区|省)(?=..)", "", regex=True))
