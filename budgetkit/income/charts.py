"""The charts of the lesson on income."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from budgetkit import charts, codes, language
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.income import shares

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure


@takes_disclosure
def plot(
    doc: Disclosure,
    kind: Literal["composition", "matrix"] = "composition",
    *,
    code: str | int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who pays.

    Parameters
    ----------
    doc : Disclosure
        A document that `composition` can split.
    kind : {"composition", "matrix"}
        Bars of the sources with amount and share, or the classes of function
        with their sources stacked (shares of each class).
    code : str, optional
        For a composition, as there: the sources of one function.
    ax : Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    BudgetkitError
        If `kind` is neither, or a matrix is asked for one `code`; `MissingDataError`
        as `composition` and `matrix`.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.income.plot(bk.load("xinjiang-miit-2024")).patches)
    6
    """
    draw = charts.drawing(kind, {"composition": _composition, "matrix": _matrix})
    if kind == "matrix" and code is not None:
        raise BudgetkitError(language.said("income.matrix", code=code))
    options = {} if code is None else {"code": codes.digits(code)}
    return charts.chart(8.5, 4.2)(draw)(doc, ax=ax, **options)


def _composition(doc: Disclosure, code: str | None = None, *, ax: Axes) -> Axes:
    """Bars of the sources, each with its amount and share; of one function or of all."""
    sources = shares.composition(doc, code)
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
    return charts.finish(ax, title, doc, tables=[sources.attrs["table"]])


def _matrix(doc: Disclosure, *, ax: Axes) -> Axes:
    """The classes of function, each with its sources stacked to 100 %."""
    table = shares.matrix(doc)
    parts = table.div(table.sum(axis=1), axis=0)
    names = list(table.index.get_level_values("name"))
    charts.stack(ax, names, parts.rename(columns=shares.label))
    title, unit = language.label("income.title_matrix"), language.label("income.share")
    return charts.legend(charts.finish(ax, title, doc, unit, tables=["income"]))
