"""The pictures of the lesson on variances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.charts import BLUE, GREY, RED, beside, chart, drawing, finish, legend, lines
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.variance.causes import by_reason
from budgetkit.variance.checking import recompute
from budgetkit.variance.splitting import contributions, what_if

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: Items shown one by one in a waterfall; the smaller ones are put together.
MOST = 9

#: Columns that a label may take on one line.
WIDE = 34


@takes_disclosure
def plot(
    doc: Disclosure,
    kind: str = "waterfall",
    section: str | None = None,
    *,
    frozen: Iterable[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw what changed.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    kind : {"waterfall", "percent", "reasons"}
        ``waterfall``: how the items of a section add up to its total change, which has no
        bar of its own where it is that of one item.
        ``percent``: growth of each item, marked by what `recompute` finds.
        ``reasons``: money moved by stated reason.
    section : str, optional
        By default ``income`` for a waterfall, ``general_expenditure`` otherwise.
    frozen : iterable of str, optional
        For a waterfall: items held at last year's level, as in `what_if`.
    ax : Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    Axes
        The chart, in the language in use; amounts in 万元.

    Raises
    ------
    MissingDataError
        If the text states no change in this section.
    BudgetkitError
        If `kind` is none of these.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.variance.plot(bk.load("xinjiang-miit-2024")).patches)
    7
    """
    draw = drawing(kind, {"waterfall": _waterfall, "percent": _percent, "reasons": _by_reason})
    usual = "income" if kind == "waterfall" else "general_expenditure"
    options = {"frozen": tuple(frozen)} if frozen else {}
    if frozen and kind != "waterfall":
        raise BudgetkitError(language.said("variance.frozen", kind=kind))
    return draw(doc, section or usual, ax=ax, **options)


@chart(9.0, 5.0)
def _waterfall(doc: Disclosure, section: str, frozen: Sequence[str] = (), *, ax: Axes) -> Axes:
    """Each item's change where the one before ended, then the total; frozen ones are outlined."""
    rows = what_if(doc, section, frozen)
    rows = _fewer(rows[(rows["change"] != 0) | rows["kind"].isin(["total", "stated"])])
    if len(rows) == 2 and rows["change"].nunique() == 1 and not frozen:
        rows = rows[:1]  # the only item that changed is the total
    end = 0.0
    for place, row in enumerate(rows.to_dict("records")):
        change, total = row["what_if_change"], row["kind"] in {"total", "stated"}
        start = 0.0 if total else end
        color = GREY if total else BLUE if change >= 0 else RED
        right, text = max(start, start + change), f"{change:+,.2f}"
        if row["frozen"] or (total and frozen):
            _outline(ax, place, start, row["change"])
            right = max(right, start + row["change"])
            key = "frozen" if row["frozen"] else "instead"
            text = language.label(f"variance.{key}", change=text, stated=f"{row['change']:+,.2f}")
        if not row["frozen"]:
            _bar(ax, place, change, start, color)
        beside(ax, text, right, place, 4)
        end = start + change
        if place + 1 < len(rows):
            ax.plot([end, end], [place + 0.325, place + 0.675], color=GREY, linewidth=0.8)
    ax.axvline(0, color="black", linewidth=0.8)
    lines(ax, [_folded(label) for label in rows["label"]])
    low, high = _wide(ax)
    ax.set_xlim(low, high + (0.4 if frozen else 0.14) * (high - low))
    where = language.label(f"table.{section}")
    title = "title_what_if" if frozen else "title_waterfall"
    return finish(ax, language.label(f"variance.{title}", section=where), doc, tables=["variances"])


