"""Which yearly rate compounds to a change, and does it satisfy a bound? Exact, without taking a root."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from zhiheng.judgement.bound import Bound

# Digits behind the point of a rate that is shown; the bound is held against the powers, never against these.
_PLACES = 12


def holds_compound(bound: Bound, rates: Sequence[Fraction], falling: bool) -> bool:
    """Whether the yearly rate (in %) that compounds to the same end as these rates satisfies the bound."""
    sign = -1 if falling else 1
    product = math.prod((1 + sign * rate / 100 for rate in rates), start=Fraction(1))
    return compound_holds(bound, product, len(rates), falling)


def compound_holds(bound: Bound, product: Fraction, years: int, falling: bool) -> bool:
    """Whether the yearly rate (in %) that makes `product` of one in so many years satisfies the bound."""
    sign = -1 if falling else 1

    def side(end: Fraction) -> int:
        """-1, 0, 1: the compound rate is below, at, above `end`."""
        power = (1 + sign * end / 100) ** years
        return sign * ((product > power) - (product < power))

    least = 1 if bound.strict else 0
    return (bound.low is None or side(bound.low) >= least) and (bound.high is None or -side(bound.high) >= least)


def compound_rate(product: Fraction, years: int, falling: bool) -> Fraction:
    """That rate (in %) to twelve decimals, cut off towards the slower growth; exact where it ends before."""
    unit = 100 * 10**_PLACES
    low, high = 0, unit * (math.ceil(product) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if Fraction(middle, unit) ** years <= product else (low, middle)
    rate = (Fraction(low, unit) - 1) * 100
    return -rate if falling else rate
