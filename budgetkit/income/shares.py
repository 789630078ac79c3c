"""What each source pays: of all income, and function by function."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import codes, language
from budgetkit.given import takes_disclosure
from budgetkit.income.sources import (
    APPROPRIATION,
    Sources,
    equal,
    find,
    is_leaf,
    last_place,
    of,
    printed_total,
)
from budgetkit.printed import exact, exact_sum

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: Each ratio and the sources in its numerator.
RATIOS = {
    "fiscal_dependence": (*APPROPRIATION, "fiscal_appropriation"),
    "transfer_dependence": (
        "general_public_budget_transfer",
        "government_fund_transfer",
        "state_capital_transfer",
        "superior_subsidy",
    ),
    "own_revenue": (
        "special_account",
        "unit_funds",
        "undertaking",
        "business",
        "affiliated_remittance",
        "other",
    ),
    "carried_over": ("fiscal_carryover", "nonfiscal_carryover", "carryover"),
}


@takes_disclosure
def composition(doc: Disclosure, code: str | int | None = None) -> pd.DataFrame:
    """Split the department's income by source.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``income`` (部门收入总体情况表), ``income_sources``
        (收入预算总表) or the income side of ``balance`` (部门收支总体情况表).
    code : str, optional
        A functional code that table ``income`` prints, such as ``"205"`` or
        ``"2050305"``: only the money that pays for this function.

    Returns
    -------
    DataFrame
        One row a source, largest first: ``source`` (a measure of table ``income``;
        ``carryover`` where the document doesn't divide it; else the printed label),
        ``label`` (language in use), ``amount`` (万元), ``share`` (0–1 of all
        sources). A printed sum of other sources is left out, and so is a source that
        pays 0.00. ``attrs["table"]`` names the table: the first of the three, in the
        order above, whose sources make up its printed total but for rounding.

    Raises
    ------
    MissingDataError
        If the document has none of these tables, or in none of them the sources
        add up to the total (a fault of the document or of its reading: see `notes`);
        with `code`, as `matrix`, or if the table has no such code.

    Examples
    --------
    >>> import budgetkit as bk
    >>> sources = bk.income.composition(bk.load("xinjiang-miit-2024"))
    >>> sources[["source", "amount", "share"]].round(4).head(2)
                               source    amount   share
    0           general_public_budget  57011.15  0.6582
    1  general_public_budget_transfer  11557.63  0.1334
    >>> bk.income.composition(bk.load("xinjiang-miit-2024"), code="205")["source"].tolist()[:2]
    ['general_public_budget', 'special_account']
    """
    found = find(doc) if code is None else Sources("income", _paying(doc, codes.digits(code)))
    whole = sum(found.amounts.values(), Decimal(0))
    rows = [
        {
            "source": name,
            "label": label(name),
            "amount": float(amount),
            "share": float(amount / whole) if whole else 0.0,
        }
        for name, amount in sorted(found.amounts.items(), key=lambda item: -item[1])
    ]
    table = pd.DataFrame(rows, columns=["source", "label", "amount", "share"])
    table.attrs["table"] = found.table
    return table


@takes_disclosure
def ratios(doc: Disclosure) -> pd.DataFrame:
    """Sum the composition up in a few ratios.

    Parameters
    ----------
    doc : Disclosure
        A document that `composition` can split.

    Returns
    -------
    DataFrame
        One row a ratio: ``ratio`` (key), ``label``, ``value`` (0–1; a count for
        ``effective_sources``), ``numerator`` and ``denominator`` (万元, missing
        for the two of concentration), ``definition`` (a sentence). The ratios:
        ``fiscal_dependence``, ``transfer_dependence`` (a part of the former),
        ``own_revenue`` (fees and earnings of the units), ``carried_over``,
        ``unclassified`` (sources under a heading that is in none of the others),
        ``herfindahl`` (see `concentration`), ``effective_sources`` (1 / Herfindahl).

    Raises
    ------
    MissingDataError
        As `composition`.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.income.ratios(bk.load("xinjiang-miit-2024")).set_index("ratio")
    >>> table["value"].round(4).head(2)
    ratio
    fiscal_dependence      0.7916
    transfer_dependence    0.1334
    Name: value, dtype: float64
    """
    sources = composition(doc).set_index("source")["amount"].map(exact)
    whole = sum(sources, Decimal(0))
    known = {source for wanted in RATIOS.values() for source in wanted}
    others = {"unclassified": tuple(source for source in sources.index if source not in known)}
    rows = []
    for name, wanted in (RATIOS | others).items():
        part = sum((sources[s] for s in wanted if s in sources), Decimal(0))
        value = float(part / whole) if whole else 0.0
        rows.append({"ratio": name, "value": value, "numerator": float(part)})
    index = concentration(doc)
    rows += [{"ratio": "herfindahl", "value": index}]
    rows += [{"ratio": "effective_sources", "value": 1 / index if index else 0.0}]
    table = pd.DataFrame(rows)
    table["label"] = [language.label(f"income.ratio.{name}") for name in table["ratio"]]
    table["definition"] = [language.label(f"income.definition.{name}") for name in table["ratio"]]
    table["denominator"] = float(whole)
    table.loc[table["numerator"].isna(), "denominator"] = float("nan")
    return table[["ratio", "label", "value", "numerator", "denominator", "definition"]]


@takes_disclosure
def concentration(doc: Disclosure) -> float:
    """Return the Herfindahl index of the sources.

    Parameters
    ----------
    doc : Disclosure
        A document that `composition` can split.

    Returns
    -------
    float
        Σ share²: 1 where all money has one source, 1/n where n sources pay alike.

    Raises
    ------
    MissingDataError
        As `composition`.

    Examples
    --------
    >>> import budgetkit as bk
    >>> round(bk.income.concentration(bk.load("xinjiang-miit-2024")), 4)
    0.465
    """
    return float((composition(doc)["share"] ** 2).sum())


@takes_disclosure
def matrix(doc: Disclosure, level: codes.Level = "class") -> pd.DataFrame:
    """Cross the sources with the functions that they pay for.

    Parameters
    ----------
    doc : Disclosure
        A document whose table ``income`` is by function.
    level : {"class", "section", "item"}
        类, 款 or 项.

    Returns
    -------
    DataFrame
        One row a function (index ``code``, ``name``: in the language in use),
        one column a source (measures, as in `composition`, published order);
        万元, 0 where the cell is blank.

    Raises
    ------
    MissingDataError
        If the document has no table ``income``, the table has no functions of this
        level, or they don't add up to its total.

    Examples
    --------
    >>> import budgetkit as bk
    >>> table = bk.income.matrix(bk.load("xinjiang-miit-2024"))
    >>> table["special_account"].tolist()[0]
    8563.86
    """
    figures = doc.figures
    rows = figures[(figures["table"] == "income") & (figures["level"] == level)]
    if rows["code"].isna().all():
        raise language.missing("functions", doc, level=language.label(f"level.{level}"))
    measures = [str(measure) for measure in rows["measure"]]
    kept = rows.assign(measure=[of([m]) for m in measures])[
        [is_leaf(measure, set(measures)) for measure in measures]
    ]
    total = printed_total(doc, "income")
    if total is not None and not equal(
        sum(map(exact, kept["amount"]), Decimal(0)), total, len(kept), last_place(doc, "income")
    ):
        raise language.missing(
            "functions_sum",
            doc,
            level=language.label(f"level.{level}"),
            total=f"{total:,.2f}",
        )
    wide = kept.pivot_table("amount", "code", "measure", aggfunc=exact_sum, fill_value=0.0)
    printed = next((t.measures for t in doc.meta.tables if t.table == "income"), ())
    order = [m for m in dict.fromkeys(of([m]) for m in printed) if m in wide]
    labels = rows.drop_duplicates("code").set_index("code")["name"]
    names = [codes.name(code) or labels[code] for code in wide.index]
    index = pd.MultiIndex.from_arrays([wide.index, names], names=["code", "name"])
    return wide[order].rename_axis(columns="source").set_axis(index)


def label(source: str) -> str:
    """The name of a source in the language in use; as printed where it is an unknown one."""
    known = language.label(f"income.source.{source}")
    return language.label(f"measure.{source}") if known == source else known


def _paying(doc: Disclosure, code: str) -> dict[str, Decimal]:
    """What each source pays for one function, largest first."""
    table = matrix(doc, codes.level(code) or "item")
    known = list(table.index.get_level_values("code"))
    if code not in known:
        raise language.missing("function", doc, code=code, known=language.listed(known))
    row = table.iloc[known.index(code)]
    return {str(source): exact(amount) for source, amount in row.items() if amount}
