"""Which days does a figure or a promise cover?"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"^(\d{4})年?(?:度|全年)?$")
_HALF = re.compile(r"^(\d{4})年?(?:(上|下)半年|[Hh]([12]))$")
_QUARTER = re.compile(r"^(\d{4})年?(?:第?([一二三四1-4])季度|[Qq]([1-4]))$")
_MONTH = re.compile(r"^(\d{4})(?:年|[-/.])(\d{1,2})月?$")
_DAY = re.compile(r"^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$")
_SPAN = re.compile(r"^(\d{4})年?\s*[-~—–至到]+\s*(\d{4})年?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` to `end`, both days included."""

    start: date
    end: date

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        """Calendar years, both included."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def parse(cls, printed: str) -> Period | None:
        """A period as people write it (2025, 2025年上半年, 2025Q1, 2025-06, 2025年6月30日, 2021-2025); None if it is none."""
        text = "".join(printed.split())
        try:
            return cls._parse(text)
        except ValueError:
            return None

    @classmethod
    def _parse(cls, text: str) -> Period | None:
        if m := _YEAR.match(text):
            return cls.year(int(m[1]))
        if m := _HALF.match(text):
            first = (m[2] or {"1": "上", "2": "下"}[m[3]]) == "上"
            return cls._months(int(m[1]), 1, 6) if first else cls._months(int(m[1]), 7, 12)
        if m := _QUARTER.match(text):
            quarter = "一二三四".find(m[2]) + 1 if m[2] and m[2] in "一二三四" else int(m[2] or m[3])
            return cls._months(int(m[1]), 3 * quarter - 2, 3 * quarter)
        if m := _SPAN.match(text):
            return cls.years(int(m[1]), int(m[2])) if int(m[1]) <= int(m[2]) else None
        if m := _MONTH.match(text):
            return cls._months(int(m[1]), int(m[2]), int(m[2]))
        if m := _DAY.match(text):
            day = date(int(m[1]), int(m[2]), int(m[3]))
            return cls(day, day)
        return None

    @classmethod
    def _months(cls, year: int, first: int, last: int) -> Period:
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def several_years(self) -> bool:
        """Whether it is several whole calendar years."""
        first, last = (self.start.month, self.start.day), (self.end.month, self.end.day)
        return first == (1, 1) and last == (12, 31) and self.start.year < self.end.year

    @property
    def label(self) -> str:
        """How the period is written: 2025年, 2021—2025年, 2025年1—6月, 2025年6月30日."""
        a, b = self.start, self.end
        if a == b:
            return f"{a.year}年{a.month}月{a.day}日"
        if (a.month, a.day) == (1, 1) and (b.month, b.day) == (12, 31):
            return f"{a.year}年" if a.year == b.year else f"{a.year}—{b.year}年"
        if a.year == b.year and a.day == 1 and b.day == calendar.monthrange(b.year, b.month)[1]:
            return f"{a.year}年{a.month}月" if a.month == b.month else f"{a.year}年{a.month}—{b.month}月"
        return f"{a:%Y-%m-%d}至{b:%Y-%m-%d}"
