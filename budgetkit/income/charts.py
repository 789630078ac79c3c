"""The charts of the lesson on income."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import charts, codes, income, language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure


def composition(doc: Disclosure, code: str | None = None, *, ax: Axes) -> Axes:
    """Bars of the sources, each with its amount and share; of one function or of all."""
    sources = income.composition(doc, code)
    texts = [
        f"{a:,.2f}  ({s:.1%})" for a, s in zip(sources["amount"], sources["share"], strict=True)
    ]
    charts.bars(ax, list(sources["label"]), list(sources["amount"]), texts=texts)
    ax.set_xlim(right=1.3 * sources["amount"].max())
    title = language.label("income.title_composition")
    if code is not None:
        printed = doc.table("income").drop_duplicates("code").set_index("code")["name"]
        name = codes.name(code) or printed[code]
        title = language.label("income.title_function", code=code, name=name)
    return charts.finish(ax, title, doc)


def matrix(doc: Disclosure, *, ax: Axes) -> Axes:
    """The classes of function, each with its sources stacked to 100 %."""
    table = income.matrix(doc)
    shares = table.div(table.sum(axis=1), axis=0)
    names = list(table.index.get_level_values("name"))
    left = pd.Series(0.0, index=table.index)
    for source, color in zip(table.columns, charts.COLORS, strict=False):
        label = income.label(source)
        drawn = ax.barh(names, shares[source], left=left, color=color, label=label, height=0.7)
        ink = ["black" if color in charts.LIGHT else "white"] * len(names)
        for bar, share, shade in zip(drawn, shares[source], ink, strict=True):
            if share >= 0.06:
                x, y = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
                ax.text(x, y, f"{share:.0%}", ha="center", va="center", color=shade, fontsize=9)
        left += shares[source]
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter("{x:.0%}")
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.14), ncols=2, fontsize=9)
    return charts.finish(
        ax, language.label("income.title_matrix"), doc, language.label("income.share")
    )
