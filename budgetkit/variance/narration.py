"""Telling what changed: sentences from templates, words from named thresholds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language as languages
from budgetkit.given import takes_disclosure
from budgetkit.printed import exact
from budgetkit.variance import statements
from budgetkit.variance.causes import by_reason, reason_text
from budgetkit.variance.checking import recompute
from budgetkit.variance.splitting import contributions
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@takes_disclosure
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
    with languages.language(language or languages.current()):
        found = statements.statements(doc)
        told = [
            name
            for name in words("narrative")["section"]
            if statements.parts(statements.complete([s for s in found if s["section"] == name]))
        ]
        if {"income", "expenditure"} & set(told):  # what `balance` tells of both
            told = [name for name in told if name != "balance"]
        paragraphs = [
            section(doc, name, "total" if place == 0 else "next_total")
            for place, name in enumerate(told)
        ]
        paragraphs += [why(doc, told), checks(doc)]
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def section(doc: Disclosure, name: str, opening: str) -> str:
    """One section: its total, what drove it, what ran against it, and what is left over."""
    rows = contributions(doc, name)
    total, parts = rows.iloc[-1], rows[rows["kind"] == "part"]
    told = [_opening(doc, name, opening, total)]
    texts = _texts(doc, name)
    if len(parts) == 1:
        text = texts.get(parts.iloc[0]["label"])
        return _joined([*told, sentence("reason", reason=text) if text else ""])
    ups, downs = parts[parts["change"] > 0], parts[parts["change"] < 0][::-1]
    for key, side in (("rises", ups), ("falls", downs)):
        if len(side):
            told.append(sentence(key, items=_items(side, texts)))
    up, down = ups["change"].sum(), -downs["change"].sum()
    if up and down:
        told.append(sentence("offset", up=money(up), down=money(down)))
    for rest in rows.loc[rows["kind"] == "rest", "change"]:
        told.append(sentence("rest", rest=money(rest, signed=True)))
    return _joined(told)


def why(doc: Disclosure, told: list[str]) -> str:
    """Whether the two sides agree, what the reasons come to, and what has none."""
    said = []
    if {"income", "expenditure"} <= set(told):
        sides = {name: contributions(doc, name).iloc[-1] for name in ("income", "expenditure")}
        agree = round(sides["income"]["change"], 2) == round(sides["expenditure"]["change"], 2)
        values = {name: money(total["change"], signed=True) for name, total in sides.items()}
        if all(total["kind"] == "total" for total in sides.values()):
            said.append(sentence("agree" if agree else "differ", change=values["income"], **values))
    if "general_expenditure" in told:
        rows = by_reason(doc)
        rows = rows[(rows["share_of_gross"] > 0) & (rows["reason"] != "unstated")].head(
            _limit("most")
        )
        items = [_category(row) for row in rows.to_dict("records")]
        said += [sentence("reasons", items=listed(items))] if items else []
    silent = [label for name in told for label in _silent(doc, name)]
    if silent:
        said.append(_counted("unexplained", silent))
    return _joined(said)


def checks(doc: Disclosure) -> str:
    """What could be recomputed, what didn't fit, and what could not be checked: each counted once.

    Then what the tables say.
    """
    rows = recompute(doc)
    wrong = rows[rows["check"] == "differs"]
    checked = int(rows["recomputed"].notna().sum())
    zero = int((rows["ok"].notna() & rows["recomputed"].isna()).sum())
    key = "checked_some" if len(wrong) else "checked_all"
    values = {"count": len(rows), "checked": checked, "wrong": len(wrong)}
    said = [sentence(key, **values, items=listed(list(wrong["label"])))]
    if zero:
        said.append(sentence("zero", count=zero))
    no_base = rows.loc[rows["check"] == "no_base", "label"]
    if len(no_base):
        said.append(_counted("no_base", no_base))
    if incomplete := int((rows["check"] == "incomplete").sum()):
        said.append(sentence("incomplete", count=incomplete))
    odd = rows.loc[rows["cell_ok"].eq(False).fillna(False), "label"]
    if len(odd):
        said.append(_counted("cell_wrong", odd))
    lone = int((rows["cell"].isna() & rows["amount"].fillna(0).ne(0)).sum())
    if lone:
        said.append(sentence("cell_none", count=lone))
    return _joined(said)


def phrase(*keys: str) -> str:
    """A phrase of ``vocabulary/narrative.toml`` in the language in use.

    >>> phrase("list", "and")
    '和'
    """
    return str(reduce(getitem, keys, words("narrative"))[languages.current()])


def sentence(key: str, **values: Any) -> str:
    """A sentence in the language in use, filled in."""
    if "section" in values:
        values["Section"] = values["section"][:1].upper() + values["section"][1:]
    return phrase("sentence", key).format(**values)


def verb(percent: float) -> tuple[str, str]:
    """Name of the threshold that a change in percent falls under, and its verb.

    >>> verb(2.9), verb(-60.0)
    (('slightly', '比上年增加'), ('sharply', '比上年大幅减少'))
    """
    entry = next(e for e in words("narrative")["verb"] if abs(percent) < e["below"])
    return entry["name"], entry["up" if percent >= 0 else "down"][languages.current()]


def money(amount: float | Decimal, signed: bool = False) -> str:
    """An amount in 万元 for readers, in the language in use.

    >>> money(1234.5), money(-2.17, signed=True)
    ('1,234.50万元', '-2.17万元')
    """
    size = abs(float(amount))
    forms = words("narrative")["money"]
    small = languages.current() == "en" and size < 100
    form = forms["en_small"] if small else forms[languages.current()]
    text = form.format(amount=size, millions=size / 100, yuan=size * 10000)
    return f"{'-' if amount < 0 else '+'}{text}" if signed and amount else text


def listed(items: list[str]) -> str:
    """Several things in a row, as a sentence lists them.

    >>> listed(["甲", "乙", "丙"])
    '甲、乙和丙'
    >>> listed(["甲", "乙和丙", "丁"])
    '甲、乙和丙、丁'
    """
    if len(items) < 2:
        return "".join(items)
    busy = any(phrase("list", "and") in item for item in items)
    last = phrase("list", "busy" if busy else "and")
    return phrase("list", "comma").join(items[:-1]) + last + items[-1]


def opening(key: str, amount: Decimal, change: Decimal, **values: str) -> str:
    """Amount and change in words: what it comes to, and how it moved.

    >>> opening("next_total", Decimal("110"), Decimal("10"), section="单位资金")
    '单位资金为110.00万元，比上年增加10.00万元（+10.00%）。'
    """
    values |= {"amount": money(amount), "change": money(change)}
    prior = amount - change
    if amount == prior == 0:
        return sentence(f"{key}_none", **values)
    if prior <= 0:
        return sentence(f"{key}_new", **values)
    percent = float(change / prior * 100)
    threshold, text = verb(percent)
    kept = {entry["name"] for entry in words("narrative")["verb"] if entry.get("same")}
    same = "_same" if threshold in kept else ""
    return sentence(f"{key}{same}", **values, verb=text, percent=f"{percent:+,.2f}%")


def _opening(doc: Disclosure, name: str, key: str, total: pd.Series) -> str:
    """The sentence about a section's total."""
    told = phrase("section", name)
    if total["kind"] == "stated":
        told = phrase("part", "stated").format(section=told)
    return opening(
        key,
        exact(total["amount"]),
        exact(total["change"]),
        year=phrase("year", "stated").format(year=doc.meta.year) if doc.meta.year else "",
        department=doc.meta.department or phrase("department", "unnamed"),
        kind=phrase("kind", doc.meta.kind),
        section=told,
    )


