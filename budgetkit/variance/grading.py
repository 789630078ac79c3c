"""Grading statements of change: each is told anew from the figures and held against them."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language as languages
from budgetkit import summary
from budgetkit.audit.cells import cells
from budgetkit.audit.percentages import decimal
from budgetkit.audit.statements import repeated
from budgetkit.given import takes_disclosure
from budgetkit.meta import short_name
from budgetkit.printed import exact
from budgetkit.variance import narration
from budgetkit.variance.checking import recompute, rounding
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.audit.cells import Cells
    from budgetkit.disclosure import Disclosure

_FIGURES = ("amount", "change", "percent", "prior", "cell", "before")

#: What a statement can be held against, and what comes out.
WITNESSES = ("percentage", "table", "earlier")
FOUND = ("agrees", "differs", "none")

#: Grades: nothing differs and something agrees; something differs; nothing to hold it against.
GRADES = ("verified", "out_of_step", "unchecked")


@takes_disclosure
def graded(doc: Disclosure, before: Disclosure | None = None) -> pd.DataFrame:
    """Tell every change anew from the figures, and grade what the department says of it.

    A statement has up to three witnesses: its percentage recomputed from its amounts (but
    for 0 % of an unchanged amount, which says it again), the table that prints the same
    amount, and last year's document, which must have printed amount − change. Rounding is
    allowed for; ``[rounding]`` and ``[why]`` in ``vocabulary/narrative.toml`` say by how
    much, and in which words.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    before : Disclosure, optional
        The same department's document of the year before.

    Returns
    -------
    DataFrame
        One row per statement, in order.

        - ``section``, ``item``, ``code`` as published; ``label`` in the language in use
        - ``amount``, ``change``, ``prior`` (amount − change), 万元, and ``percent``: as stated
        - ``cell``: 万元, what the table prints; ``before``: 万元, what last year's document
          prints for the item; both missing where they print no such item
        - ``percentage``, ``table``, ``earlier``: what each witness says, ``agrees``,
          ``differs`` or ``none``
        - ``grade``: ``verified`` (a witness agrees and none differs), ``out_of_step`` (one
          differs) or ``unchecked`` (there is none)
        - ``told``: the change in our words, by the tables of both years where they print
          the item, else as stated; ``why``: what decides the grade. Both in the language in
          use

    Raises
    ------
    MissingDataError
        If the text states no change, or the documents are not a year apart, not of the same
        department (where both name it) or not of the same ``kind``.

    Examples
    --------
    >>> import budgetkit as bk
    >>> docs = [bk.load(f"jiangsu-npc-{year}") for year in (2018, 2017)]
    >>> found = bk.variance.graded(*docs)
    >>> found["grade"].value_counts().to_dict()
    {'verified': 29, 'unchecked': 6, 'out_of_step': 1}
    >>> found.loc[found["grade"] == "out_of_step", "why"].item()
    '说明为+1,312.56%，按金额应为+1,212.56%'
    """
    if before is not None:
        _held_together(doc, before)
    found = recompute(doc).to_dict("records")
    room, earlier = rounding(found), None if before is None else cells(before)
    own = cells(doc)
    for row in found:
        amount, change = decimal(row["amount"]), decimal(row["change"])
        row["prior"] = None if amount is None or change is None else float(amount - change)
        row["before"] = None if earlier is None else earlier.sum(repeated(earlier, row))
        row |= _witnesses(row, room[row["section"]])
        row["grade"] = _grade([row[name] for name in WITNESSES])
        row |= {"told": _told(row), "why": _why(row, before, own)}
    columns = ["section", "item", "code", "label", *_FIGURES, *WITNESSES, "grade", "told", "why"]
    kinds = {"grade": GRADES} | dict.fromkeys(WITNESSES, FOUND)
    types: dict[str, Any] = {name: pd.CategoricalDtype(list(kinds[name])) for name in kinds}
    types |= dict.fromkeys(_FIGURES, "float64")
    return pd.DataFrame(found, columns=columns).astype({**types, "code": "str"})


def _held_together(doc: Disclosure, before: Disclosure) -> None:
    """Raise unless one is the other's document of the year before."""
    if doc.meta.year is None or before.meta.year != doc.meta.year - 1:
        raise languages.missing(
            "year_before",
            doc,
            year=doc.meta.year,
            other=before.meta.source,
            before=before.meta.year,
        )
    own, other = (summary.kind(one.meta.title, one.meta.kind) for one in (doc, before))
    if own != other:
        raise languages.missing("same_kind", doc, kind=own, other=before.meta.source, before=other)
    departments = [one.meta.department for one in (doc, before)]
    if len({short_name(name) for name in departments if name}) > 1:
        raise languages.missing(
            "same_department",
            doc,
            department=departments[0],
            other=before.meta.source,
            before=departments[1],
        )


def _witnesses(row: dict[Hashable, Any], half: Decimal) -> dict[Hashable, Any]:
    """What each witness says."""
    amount, prior = decimal(row["amount"]), decimal(row["prior"])
    # no change at all is no change in percent, whatever the amount: that is no witness
    checkable = pd.notna(row["recomputed"]) and (row["change"] or row["percent"])
    percentage = {"fits": "agrees", "differs": "differs"}[row["check"]] if checkable else "none"
    rules = words("narrative")["rounding"]
    return {
        "percentage": percentage,
        "table": _held(amount, row["cell"], rules["table"] * half),
        "earlier": _held(prior, row["before"], rules["earlier"] * half),
    }


def _held(stated: Decimal | None, printed: float | None, room: Decimal) -> str:
    """One number against another."""
    if stated is None or pd.isna(printed):
        return "none"
    return "agrees" if abs(stated - exact(printed)) <= room else "differs"


def _grade(found: list[str]) -> str:
    """Whatever differs decides; else whatever agrees."""
    return "out_of_step" if "differs" in found else "verified" if "agrees" in found else "unchecked"


def _told(row: dict[Hashable, Any]) -> str | None:
    """What the tables of both years tell where they print the item, else what is stated."""
    names = ("cell", "before") if row["earlier"] != "none" != row["table"] else ("amount", "prior")
    amount, prior = (row[name] for name in names)
    if pd.isna(amount) or pd.isna(prior):
        return None
    change = exact(amount) - exact(prior)
    return narration.opening("next_total", exact(amount), change, section=row["label"])


def _why(row: dict[Hashable, Any], before: Disclosure | None, own: Cells) -> str:
    """What decides the grade, as a sentence."""
    decides = {"verified": "agrees", "out_of_step": "differs", "unchecked": "none"}[row["grade"]]
    nothing = decides == "none" and row["amount"] == 0 and row["change"] == 0
    names = ["nothing"] if nothing else [w for w in WITNESSES if row[w] == decides]
    if before is None and not nothing:
        names = [name for name in names if (name, decides) != ("earlier", "none")]
    tables = [own.places[cell].table for cell in repeated(own, row)] or [row["section"]]
    values = {
        "table": languages.label(f"table.{tables[0]}"),
        "year": None if before is None else before.meta.year,
        "stated": _percent(row["percent"]),
        "recomputed": _percent(row["recomputed"]),
        **{name: _money(row[name]) for name in ("amount", "cell", "prior", "before")},
    }
    keys = [name if nothing else f"{name}_{decides}" for name in names]
    told = (narration.phrase("why", key).format(**values) for key in keys)
    return narration.phrase("list", "semicolon").join(told)


def _percent(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:+,.2f}%"


def _money(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:,.2f}"
