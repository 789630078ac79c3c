"""Numbers in sentences: exact, in 万元 where they are money."""

from decimal import Decimal

from budgetkit.printed import UNITS

#: Marks of thousands go; every minus is one.
_PLAIN = str.maketrans({",": None, "，": None, "－": "-", "−": "-"})


def number(text: str) -> Decimal:
    """The number that a match of ``{number}`` prints.

    >>> number("1，284.50")
    Decimal('1284.50')
    """
    return Decimal(text.translate(_PLAIN))


def money(text: str, unit: str) -> Decimal:
    """A printed amount in 万元.

    >>> money("10", "元"), money("2.5", "亿元")
    (Decimal('0.0010'), Decimal('25000.0'))
    """
    return number(text) * UNITS[unit]


def plain_float(value: Decimal | None) -> float | None:
    """The float that a frame holds; conversion happens here and nowhere before."""
    return None if value is None else float(value)
