"""The pictures of the lesson on students."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language, students
from budgetkit.charts import BLUE, GREY, RED, chart, finish
from budgetkit.errors import MissingDataError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

_COLORS = {"consistent": BLUE, "inconsistent": RED, "underdetermined": GREY}


@chart(9.5, 5.2)
def intervals(doc: Disclosure, *, ax: Axes) -> Axes:
    """Stated and implied headcounts, one project a line, on a logarithmic scale."""
    rows = students.projects(doc)
    rows = rows[rows[["headcount_low", "headcount_high", "implied_low"]].notna().all(axis=1)]
    if rows.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no aid project states both headcount and standard; "
            "students.projects(doc) says of each what is missing"
        )
    for place, row in enumerate(rows.to_dict("records")):
        verdict = str(row["verdict"])
        _span(ax, place - 0.17, row["headcount_low"], row["headcount_high"], "#BBBBBB", "stated")
        _span(ax, place + 0.17, row["implied_low"], row["implied_high"], _COLORS[verdict], verdict)
    ax.set_yticks(range(len(rows)), [_name(row) for row in rows.to_dict("records")])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xlim(low / 1.3, high * 2)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.grid(True, color="#EEEEEE")
    ax.tick_params(axis="y", length=0)
    _legend(ax)
    title = language.label("students.title_intervals")
    finish(ax, title, doc, language.label("students.axis_intervals"))
    ax.set_title(title, loc="left", pad=30)
    return ax


@chart(9.5, 3.4)
def schools(doc: Disclosure, *, ax: Axes) -> Axes:
    """Yuan per student: from the floor that is known, or 0, to the ceiling."""
    rows = students.by_school(doc).dropna(subset="yuan_high")
    if rows.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no indicator counts the students of a school with aid money; "
            "students.by_school(doc) says of each what is missing"
        )
    for place, row in enumerate(rows.to_dict("records")):
        floor = 0.0 if pd.isna(row["yuan_low"]) else row["yuan_low"]
        options: dict[str, Any] = {"color": "#CFE3F1", "edgecolor": BLUE, "hatch": "//"}
        if row["bound"] == "both":
            options = {"color": BLUE}
        ax.barh(place, row["yuan_high"] - floor, left=floor, height=0.5, **options)
        ax.plot([row["yuan_high"]] * 2, [place - 0.25, place + 0.25], color=BLUE, linewidth=2.5)
        ceiling = f"{row['yuan_high']:,.0f}"
        text = "between" if row["bound"] == "both" else "at_most"
        text = language.label(
            f"students.{text}",
            low=f"{floor:,.0f}",
            yuan=ceiling,
            basis=row["basis"],
        )
        ax.annotate(
            text, (row["yuan_high"], place), (6, 0), textcoords="offset points", va="center"
        )
    ax.set_yticks(range(len(rows)), [_folded(str(unit)) for unit in rows["unit"]])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, rows["yuan_high"].max() * 1.9)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.tick_params(axis="y", length=0)
    return finish(
        ax, language.label("students.title_schools"), doc, language.label("students.axis_schools")
    )


def _span(ax: Axes, y: float, low: float, high: float, color: str, label: str) -> None:
    """One interval with its ends; a single number is a dot."""
    low, high = float(low), float(high)
    ax.plot([low, high], [y, y], color=color, linewidth=7, solid_capstyle="butt", label=label)
    if high - low < 0.02 * high:
        ax.plot(low, y, "o", color=color, markersize=7)
    text = f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f}–{high:,.0f}"
    ax.annotate(text, (high, y), (6, 0), textcoords="offset points", va="center", fontsize=8)


def _legend(ax: Axes) -> None:
    """Each kind of interval once, with its label."""
    found = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    order = [name for name in ("stated", *_COLORS) if name in found]
    ax.legend(
        [found[name] for name in order],
        [language.label(f"students.{name}") for name in order],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(order),
        fontsize=9,
    )


def _name(row: dict[Hashable, Any]) -> str:
    """A project's label: number and short name, in English what it pays for."""
    if language.current() == "en":
        name = language.label(f"students.kind.{row['kind']}")
    else:
        name = row["project"].replace("—", "-").rsplit("-", 1)[-1]
        name = name if len(name) <= 16 else f"{name[:15]}…"
    return language.label("students.no", no=row["no"], name=name)


def _folded(name: str) -> str:
    """A unit's name on two lines where it has a second name in brackets."""
    return name.replace("（", "\n（", 1)
