"""What does a year of days say: was enough measured, which mean and percentile, how many good days?

HJ 663 and GB 3095, table 4. Groups are numbered 0 … count - 1, each one place in one calendar year; all groups are worked
out together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading
from zhiheng.measures.air.model import AirIndex, IndexRule, Pollutant
from zhiheng.measures.exact import THOUSAND, Ratios, Whole, means_by, whole_ratios
from zhiheng.measures.model import Column

_FEBRUARY = 1
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A pollutant in each group: `mean` None where the rule asks for none; both unrounded. `enough`: was enough measured?
    `within`: are mean and percentile, rounded, within the limits? Masked where not enough was measured."""

    mean: Ratios | None
    percentile: Ratios
    enough: NDArray[np.bool_]
    within: Column


@dataclass(frozen=True, slots=True)
class GoodDays:
    """Good and valid days of each group, and which rules made their indices: bit k set for `rules[k]`."""

    good: Whole
    valid: Whole
    used: NDArray[np.int64]
    rules: tuple[IndexRule, ...]

    def shares(self) -> list[Fraction | None]:
        """Good days to valid days, None without a valid day."""
        pairs = zip(self.good.tolist(), self.valid.tolist(), strict=True)
        return [Fraction(good, valid) if valid else None for good, valid in pairs]

    def rules_of(self, group: int) -> tuple[IndexRule, ...]:
        """The rules by which the days of a group were judged."""
        return tuple(rule for k, rule in enumerate(self.rules) if self.used[group] >> k & 1)


def year_figures(
    groups: NDArray[np.intp],
    days: Column,
    amounts: Column,
    count: int,
    pollutant: Pollutant,
    *,
    statistics: Reading,
    limits: Reading,
    validity: Reading,
) -> YearFigures:
    """Mean, percentile and whether both are within the limits of class 2; `amounts` are daily values in thousandths."""
    enough = enough_days(groups, days, amounts, count, validity)
    decimals = int(statistics.number(pollutant, "decimals"))
    percentile = percentiles(groups, amounts, count, int(statistics.number(pollutant, "percentile")))
    within = _within(percentile, decimals, limits, "day", pollutant)
    mean = None
    if statistics.item(pollutant, "mean"):
        mean = means_by(groups, whole_ratios(amounts), count)[0]
        within &= _within(mean, decimals, limits, "year", pollutant)
    return YearFigures(mean, percentile, enough, np.ma.masked_array(within, mask=~enough))


def enough_days(groups: NDArray[np.intp], days: Column, amounts: Column, count: int, validity: Reading) -> NDArray[np.bool_]:
    """Whether each group has the days that `air.validity` demands of a year and of each month; `DataError` for a day twice."""
    there = ~np.ma.getmaskarray(amounts)
    day = np.ma.getdata(days).astype("datetime64[D]")[there]
    group = groups[there]
    twice = group.shape[0] - np.unique(np.stack([group, day.astype(np.int64)]), axis=1).shape[1]
    if twice:
        raise DataError("measures.day_twice", count=twice)
    month = day.astype("datetime64[M]").astype(np.int64) % 12
    months = np.bincount(group * 12 + month, minlength=count * 12).reshape(count, 12)
    demanded = np.full(12, int(validity.number("month_days")))
    demanded[_FEBRUARY] = int(validity.number("february_days"))
    enough = months.sum(axis=1) >= int(validity.number("year_days"))
    return np.asarray(enough & (months >= demanded).all(axis=1))


def percentiles(groups: NDArray[np.intp], amounts: Column, count: int, percent: int) -> Ratios:
    """The percentile of each group's values, masked where it has none.

    HJ 663, annex A: of n values in rising order the one at place 1 + (n - 1) · p / 100, between two places in proportion.
    """
    there = ~np.ma.getmaskarray(amounts)
    group, values = groups[there], np.asarray(np.ma.getdata(amounts)[there], dtype=np.int64)
    rising = values[np.lexsort((values, group))]
    sizes = np.bincount(group, minlength=count).astype(np.int64)
    begins = np.cumsum(sizes) - sizes
    place, share = np.divmod(np.maximum(sizes - 1, 0) * percent, _HUNDRED)
    last = max(rising.shape[0] - 1, 0)
    rising = rising if rising.size else np.zeros(1, dtype=np.int64)
    low = rising[np.minimum(begins + place, last)]
    high = rising[np.minimum(begins + np.minimum(place + 1, np.maximum(sizes - 1, 0)), last)]
    between = low * (_HUNDRED - share) + high * share
    return Ratios(np.ma.masked_array(between, mask=sizes == 0), np.full(count, _HUNDRED, dtype=np.int64))


def good_days(groups: NDArray[np.intp], index: AirIndex, count: int) -> GoodDays:
    """Days with an AQI of at most 100 among the days with one (优良天数比例), by group."""
    good, valid = index.good(), ~np.ma.getmaskarray(index.aqi)
    used = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(used, groups[valid], np.left_shift(np.int64(1), index.rule[valid].astype(np.int64)))
    return GoodDays(
        np.bincount(groups[good.filled(False)], minlength=count).astype(np.int64),
        np.bincount(groups[valid], minlength=count).astype(np.int64),
        used,
        index.rules,
    )


def composite_index(figures: Mapping[Pollutant, Fraction], weights: Reading, limits: Reading) -> Fraction:
    """The composite index of one place from its rounded statistics (means; percentiles of CO and O3), unrounded.

    Each statistic over its limit of class 2, times its weight by `air.composite_index`; the sum is not divided.
    """
    return sum((weights.number("weights", p) * figures[p] / _limit(limits, p) for p in Pollutant), Fraction(0))


def excess(amount: Fraction, limit: Fraction) -> Fraction | None:
    """By how many times a limit is exceeded, (C - S) / S; None within the limit (HJ 663)."""
    return (amount - limit) / limit if amount > limit else None


def _within(found: Ratios, decimals: int, limits: Reading, time: str, pollutant: Pollutant) -> NDArray[np.bool_]:
    limit = limits.number("class_2", time, pollutant) * THOUSAND
    return np.asarray(np.ma.getdata(found.rounded(decimals)) * limit.denominator <= limit.numerator)


def _limit(limits: Reading, pollutant: Pollutant) -> Fraction:
    return limits.number("class_2", "day" if pollutant in {Pollutant.CO, Pollutant.O3} else "year", pollutant)
