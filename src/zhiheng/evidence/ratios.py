"""What do the counts behind a ratio come to in the unit of its indicator?

In % and ‰ the scale is known. Of a ratio per 10,000 people or 100 million yuan nobody can tell from two counts whether the
denominator was counted in ones or in ten thousands; only a value beside them shows it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from zhiheng.documents.fold import fold
from zhiheng.evidence.units import PERCENT, canonical

_KNOWN = {PERCENT: Fraction(100), "个百分点": Fraction(100), "‰": Fraction(1000)}
_TENS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# 千米, 千瓦 and 千克 are units, 百分 is a share.
_MULTIPLE = r"(?:\d+|十)?(?:百(?!分)|千(?![米瓦克卡])|[万亿])+"
_OF = "人|名|户|家|台|套|辆|车|件|元|美元|吨|标准煤|米|公里|公顷|亩|平方|立方|人口|常住|工时|批|GDP|生产总值|产值|增加值|从业"
_PER_MANY = re.compile(rf"每({_MULTIPLE})|({_MULTIPLE})(?={_OF})", re.IGNORECASE)
_IN_UNIT = re.compile(f"({_MULTIPLE})")


def known_scale(unit: str | None, indicator: str) -> Fraction | None:
    """What numerator/denominator is multiplied by; None when unit or name speak of many (件/万人, 万台…死亡人数)."""
    scales = possible_scales(unit, indicator)
    return scales[0] if len(scales) == 1 else None


def possible_scales(unit: str | None, indicator: str) -> tuple[Fraction, ...]:
    """Every scale that the counts may be meant with, the plain one first."""
    plain = canonical(unit) or ""
    if plain in _KNOWN:
        return (_KNOWN[plain],)
    said = [m[0] for m in _IN_UNIT.finditer(plain)]
    said += [m[1] or m[2] for m in _PER_MANY.finditer(fold(indicator))]
    return tuple(dict.fromkeys((Fraction(1), *map(_multiple, said))))


def _multiple(word: str) -> Fraction:
    """How many 十万, 10万 or 百 are."""
    digits = "".join(sign for sign in word if sign.isdigit())
    return Fraction(int(digits or 1)) * Fraction(10) ** sum(_TENS.get(sign, 0) for sign in word)


def ratio(value: Decimal | None, numerator: Decimal, denominator: Decimal, unit: str | None, indicator: str) -> Fraction | None:
    """The exact ratio in `unit`; where its scale is not known, with the one that the value confirms, else None."""
    plain = Fraction(numerator) / Fraction(denominator)
    scales = possible_scales(unit, indicator)
    if len(scales) == 1:
        return plain * scales[0]
    return next((plain * s for s in scales if value is not None and printed_from(value, plain * s)), None)


def printed_from(value: Decimal, exact: Fraction) -> bool:
    """Whether the value is the exact one, rounded or cut off to the digits that are printed."""
    exponent = value.as_tuple().exponent
    step = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return -step < Fraction(value) - exact <= step / 2
