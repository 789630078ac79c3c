"""Exact interval arithmetic: what can be said of a number of which only bounds are known.

Every operation is enclosing: whatever two numbers lie in two intervals, their sum,
product or quotient lies in the interval that comes out. Where a quotient has no
end, the low end is rounded down and the high end up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import product

INFINITY = Decimal("Infinity")
_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`, both included; `high` may be infinite.

    Parameters
    ----------
    low, high : Decimal
        The ends; ``low <= high``.

    Raises
    ------
    ValueError
        If `low` is above `high`.

    Examples
    --------
    >>> heads, yuan = Interval(Decimal(300), Decimal(500)), Interval.of(6000)
    >>> heads * yuan
    Interval(low=Decimal('1800000'), high=Decimal('3000000'))
    >>> Decimal(2000000) in heads * yuan
    True
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval from {self.low} to {self.high}: low is above high")

    @classmethod
    def of(cls, value: Decimal | int) -> Interval:
        """A number that is known."""
        return cls(Decimal(value), Decimal(value))

    @classmethod
    def around(cls, value: Decimal, half: Decimal) -> Interval:
        """What a printed number may have been before it was rounded."""
        return cls(value - half, value + half)

    @property
    def bounded(self) -> bool:
        """Whether the upper end is finite."""
        return self.high != INFINITY

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __mul__(self, other: Interval) -> Interval:
        return self._reach(other, _times)

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients; by an interval from 0 on they have no upper end.

        Raises ``ZeroDivisionError`` where they would have no lower end either.
        """
        if other.low > 0 or other.high < 0:
            return self._reach(other, _over)
        if other.low == 0 and other.high > 0 and self.low >= 0:
            return Interval(_over(_DOWN, self.low, other.high), INFINITY)
        raise ZeroDivisionError(f"{self} divided by {other}, which contains 0")

    def _reach(self, other: Interval, apply: Callable[..., Decimal]) -> Interval:
        """From the least to the largest that an operation makes of both intervals' ends."""
        corners = list(product((self.low, self.high), (other.low, other.high)))
        low, high = ([apply(way, a, b) for a, b in corners] for way in (_DOWN, _UP))
        return Interval(min(low), max(high))

    def meet(self, other: Interval) -> Interval | None:
        """The numbers in both, or none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def hull(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


#: A number of which nothing is known but that it isn't negative.
UNKNOWN = Interval(Decimal(0), INFINITY)


def _times(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """A corner of a product: nothing times without end is nothing."""
    return Decimal(0) if not a or not b else context.multiply(a, b)


def _over(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """A corner of a quotient: what is finite over without end is nothing."""
    if not b.is_finite():
        return Decimal(0)
    return context.divide(a, b)
