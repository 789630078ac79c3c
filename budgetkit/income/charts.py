"""The charts of the lesson on income."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit import charts, codes, income, language
from budgetkit.income.sources import find

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure


def composition(doc: Disclosure, code: str | None = None, *, ax: Axes) -> Axes:
    """Bars of the sources, each with its amount and share; of one function or of all."""
    sources = income.composition(doc, code)
    table = find(doc).table if code is None else "income"
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
    return charts.finish(ax, title, doc, tables=[table])


def matrix(doc: Disclosure, *, ax: Axes) -> Axes:
    """The classes of function, each with its sources stacked to 100 %."""
    table = income.matrix(doc)
    shares = table.div(table.sum(axis=1), axis=0)
    names = list(table.index.get_level_values("name"))
    charts.stack(ax, names, shares.rename(columns=income.label))
    title, unit = language.label("income.title_matrix"), language.label("income.share")
    return charts.legend(charts.finish(ax, title, doc, unit, tables=["income"]))
