"""Which expressions are a number with a unit and a bound, and what do they say?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.base.numerals import decimal_string
from zhiheng.documents.tree import Text
from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.vocabulary import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    CHINESE_UNITS,
    COUNT_UNITS,
    MEASURE_UNITS,
    MORE_THAN,
    RATE_UNITS,
    SCALES,
    TIME_UNITS,
    alternation,
)

DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BEFORE = {word: sign for sign, words in BOUNDS_BEFORE.items() for word in words}
_AFTER = {word: sign for sign, words in BOUNDS_AFTER.items() for word in words}
_UNITS = (
    "(?:"
    + alternation((*RATE_UNITS, *MEASURE_UNITS, *COUNT_UNITS, *TIME_UNITS))
    + "|[桌趟架航列梯例剂]次)(?:\\((?:个|间|件|条|套|家|户|次|处|人|项)\\))?"
    + r"(?:/(?:[百千万十]|\d+)*(?:人|户|平方公里|亩|年|天|日|小时|吨|元|万元|升|次|名|平方米|立方米|辆|台))?"
)
_COUNT, _RATE, _TIME = frozenset(COUNT_UNITS), frozenset(RATE_UNITS), frozenset(TIME_UNITS)
_SCALE, _MORE = alternation(SCALES), alternation(MORE_THAN)
_SCALE_AHEAD = re.compile(rf"^{_SCALE}")
_WITHIN = re.compile(r"内(?=[,，。;；、)）]|$)")
_DASH = r"\s*(?:-{1,2}|~|—{1,2}|–|至|到)\s*"
_CHINESE = r"[一二两三四五六七八九十百千][一二两三四五六七八九十百千零]*"

_VALUE = re.compile(
    rf"(?P<before>{alternation(_BEFORE)})?\s*"
    rf"(?P<sign>[-+])?(?:(?P<percent>百分之)(?P<cnp>{_CHINESE}(?:点[零一二三四五六七八九]+)?|{DIGITS})"
    rf"|(?P<low>{DIGITS})\s*(?P<more>{_MORE})?\s*(?P<scale1>{_SCALE})?(?P<more1>{_MORE})?\s*(?P<unit1>{_UNITS})?"
    rf"(?:{_DASH}(?P<high>{DIGITS})\s*(?P<scale>{_SCALE})?\s*(?P<unit>{_UNITS})?)?"
    rf"|(?P<cn>{_CHINESE}(?:点[零一二三四五六七八九]+)?)(?P<cnmore>{_MORE})?(?P<cnunit>{alternation(CHINESE_UNITS)}))"
    rf"\s*(?P<more2>{_MORE})?(?P<after>{alternation(_AFTER)})?"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value expression: span, bound as printed, decimal strings, unit as printed (scale included) and its kind.

    `after` is a bound word behind the number; `number_start` where the digits begin, `unit_spans` where the unit stands.
    """

    start: int
    end: int
    comparator: Comparator
    low: str | None
    high: str | None
    unit: str | None
    kind: str
    chinese: bool = False
    after: str | None = None
    number_start: int = 0
    unit_spans: tuple[tuple[int, int], ...] = ()
    before: str | None = None


def unit_kind(unit: str | None) -> str:
    """Which kind of unit: rate, count, time, measure, scale (万, 亿 alone) or bare."""
    if not unit:
        return "bare"
    unit = re.sub(r"\([^()]*\)$", "", unit) if unit not in _COUNT else unit
    core = unit if unit in _RATE or unit in _COUNT else _SCALE_AHEAD.sub("", unit)
    if not core:
        return "scale"
    if core in _RATE:
        return "rate"
    if core in _TIME:
        return "time"
    return "count" if core in _COUNT else "measure"


def printed_unit(text: Text, spans: Sequence[tuple[int, int]]) -> str:
    """A unit in the characters of the paper (traditional stays traditional, brackets stay), other marks in half width."""
    pairs = [p for a, b in spans for p in zip(text.string[a:b], text.folded[a:b], strict=True)]
    return "".join(
        printed if "\u4e00" <= printed < "\ua000" or printed in "（）" else folded for printed, folded in pairs if folded != " "
    )


def find_values(text: str) -> list[Value]:
    """All value expressions of one masked text (see `exclusions.hidden`) in order."""
    return [value for m in _VALUE.finditer(text) if (value := _value(m, text)) is not None]


def _value(m: re.Match[str], text: str) -> Value | None:
    if m["low"] and m.start("low") and text[m.start("low") - 1] in ".0123456789":
        return None
    numbers = _numbers(m, text)
    if numbers is None:
        return None
    low, high, unit = numbers
    comparator, bounded_low, bounded_high = _bound(m, low, high)
    if unit_kind(unit) == "time" and comparator is Comparator.EQUAL and _WITHIN.match(text, m.end()):
        comparator, bounded_low, bounded_high = _sided(Comparator.AT_MOST, low)
    near = bool(m["before"] == "近" and text[: m.start()].endswith("接"))  # 接近 is one word
    end = m.start() + len(m[0].rstrip())
    start = next(m.start(g) for g in ("percent", "low", "cn") if m[g])
    parts = ("scale", "unit") if m["unit"] or m["scale"] else ("scale1", "unit1", "cnunit")
    spans = tuple(m.span(g) for g in parts if m[g])
    return Value(
        start if near else m.start() + len(m[0]) - len(m[0].lstrip()),
        end,
        comparator,
        bounded_low,
        bounded_high,
        unit or None,
        unit_kind(unit),
        bool(m["cn"]),
        m["after"],
        start,
        spans,
        m["before"],
    )


def _numbers(m: re.Match[str], text: str) -> tuple[str, str | None, str] | None:
    """Low and high number and the printed unit of a match; None when the numerals do not make a number."""
    if m["percent"]:
        low = "100" if m["cnp"] == "百" else decimal_string(m["cnp"])
        return (low, None, "%") if low else None
    if m["cn"]:
        low = decimal_string(m["cn"])
        return (low, None, m["cnunit"]) if low else None
    low = decimal_string(m["low"])
    high = decimal_string(m["high"]) if m["high"] else None
    if low is None:
        return None
    at = m.start("sign") if m["sign"] else 0
    if m["sign"] == "-" and (at == 0 or text[at - 1] in "〔[({<:, "):
        low = "-" + low
    if high is not None:
        return low, high, (m["scale"] or m["scale1"] or "") + (m["unit"] or m["unit1"] or "")
    return low, None, (m["scale1"] or "") + (m["unit1"] or "")


def _bound(m: re.Match[str], low: str, high: str | None) -> tuple[Comparator, str | None, str | None]:
    if high is not None:
        return Comparator.RANGE, low, high
    sign = _BEFORE.get(m["before"] or "", "==")
    if m["after"] and sign == "==":
        sign = _AFTER[m["after"]]
    elif sign == "==" and any(m[g] for g in ("more", "more1", "more2", "cnmore")):
        sign = ">"
    return _sided(Comparator(sign), low)


def bounded(word: str, number: str | None) -> tuple[Comparator, str | None, str | None]:
    """Comparator, low and high of a number under a bound word (不低于)."""
    return _sided(Comparator(_BEFORE[word]), number)


def _sided(comparator: Comparator, number: str | None) -> tuple[Comparator, str | None, str | None]:
    if comparator in {Comparator.AT_LEAST, Comparator.ABOVE}:
        return comparator, number, None
    if comparator in {Comparator.AT_MOST, Comparator.BELOW}:
        return comparator, None, number
    return comparator, number, number
