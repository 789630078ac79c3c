"""The pictures of the lesson on students."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.charts import BLUE, GREY, RED, beside, chart, drawing, finish, legend, lines
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.printed import without_programme
from budgetkit.students import programmes
from budgetkit.students.schools import by_school
from budgetkit.students.whatif import what_if

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

_COLORS = {"consistent": BLUE, "inconsistent": RED, "underdetermined": GREY}

#: From line to line of a label on two lines; Chinese ones touch at less.
_LEADING = 1.3


@takes_disclosure
def plot(
    doc: Disclosure,
    kind: str = "intervals",
    *,
    no: int | None = None,
    headcount: float | Sequence[float] | None = None,
    standard: float | Sequence[float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the intervals.

    Parameters
    ----------
    doc : Disclosure
        As for `projects`.
    kind : {"intervals", "schools", "what_if"}
        ``intervals``: for each project with headcounts and standards, how many
        students it says it pays (grey) and how many its money pays for (blue where
        they can both be true, red where not). ``schools``: yuan per student at most,
        school by school. ``what_if``: amount, headcount and standard of one project,
        each beside what the other two call for.
    no, headcount, standard : optional
        For ``what_if`` alone, as there; it needs `no`.
    ax : Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    MissingDataError
        If there is nothing to draw.
    BudgetkitError
        If `kind` is neither, or what it needs isn't given, or more.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ax = bk.students.plot(bk.load("xinjiang-miit-2024"))
    >>> len(ax.get_yticks())
    7
    """
    draw = drawing(kind, {"intervals": _intervals, "schools": _schools, "what_if": _three})
    given = {"no": no, "headcount": headcount, "standard": standard}
    assumed = {name: value for name, value in given.items() if value is not None}
    if kind == "what_if" and no is None:
        raise BudgetkitError(language.said("students.one"))
    if kind != "what_if" and assumed:
        raise BudgetkitError(language.said("students.others", given=language.several(assumed)))
    return draw(doc, ax=ax, **assumed)


@chart(9.5, 5.2)
def _intervals(doc: Disclosure, *, ax: Axes) -> Axes:
    """Stated and implied headcounts, one project a line, on a logarithmic scale."""
    rows = programmes.projects(doc)
    rows = rows[rows[["headcount_low", "headcount_high", "implied_low"]].notna().all(axis=1)]
    if rows.empty:
        raise language.missing("aid_claims", doc)
    for place, row in enumerate(rows.to_dict("records")):
        verdict = str(row["verdict"])
        _span(ax, place - 0.17, row["headcount_low"], row["headcount_high"], "#BBBBBB", "stated")
        _span(ax, place + 0.17, row["implied_low"], row["implied_high"], _COLORS[verdict], verdict)
    lines(ax, [_name(row) for row in rows.to_dict("records")])
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xlim(low / 1.3, high * 2)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.grid(True, color="#EEEEEE")
    title = language.label("students.title_intervals")
    finish(ax, title, doc, language.label("students.axis_intervals"), tables=["projects"])
    return legend(ax, _told("stated", *_COLORS))


@chart(9.5, 4.0)
def _schools(doc: Disclosure, *, ax: Axes) -> Axes:
    """Yuan per student: from the floor that is known, or 0, to the ceiling."""
    rows = by_school(doc).dropna(subset="yuan_high")
    if rows.empty:
        raise language.missing("aid_schools", doc)
    for place, row in enumerate(rows.to_dict("records")):
        floor = 0.0 if pd.isna(row["yuan_low"]) else row["yuan_low"]
        options: dict[str, Any] = {"color": "#CFE3F1", "edgecolor": BLUE, "hatch": "//"}
        if row["bound"] == "both":
            options = {"color": BLUE}
        ax.barh(place, row["yuan_high"] - floor, left=floor, height=0.5, **options)
        ax.plot([row["yuan_high"]] * 2, [place - 0.25, place + 0.25], color=BLUE, linewidth=2.5)
        ceiling = f"{row['yuan_high']:,.0f}"
        key = "between" if row["bound"] == "both" else "at_most"
        values = {"low": f"{floor:,.0f}", "yuan": ceiling, "basis": row["basis"]}
        text = language.label(f"students.{key}", **values)
        beside(ax, text, row["yuan_high"], place)
    lines(ax, [_folded(str(unit)) for unit in rows["unit"]], linespacing=_LEADING)
    ax.set_xlim(0, rows["yuan_high"].max() * 1.9)
    title, unit = (language.label(f"students.{name}_schools") for name in ("title", "axis"))
    return finish(ax, title, doc, unit, tables=["general_projects", "targets"])


