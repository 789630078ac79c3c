"""How much changed: the signed change and percentage that a verb and its numbers state."""

import re
from decimal import Decimal
from typing import NamedTuple

from budgetkit.notes import Notes
from budgetkit.prose import words
from budgetkit.prose.money import money, number

#: Percent in one of these: 增长2倍 is 200 %.
_PERCENT = {"%": 1, "倍": 100}


class Change(NamedTuple):
    """A change in 万元 and in percent, as far as stated, and where the sentence goes on.

    ``times`` is the number as printed where growth is told in times (增长16倍).
    """

    amount: Decimal | None
    percent: Decimal | None
    end: int
    times: str = ""

    def rounds(self, amount: Decimal) -> bool:
        """Whether it is told in times that follow from an amount, but are too round for percent."""
        if not self.times or self.amount is None or self.percent is None or self.fits(amount):
            return False
        half = 50 * Decimal(1).scaleb(int(Decimal(self.times).as_tuple().exponent))
        prior = amount - self.amount
        return bool(prior) and abs(self.amount / prior * 100 - self.percent) <= half

    def fits(self, amount: Decimal) -> bool:
        """Whether the percentage follows from an amount of this year, as far as both are stated."""
        if self.amount is None or self.percent is None:
            return True
        prior = amount - self.amount
        if not prior:
            return not self.percent or abs(self.percent) == 100
        slack = Decimal(1).scaleb(int(self.percent.as_tuple().exponent))
        return abs(self.amount / prior * 100 - self.percent) <= slack


def change(sentence: str, found: re.Match[str], place: int, notes: Notes) -> Change:
    """The change that a match of ``variances.change`` and the percentage after it state."""
    if found["same"]:
        none = None if found["near"] else Decimal(0)  # 基本持平 states no number
        return Change(none, none, found.end())
    first = found["unit"] in _PERCENT
    after = words.pattern("variances", "amount" if first else "percent").match(
        sentence, found.end()
    )
    value = _signed(found, _value(found), found, place, notes)
    if after is None:
        return Change(None if first else value, value if first else None, found.end())
    verb = after if after["verb"] else found
    other = _signed(verb, _value(after), after, place, notes)
    if value and other and (value > 0) != (other > 0):
        notes.doubted("prose.directions_disagree", place, f"{found[0]} {after[0].strip('，, ')}")
    amount, percent = (other, value) if first else (value, other)
    told = found if first else after
    times = str(abs(number(told["number"]))) if told["unit"] == "倍" else ""
    return Change(amount, percent, after.end(), times)


def _value(found: re.Match[str]) -> Decimal:
    """The percentage that a match prints, or the amount in 万元."""
    if found["unit"] in _PERCENT:
        return number(found["number"]) * _PERCENT[found["unit"]]
    return money(found["number"], found["unit"])


def _signed(
    verb: re.Match[str], value: Decimal, printed: re.Match[str], place: int, notes: Notes
) -> Decimal | None:
    """A number with the sign of its verb, or its own where it has one.

    ``None`` where a form left the verb open and the number doesn't say it either.
    """
    if value < 0:
        return value
    if words.pattern("variances", "unsure").search(verb["verb"]) and value:
        notes.doubted("prose.direction_unclear", place, printed[0])
        return None
    return -value if words.pattern("variances", "down").match(verb["verb"]) and value else value
