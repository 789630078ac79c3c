"""The chart of an audit: the tables as boxes, the identities between them as lines."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING, Any

from budgetkit import charts, language
from budgetkit.audit.system import BLANK, FAILS, UNCHECKED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.audit.report import Audit

#: Where a table's Chinese title may be folded: before one of these words.
_WORD = re.compile(r"(?<=.{4})(?:收支|基本支出|项目支出|支出|情况)")

#: The box of all that is no table.
_TEXT = "text"

#: Where on a line its count may stand, the middle first, and how far from all else is enough.
_ALONG = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
_CLEAR = 0.16

#: Half the width and height of a box, and of what lines should leave free for it.
_BOX = (0.32, 0.1)
_ROOM = (0.35, 0.13)

_Point = tuple[float, float]


@charts.chart(9.5, 7.5)
def web(audit: Audit, *, ax: Axes) -> Axes:
    """Boxes in a ring, the count of identities that hold in each and on each line."""
    within, between = _counted(audit)
    at = _ring(list(within), list(between))
    lines = {pair: (at[pair[0]], at[pair[1]]) for pair in between}
    told: list[_Point] = []
    for pair, counts in between.items():
        others = [line for other, line in lines.items() if other != pair]
        told.append(_clear(lines[pair], others, [*at.values()], told))
        _line(ax, *lines[pair], told[-1], counts)
    for name, place in at.items():
        _box(ax, name, place, within[name])
    for key, color, width in (("holds", charts.BLUE, 0.8), ("broken", charts.RED, 2.5)):
        ax.plot([], [], color=color, linewidth=width, label=language.label(f"audit.{key}"))
    ax.set_xlim(-1.85, 1.85)
    ax.set_ylim(-1.35, 1.35)
    ax.set_axis_off()
    title = language.label("audit.title_web")
    return charts.legend(charts.finish(ax, title, audit.disclosure, "", tables=["all"]))


def _ring(names: list[str], pairs: list[tuple[str, str]]) -> dict[str, _Point]:
    """Where each box stands: in the document's order, but for swaps that bare hidden lines."""
    angles = [math.pi / 2 - 2 * math.pi * i / max(len(names), 1) for i in range(len(names))]
    places = [(1.45 * math.cos(a), 1.15 * math.sin(a)) for a in angles]
    hidden = {
        (i, j): sum(_behind(one, two, box) for box in places if box not in (one, two))
        for (i, one), (j, two) in permutations(enumerate(places), 2)
    }

    def behind(order: list[str]) -> int:
        at = {name: i for i, name in enumerate(order)}
        return sum(hidden[at[one], at[two]] for one, two in pairs)

    turned = ([*names[i:], *names[:i]] for i in range(max(len(names), 1)))
    names = min((_bared(order, behind) for order in turned), key=behind)
    return dict(zip(names, places, strict=True))


def _bared(names: list[str], behind: Callable[[list[str]], int]) -> list[str]:
    """An order with boxes swapped, two at a time, as long as fewer lines are behind boxes."""
    swaps = list(combinations(range(len(names)), 2))
    while behind(names) and swaps:
        best = min((_swapped(names, *swap) for swap in swaps), key=behind)
        if behind(best) >= behind(names):
            break
        names = best
    return names


def _swapped(names: list[str], i: int, j: int) -> list[str]:
    """The names with two of them in each other's place."""
    names = names.copy()
    names[i], names[j] = names[j], names[i]
    return names


def _behind(one: _Point, two: _Point, box: _Point) -> bool:
    """Whether a line between two points goes through a box."""
    first, last = 0.0, 1.0
    for start, end, middle, half in zip(one, two, box, _ROOM, strict=True):
        step = end - start or 1e-9
        enters, leaves = sorted(((middle - half - start) / step, (middle + half - start) / step))
        first, last = max(first, enters), min(last, leaves)
    return first < last


