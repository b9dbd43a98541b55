"""Which figure must the records make, and how many of them make it?"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reported import ROWS

PLACE, PLACE_CODE = "青岭县", "990124"
YEARS = (2024, 2025, 2026)
_SEED = 20240315


def chance(theme: str) -> random.Random:
    """The dice of a theme: the same every time, so that one theme can change without the others."""
    return random.Random(f"{_SEED} {theme}")  # noqa: S311 - invented records, no secret


def value(indicator: str, year: int) -> Decimal:
    """The reported figure as printed."""
    return Decimal(_row(indicator, year)[0])


def counts(indicator: str, year: int, total: int = 0) -> tuple[int, int]:
    """Numerator and denominator: the reported ones, or those of `total` whose rate prints as the reported figure."""
    printed, numerator, denominator = _row(indicator, year)
    if numerator:
        return int(numerator), int(denominator)
    rate = Decimal(printed)
    passed = int((rate * total / 100).to_integral_value(ROUND_HALF_UP))
    if rounded(Fraction(100 * passed, total), -int(rate.as_tuple().exponent)) != rate:
        raise ValueError(f"{indicator} {year}: no count of {total} makes {rate}")
    return passed, total


def rounded(number: Fraction, places: int) -> Decimal:
    """Half up, as figures are printed."""
    scale = 10**places
    return Decimal((2 * number.numerator * scale + number.denominator) // (2 * number.denominator)).scaleb(-places)


def day(dice: random.Random, first: date, last: date) -> date:
    """A working day from `first` to `last`, both included; they lie a week apart at least."""
    found = first + timedelta(dice.randrange((last - first).days + 1))
    weekend = max(0, found.weekday() - 4)
    return found + timedelta(3 - weekend) if found - first < timedelta(2) else found - timedelta(weekend)


def _row(indicator: str, year: int) -> tuple[str, str, str]:
    found = next(r for r in ROWS if r.indicator == indicator and r.period == str(year))
    return found.value, found.numerator, found.denominator
