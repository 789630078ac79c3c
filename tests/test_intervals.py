"""Interval arithmetic: whatever lies in the operands, the result lies in the result."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.intervals import INFINITY, UNKNOWN, Interval

numbers = st.decimals(-(10**7), 10**7, places=4)
positive = st.decimals(Decimal("0.0001"), 10**7, places=4)


@st.composite
def intervals(draw, of=numbers):
    """An interval and a number inside it."""
    low, inside, high = sorted(draw(of) for _ in range(3))
    return Interval(low, high), inside


def encloses(interval, value: Fraction) -> bool:
    return Fraction(interval.low) <= value and (
        interval.high == INFINITY or value <= Fraction(interval.high)
    )


@given(intervals(), intervals())
def test_sums_and_products_enclose(one, other):
    (a, x), (b, y) = one, other
    assert encloses(a + b, Fraction(x) + Fraction(y))
    assert encloses(a * b, Fraction(x) * Fraction(y))


@given(intervals(), intervals(positive))
def test_quotients_enclose_though_they_are_rounded(one, other):
    (a, x), (b, y) = one, other
    assert encloses(a / b, Fraction(x) / Fraction(y))


@given(intervals(positive), positive)
def test_what_has_no_upper_end(one, least):
    a, x = one
    at_least = Interval(least, INFINITY)
    assert encloses(a * at_least, Fraction(x) * Fraction(least) * 1000)
    assert (a / at_least).low == 0
    assert encloses(a / at_least, Fraction(x) / Fraction(least) / 1000)


@given(intervals(), intervals())
def test_meet_and_hull(one, other):
    (a, x), (b, y) = one, other
    both = a.meet(b)
    assert (x in a and x in b) == (both is not None and x in both) or x not in b
    assert x in a.hull(b)
    assert y in a.hull(b)


def test_the_unknown_swallows_everything_but_nothing():
    assert Interval.of(5) * UNKNOWN == UNKNOWN
    assert Interval.of(0) * UNKNOWN == Interval.of(0)
    assert not (Interval.of(5) + UNKNOWN).bounded


def test_by_an_interval_from_zero_there_is_no_ceiling():
    assert Interval.of(10) / Interval(Decimal(0), Decimal(5)) == Interval(Decimal(2), INFINITY)


@pytest.mark.parametrize("divisor", [Interval(Decimal(-1), Decimal(1)), Interval.of(0)])
def test_by_an_interval_around_zero_is_refused(divisor):
    with pytest.raises(ZeroDivisionError):
        Interval.of(-10) / divisor


def test_an_interval_backwards_is_refused():
    with pytest.raises(ValueError, match="from 2 to 1"):
        Interval(Decimal(2), Decimal(1))
