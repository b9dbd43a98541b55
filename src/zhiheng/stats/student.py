"""Below which t does Student's distribution hold a given probability?

For whole degrees of freedom the distribution function is a finite sum (Abramowitz & Stegun 26.7.3 and 26.7.4), so the
quantile is found by bisection on it, to the last digits of a float, without a table or an approximation.
"""

from __future__ import annotations

import math
from functools import lru_cache

_HALVINGS = 200


@lru_cache(maxsize=256)
def t_quantile(probability: float, degrees: int) -> float:
    """The t that Student's distribution with `degrees` of freedom stays below with `probability` (0 < p < 1)."""
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError(f"no quantile for probability {probability} and {degrees} degrees of freedom")
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    inside = 2 * probability - 1
    low, high = 0.0, math.pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _inside(middle, degrees) < inside:
            low = middle
        else:
            high = middle
    return math.tan((low + high) / 2) * math.sqrt(degrees)


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
