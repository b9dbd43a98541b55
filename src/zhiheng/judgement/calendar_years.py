"""Where on the scale of years does a day stand, and which years do periods cover?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from zhiheng.base.period import Period


def position(day: date) -> Fraction:
    """The end of the day on the scale of years: 2022-12-31 is 2023, so whole years are equally long."""
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Fraction((day - first).days + 1, (next_first - first).days)


def whole_years(period: Period) -> bool:
    """Whether a period is one or more calendar years."""
    return (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)


def uncovered_years(periods: Iterable[Period], first: int, until: date) -> tuple[int, ...]:
    """Years from `first` on of which some day up to `until` (included) lies in none of the periods."""
    spans = sorted((p.start, p.end) for p in periods)
    missing = []
    for year in range(first, until.year + 1):
        day, end = date(year, 1, 1), min(date(year, 12, 31), until)
        for start, stop in spans:
            if start <= day <= stop:
                day = stop + timedelta(days=1)
        if day <= end:
            missing.append(year)
    return tuple(missing)
