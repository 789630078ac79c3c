"""The charts of the lesson on units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import charts, language, units
from budgetkit.errors import MissingDataError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: Units or projects shown one by one; the smaller ones are put together.
MOST = 14

#: The table that each kind of money stands in.
TABLES: dict[units.What, str] = {"projects": "general_projects", "carryovers": "carryover"}


def projects(doc: Disclosure, *, unit: str | None = None, ax: Axes) -> Axes:
    """Bars of project expenditure by unit, one of them marked."""
    return _bars(doc, units.projects(doc), "projects", ax, unit)


def carryovers(doc: Disclosure, *, unit: str | None = None, ax: Axes) -> Axes:
    """Bars of carry-overs by unit, one of them marked."""
    return _bars(doc, units.carryovers(doc), "carryovers", ax, unit)


def one_unit(doc: Disclosure, *, unit: str, what: units.What, ax: Axes) -> Axes:
    """Bars of one unit's projects, or of what it carried over."""
    table = units.unit_projects(doc, unit, what)
    kept = table if len(table) <= MOST + 1 else table.head(MOST)
    labels, amounts = [_project(name) for name in kept["project"]], list(kept["amount"])
    colors = [charts.ORANGE] * len(kept)
    if rest := len(table) - len(kept):
        labels.append(language.label("units.rest_projects", count=rest))
        amounts.append(table["amount"].iloc[MOST:].sum())
        colors.append(charts.GREY)
    texts = [f"{amount:,.2f}  ({amount / sum(amounts):.1%})" for amount in amounts]
    charts.bars(ax, labels, amounts, texts=texts, color=colors)
    ax.set_xlim(right=1.35 * max(amounts))
    title = language.label(f"units.title_unit_{what}", unit=_short(pd.Series([unit]))[0])
    return charts.finish(ax, title, doc, tables=[TABLES[what]])


def lorenz(doc: Disclosure, *, ax: Axes) -> Axes:
    """Lorenz curves of project money and carry-overs, with their Gini coefficients."""
    ax.plot([0, 1], [0, 1], color=charts.GREY, linewidth=1, linestyle=":")
    equal: dict[str, Any] = {"color": charts.GREY, "fontsize": 9, "rotation": 45}
    ax.text(0.48, 0.52, language.label("units.equality"), ha="center", va="center", **equal)
    looks: dict[units.What, tuple[str, str]] = {
        "projects": (charts.BLUE, "-"),
        "carryovers": (charts.RED, "--"),
    }
    missing = []
    for what, (color, line) in looks.items():
        try:
            curve = units.lorenz(doc, what)
        except MissingDataError as fault:
            missing.append(fault)
            continue
        label = language.label(f"units.{what}")
        text = language.label("units.gini", what=label, gini=f"{units.gini(doc, what):.2f}")
        ax.plot(curve["units"], curve["money"], color=color, linestyle=line, label=text)
    if len(missing) == len(looks):
        raise missing[0]
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.xaxis.set_major_formatter("{x:.0%}")
    ax.yaxis.set_major_formatter("{x:.0%}")
    ax.set_ylabel(language.label("units.money"))
    title, unit = language.label("units.title_lorenz"), language.label("units.axis_units")
    return charts.legend(charts.finish(ax, title, doc, unit, tables=list(TABLES.values())))


def peers(doc: Disclosure, *, ax: Axes) -> Axes:
    """Projects and carry-overs of units of the same make, side by side."""
    from matplotlib.patheffects import withStroke

    table = units.peers(doc)
    names = _short(table["unit"])
    places = range(len(table))
    ax.barh([y - 0.2 for y in places], table["projects"], 0.38, color=charts.BLUE,
            label=language.label("units.projects"))  # fmt: skip
    ax.barh([y + 0.2 for y in places], table["carryovers"], 0.38, color=charts.ORANGE,
            label=language.label("units.carryovers"))  # fmt: skip
    median = table["projects"].median()
    halo = [withStroke(linewidth=3, foreground="white")]  # else the median runs through numbers
    ax.axvline(median, color=charts.GREY, linewidth=1, linestyle=":", zorder=0)
    ax.text(median, -0.6, language.label("units.median", median=f"{median:,.2f}"), fontsize=9,
            color="#555555", ha="left", va="center")  # fmt: skip
    for y, (projects, left) in enumerate(zip(table["projects"], table["carryovers"], strict=True)):
        ax.text(projects, y - 0.2, f" {projects:,.2f}", va="center", fontsize=8, path_effects=halo)
        if left:
            ax.text(left, y + 0.2, f" {left:,.2f}", va="center", fontsize=8, path_effects=halo)
    charts.lines(ax, names)
    ax.set_ylim(len(table) - 0.4, -1.0)
    ax.set_xlim(0, 1.12 * max(table["projects"].max(), table["carryovers"].max()))
    title = language.label("units.title_peers")
    return charts.legend(charts.finish(ax, title, doc, tables=list(TABLES.values())))


def _bars(
    doc: Disclosure, table: pd.DataFrame, what: units.What, ax: Axes, unit: str | None
) -> Axes:
    """The largest units, and the marked one, one by one; all others together."""
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
    title = language.label(f"units.title_{what}")
    return charts.finish(ax, title, doc, tables=[TABLES[what]])


def _short(names: pd.Series) -> list[str]:
    """Names of units without brackets and without the province that most of them begin with."""
    bare = names.str.replace(r"[(（].*", "", regex=True)
    return list(bare.str.replace(r"^[\u4e00-\u9fff]{2,8}?(?:自治区|省)(?=..)", "", regex=True))


def _project(name: str, most: int = 22) -> str:
    """A project's name without the programme before its last dash, and not too long."""
    bare = name.replace("—", "-").rsplit("-", 1)[-1] or name
    return bare if len(bare) <= most else f"{bare[: most - 1]}…"
