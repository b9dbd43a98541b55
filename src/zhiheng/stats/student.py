"""Below which t does Student's distribution hold a given probability?

For whole degrees of freedom the distribution function is a finite sum (Abramowitz & Stegun 26.7.3 and 26.7.4), so the
quantile is found by bisection on it, to the last digits of a float, without a table or an approximation. Above two thousand degrees
that sum is long and the series of Abramowitz & Stegun 26.7.5 about the normal quantile is as exact.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_HALVINGS = 200
_MANY = 2000


@lru_cache(maxsize=256)
def t_quantile(probability: float, degrees: int) -> float:
    """The t that Student's distribution with `degrees` of freedom stays below with `probability` (0 < p < 1)."""
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError(f"no quantile for probability {probability} and {degrees} degrees of freedom")
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    if degrees > _MANY:
        return _near_normal(NormalDist().inv_cdf(probability), degrees)
    inside = 2 * probability - 1
    low, high = 0.0, math.pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _inside(middle, degrees) < inside:
            low = middle
        else:
            high = middle
    return math.tan((low + high) / 2) * math.sqrt(degrees)


def _near_normal(z: float, degrees: int) -> float:
    """The series in 1/degrees; its fifth term is below 1e-13 from here on for any probability that is asked of it."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, 1))


def _inside(angle: float, degrees: int) -> float:
    """Probability between -t and t for t = tan(angle)·√degrees."""
    sine, square = math.sin(angle), math.cos(angle) ** 2
    if degrees % 2:
        return 2 / math.pi * (angle + (sine * math.cos(angle) * _sum(square, 2, degrees - 2) if degrees > 1 else 0.0))
    return sine * _sum(square, 1, degrees - 2)


def _sum(square: float, first: int, last: int) -> float:
    """1 + first/(first+1)·c² + first(first+2)/((first+1)(first+3))·c⁴ + … up to the factor below `last` + 1."""
    term = total = 1.0
    for k in range(first, last, 2):
        term *= square * k / (k + 1)
        total += term
    return total
