"""One style for every chart: a font that prints Chinese, quiet axes, direct labels, a source.

Importing this module does not import matplotlib; drawing does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.errors import BudgetkitError
from budgetkit.fonts import font

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: Okabe and Ito's palette: told apart by colour-blind readers, and in greyscale by lightness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, RED, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#777777"
COLORS = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW, GREY)

#: Colours that black text reads better on than white.
LIGHT = (ORANGE, SKY, YELLOW, PURPLE)

#: Patterns of the segments of a stack: what two colours share in greyscale, these keep apart.
HATCHES = ("", "", "..", "//", "", "\\\\", "--", "")

#: Inches that a horizontal line takes in a chart of lines, and those around all of them.
LINE, AROUND = 0.42, 1.5

#: Characters that the entries of a legend may take side by side.
WIDE = 90

#: Segments of a stack below this share bear no number; below the least it would print as 0 %.
NARROW, LEAST = 0.035, 0.005


@contextmanager
def style() -> Iterator[None]:
    """Draw in the package's style inside a ``with`` block.

    Examples
    --------
    >>> import matplotlib
    >>> with style():
    ...     matplotlib.rcParams["axes.spines.top"]
    False
    """
    import matplotlib as mpl
    from cycler import cycler

    with mpl.rc_context(
        {
            "font.family": [font(), "DejaVu Sans"],
            "font.size": 10,
            "axes.unicode_minus": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 12,
            "axes.titlelocation": "left",
            "axes.titlepad": 12,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=COLORS),
            "legend.frameon": False,
            "hatch.linewidth": 0.6,
            "figure.constrained_layout.use": True,
            "figure.dpi": 110,
            "savefig.bbox": "tight",
        }
    ):
        yield
        interactive = mpl.is_interactive()
    # Jupyter turns this on when its first figure is made, which may have been in here:
    # put back with the rest, every later figure of the notebook would stay unseen.
    mpl.interactive(interactive)


def chart(
    width: float = 8.0, height: float = 4.5
) -> Callable[[Callable[..., Axes]], Callable[..., Axes]]:
    """Make a plotting function draw in the package's style, on a new figure if none is given.

    The function takes ``ax`` as a keyword; where the caller leaves it out, a
    figure of the size given here (in inches) is made, lower where few lines fill it.

    Examples
    --------
    >>> @chart(4, 3)
    ... def plot(*, ax=None):
    ...     return ax
    >>> plot().get_figure().get_size_inches().tolist()
    [4.0, 3.0]
    """

    def decorate(draw: Callable[..., Axes]) -> Callable[..., Axes]:
        @wraps(draw)
        def drawn(*args: Any, **kwargs: Any) -> Axes:
            from matplotlib import pyplot as plt
            from matplotlib.ticker import FixedLocator

            with style():
                if kwargs.get("ax") is not None:
                    return draw(*args, **kwargs)
                figure, kwargs["ax"] = plt.subplots(figsize=(width, height))
                try:
                    ax = draw(*args, **kwargs)
                except BaseException:
                    plt.close(figure)
                    raise
                if isinstance(ax.yaxis.get_major_locator(), FixedLocator):
                    figure.set_figheight(min(height, AROUND + LINE * len(ax.get_yticks())))
                return ax

        return drawn

    return decorate


def drawing(kind: str, kinds: Mapping[str, Callable[..., Axes]]) -> Callable[..., Axes]:
    """What draws a kind of chart; an error that lists the kinds where there is none.

    Examples
    --------
    >>> drawing("bars", {"bars": bars}) is bars
    True
    """
    if kind not in kinds:
        raise BudgetkitError(language.said("any.kind", kind=kind, known=language.several(kinds)))
    return kinds[kind]


def bars(ax: Axes, labels: Sequence[str], values: Sequence[float], **options: Any) -> Axes:
    """Draw horizontal bars, the first on top, each with its value at its end.

    Options are ``texts`` (what to print at the ends; by default the values with two
    decimals), and any of `Axes.barh` such as ``color``.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> len(bars(plt.subplots()[1], ["教育支出"], [46580.09]).patches)
    1
    """
    texts = options.pop("texts", None) or [f"{value:,.2f}" for value in values]
    drawn = ax.barh(range(len(labels)), values, **{"color": BLUE, "height": 0.7, **options})
    ax.bar_label(drawn, labels=texts, padding=3, fontsize=9)
    lines(ax, labels)
    low, high = min([0.0, *values]), max([0.0, *values])
    room = 0.16 * (high - low or 1)
    ax.set_xlim(low - (room if low < 0 else 0), high + room)
    return ax


def lines(ax: Axes, labels: Sequence[str], **font: Any) -> Axes:
    """Name the horizontal lines of a chart at 0, 1, 2 …, the first on top; number the axis below.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> ax = lines(plt.subplots()[1], ["教育支出", "卫生健康支出"])
    >>> [name.get_text() for name in ax.get_yticklabels()]
    ['教育支出', '卫生健康支出']
    """
    ax.set_yticks(range(len(labels)), labels, **font)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter(lambda x, _: f"{x + 0:,.10g}")
    return ax


def stack(ax: Axes, labels: Sequence[str], shares: pd.DataFrame) -> Axes:
    """Draw horizontal bars of 100 %, each of segments that greyscale keeps apart.

    `shares` has one row a bar, one column a segment (0–1), named as the legend names it.
    A segment below 3.5 % has no room for its number: it stands beside the bar where it is the
    last and the only such one, else nowhere.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> shares = pd.DataFrame({"basic": [0.6, 0.4], "project": [0.4, 0.6]})
    >>> len(stack(plt.subplots()[1], ["2017", "2018"], shares).patches)
    4
    """
    left = pd.Series(0.0, index=shares.index)
    for column, color, hatch in zip(shares, COLORS, HATCHES, strict=False):
        look: dict[str, Any] = {"color": color, "hatch": hatch, "edgecolor": "white"}
        drawn = ax.barh(range(len(labels)), shares[column], 0.7, left, label=column, **look)
        ink = "black" if color in LIGHT else "white"
        texts = [f"{share:.0%}" if share >= NARROW else "" for share in shares[column]]
        for text in ax.bar_label(drawn, texts, label_type="center", color=ink, fontsize=9):
            text.set_bbox({"facecolor": color, "edgecolor": "none", "pad": 1} if hatch else None)
        left += shares[column]
    for place, row in enumerate(shares.to_numpy()):
        narrow, last = row[(row >= LEAST) & (row < NARROW)], row[row >= LEAST][-1:]
        if len(narrow) == 1 and last == narrow:
            beside(ax, f"{narrow[0]:.0%}", 1, place, 3, fontsize=9)
    lines(ax, labels)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter("{x:.0%}")
    return ax


def beside(ax: Axes, text: str, x: float, y: float, away: float = 6, **font: Any) -> None:
    """Print a text so many points to the right of a place, or to its left where negative."""
    where: dict[str, Any] = {"ha": "left" if away > 0 else "right", "va": "center"}
    ax.annotate(text, (x, y), (away, 0), textcoords="offset points", **where, **font)


def legend(ax: Axes, labels: Mapping[str, str] | None = None) -> Axes:
    """Put a legend between the title and the finished chart, where it covers nothing.

    `labels` says what to print for the label that something was drawn with, in this order;
    each once, and those that are not there not at all.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> ax = plt.subplots()[1]
    >>> _ = ax.plot([1, 2], label="fits")
    >>> legend(ax, {"fits": "percentage fits"}).get_legend().get_texts()[0].get_text()
    'percentage fits'
    """
    found = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    labels = labels or dict(zip(found, found, strict=True))
    texts = {name: text for name, text in labels.items() if name in found}
    columns = max(1, min(3, WIDE // max(language.width(text) for text in texts.values())))
    ax.legend(
        [found[name] for name in texts],
        list(texts.values()),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.2,
        ncols=columns,
        fontsize=9,
    )
    rows = math.ceil(len(texts) / columns)
    ax.set_title(ax.get_title(loc="left"), loc="left", pad=12 + 16 * rows)
    return ax


def finish(
    ax: Axes,
    title: str,
    disclosure: Disclosure | None,
    unit: str | None = None,
    *,
    tables: Sequence[str] = (),
) -> Axes:
    """Give a chart its title, the unit of its value axis (万元 by default) and its source.

    The source is printed below: the disclosure, or without one the departments named in the
    chart, and the tables or frames of prose that it is drawn from.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> finish(plt.subplots()[1], "Shares", None).get_title(loc="left")
    'Shares'
    """
    ax.set_title(title, loc="left")
    ax.set_xlabel(language.label("meta.unit") if unit is None else unit)
    figure = ax.get_figure()
    if figure is not None and (disclosure is not None or tables):
        named = language.label("meta.named") if disclosure is None else disclosure.meta.title
        told = [named, *(language.label(f"table.{table}") for table in tables)]
        source = language.label("meta.source", told=" · ".join(told))
        figure.supxlabel(source, x=0.01, ha="left", fontsize=8, color=GREY)
    return ax