@chart(9.5, 7.5)
def _percent(doc: Disclosure, section: str, *, ax: Axes) -> Axes:
    """Growth of each item, marked by whether the printed percentage fits."""
    rows = recompute(doc)
    contributions(doc, section)
    rows = rows[(rows["section"] == section) & rows["percent"].notna()]
    if rows.empty:
        raise language.missing("percent", doc, section=language.label(f"table.{section}"))
    rows = rows.sort_values("percent", ascending=False, kind="stable", ignore_index=True)
    marks = {"fits": (BLUE, "o"), "differs": (RED, "X"), "no_base": ("white", "o")}
    ax.hlines(range(len(rows)), 0, rows["percent"], color="#CCCCCC", linewidth=1.5)
    for check, (color, mark) in marks.items():
        own = rows[rows["check"] == check]
        if own.empty:
            continue
        edge = GREY if check == "no_base" else color
        label = language.label(f"variance.check.{check}")
        options: dict[str, Any] = {"linestyle": "none", "color": color, "markeredgecolor": edge}
        ax.plot(own["percent"], own.index, mark, label=label, markersize=7, **options)
    for place, row in enumerate(rows.to_dict("records")):
        away = 8 if row["percent"] >= 0 else -8
        text = f"{row['percent']:{'+' if row['percent'] else ''},.2f}%"
        beside(ax, text, row["percent"], place, away, fontsize=8)
    ax.axvline(0, color="black", linewidth=0.8)
    lines(ax, list(rows["label"]), fontsize=9)
    low, high = _wide(ax)
    room = 0.14 * (high - low)
    ax.set_xlim(low - (room if (rows["percent"] < 0).any() else 0), high + room)
    where = language.label(f"table.{section}")
    title = language.label("variance.title_percent", section=where)
    finish(ax, title, doc, language.label("variance.axis_percent"), tables=["variances"])
    return legend(ax)


@chart(9.0, 4.2)
def _by_reason(doc: Disclosure, section: str, *, ax: Axes) -> Axes:
    """Increases to the right and decreases to the left, reason by reason."""
    rows = by_reason(doc, section)
    rows = rows[rows["share_of_gross"] > 0].reset_index(drop=True)
    if rows.empty:
        raise language.missing("unchanged", doc, section=language.label(f"table.{section}"))
    for place, row in enumerate(rows.to_dict("records")):
        _bar(ax, place, row["up"], 0, BLUE)
        _bar(ax, place, row["down"], 0, RED)
        text = language.label("variance.net", net=f"{row['net']:+,.2f}", count=row["statements"])
        beside(ax, text, row["up"], place, 5)
    ax.axvline(0, color="black", linewidth=0.8)
    lines(ax, [_folded(name[:1].upper() + name[1:]) for name in rows["category"]])
    low, high = _wide(ax)
    ax.set_xlim(low, high + 0.3 * (high - low))
    where = language.label(f"table.{section}")
    title = language.label("variance.title_reasons", section=where)
    return finish(ax, title, doc, tables=["variances"])


def _outline(ax: Axes, place: int, start: float, change: float) -> None:
    """Where a bar would be as published."""
    options: dict[str, Any] = {"facecolor": "none", "edgecolor": GREY, "linestyle": "--"}
    ax.barh(place, change, left=start, height=0.65, **options)


def _fewer(rows: pd.DataFrame) -> pd.DataFrame:
    """The largest and the frozen changes one by one, the others as one line before the total."""
    parts = rows[rows["kind"] == "part"]
    if len(parts) <= MOST + 1:
        return rows
    kept = parts["change"].abs().nlargest(MOST).index.union(parts.index[parts["frozen"]])
    others = parts.drop(index=kept)
    if others.empty:
        return rows
    label = language.label("variance.others", count=len(others))
    moved = round(others["change"].sum(), 2)
    line = {"kind": "part", "label": label, "change": moved, "what_if_change": moved}
    line |= {"frozen": False}
    tail = rows[rows["kind"] != "part"]
    return pd.concat([parts.loc[sorted(kept)], pd.DataFrame([line]), tail], ignore_index=True)


def _bar(ax: Axes, place: int, change: float, start: float, color: str) -> None:
    """A change as a bar; decreases are hatched, so that greyscale tells them from increases."""
    hatch = "///" if color == RED else ""
    ax.barh(place, change, 0.65, start, color=color, edgecolor="white", hatch=hatch, linewidth=0)


def _wide(ax: Axes) -> tuple[float, float]:
    """The limits of the axis of values; where nothing changed, a unit either way."""
    low, high = ax.get_xlim()
    return (low, high) if high - low > 0.2 else (-1.0, 1.0)


def _folded(label: str) -> str:
    """A label that is too long for one line on two; a Chinese character counts as two."""
    if language.width(label) <= WIDE:
        return label
    return language.halved(label) if " " in label else language.cut(label, 20)
