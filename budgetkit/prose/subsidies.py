"""How many are paid, and how much each: headcounts and payment standards of a project."""

import re
from collections.abc import Iterator

from budgetkit.notes import Notes
from budgetkit.prose import words
from budgetkit.prose.money import number
from budgetkit.prose.sentences import sentences


def headcounts(text: str, project: str) -> Iterator[dict]:
    """Groups with a stated headcount, as an interval; texts without a number give none.

    >>> list(headcounts("一等奖学金奖励人数范围：20-30人；在校生48人", "奖学金"))
    [{'group': '一等奖学金', 'low': 20, 'high': 30}, {'group': '在校生', 'low': 48, 'high': 48}]
    """
    end = 0
    for found in words.pattern("subsidies", "headcount").finditer(text):
        before, end = text[end : found.start()], found.end()
        low = int(number(found["low"]))
        high = int(number(found["high"])) if found["high"] else low
        yield {"group": _group_of_heads(before) or project, "low": low, "high": high}


def _group_of_heads(text: str) -> str:
    """Whom a headcount counts: the words before it without those that say that it counts."""
    name, before = re.split(r"[，。；,;]", text.rstrip("：: "))[-1], ""
    while name != before:
        before = name
        name = words.pattern("subsidies", "group_tail").sub("", name).strip("：: ")
    return name


def standards(text: str, project: str, place: int, notes: Notes) -> Iterator[dict]:
    """Stated payment standards in yuan: one row a tier.

    An interval (1000—3000元) gives two rows, tiers ``区间下限`` and ``区间上限``. A group,
    and whether a year or a month is paid, hold until others are named.
    """
    group, per = project, None
    for sentence in sentences(text):
        matches = list(words.pattern("subsidies", "yuan").finditer(sentence))
        begin = 0
        for index, found in enumerate(matches):
            before = sentence[begin : found.start()]
            after = sentence[found.end() : _next(matches, index, len(sentence))]
            begin = found.end()
            named_per = words.first("per", before + after[:8])
            if not found["unit"] and not named_per:
                continue
            group, per = _group(before) or group, named_per or per or "other"
            if not found["unit"]:
                notes.doubted("prose.standard_without_unit", place, found["low"], "元")
            months = words.pattern("subsidies", "months").search(after)
            row = {
                "group": group,
                "per": per,
                "months": int(months["months"]) if months else None,
            }
            for tier, yuan in _tiers(before, found):
                yield {**row, "tier": tier, "yuan": yuan}


def _tiers(before: str, found: re.Match[str]) -> Iterator[tuple[str | None, float]]:
    """The tier of an amount, and the amount; two for an interval."""
    if found["high"]:
        yield "区间下限", float(number(found["low"]))
        yield "区间上限", float(number(found["high"]))
        return
    tiers = list(words.pattern("subsidies", "tier").finditer(before))
    yield tiers[-1]["tier"] if tiers else None, float(number(found["low"]))


def _group(before: str) -> str | None:
    """The group that the words before an amount name, if they do."""
    for found in words.pattern("subsidies", "group").finditer(before):
        name = words.pattern("subsidies", "group_noise").sub("", found[0])
        if not words.pattern("subsidies", "not_a_group").search(name):
            return name
    return None


def _next(matches: list[re.Match[str]], index: int, end: int) -> int:
    """Where the amount after this one begins."""
    return matches[index + 1].start() if index + 1 < len(matches) else end
