"""What does a number count over, and how is one written out exactly?"""

from __future__ import annotations

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
    whole, rest = divmod(abs(amount.numerator) * 10**decimals, amount.denominator)
    digits = f"{whole + (2 * rest >= amount.denominator):0{decimals + 1}d}"
    shown = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{shown}" if amount < 0 and digits.strip("0") else shown
