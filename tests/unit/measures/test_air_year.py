"""Years of air: percentile, validity, good days, composite index, and two years side by side."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from air_cases import rules
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import DataError
from zhiheng.measures.air.change import year_on_year
from zhiheng.measures.air.index import index_by_day, index_of
from zhiheng.measures.air.model import Pollutant
from zhiheng.measures.air.year import (
    GoodDays,
    composite_index,
    enough_days,
    excess,
    good_days,
    percentiles,
    year_figures,
)
from zhiheng.measures.exact import thousandths
from zhiheng.measures.model import Column
from zhiheng.rules.rulebook import open_rulebook

BOOK = open_rulebook()
VALIDITY = BOOK.read("air.validity", date(2026, 6, 1))
ONE = np.zeros(365, dtype=np.intp)


def year(number: int) -> Column:
    first = date(number, 1, 1)
    length = (date(number + 1, 1, 1) - first).days
    return np.ma.masked_array(np.array([first + timedelta(days=k) for k in range(length)], dtype="datetime64[D]"))


def test_the_percentile_of_the_norms() -> None:
    ten = thousandths(range(10, 101, 10))
    assert percentiles(np.zeros(10, dtype=np.intp), ten, 1, 90).fractions() == [91]
    # The value is its own place, so that the percentile is the place k of 365.
    places = thousandths(range(1, 366))
    for percent, k in [(90, "328.6"), (95, "346.8"), (98, "357.72")]:
        assert percentiles(ONE, places, 1, percent).fractions() == [Fraction(k)]


@given(st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(0, 500)), max_size=80), st.sampled_from([90, 95, 98, 100]))
def test_percentiles_of_groups_follow_the_printed_rule(rows: list[tuple[int, int | None]], percent: int) -> None:
    groups = np.array([g for g, _ in rows], dtype=np.intp)
    found = percentiles(groups, thousandths([v for _, v in rows]), 3, percent).fractions()
    for group in range(3):
        x = sorted(v for g, v in rows if g == group and v is not None)
        if not x:
            assert found[group] is None
            continue
        k = 1 + Fraction((len(x) - 1) * percent, 100)
        s = floor(k)
        above = x[s] if s < len(x) else x[-1]
        assert found[group] == x[s - 1] + (above - x[s - 1]) * (k - s)


def test_a_year_needs_its_days_in_every_month() -> None:
    def enough(*absent: date) -> bool:
        days = year(2025)
        there = thousandths([None if d in absent else 1 for d in days.tolist()])
        return bool(enough_days(ONE, days, there, 1, VALIDITY)[0])

    def first_days(month: int, count: int) -> list[date]:
        return [date(2025, month, 1) + timedelta(days=k) for k in range(count)]

    assert enough()
    assert enough(*first_days(2, 3)) and not enough(*first_days(2, 4))
    assert enough(*first_days(3, 4)) and not enough(*first_days(3, 5))
    spread = [d for month in range(1, 13) for d in first_days(month, 3)]
    assert enough(*spread, *[date(2025, m, 10) for m in (1, 3, 5, 7, 8)])
    assert not enough(*spread, *[date(2025, m, 10) for m in (1, 3, 5, 7, 8, 10)])


def test_a_day_twice_is_refused() -> None:
    twice = np.ma.masked_array(np.array(["2025-01-01"] * 2, dtype="datetime64[D]"))
    with pytest.raises(DataError) as fault:
        enough_days(np.zeros(2, dtype=np.intp), twice, thousandths([1, 2]), 1, VALIDITY)
    assert fault.value.code == "measures.day_twice"


def figures_of(amounts: list[int], on: date, pollutant: Pollutant = Pollutant.PM25):  # type: ignore[no-untyped-def]
    readings = {name: BOOK.read(f"air.{rule}", on) for name, rule in (("statistics", "year_statistics"), ("limits", "limits"))}
    return year_figures(ONE, year(2025), thousandths(amounts), 1, pollutant, validity=VALIDITY, **readings)


def test_a_year_is_within_when_mean_and_percentile_are() -> None:
    old, new, final = date(2025, 12, 31), date(2026, 12, 31), date(2031, 12, 31)
    flat, peaks = [30] * 365, [20] * 340 + [80] * 25
    assert [figures_of(flat, on).within.tolist() for on in (old, new, final)] == [[True], [True], [False]]
    assert figures_of(peaks, old).mean.fractions() == [Fraction(20 * 340 + 80 * 25, 365)]
    assert figures_of(peaks, old).within.tolist() == [False]
    ozone = figures_of([150] * 328 + [170] * 37, old, Pollutant.O3)
    assert (ozone.mean, ozone.percentile.fractions()) == (None, [Fraction(162)])
    assert ozone.within.tolist() == [False]


def test_too_few_days_judge_no_year() -> None:
    short = figures_of([None if k % 5 == 0 else 30 for k in range(365)], date(2025, 12, 31))  # type: ignore[misc]
    assert (short.enough.tolist(), short.within.tolist()) == ([False], [None])


def test_good_days_of_the_norms() -> None:
    days = year(2025)
    found = good_days(ONE, index_by_day(days, {"pm25": thousandths([75] * 341 + [76] * 24)}, rules()), 1)
    assert (found.good.tolist(), found.valid.tolist()) == ([341], [365])
    share = found.shares()[0]
    assert share is not None and round(share * 100, 2) == Fraction("93.42")
    assert good_days(ONE[:1], index_of({"pm25": thousandths([None])}, rules()[0]), 1).shares() == [None]


COMPOSITE = {"so2": "7", "no2": "24", "pm10": "48", "pm25": "28", "co": "0.9", "o3": "152"}


@pytest.mark.parametrize(
    ("weights", "limits", "index"), [("2025-06-01", "2025-06-01", "3.377"), ("2025-06-01", "2026-06-01", "3.625"), ("2026-06-01", "2026-06-01", "7.042")]
)  # fmt: skip
def test_the_composite_index_of_the_norms(weights: str, limits: str, index: str) -> None:
    figures = {Pollutant(name): Fraction(amount) for name, amount in COMPOSITE.items()}
    readings = (
        BOOK.read("air.composite_index", date.fromisoformat(weights)),
        BOOK.read("air.limits", date.fromisoformat(limits)),
    )
    assert round(composite_index(figures, *readings), int(readings[0].number("decimals"))) == Fraction(index)


def test_by_how_many_times_a_limit_is_exceeded() -> None:
    assert excess(Fraction(90), Fraction(60)) == Fraction(1, 2)
    assert excess(Fraction(60), Fraction(60)) is None


def judged(number: int, amounts: list[int], *, edition: int | None = None) -> GoodDays:
    others = {"so2": 8, "no2": 20, "co": 1, "o3_8h": 90, "pm10": 40}
    columns = {name: thousandths([value] * 365) for name, value in others.items()} | {"pm25": thousandths(amounts)}
    index = index_by_day(year(number), columns, rules()) if edition is None else index_of(columns, rules()[edition])
    return good_days(ONE, index, 1)


def test_the_same_air_before_and_after_the_change_of_the_standard_does_not_compare() -> None:
    air = [70] * 365
    (across,) = year_on_year(judged(2025, air), judged(2026, air))
    assert across.points == Fraction(59, 365) - 1
    assert not across.comparable
    assert across.earlier_rules == ("air.aqi@2016-01-01", "air.aqi_missing@2016-01-01")
    assert set(across.later_rules) > set(across.earlier_rules)
    (after,) = year_on_year(judged(2026, air), judged(2027, air))
    assert not after.comparable


def test_two_years_of_one_edition_compare() -> None:
    (old,) = year_on_year(judged(2024 - 1, [70] * 365), judged(2025, [70] * 300 + [80] * 65))
    assert (old.points, old.comparable) == (Fraction(300, 365) - 1, True)
    (recomputed,) = year_on_year(judged(2025, [70] * 365, edition=0), judged(2026, [70] * 365, edition=0))
    assert (recomputed.points, recomputed.comparable) == (0, True)
    empty = good_days(ONE[:0], index_of({"pm25": thousandths([])}, rules()[0]), 1)
    (nothing,) = year_on_year(empty, judged(2025, [70] * 365))
    assert (nothing.points, nothing.comparable) == (None, False)
