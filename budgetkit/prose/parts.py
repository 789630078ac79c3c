"""How a project's money is divided: every amount of a text with the words it is for."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetkit.notes import Notes
from budgetkit.prose import words
from budgetkit.prose.money import money
from budgetkit.prose.sentences import split

#: Longest label of a part, in characters.
LABEL = 40


class Part(NamedTuple):
    """A part as printed, with the part that it is of before it; ``amount`` in 万元."""

    label: str
    amount: Decimal
    unit: str
    printed: str


def parts(text: str, place: int, notes: Notes) -> Iterator[Part]:
    """The parts that a text names, in order; rates (每人每月 …) are not parts.

    >>> text = "商品和服务支出65万元，主要用于机房8万元、运维57万元。设备5万元"
    >>> [part.label for part in parts(text, 1, Notes())]
    ['商品和服务支出', '商品和服务支出 / 机房', '商品和服务支出 / 运维', '设备']
    """
    end, before_it, whole = 0, "", ""
    for found in words.pattern("variances", "money").finditer(text):
        before, end = text[end : found.start()], found.end()
        clause = _clause(before)
        if words.pattern("projects", "rate").search(clause[-12:]):
            continue
        if words.pattern("projects", "sum").search(before):
            continue
        part = label(clause)
        if not part:
            notes.doubted("prose.amount_without_item", place, found[0])
        if re.search("[。；;]", before):
            whole = ""
        elif before_it and words.pattern("projects", "part_of").search(before):
            whole = before_it
        before_it = part
        part = " / ".join(filter(None, [whole, part]))
        yield Part(part, money(found["number"], found["unit"]), found["unit"], found[0])


def label(clause: str) -> str:
    """The words before an amount, cut to what the amount is for.

    >>> label("主要包括用于设备维护费用共计")
    '设备维护费用'
    """
    before = ""
    while clause != before:
        before = clause
        clause = words.pattern("projects", "part_lead").sub("", clause)
        clause = words.pattern("projects", "part_tail").sub("", clause).strip()
    if len(clause) > LABEL:
        pieces = list(split(clause, "、"))
        while len(pieces) > 1 and len("、".join(pieces)) > LABEL:
            pieces = pieces[1:]
        clause = "、".join(pieces)[-LABEL:]
    return clause


def _clause(text: str) -> str:
    """The last clause of a text that says anything."""
    breaks = re.compile(words.pattern("projects", "part_breaks").pattern)
    pieces = [piece for piece in breaks.split(text) if label(piece)]
    return pieces[-1] if pieces else ""
