"""When do two printed quantities say the same? Exact numbers in one unit, whatever words and scales the paper prints."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhiheng.base import units
from zhiheng.documents.fold import fold
from zhiheng.plans.model import Comparator, Mention
from zhiheng.plans.quantities.values import unit_kind

UPPER = frozenset({Comparator.AT_MOST, Comparator.BELOW})
LOWER = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
COUNTED = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed quantity in plain units: `low`..`high` (None: open); `unit` is `COUNTED` for whatever counts things."""

    low: Fraction | None
    high: Fraction | None
    unit: str
    comparator: Comparator

    @property
    def number(self) -> Fraction:
        """The printed number; of a range its lower end."""
        known = self.low if self.low is not None else self.high
        return known if known is not None else Fraction(0)

    @property
    def largest(self) -> Fraction:
        """The upper end of what is printed."""
        return max(n for n in (self.low, self.high, self.number) if n is not None)

    @property
    def bounded(self) -> bool:
        """Whether the paper prints only one side."""
        return self.comparator in UPPER or self.comparator in LOWER

    def admits(self, number: Fraction) -> bool:
        """Whether a number keeps the printed bound."""
        match self.comparator:
            case Comparator.AT_LEAST:
                return number >= self.number
            case Comparator.ABOVE:
                return number > self.number
            case Comparator.AT_MOST:
                return number <= self.number
            case Comparator.BELOW:
                return number < self.number
            case Comparator.RANGE:
                return self.low is not None and self.high is not None and self.low <= number <= self.high
            case _:
                return number == self.number


def plain_unit(unit: str | None) -> tuple[str, Fraction]:
    """What a unit measures and how many of it one printed unit is (亿元 → 元, 10^8; 万家 → counted, 10^4)."""
    measure = units.measure(fold(unit or ""))
    if not measure.core or (unit_kind(measure.core) == "count" and measure.core != "倍"):
        return COUNTED, measure.factor
    return measure.core, measure.factor


def quantity(mention: Mention) -> Quantity:
    """The quantity of a mention."""
    unit, factor = plain_unit(mention.unit)
    low, high = (Fraction(v) * factor if v is not None else None for v in (mention.value_low, mention.value_high))
    return Quantity(low, high, unit, mention.comparator)


def opposed(one: Quantity, other: Quantity) -> bool:
    """Whether two bounds point against each other."""
    both = {one.comparator, other.comparator}
    return bool(both & UPPER) and bool(both & LOWER)


def printed(mention: Mention) -> str:
    """The value as the paper prints it, with its unit where the cell leaves it out."""
    unit, text = mention.unit or "", mention.text.strip()
    if not unit or fold(unit) in fold(text):
        return text
    return f"{text}{unit}" if text[-1:].isdigit() else f"{text}（{unit}）"