def _items(rows: pd.DataFrame, texts: dict[str, str]) -> str:
    """The items that make most of a side, each with its change and stated reason."""
    named: list[str] = []
    sofar, gross = 0.0, rows["change"].abs().sum()
    for row in rows.to_dict("records"):
        if len(named) == _limit("most") or sofar >= _limit("cover") * gross:
            break
        text = texts.get(row["label"])
        values = {"name": row["label"], "change": money(row["change"], signed=True)}
        key = "item_reason" if text else "item_plain"
        named.append(sentence(key, **values, reason=text))
        sofar += abs(row["change"])
    return listed(named)


def _texts(doc: Disclosure, name: str) -> dict[str, str]:
    """The stated reason of each item of a section, by label."""
    parts = statements.parts(statements.statements(doc, name))
    texts = [reason_text(s) for s in parts]
    return {label: text for label, text in zip(statements.named(parts), texts, strict=True) if text}


def _category(row: dict[Hashable, Any]) -> str:
    """A category of reasons with the money that it moved either way."""
    up, down = money(row["up"], signed=True), money(row["down"], signed=True)
    if row["up"] and row["down"]:
        return sentence("item_both", name=row["category"], up=up, down=down)
    return sentence("item_plain", name=row["category"], change=up if row["up"] else down)


def _silent(doc: Disclosure, name: str) -> list[str]:
    """Items of a section that changed without a stated reason."""
    parts = statements.parts(statements.statements(doc, name))
    return [
        label
        for label, s in zip(statements.named(parts), parts, strict=True)
        if reason_text(s) is None and abs(s["change"]) > 0
    ]


def _counted(key: str, labels: Iterable[str]) -> str:
    """A sentence that counts things and lists them."""
    items = list(labels)
    return sentence(key, count=len(items), items=listed(items))


def _limit(name: str) -> Any:
    return words("narrative")["limits"][name]


def _joined(sentences: list[str]) -> str:
    """Sentences as a paragraph."""
    return phrase("list", "stop").join(s for s in sentences if s)
