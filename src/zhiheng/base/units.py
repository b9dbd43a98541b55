"""How many of one unit are one of another, exactly? 1 亿元 = 10000 万元, 1 毫克/立方米 = 1000 微克/立方米."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

# Other spelling → the unit it is, and how many of it.
_MADE_OF: Mapping[str, tuple[str, Fraction]] = {
    "百分比": ("%", Fraction(1)),
    "百分之": ("%", Fraction(1)),
    "percent": ("%", Fraction(1)),
    "pct": ("%", Fraction(1)),
    "‰": ("%", Fraction(1, 10)),
    "百分点": ("个百分点", Fraction(1)),
    "µg/m3": ("微克/立方米", Fraction(1)),
    "µg/m³": ("微克/立方米", Fraction(1)),
    "ug/m3": ("微克/立方米", Fraction(1)),
    "微克每立方米": ("微克/立方米", Fraction(1)),
    "mg/m3": ("微克/立方米", Fraction(1000)),
    "mg/m³": ("微克/立方米", Fraction(1000)),
    "毫克/立方米": ("微克/立方米", Fraction(1000)),
    "mg/l": ("毫克/升", Fraction(1)),
    "毫克每升": ("毫克/升", Fraction(1)),
    "千米": ("公里", Fraction(1)),
    "平方千米": ("平方公里", Fraction(1)),
    "公顷": ("平方米", Fraction(10_000)),
    "平方公里": ("平方米", Fraction(1_000_000)),
    "m2": ("平方米", Fraction(1)),
    "m²": ("平方米", Fraction(1)),
    "㎡": ("平方米", Fraction(1)),
    "平米": ("平方米", Fraction(1)),
    "km2": ("平方米", Fraction(1_000_000)),
    "km²": ("平方米", Fraction(1_000_000)),
    "m3": ("立方米", Fraction(1)),
    "m³": ("立方米", Fraction(1)),
    "t": ("吨", Fraction(1)),
    "亩": ("平方米", Fraction(2000, 3)),
    "千克": ("克", Fraction(1000)),
    "公斤": ("克", Fraction(1000)),
    "吨标煤": ("吨标准煤", Fraction(1)),
    "吨标煤/万元": ("吨标准煤/万元", Fraction(1)),
    "千克标准煤/万元": ("吨标准煤/万元", Fraction(1, 1000)),
    "千瓦": ("瓦", Fraction(1000)),
    "kw": ("瓦", Fraction(1000)),
    "兆瓦": ("瓦", Fraction(1_000_000)),
    "mw": ("瓦", Fraction(1_000_000)),
    "kwh": ("千瓦时", Fraction(1)),
}
# 吨 is left alone: 万吨 is printed, never so many grams.
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# 千克, 千米 and 千瓦 are units, 百分点 is a share.
_SCALE = re.compile(r"^((?:十|百(?!分)|千(?![米瓦克卡顷])|万|亿)+)(.*)$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit taken apart: `factor` of the plain unit `core` ("" for a number that counts things)."""

    core: str
    factor: Fraction


def measure(unit: str | None) -> Measure:
    """The measure of a printed unit; width and script are folded beforehand."""
    plain = (unit or "").replace(" ", "").strip("()").lower()
    factor = Fraction(1)
    while (found := _SCALE.match(plain)) and plain not in _MADE_OF:
        factor *= Fraction(10) ** sum(_POWERS[sign] for sign in found[1])
        plain = found[2]
    core, times = _MADE_OF.get(plain, (plain, Fraction(1)))
    return Measure(core, factor * times)


def converted(amount: Fraction, unit: str | None, into: str | None) -> Fraction | None:
    """The amount in another unit; None when no number turns the one into the other (a share into an index)."""
    one, other = measure(unit), measure(into)
    return amount * one.factor / other.factor if one.core == other.core else None


def spellings(unit: str) -> tuple[str, ...]:
    """All ways to print exactly this unit, itself first."""
    meant = measure(unit)
    return (unit, *(word for word in _MADE_OF if word != unit and measure(word) == meant))


def is_unit(text: str) -> bool:
    """Whether a text is the name of a unit that can be turned into others; width and script are folded beforehand."""
    core = measure(text).core
    return core != measure("").core and core in {known for known, _ in _MADE_OF.values()} | _PLAIN


# Units of which others are powers of ten.
_PLAIN = frozenset(("元", "立方米", "人", "家", "件", "项", "个", "吨", "米", "瓦", "次", "批次", "起", "张", "天", "户"))