@chart(9.5, 4.0)
def _three(doc: Disclosure, no: int, *, ax: Axes, **assumed: Any) -> Axes:
    """Amount, headcount, standard: each as claimed, and as the other two call for.

    Each line has a scale of its own: its largest end is 1.
    """
    rows = what_if(doc, no, **assumed)
    for place, row in enumerate(rows.to_dict("records")):
        ends = [row[name] for name in ("low", "high", "implied_low", "implied_high")]
        largest = max((end for end in ends if pd.notna(end)), default=1) or 1
        fits = row["fits"]
        color = GREY if pd.isna(fits) else BLUE if fits else RED
        verdict = "underdetermined" if pd.isna(fits) else "consistent" if fits else "inconsistent"
        _scaled(ax, place - 0.17, ends[:2], largest, "#BBBBBB", "claimed")
        _scaled(ax, place + 0.17, ends[2:], largest, color, f"called_{verdict}")
    names = [
        language.label("students.line", name=name, basis=language.label(f"students.basis.{basis}"))
        for name, basis in zip(rows["label"], rows["basis"], strict=True)
    ]
    lines(ax, names, linespacing=_LEADING)
    ax.set_xlim(0, 1.35)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    title = language.label("students.title_what_if", no=no)
    finish(ax, title, doc, language.label("students.axis_what_if"), tables=["projects"])
    return legend(ax, _told("claimed", *(f"called_{verdict}" for verdict in _COLORS)))


def _scaled(ax: Axes, y: float, ends: list[Any], largest: float, color: str, label: str) -> None:
    """One interval on a line of its own scale, its ends in its own unit; unknown: a question."""
    low, high = ends
    if pd.isna(low):
        beside(ax, "?", 0, y, color=color)
        return
    open_end = pd.isna(high)
    right = 1.0 if open_end else high / largest
    _interval(ax, y, (low / largest, right), color, label, point=right - low / largest < 0.006)
    text = f"{_plain(low)}–{_plain(high)}"
    text = f"≥ {_plain(low)}" if open_end else _plain(low) if low == high else text
    beside(ax, text, right, y, fontsize=9)


def _plain(value: float) -> str:
    """A number without decimals that say nothing."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _span(ax: Axes, y: float, low: float, high: float, color: str, label: str) -> None:
    """One interval with its ends; a single number is a dot."""
    low, high = float(low), float(high)
    _interval(ax, y, (low, high), color, label, point=high - low < 0.02 * high)
    text = f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f}–{high:,.0f}"
    beside(ax, text, high, y, fontsize=8)


def _told(*names: str) -> dict[str, str]:
    """Each kind of interval with its label."""
    return {name: language.label(f"students.{name}") for name in names}


def _interval(
    ax: Axes, y: float, ends: tuple[float, float], color: str, label: str, *, point: bool
) -> None:
    """A thick line, or a dot; what doesn't fit is hollow, so that greyscale tells it."""
    from matplotlib.patheffects import Normal, Stroke

    look: dict[str, Any] = {"color": color, "linewidth": 7, "solid_capstyle": "butt"}
    if color == RED:
        inside = Stroke(linewidth=3.5, foreground="white", capstyle="projecting")
        look["path_effects"] = [Normal(), inside]
    ax.plot([] if point else ends, [] if point else [y, y], label=label, **look)
    if point:
        face = "white" if color == RED else color
        ax.plot(ends[0], y, "o", color=color, markerfacecolor=face, markeredgewidth=2, markersize=7)


def _name(row: dict[Hashable, Any]) -> str:
    """A project's label: number and short name, in English what it pays for."""
    if language.current() == "en":
        name = language.label(f"students.kind.{row['kind']}")
    else:
        name = language.cut(without_programme(row["project"]), 16)
    return language.label("students.no", no=row["no"], name=name)


def _folded(name: str) -> str:
    """A unit's name on two lines where it has a second name in brackets."""
    return name.replace("（", "\n（", 1)
