"""When do two printed quantities say the same? Exact numbers in one unit, whatever words and scales the paper prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from zhiheng.documents.fold import fold
from zhiheng.plans.model import Comparator, Mention
from zhiheng.plans.quantities.values import unit_kind

_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_SCALE = re.compile("^(万亿|十万|百万|千万|亿|万|千(?!米|克|瓦|伏)|百)(?=.|$)")
_SAME = {
    "ug/m3": "微克/立方米",
    "µg/m3": "微克/立方米",
    "µg/m³": "微克/立方米",
    "ug/m³": "微克/立方米",
    "平方千米": "平方公里",
    "公顷": "公顷",
}
_UPPER = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in plain units: `low`..`high` (None: open), and the unit that counts (`count` for whatever counts things)."""

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
    def bounded(self) -> bool:
        """Whether the paper prints only one side."""
        return self.comparator in _UPPER or self.comparator in _LOWER

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


def plain_unit(unit: str | None) -> tuple[str, int]:
    """What a unit measures and how many of it one printed unit is (亿元 → 元, 10^8; 家 → count, 1)."""
    words = _SAME.get(fold(unit or "").replace(" ", "").lower(), fold(unit or "").replace(" ", ""))
    scale = _SCALE.match(words)
    core = words[scale.end() :] if scale else words
    factor = _SCALES[scale[1]] if scale else 1
    if not core or (unit_kind(core) == "count" and core != "倍"):
        return "count", factor
    return core, factor


def measure(mention: Mention) -> Measure:
    """The quantity of a mention."""
    unit, factor = plain_unit(mention.unit)
    low, high = (Fraction(v) * factor if v is not None else None for v in (mention.value_low, mention.value_high))
    return Measure(low, high, unit, mention.comparator)


def same_side(one: Measure, other: Measure) -> bool:
    """Whether two bounds do not point against each other."""
    return not ({one.comparator, other.comparator} & _UPPER and {one.comparator, other.comparator} & _LOWER)


def printed(mention: Mention) -> str:
    """The value as the paper prints it, with its unit where the cell leaves it out."""
    unit = mention.unit or ""
    text = mention.text.strip()
    if not unit or fold(unit) in fold(text):
        return text
    return f"{text}{unit}" if text[-1:].isdigit() else f"{text}（{unit}）"
