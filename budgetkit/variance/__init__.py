"""Variance narratives (增减变化): what changed since last year, why, and is the story right.

A document states for each item its amount, the change against last year's budget, a
percentage and a reason. Here each statement is recomputed, held against the tables,
sorted by its reason, and told again as a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import language
from budgetkit.audit.cells import cells
from budgetkit.audit.percentages import decimal, half_money, recomputed
from budgetkit.audit.statements import Statement, printed_total, repeated
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.printed import exact
from budgetkit.variance import statements
from budgetkit.variance.whatif import transfers, what_if

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.variance import VarianceExplorer

__all__ = [
    "by_reason",
    "contributions",
    "explore",
    "graded",
    "narrative",
    "plot",
    "reasons",
    "recompute",
    "transfers",
    "what_if",
]

#: What `recompute` finds: the percentage fits, differs, has no base, or can't be checked.
CHECKS = ("fits", "differs", "no_base", "incomplete")


def recompute(doc: Disclosure) -> pd.DataFrame:
    """Recompute last year's amount and the percentage of every statement of change.

    A printed number is rounded: behind 10.00 may stand anything from 9.995 to 10.005. A
    percentage fits where some unrounded amounts behind the printed ones give it.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).

    Returns
    -------
    DataFrame
        One row per statement, in order.

        - ``section``, ``item``, ``code`` as published; ``label``: the item in the
          language in use
        - ``amount``, ``change``, ``prior``: 万元; prior is amount − change
        - ``percent``: as printed, in percent; ``recomputed``: change / prior × 100;
          ``percent_low``, ``percent_high``: what unrounded amounts could give
        - ``check``: ``fits``, ``differs``, ``no_base`` (growth from zero has no
          percentage) or ``incomplete`` (something isn't stated); ``ok``: true, false, or
          missing for the latter two
        - ``cell``: 万元, what the section's table prints for the item, where it has
          such a cell; ``cell_ok``: whether the two agree

    Raises
    ------
    MissingDataError
        If the text states no change against last year.

    Examples
    --------
    >>> import budgetkit as bk
    >>> checked = bk.variance.recompute(bk.load("xinjiang-miit-2024"))
    >>> checked.loc[1, ["change", "prior", "percent", "check"]].to_dict()
    {'change': 4130.63, 'prior': 7427.0, 'percent': 55.62, 'check': 'fits'}
    >>> checked["check"].value_counts().to_dict()
    {'fits': 41, 'no_base': 2, 'differs': 0, 'incomplete': 0}
    """
    from budgetkit.variance.grading import rounding

    found = statements.statements(doc)
    money, room = half_money(found), rounding(found)
    numbered = cells(doc)
    rows = []
    for statement, label in zip(found, statements.named(found), strict=True):
        cell = numbered.sum(repeated(numbered, statement))
        amount = decimal(statement["amount"])
        agrees = None
        if cell is not None and amount is not None:
            agrees = abs(exact(cell) - amount) <= room[statement["section"]]
        rows.append(
            {
                **{name: statement[name] for name in ("section", "item", "code")},
                "label": label,
                **recomputed(statement, money),
                "cell": cell,
                "cell_ok": agrees,
            }
        )
    frame = pd.DataFrame(rows).astype({"ok": "boolean", "cell_ok": "boolean", "code": "str"})
    frame["check"] = frame["check"].astype(pd.CategoricalDtype(list(CHECKS)))
    numbers = ["amount", "change", "prior", "percent", "recomputed", "cell"]
    return frame.astype(dict.fromkeys([*numbers, "percent_low", "percent_high"], "float64"))


def graded(doc: Disclosure, before: Disclosure | None = None) -> pd.DataFrame:
    """Tell every change anew from the figures, and grade what the department says of it.

    A statement has up to three witnesses: its percentage recomputed from its amounts, the
    table that prints the same amount, and last year's document, which must have printed
    amount − change. Rounding is allowed for; ``[rounding]`` and ``[why]`` in
    ``vocabulary/narrative.toml`` say by how much, and in which words.

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
    {'verified': 28, 'unchecked': 7, 'out_of_step': 1}
    >>> found.loc[found["grade"] == "out_of_step", "why"].item()
    '说明为+1,312.56%，按金额应为+1,212.56%'
    """
    from budgetkit.variance import grading

    return grading.graded(doc, before)


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
        raise MissingDataError(
            f"{doc.meta.source}: no statement of {section} gives both an amount and its change"
        )
    parts = statements.parts(found)
    if not parts:
        raise MissingDataError(f"{doc.meta.source}: no statement is about an item of {section}")
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
        categories = statements.classify(statement["reason"])
        rows.append(
            {
                **{name: statement[name] for name in ("section", "item", "code")},
                "label": label,
                "change": statement["change"],
                "text": statements.reason_text(statement),
                "primary": categories[0],
                "category": statements.category(categories[0]),
                "categories": categories,
            }
        )
    return pd.DataFrame(rows).astype({"text": "str", "code": "str"})


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
            money.setdefault(statements.classify(statement["reason"])[0], []).append(change)
    gross = sum((abs(c) for changes in money.values() for c in changes), Decimal(0))
    rows = []
    for reason, changes in money.items():
        up = sum((c for c in changes if c > 0), Decimal(0))
        down = sum((c for c in changes if c < 0), Decimal(0))
        rows.append(
            {
                "reason": reason,
                "category": statements.category(reason),
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


def narrative(doc: Disclosure, language: str | None = None) -> str:
    """Tell what changed, as paragraphs that could stand in a report.

    Sentences are templates, and words such as "rose sharply" named thresholds, both in
    ``vocabulary/narrative.toml``. Said are: totals, the largest contributors with their
    stated reasons, what offsets what, what adds up, and what could not be checked.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    language : {"zh", "en"}, optional
        By default the language in use.

    Returns
    -------
    str
        Paragraphs, a blank line between them. Amounts are in 万元 in Chinese, in yuan
        or million yuan in English.

    Raises
    ------
    MissingDataError
        If the text states no change against last year.
    LanguageError
        If `language` is neither ``"zh"`` nor ``"en"``.

    Examples
    --------
    >>> import budgetkit as bk
    >>> print(bk.variance.narrative(bk.load("xinjiang-miit-2024"), "en")[:70])
    In its 2024 budget, revenue of 新疆维吾尔自治区工业和信息化厅 comes to 866.17 million
    """
    from budgetkit.variance import narration

    return narration.narrative(doc, language)


def plot(
    doc: Disclosure,
    kind: str = "waterfall",
    section: str | None = None,
    *,
    frozen: Iterable[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw what changed.

    Parameters
    ----------
    doc : Disclosure
        A document that states changes (frame ``variances``).
    kind : {"waterfall", "percent", "reasons"}
        ``waterfall``: how the items of a section add up to its total change.
        ``percent``: growth of each item, marked by what `recompute` finds.
        ``reasons``: money moved by stated reason.
    section : str, optional
        By default ``income`` for a waterfall, ``general_expenditure`` otherwise.
    frozen : iterable of str, optional
        For a waterfall: items held at last year's level, as in `what_if`.
    ax : Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    Axes
        The chart, in the language in use; amounts in 万元.

    Raises
    ------
    MissingDataError
        If the text states no change in this section.
    BudgetkitError
        If `kind` is none of these.

    Examples
    --------
    >>> import budgetkit as bk
    >>> len(bk.variance.plot(bk.load("xinjiang-miit-2024")).patches)
    7
    """
    from budgetkit.variance import charts

    kinds: dict[str, Callable[..., Axes]] = {
        "waterfall": charts.waterfall,
        "percent": charts.percent,
        "reasons": charts.money_by_reason,
    }
    if kind not in kinds:
        raise BudgetkitError(f"kind {kind!r}: expected one of {', '.join(kinds)}")
    usual = "income" if kind == "waterfall" else "general_expenditure"
    options = {"frozen": tuple(frozen)} if frozen else {}
    if frozen and kind != "waterfall":
        raise BudgetkitError(f"kind {kind!r}: only a waterfall can have frozen items")
    return kinds[kind](doc, section or usual, ax=ax, **options)


def explore(doc: Disclosure | None = None) -> VarianceExplorer:
    """Look at the changes with controls: freeze items at last year's level.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    VarianceExplorer
        A widget; its ``view`` is the frame behind the chart, as `what_if` gives it, its
        ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.variance.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["transfers"].value = True
    >>> explorer.view["what_if_change"].iloc[-1].item()
    -1706.03
    """
    from budgetkit.explorers.variance import VarianceExplorer

    return VarianceExplorer(doc)


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
