"""Which days make the share of good days and the mean of PM2.5, and which hours make the days of one month?

Index and primary pollutant follow HJ 633—2012; concentrations are whole numbers, carbon monoxide in tenths.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil, cos, pi

from county_records.figures import PLACE, YEARS, chance, counts, value
from county_records.files import RecordFile, Row, Table, named, sheets
from county_records.units import NATURE

GOOD_DAYS, FINE = "空气质量优良天数比例", "细颗粒物（PM2.5）年平均浓度"
STATIONS = (("青岭县政务中心（示例）", "QL01"), ("青岭县竹海小学（示例）", "QL02"))
HOURLY = (2026, 12)
_INDEX = (0, 50, 100, 150, 200, 300)
_BREAKS = {
    "PM2.5": (0, 35, 75, 115, 150, 250),
    "PM10": (0, 50, 150, 250, 350, 420),
    "二氧化硫": (0, 50, 150, 475, 800, 1600),
    "二氧化氮": (0, 40, 80, 180, 280, 565),
    "一氧化碳": (0, 20, 40, 140, 240, 360),
    "臭氧8小时": (0, 100, 160, 215, 265, 800),
}
_LEVELS = ((50, "优"), (100, "良"), (150, "轻度污染"), (200, "中度污染"), (300, "重度污染"))
_LEAST_FINE, _MOST_FINE = 6, 75


@dataclass
class Day:
    """Six pollutants of a day in the order of the standard's table; carbon monoxide in tenths of a milligram."""

    when: date
    values: dict[str, int]

    def indices(self) -> dict[str, int]:
        """The index of each pollutant, rounded up."""
        return {name: _index(name, amount) for name, amount in self.values.items()}


def _index(name: str, amount: int) -> int:
    breaks = _BREAKS[name]
    step = next(i for i in range(1, len(breaks)) if amount <= breaks[i])
    low, high = breaks[step - 1], breaks[step]
    return ceil(_INDEX[step - 1] + (_INDEX[step] - _INDEX[step - 1]) * (amount - low) / (high - low))


def _winter(when: date) -> float:
    """1 in the middle of January, 0 in the middle of July."""
    return (1 + cos(2 * pi * (when.timetuple().tm_yday - 15) / 365)) / 2