def _clear(
    line: tuple[_Point, _Point],
    others: list[tuple[_Point, _Point]],
    boxes: list[_Point],
    told: list[_Point],
) -> _Point:
    """Where a line's count is clear of other lines, boxes and counts, near its middle."""
    (x, y), (u, v) = line
    places = [(x + t * (u - x), y + t * (v - y)) for t in _ALONG]

    def room(place: _Point) -> float:
        away = [_apart(place, *other) for other in others] + [math.dist(place, t) for t in told]
        for box in boxes:
            gap = [abs(p - b) - half for p, b, half in zip(place, box, _BOX, strict=True)]
            away.append(max(gap))
        return min([_CLEAR, *away])

    return max(places, key=room)


def _apart(place: _Point, one: _Point, two: _Point) -> float:
    """How far a point is from a line between two others."""
    (x, y), (u, v) = one, two
    along = ((place[0] - x) * (u - x) + (place[1] - y) * (v - y)) / math.dist(one, two) ** 2
    along = min(1.0, max(0.0, along))
    return math.dist(place, (x + along * (u - x), y + along * (v - y)))


def _line(ax: Axes, one: _Point, two: _Point, middle: _Point, counts: Counter[str]) -> None:
    """The identities between two tables, with their count."""
    broken = counts[FAILS] > 0
    color, width = (charts.RED, 2.5) if broken else (charts.BLUE, 0.8)
    ax.plot(*zip(one, two, strict=True), color=color, linewidth=width, zorder=1 + broken)
    text = f"{counts['held']} / {counts.total()}"
    look: dict[str, Any] = {"fontsize": 8, "ha": "center", "va": "center", "zorder": 4}
    look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    ax.text(*middle, text, color=color if broken else "black", **look)


def _box(ax: Axes, name: str, at: _Point, counts: Counter[str]) -> None:
    """A table, with the count of the identities within it."""
    broken, total = counts[FAILS] > 0, counts.total()
    told = language.label("audit.within", held=counts["held"], all=total) if total else ""
    look: dict[str, Any] = {"fontsize": 8.5, "ha": "center", "va": "center", "zorder": 5}
    edge, width = (charts.RED, 2.0) if broken else (charts.BLUE, 1.0)
    look["bbox"] = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": edge}
    look["bbox"]["linewidth"] = width
    ax.text(*at, f"{_named(name)}\n{told}".strip(), **look)


def _counted(audit: Audit) -> tuple[dict[str, Counter[str]], dict[tuple[str, str], Counter[str]]]:
    """Of each table, and of each two, how many checks hold and how many fail."""
    system = audit.system
    tables = {table for table, _ in system.cells.sheets}
    ordered = [table.table for table in audit.disclosure.meta.tables if table.table in tables]
    within: dict[str, Counter[str]] = {name: Counter() for name in ordered}
    between: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for identity, outcome in zip(system.identities, system.outcome, strict=True):
        if outcome in {BLANK, UNCHECKED}:
            continue
        found = {system.cells.places[cell].table for cell, _ in identity.terms}
        places = sorted({name if name in tables else _TEXT for name in found})
        if _TEXT in places:
            within.setdefault(_TEXT, Counter())
        kind = FAILS if outcome == FAILS else "held"
        if len(places) == 1:
            within.setdefault(places[0], Counter())[kind] += 1
        for one, two in pairwise(places):
            between[one, two][kind] += 1
    for check in audit.text:  # percentages, shares, weights, persons times standard
        if check.outcome != UNCHECKED:
            kind = FAILS if check.outcome == FAILS else "held"
            within.setdefault(_TEXT, Counter())[kind] += 1
    kept = {name for pair in between for name in pair} | {n for n, c in within.items() if c}
    return {name: counts for name, counts in within.items() if name in kept}, between


def _named(name: str) -> str:
    """A table's name, on two lines where it is long."""
    label = language.label("audit.text" if name == _TEXT else f"table.{name}")
    if language.current() == "zh" and len(label) > 8:
        word = _WORD.search(label)
        cut = word.start() if word else len(label) // 2
        return f"{label[:cut]}\n{label[cut:]}"
    if len(label) > 20 and " " in label:
        return language.halved(label)
    return label
