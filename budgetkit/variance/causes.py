"""The reasons that are stated: sorted into a few, and the money that each moved."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.audit.percentages import decimal
from budgetkit.audit.statements import Statement
from budgetkit.given import takes_disclosure
from budgetkit.variance import statements
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@takes_disclosure
def reasons(doc: Disclosure) -> pd.DataFrame:
    """Sort the stated reason of every change into a small taxonomy.

    The categories and the wordings they are known by are in
    ``vocabulary/reasons.toml``. A reason may name several causes; the one named first
    is taken as the primary one. That is a reading aid: no reason says how much of the
    money each cause moved.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).

    Returns
    -------
    DataFrame
        One row per statement: ``section``, ``item``, ``code``, ``label`` (the item in
        the language in use), ``change`` (万元), ``text`` (the reason in the language in
        use; in English the category where there is no English wording), ``primary``
        (``staffing``, ``pay``, ``policy``, ``transfers_into_budget``,
        ``project_cycle``, ``revenue``, ``carryover``, ``procurement``, ``thrift``,
        ``unchanged``, ``other``, or ``unstated`` where no reason is given),
        ``category`` (the same in the language in use) and ``categories`` (list: all
        that are named, the primary one first).

    Raises
    ------
    MissingDataError
        If the text states no change against last year.

    Examples
    --------
    >>> import budgetkit as bk
    >>> why = bk.variance.reasons(bk.load("xinjiang-miit-2024"))
    >>> why.loc[[1, 17, 37], "primary"].tolist()
    ['transfers_into_budget', 'policy', 'unstated']
    """
    found = statements.statements(doc)
    rows = []
    for statement, label in zip(found, statements.named(found), strict=True):
        categories = classify(statement["reason"])
        rows.append(
            {
                **{name: statement[name] for name in ("section", "item", "code")},
                "label": label,
                "change": statement["change"],
                "text": reason_text(statement),
                "primary": categories[0],
                "category": category(categories[0]),
                "categories": categories,
            }
        )
    return pd.DataFrame(rows).astype({"text": "str", "code": "str"})


@takes_disclosure
def by_reason(doc: Disclosure, section: str = "general_expenditure") -> pd.DataFrame:
    """Add up the changes of a section by the primary reason that is stated for them.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    section : str, default "general_expenditure"
        As for `contributions`; its items are counted once, totals not at all.

    Returns
    -------
    DataFrame
        One row per reason, most money first: ``reason``, ``category`` (in the language
        in use), ``statements`` (how many), ``up``, ``down`` and ``net`` in 万元, and
        ``share_of_gross`` of all money moved (up and down added).

    Raises
    ------
    MissingDataError
        If the text states no change in this section; the message lists the others.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.variance.by_reason(bk.load("xinjiang-miit-2024")).loc[0, ["reason", "up"]].to_dict()
    {'reason': 'transfers_into_budget', 'up': 6104.17}
    """
    money: dict[str, list[Decimal]] = {}
    for statement in statements.parts(statements.statements(doc, section)):
        change = decimal(statement["change"])
        if change is not None:
            money.setdefault(classify(statement["reason"])[0], []).append(change)
    gross = sum((abs(c) for changes in money.values() for c in changes), Decimal(0))
    rows = []
    for reason, changes in money.items():
        up = sum((c for c in changes if c > 0), Decimal(0))
        down = sum((c for c in changes if c < 0), Decimal(0))
        rows.append(
            {
                "reason": reason,
                "category": category(reason),
                "statements": len(changes),
                "up": float(up),
                "down": float(down),
                "net": float(up + down),
                "share_of_gross": float((up - down) / gross) if gross else 0.0,
            }
        )
    columns = ["reason", "category", "statements", "up", "down", "net", "share_of_gross"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("share_of_gross", ascending=False, ignore_index=True)


def classify(reason: object) -> list[str]:
    """Sort a stated reason into the categories it names, the first one first.

    Parameters
    ----------
    reason : str or missing
        As in ``doc.variances``.

    Returns
    -------
    list of str
        Keys of ``vocabulary/reasons.toml``; ``["other"]`` where none fits,
        ``["unstated"]`` where there is no reason.

    Examples
    --------
    >>> classify("在职人数减少，同时厉行节约"), classify(None)
    (['staffing', 'thrift'], ['unstated'])
    """
    if not isinstance(reason, str) or not reason:
        return ["unstated"]
    places = {}
    for name, entry in words("reasons").items():
        found = [m.start() for wording in entry["is"] if (m := re.search(wording, reason))]
        if found:
            places[name] = min(found)
    return sorted(places, key=lambda name: places[name]) or ["other"]


def reason_text(statement: Statement) -> str | None:
    """A statement's reason in the language in use, or its category; none where none is stated."""
    reason = statement["reason"]
    if not isinstance(reason, str) or language.current() == "zh":
        return reason if isinstance(reason, str) else None
    english = statement.get("reason_en")
    return english if isinstance(english, str) else category(classify(reason)[0])


def category(name: str) -> str:
    """A category in the language in use."""
    return str(words("reasons")[name][language.current()])
