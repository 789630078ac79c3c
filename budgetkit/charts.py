"""One style for every chart: a font that prints Chinese, quiet axes, direct labels, a source.

Importing this module does not import matplotlib; drawing does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ParamSpec

from budgetkit import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: Okabe and Ito's palette: told apart by colour-blind readers, and in greyscale by lightness.
COLORS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#F0E442",
    "#777777",
)
BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW, GREY = COLORS

#: Colours that black text reads better on than white.
LIGHT = (ORANGE, SKY, YELLOW, PURPLE)

#: Fonts with simplified Chinese that systems bring along, the plainest first.
SYSTEM_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
)

P = ParamSpec("P")


@cache
def font() -> str:
    """Return the name of a font that prints Chinese, and register it if need be.

    Returns
    -------
    str
        A font of the system, or the Noto Sans SC that the package ``zhplot`` carries.

    Examples
    --------
    >>> font() != ""
    True
    """
    from matplotlib import font_manager

    present = {entry.name for entry in font_manager.fontManager.ttflist}
    for name in SYSTEM_FONTS:
        if name in present:
            return name
    path = str(files("zhplot").joinpath("fonts", "NotoSansSC-Regular.ttf"))
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())


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
) -> Callable[[Callable[P, Axes]], Callable[P, Axes]]:
    """Make a plotting function draw in the package's style, on a new figure if none is given.

    The function takes ``ax`` as a keyword; where the caller leaves it out, a
    figure of the size given here (in inches) is made.

    Examples
    --------
    >>> @chart(4, 3)
    ... def plot(*, ax=None):
    ...     return ax
    >>> plot().get_figure().get_size_inches().tolist()
    [4.0, 3.0]
    """

    def decorate(draw: Callable[P, Axes]) -> Callable[P, Axes]:
        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> Axes:
            from matplotlib import pyplot as plt

            with style():
                if kwargs.get("ax") is None:
                    kwargs["ax"] = plt.subplots(figsize=(width, height))[1]
                return draw(*args, **kwargs)

        return drawn

    return decorate


def bars(ax: Axes, labels: Sequence[str], values: Sequence[float], **options: Any) -> Axes:
    """Draw horizontal bars, the first on top, each with its value at its end.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    labels, values : sequence
        Name and value (万元) of each bar, first on top.
    **options
        ``texts`` (what to print at the ends; by default the values with two
        decimals), and any option of `Axes.barh` such as ``color``.

    Returns
    -------
    Axes
        The same.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> len(bars(plt.subplots()[1], ["教育支出"], [46580.09]).patches)
    1
    """
    texts = options.pop("texts", None) or [f"{value:,.2f}" for value in values]
    drawn = ax.barh(range(len(labels)), values, **{"color": BLUE, "height": 0.7, **options})
    ax.bar_label(drawn, labels=texts, padding=3, fontsize=9)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    low, high = min([0.0, *values]), max([0.0, *values])
    room = 0.16 * (high - low or 1)
    ax.set_xlim(low - (room if low < 0 else 0), high + room)
    return ax


def finish(ax: Axes, title: str, disclosure: Disclosure | None, unit: str | None = None) -> Axes:
    """Give a chart its title, the unit of its value axis and its source.

    Parameters
    ----------
    ax : Axes
        The chart.
    title : str
        What it shows, in the language in use.
    disclosure : Disclosure or None
        Where its figures come from; printed below.
    unit : str, optional
        Label of the x axis; by default 万元 in the language in use.

    Returns
    -------
    Axes
        The same.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> finish(plt.subplots()[1], "Shares", None).get_title(loc="left")
    'Shares'
    """
    ax.set_title(title, loc="left")
    ax.set_xlabel(language.label("meta.unit") if unit is None else unit)
    figure = ax.get_figure()
    if disclosure is not None and figure is not None:
        source = f"{language.label('meta.source')}: {disclosure.meta.title}"
        figure.supxlabel(source, x=0.01, ha="left", fontsize=8, color=GREY)
    return ax
