"""What does a number count over, and how is one written out exactly?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction


class Basis(StrEnum):
    """What the number counts over: a state, a number of things, all history, the period only, a mean, a fall."""

    LEVEL = "level"
    COUNT = "count"
    CUMULATIVE = "cumulative"
    NEW = "new"
    AVERAGE = "average"
    REDUCTION = "reduction"


def present(amount: Fraction, decimals: int) -> str:
    """The amount rounded half up to `decimals` places (GB/T 8170 is left to its own rule); for showing only, never to judge."""
    quantum = Decimal(1).scaleb(-decimals)
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return f"{exact.quantize(quantum, rounding=ROUND_HALF_UP):f}"