def _year(dice: random.Random, year: int) -> list[Day]:
    good, valid = counts(GOOD_DAYS, year)
    days = [date(year, 1, 1) + timedelta(i) for i in range(valid)]
    winter = [d for d in days if d.month in (1, 2, 11, 12)]
    summer = [d for d in days if 5 <= d.month <= 9]
    hazy = set(dice.sample(winter, (valid - good) * 2 // 5))
    ozone = set(dice.sample(summer, valid - good - len(hazy)))
    found = [_day(dice, d, hazy=d in hazy, ozone=d in ozone) for d in days]
    _settle(dice, [d for d in found if d.when not in hazy], found, int(value(FINE, year) * valid + Decimal("0.5")))
    for one in found:
        coarse = one.values["PM2.5"] * dice.randrange(130, 165) // 100 + dice.randrange(4, 14)
        one.values["PM10"] = coarse if one.when in hazy else min(coarse, 146)
    return found


def _day(dice: random.Random, when: date, *, hazy: bool, ozone: bool) -> Day:
    cold = _winter(when)
    fine = dice.randrange(78, 128) if hazy else int(min(72, 12 + 28 * cold + dice.gauss(0, 7)))
    warm = int(min(157, max(35, 135 - 75 * cold + dice.gauss(0, 16))))
    values = {
        "PM2.5": max(_LEAST_FINE, fine),
        "PM10": 0,
        "二氧化硫": dice.randrange(4, 13),
        "二氧化氮": int(min(76, max(6, 14 + 24 * cold + dice.gauss(0, 5)))),
        "一氧化碳": dice.randrange(4, 9) + int(4 * cold),
        "臭氧8小时": dice.randrange(161, 208) if ozone else warm,
    }
    return Day(when, values)


def _settle(dice: random.Random, free: list[Day], every: list[Day], total: int) -> None:
    """Move PM2.5 of the free days by ones until all days add up to `total`."""
    while lacking := total - sum(d.values["PM2.5"] for d in every):
        step = 1 if lacking > 0 else -1
        for one in dice.sample(free, min(abs(lacking), len(free))):
            one.values["PM2.5"] = min(_MOST_FINE, max(_LEAST_FINE, one.values["PM2.5"] + step))


def days() -> dict[int, list[Day]]:
    """All days by year."""
    dice = chance("air")
    return {year: _year(dice, year) for year in YEARS}


CITY_HEADER = (
    *("城市", "日期", "细颗粒物", "可吸入颗粒物", "二氧化硫", "二氧化氮", "一氧化碳", "臭氧日最大8小时平均"),
    *("空气质量指数", "空气质量级别", "首要污染物"),
)


def _city_rows(years: dict[int, list[Day]]) -> Iterator[tuple[int, Row]]:
    for year, found in years.items():
        for one in found:
            indices = one.indices()
            worst = max(indices.values())
            first = "、".join(n for n, i in indices.items() if i == worst) if worst > 50 else None
            level = next(name for most, name in _LEVELS if worst <= most)
            yield year, (PLACE, one.when, *_amounts(one.values), worst, level, first)


def _amounts(values: dict[str, int]) -> Row:
    """In the order of the columns, carbon monoxide in milligrams."""
    amounts = dict(values)
    carbon = Decimal(amounts.pop("一氧化碳")) / 10
    *others, ozone = amounts.values()
    return (*others, carbon, ozone)


HOUR_HEADER = (
    *("城市", "点位名称", "点位编码", "监测时间", "细颗粒物", "可吸入颗粒物", "二氧化硫", "二氧化氮", "一氧化碳", "臭氧1小时"),
)


def _hours(years: dict[int, list[Day]]) -> Iterator[Row]:
    """Hours whose means, over a day and both stations, are the values of the day."""
    dice = chance("hours")
    for one in (d for d in years[HOURLY[0]] if d.when.month == HOURLY[1]):
        apart = {name: dice.randrange(1 + min(3, amount // 4)) for name, amount in one.values.items()}
        for sign, (station, code) in zip((1, -1), STATIONS, strict=True):
            fine, coarse, *gases = (amount + sign * apart[name] for name, amount in list(one.values.items())[:5])
            smallest, beyond = _spread(dice, fine), _spread(dice, coarse - fine)
            # PM10 holds PM2.5, in every hour.
            series = [smallest, [a + b for a, b in zip(smallest, beyond, strict=True)], *(_spread(dice, gas) for gas in gases)]
            ozone = _ozone(dice, one.values["臭氧8小时"] + sign * apart["臭氧8小时"])
            for hour in range(24):
                when = datetime(one.when.year, one.when.month, one.when.day, hour)  # noqa: DTZ001 - the place's own time
                *four, carbon = (values[hour] for values in series)
                yield (PLACE, station, code, when, *four, Decimal(carbon) / 10, ozone[hour])


def _spread(dice: random.Random, mean: int) -> list[int]:
    """24 values with exactly this mean, none below 1."""
    hours = [mean] * 24
    for _ in range(60):
        low, high = dice.sample(range(24), 2)
        moved = dice.randrange(1 + max(0, min(hours[low] - 1, mean // 6 + 1)))
        hours[low] -= moved
        hours[high] += moved
    return hours


def _ozone(dice: random.Random, highest: int) -> list[int]:
    """An afternoon of eight hours with this mean, and less before and after."""
    swing = [3, 5, 8, 8, 5, 3, 0, 0]
    peak = [highest + s - 4 for s in swing]
    around = [max(2, highest * dice.randrange(40, 70) // 100) for _ in range(16)]
    return [*around[:10], *peak, *around[10:]]


def files() -> list[RecordFile]:
    """Days of the county and hours of its stations."""
    years = days()
    hours = Table("2026", HOUR_HEADER, list(_hours(years)))
    month = f"{HOURLY[0]}年{HOURLY[1]}月"
    return [
        sheets("air.city_day", "空气质量日值", NATURE, CITY_HEADER, _city_rows(years)),
        RecordFile("air.station_hour", named("空气质量站点小时值", "csv", month), NATURE, (hours,)),
    ]
