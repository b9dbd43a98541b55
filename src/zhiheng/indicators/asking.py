"""For which places and periods are values asked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

from zhiheng.base.errors import UsageError
from zhiheng.base.period import Period
from zhiheng.indicators.definition import Grain

EVERYWHERE = ""
GRAIN_WORDS = {Grain.DAY: "日", Grain.MONTH: "月", Grain.QUARTER: "季", Grain.HALF: "半年", Grain.YEAR: "年"}
_ONE_DAY = timedelta(days=1)
_CODE_DIGITS = 6


class PlaceLevel(IntEnum):
    """How many digits of a code of GB/T 2260 name a place of the level; what lies under a place begins with them."""

    NATION = 0
    PROVINCE = 2
    CITY = 4
    COUNTY = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Periods, and places of one level: those of `codes`, or with None all that records are found of."""

    periods: tuple[Period, ...]
    level: PlaceLevel = PlaceLevel.NATION
    codes: tuple[str, ...] | None = None

    @property
    def prefixes(self) -> tuple[str, ...] | None:
        """What the codes of records under the places begin with."""
        return None if self.codes is None else tuple(code[: self.level] for code in self.codes)

    def code(self, prefix: str) -> str:
        """The code of the place that a prefix names; empty for everywhere."""
        return prefix.ljust(_CODE_DIGITS, "0") if prefix else EVERYWHERE

    @property
    def apart(self) -> bool:
        """Whether no two of the periods share a day."""
        ordered = sorted(self.periods)
        return all(one.end < other.start for one, other in pairwise(ordered))


def level_of(code: str) -> PlaceLevel:
    """The level of the place a code names; `UsageError` for what is no code."""
    if len(code) != _CODE_DIGITS or not (code.isascii() and code.isdecimal()) or code.startswith("00"):
        raise UsageError("indicators.not_a_place_code", place=code)
    for level in (PlaceLevel.PROVINCE, PlaceLevel.CITY):
        if not code[level:].strip("0"):
            return level
    return PlaceLevel.COUNTY


def grain_of(period: Period) -> Grain:
    """The longest grain of which the period is made up: three years are years, 2026-01 to 2026-06 is a half."""
    start, end = period.start, period.end
    if start.day != 1 or (end + _ONE_DAY).day != 1:
        return Grain.DAY
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    for grain, size in ((Grain.YEAR, 12), (Grain.HALF, 6), (Grain.QUARTER, 3)):
        if months % size == 0 and (start.month - 1) % size == 0:
            return grain
    return Grain.MONTH


def fine_enough(period: Period, grain: Grain) -> bool:
    """Whether a value of that grain means something for the period."""
    order = list(Grain)
    return order.index(grain_of(period)) >= order.index(grain)


def spans(period: Period, grain: Grain) -> tuple[date, ...]:
    """The first days of the days or months that the period touches."""
    found, at = [], period.start if grain is Grain.DAY else period.start.replace(day=1)
    while at <= period.end:
        found.append(at)
        at = at + _ONE_DAY if grain is Grain.DAY else (at.replace(day=28) + 4 * _ONE_DAY).replace(day=1)
    return tuple(found)
