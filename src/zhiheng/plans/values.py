"""Which expressions are a number with a unit and a bound, and what do they say?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.base.numerals import decimal_string
from zhiheng.plans.model import Comparator
from zhiheng.plans.vocabulary import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    COUNT_UNITS,
    DOWN_VERBS,
    MEASURE_UNITS,
    MORE_THAN,
    RATE_UNITS,
    SCALES,
    TIME_UNITS,
    UP_VERBS,
    alternation,
)

DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BEFORE = {word: sign for sign, words in BOUNDS_BEFORE.items() for word in words}
_AFTER = {word: sign for sign, words in BOUNDS_AFTER.items() for word in words}
_UNITS = alternation((*RATE_UNITS, *MEASURE_UNITS, *COUNT_UNITS, *TIME_UNITS))
_COUNT = frozenset(COUNT_UNITS)
_RATE = frozenset(RATE_UNITS)
_TIME = frozenset(TIME_UNITS)
_SCALE = alternation(SCALES)
_MORE = alternation(MORE_THAN)
_DASH = r"\s*(?:-{1,2}|~|—{1,2}|–|至|到)\s*"
_CHINESE = r"[一二两三四五六七八九十百千][一二两三四五六七八九十百千零]*"
# Classifiers that count things after a Chinese numeral; 类, 级, 大 and the like make names.
_CHINESE_UNITS = alternation(("个", "家", "项", "名", "条", "座", "所", "件", "张", "处", "支", "辆", "户", "公里", "亩", "万亩", "万人", "亿元", "万元", "人", "倍", "起", "部", "台", "批次", "场", "间", "对", "例", "亿", "万名", "个百分点"))

_VALUE = re.compile(
    rf"(?P<before>{alternation(_BEFORE)})?\s*"
    rf"(?P<sign>[-+])?(?:(?P<percent>百分之)(?P<cnp>{_CHINESE}(?:点[零一二三四五六七八九]+)?|{DIGITS})"
    rf"|(?P<low>{DIGITS})\s*(?P<more>{_MORE})?\s*(?P<scale1>{_SCALE})?(?P<more1>{_MORE})?\s*(?P<unit1>{_UNITS})?"
    rf"(?:{_DASH}(?P<high>{DIGITS})\s*(?P<scale>{_SCALE})?\s*(?P<unit>{_UNITS})?)?"
    rf"|(?P<cn>{_CHINESE})(?P<cnmore>{_MORE})?(?P<cnunit>{_CHINESE_UNITS}))"
    rf"\s*(?P<more2>{_MORE})?(?P<after>{alternation(_AFTER)})?"
)
_CHANGE_UP = re.compile(rf"(?:{alternation(UP_VERBS)})(?:约|了|率|率为|率达到|率达|幅度|幅|速度|速|达到|达|为|在|控制在|保持在|稳定在)?\s*$")
_CHANGE_DOWN = re.compile(rf"(?:{alternation(DOWN_VERBS)})(?:约|了|率|率为|率达到|率达|幅度|幅|达到|达|为|在)?\s*$")


@dataclass(frozen=True, slots=True)
class Value:
    """A value expression in a text: span, bound as printed, numbers as decimal strings, unit as printed (scale included)."""

    start: int
    end: int
    comparator: Comparator
    low: str | None
    high: str | None
    unit: str | None
    kind: str  # rate, measure, count, time, scale, bare
    chinese: bool = False
    after: str | None = None
    number_start: int = 0


def unit_kind(unit: str | None) -> str:
    """Which kind of unit: rate, count, time, measure, scale (万, 亿 alone) or bare."""
    if not unit:
        return "bare"
    core = re.sub(rf"^{_SCALE}", "", unit)
    if not core:
        return "scale"
    if core in _RATE:
        return "rate"
    if core in _TIME:
        return "time"
    return "count" if core in _COUNT else "measure"


def find_values(text: str) -> list[Value]:
    """All value expressions of one hidden-folded text in order (see `exclusions.hidden`)."""
    found = []
    for m in _VALUE.finditer(text):
        value = _value(m, text)
        if value is not None:
            found.append(value)
    return found


def _value(m: re.Match[str], text: str) -> Value | None:
    if m["low"] and (m.start("low") and text[m.start("low") - 1] in ".0123456789"):
        return None
    if m["percent"]:
        low, high, unit = decimal_string(m["cnp"]), None, "%"
    elif m["cn"]:
        low, high, unit = decimal_string(m["cn"]), None, m["cnunit"]
    else:
        low, high = decimal_string(m["low"]), decimal_string(m["high"]) if m["high"] else None
        if m["high"]:
            scale, unit = m["scale"] or m["scale1"] or "", m["unit"] or m["unit1"] or ""
        else:
            scale, unit = m["scale1"] or "", m["unit1"] or ""
        unit = scale + unit
    if low is None:
        return None
    if m["sign"] == "-" and m.start("sign") and text[m.start("sign") - 1] not in "〔[({<:, ":
        pass
    elif m["sign"] == "-":
        low = "-" + low
    start, end = m.start(), m.end()
    while end > start and text[end - 1] == " ":
        end -= 1
    comparator, low, high = _bound(m, low, high)
    return Value(start, end, comparator, low, high, unit or None, unit_kind(unit), bool(m["cn"]), m["after"], _number_start(m))


def _number_start(m: re.Match[str]) -> int:
    return next(m.start(g) for g in ("percent", "low", "cn") if m[g])


def _bound(m: re.Match[str], low: str, high: str | None) -> tuple[Comparator, str | None, str | None]:
    if high is not None:
        return Comparator.RANGE, low, high
    sign = _BEFORE.get(m["before"] or "", "==")
    if m["after"] and sign == "==":
        sign = _AFTER[m["after"]]
    elif sign == "==" and any(m[g] for g in ("more", "more1", "more2", "cnmore")):
        sign = ">"
    comparator = Comparator(sign)
    if comparator in {Comparator.AT_LEAST, Comparator.ABOVE}:
        return comparator, low, None
    if comparator in {Comparator.AT_MOST, Comparator.BELOW}:
        return comparator, None, low
    return comparator, low, low


def change_before(text: str, start: int) -> tuple[Comparator, int] | None:
    """Whether a verb of growth or fall stands right before `start` (增长, 下降): its comparator and where the verb begins."""
    left = text[max(0, start - 14) : start]
    for pattern, comparator in ((_CHANGE_DOWN, Comparator.DECREASE_BY), (_CHANGE_UP, Comparator.INCREASE_BY)):
        if m := pattern.search(left):
            return comparator, max(0, start - 14) + m.start()
    return None
