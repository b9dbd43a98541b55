"""How is an exact value printed with so many decimals?"""

from __future__ import annotations

from fractions import Fraction

from zhiheng.base.quantity import present
from zhiheng.indicators.definition import Rounding


def printed(amount: Fraction, decimals: int, by: Rounding) -> str:
    """The amount rounded to `decimals` places, once, by the rule (GB/T 8170—2008, 3.2: a half goes to the even digit)."""
    if by is Rounding.HALF_UP:
        return present(amount, decimals)
    scaled = amount * 10**decimals
    return present(Fraction(round(scaled), 10**decimals), decimals)
