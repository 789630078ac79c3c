"""Amounts and shares that the text states of an item without a change: facts of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from budgetkit.prose import words
from budgetkit.prose.coding import code
from budgetkit.prose.money import money, number
from budgetkit.prose.subjects import Item, described, item, section


class Stated(NamedTuple):
    """An amount of an item: as printed, what may follow it (占收入总预算90%), and of what."""

    item: Item
    printed: re.Match[str]
    section: str
    place: int
    whole: Item | None = None

    @property
    def amount(self) -> Decimal:
        """The amount in 万元."""
        return money(self.printed["number"], self.printed["unit"])

    @property
    def share(self) -> re.Match[str] | None:
        """The share that follows the amount."""
        return words.pattern("stated", "share").match(self.printed.string, self.printed.end())


def read(
    stated: Iterable[Stated], variances: Sequence[dict], facts: Sequence[dict]
) -> Iterator[dict]:
    """Facts ``amount`` and ``share.<code or item>[.<whole>]``, with their places.

    An amount that is a change's, or that a fact states already (each fact states one) is none.
    """
    changed = {(Item(r["item"]).key, r["amount"]) for r in variances}
    shares = {(Item(r["item"]).key, r["share"]) for r in variances}
    spent = {(f["key"].removeprefix("execution.").rpartition(".")[0], f["value"]) for f in facts}
    known = Counter((f["place"], f["section"], f["value"]) for f in facts)
    for one in stated:
        name, value = code(one.item) or spelled(one.item), number(one.printed["number"])
        record = {"section": section(one.item.name, one.section), "place": one.place}
        share = one.share
        if share and (one.item.key, float(number(share["number"]) / 100)) not in shares:
            whole = item(share["whole"]) or described(share["whole"])
            key = ".".join(["share", name, *([spelled(whole)] if whole else [])])
            yield {"key": key, "value": float(number(share["number"])), "unit": "%", **record}
        settled = (name, float(value)) in spent or any(
            f"的{one.item.key}".endswith(f"的{told}") and amount == float(one.amount)
            for told, amount in changed
        )
        if settled:
            continue
        if known[one.place, one.section, float(value)]:
            known[one.place, one.section, float(value)] -= 1
            continue
        unit = one.printed["unit"]
        key = ".".join(["amount", name, *([spelled(one.whole)] if one.whole else [])])
        yield {"key": key, "value": float(value), "unit": unit, **record}


def spelled(item: Item) -> str:
    """An item's name, in the spelling of the column that bears it (其他, 上年 name too little).

    >>> spelled(Item("公务用车购置和运行维护费用")), spelled(Item("研究生培养"))
    ('公务用车购置及运行费', '研究生培养')
    """
    return _columns().get(item.key, item.name)


@cache
def _columns() -> dict[str, str]:
    """The columns of tables by the key of their name."""
    names = (label["zh"] for label in words.vocabulary("labels")["measure"].values())
    return {own: name for name in names if len(own := Item(name).key) > 2}
