"""What do the hours of a day make: a mean of 24 hours, a greatest mean of eight hours?

GB 3095, table 4, says how many hours must be there; HJ 663 how many eight-hour means a daily maximum of ozone needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading
from zhiheng.measures.exact import THOUSAND, Ratios, Whole, half_even
from zhiheng.measures.model import Column

_HOURS = 24
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class DayHours:
    """Hours side by side: row i holds the 24 hours of `days[i]` at `places[i]`; `hours[i, 0]` is the hour from midnight."""

    places: NDArray[np.intp]
    days: NDArray[np.datetime64]
    hours: Column


def day_hours(places: NDArray[np.intp], measured_at: Column, amounts: Column, *, stamped_at_end: bool) -> DayHours:
    """The hours of each place and day side by side; what was not measured is masked.

    `measured_at` datetime64 to the hour, none missing. `stamped_at_end`: a moment names the hour that ends with it, so that
    midnight is the last hour of the day before. `DataError` when a place has the same hour twice.
    """
    begins = np.ma.getdata(measured_at).astype("datetime64[h]").astype(np.int64) - (1 if stamped_at_end else 0)
    day, hour = begins // _HOURS, begins % _HOURS
    pairs, rows = np.unique(np.stack([places, day], axis=1), axis=0, return_inverse=True)
    rows = rows.reshape(-1)
    cells = rows * _HOURS + hour
    twice = cells.shape[0] - np.unique(cells).shape[0]
    if twice:
        raise DataError("measures.hour_twice", count=twice)
    laid: Any = np.ma.masked_array(np.zeros((pairs.shape[0], _HOURS), dtype=np.int64), mask=True)
    laid[rows, hour] = amounts
    return DayHours(pairs[:, 0].astype(np.intp), pairs[:, 1].astype("datetime64[D]"), laid)


def day_means(hours: Column, validity: Reading) -> Ratios:
    """The mean of each row of 24 hours (thousandths), masked where fewer are there than the rule `air.validity` demands.

    For the 24-hour sliding mean of HJ 633—2012 a row holds the 24 hours that end with the hour asked for.
    """
    counts = np.asarray(hours.count(axis=1), dtype=np.int64)
    totals = np.asarray(hours.filled(0).sum(axis=1), dtype=np.int64)
    return Ratios(np.ma.masked_array(totals, mask=counts < int(validity.number("day_hours"))), np.maximum(counts, 1))


def greatest_hours(hours: Column) -> Column:
    """The greatest hour of each row (thousandths), masked where none was measured."""
    return np.ma.masked_array(np.ma.max(hours, axis=1))


def eight_hour_means(hours: Column, validity: Reading) -> Ratios:
    """The means of each eight hours in a row, one column fewer by seven; masked where too few of the eight are there."""
    totals, counts = _window_sums(hours)
    return Ratios(np.ma.masked_array(totals, mask=counts < int(validity.number("eight_hours"))), np.maximum(counts, 1))


def greatest_eight_hours(hours: Column, validity: Reading, ozone_day: Reading, limits: Reading) -> Ratios:
    """The greatest eight-hour mean of each row of 24 hours, over one denominator.

    Only means that lie wholly in the day count. Masked where fewer of them are valid than `air.ozone_day` demands, unless
    the greatest, rounded, exceeds the limit of a day for class 2 (`air.limits`) anyhow.
    """
    least = int(validity.number("eight_hours"))
    totals, counts = _window_sums(hours)
    from_end = int(ozone_day.number("first_end")) - _WINDOW
    totals, counts = totals[:, from_end:], counts[:, from_end:]
    shared = lcm(*range(least, _WINDOW + 1))
    there = counts >= least
    scaled = np.where(there, totals * (shared // np.clip(counts, least, _WINDOW)), -1)
    greatest = scaled.max(axis=1)
    exceeds = half_even(greatest, shared * THOUSAND) > int(limits.number("class_2", "day", "o3"))
    enough = there.sum(axis=1) >= int(ozone_day.number("windows"))
    mask = (greatest < 0) | ~(enough | exceeds)
    return Ratios(np.ma.masked_array(greatest, mask=mask), np.full(greatest.shape, shared, dtype=np.int64))


def _window_sums(hours: Column) -> tuple[Whole, Whole]:
    """Sum and number of the hours there in each eight in a row."""
    there = (~np.ma.getmaskarray(hours)).astype(np.int64)
    return _sums(np.asarray(hours.filled(0), dtype=np.int64)), _sums(there)


def _sums(rows: Whole) -> Whole:
    running = np.cumsum(np.pad(rows, ((0, 0), (1, 0))), axis=1)
    return np.asarray(running[:, _WINDOW:] - running[:, :-_WINDOW], dtype=np.int64)
