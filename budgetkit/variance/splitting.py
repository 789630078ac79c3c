"""A section's change split into what each item adds, and put together again with some frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.audit.cells import cells
from budgetkit.audit.percentages import half_money
from budgetkit.audit.statements import Statement, printed_total
from budgetkit.errors import BudgetkitError
from budgetkit.given import takes_disclosure
from budgetkit.printed import exact
from budgetkit.variance import statements
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@takes_disclosure
def contributions(doc: Disclosure, section: str = "income") -> pd.DataFrame:
    """Split the total change of a section into what each item contributes.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "income"
        ``income``, ``expenditure``, ``general_expenditure`` (by item), ``three_public``
        or any other ``section`` of ``doc.variances``.

    Returns
    -------
    DataFrame
        Largest increase first, largest decrease last, then ``rest`` if the items' amounts
        or changes don't add up to the total, then ``total``.

        - ``kind``: ``part``, ``rest`` or ``total``, or ``stated`` in place of ``total``:
          the sum of the items, where the table prints another total; ``item``, ``code``,
          and ``label`` in the language in use
        - ``amount``, ``prior``, ``change``: 万元
        - ``share``: of the total change (1 is all of it; an item that runs against it has
          a negative one); missing where the total didn't change
        - ``points``: percentage points that it adds to the growth of the total

    Raises
    ------
    MissingDataError
        If the text states no change in this section (the message lists the others), or
        never an amount with its change.

    Notes
    -----
    A statement without its amount or its change is left out: what is missing is not 0.
    The total is the statement about the section as a whole; without one, the sum of
    basic and project expenditure where a section states both these and its items;
    otherwise the sum of the items. Where a section tells of revenue and of expenditure
    its items are those of expenditure, if it states any.

    Examples
    --------
    >>> import budgetkit as bk
    >>> split = bk.variance.contributions(bk.load("xinjiang-miit-2024"), "income")
    >>> split[["item", "change"]].iloc[[0, -1]].values.tolist()
    [['上级一般公共预算安排的转移支付资金', 4130.63], ['合计', 2424.6]]
    """
    found = statements.complete(statements.statements(doc, section))
    if not found:
        raise language.missing("change", doc, section=language.label(f"table.{section}"))
    parts = statements.parts(found)
    if not parts:
        raise language.missing("items", doc, section=language.label(f"table.{section}"))
    total = _total(found, parts)
    room = half_money(found) * (len(parts) + 1)
    rows = [
        {"kind": "part", "item": s["item"], "code": s["code"], "label": label, **_moved([s])}
        for s, label in zip(parts, statements.named(parts), strict=True)
    ]
    rows.sort(key=lambda row: row["change"], reverse=True)
    rest = {name: total[name] - _moved(parts)[name] for name in total}
    if max(abs(rest["amount"]), abs(rest["change"])) > room:
        label = language.label("variance.rest")
        rows.append({"kind": "rest", "item": "其他", "code": None, "label": label, **rest})
    rows.append({**_last(doc, section, found, total["amount"], room), "code": None, **total})
    whole, base = total["change"], total["prior"]
    for row in rows:
        row["share"] = row["change"] / whole + 0 if whole else None
        row["points"] = row["change"] / base * 100 + 0 if base > 0 else None
    numbers = ["amount", "prior", "change", "share", "points"]
    return pd.DataFrame(rows).astype({**dict.fromkeys(numbers, "float64"), "code": "str"})


@takes_disclosure
def what_if(
    doc: Disclosure, section: str = "income", frozen: Iterable[str] | None = ()
) -> pd.DataFrame:
    """Freeze items of a section at last year's level and add the section up again.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "income"
        As for `contributions`.
    frozen : iterable of str, optional
        Which items: their ``code``, or ``item`` as `contributions` names them.
        `transfers` gives those that are transfers from above.

    Returns
    -------
    DataFrame
        The rows of `contributions` in their order: ``kind``, ``item``, ``code``,
        ``label``; ``prior``, ``amount``, ``change`` (万元, as published); ``frozen``
        (bool); ``what_if`` and ``what_if_change`` (万元): amount and change were the
        frozen items as last year.

    Raises
    ------
    MissingDataError
        As `contributions`.
    BudgetkitError
        If the section has no such item.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> table = bk.variance.what_if(doc, frozen=bk.variance.transfers(doc))
    >>> table[["amount", "what_if", "what_if_change"]].iloc[-1].tolist()
    [86617.08, 82486.45, -1706.03]
    """
    columns = ["kind", "item", "code", "label", "prior", "amount", "change"]
    rows = contributions(doc, section)
    wanted, parts = set(map(str, frozen or ())), rows["kind"] == "part"
    known = {*rows.loc[parts, "item"], *rows.loc[parts, "code"].dropna()}
    if unknown := wanted - known:
        told = {"source": doc.meta.source, "section": section}
        told |= {"items": language.several(sorted(unknown))}
        told |= {"known": language.several(rows.loc[parts, "item"])}
        raise BudgetkitError(language.said("variance.item", **told))
    rows["frozen"] = parts & (rows["item"].isin(wanted) | rows["code"].isin(wanted))
    saved = sum(map(exact, rows.loc[rows["frozen"], "change"]), Decimal(0))
    cut = [
        exact(change) if held else saved if kind in {"total", "stated"} else Decimal(0)
        for kind, held, change in zip(rows["kind"], rows["frozen"], rows["change"], strict=True)
    ]
    for ours, published in (("what_if", "amount"), ("what_if_change", "change")):
        rows[ours] = [float(exact(v) - less) for v, less in zip(rows[published], cut, strict=True)]
    return rows[[*columns, "frozen", "what_if", "what_if_change"]]


@takes_disclosure
def transfers(doc: Disclosure, section: str = "income") -> list[str]:
    """Return the items of a section that are transfers from higher governments (上级转移支付).

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "income"
        As for `contributions`.

    Returns
    -------
    list of str
        Items as `contributions` names them; empty where there are none.

    Raises
    ------
    MissingDataError
        As `contributions`.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.variance.transfers(bk.load("xinjiang-miit-2024"))
    ['上级一般公共预算安排的转移支付资金']
    """
    rows = contributions(doc, section)
    pattern = words("statements")["transfers"]["pattern"]
    parts = rows.loc[rows["kind"] == "part", "item"]
    return [item for item in parts if re.search(pattern, item)]


def _total(found: list[Statement], parts: list[Statement]) -> dict[str, Decimal]:
    """Amount, prior year and change of the section as a whole."""
    stated = [s for s in found if statements.is_whole(s)]
    natures = statements.without_subtotals([s for s in found if statements.nature(s)])
    finer = len(natures) > 1 and not any(map(statements.nature, parts))
    return _moved(stated[:1] or (natures if finer else parts))


def _last(
    doc: Disclosure, section: str, found: list[Statement], amount: Decimal, room: Decimal
) -> dict[str, str]:
    """What the last row is: a total, unless none is stated and the table prints another."""
    printed = None if any(map(statements.is_whole, found)) else printed_total(cells(doc), section)
    if printed is None or abs(exact(printed) - amount) <= room:
        return {"kind": "total", "item": "合计", "label": language.label("level.total")}
    return {"kind": "stated", "item": "已说明各项", "label": language.label("variance.stated")}


def _moved(found: Iterable[Statement]) -> dict[str, Decimal]:
    """Amount, prior year and change of statements together, exactly."""
    found = list(found)
    amount = sum((exact(s["amount"]) for s in found), Decimal(0))
    change = sum((exact(s["change"]) for s in found), Decimal(0))
    return {"amount": amount, "prior": amount - change, "change": change}
