"""Days from hours and cities from stations, against means in fractions written out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from air_cases import rules
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import DataError
from zhiheng.measures.air.city import city_means, rounded_for_index
from zhiheng.measures.air.index import index_of
from zhiheng.measures.air.means import day_hours, day_means, eight_hour_means, greatest_eight_hours, greatest_hours
from zhiheng.measures.air.model import Pollutant
from zhiheng.measures.exact import thousandths, whole_ratios
from zhiheng.measures.model import Column
from zhiheng.rules.rulebook import open_rulebook

DAY = date(2026, 6, 1)
VALIDITY, OZONE, LIMITS, CITY = (
    open_rulebook().read(f"air.{n}", DAY) for n in ("validity", "ozone_day", "limits", "city_mean")
)


def hours(*rows: list[int | None]) -> Column:
    return np.ma.masked_array(
        np.array([[0 if v is None else v * 1000 for v in row] for row in rows], dtype=np.int64),
        mask=[[v is None for v in row] for row in rows],
    )


def test_a_day_needs_twenty_hours() -> None:
    found = day_means(hours([7] * 20 + [None] * 4, [7] * 19 + [None] * 5, [1] * 23 + [2]), VALIDITY)
    assert found.fractions() == [Fraction(7), None, Fraction(25, 24)]


def test_an_eight_hour_mean_needs_six_hours() -> None:
    row = [None, None, *[30] * 5, 36, None, *[30] * 15]
    found = eight_hour_means(hours(row), VALIDITY)
    assert found.numerator.shape == (1, 17)
    assert found.rounded(0).tolist()[0][:3] == [31_000, 31_000, 31_000]
    assert np.ma.getmaskarray(eight_hour_means(hours([None] * 3 + [30] * 21), VALIDITY).numerator)[0, :2].tolist() == [
        True,
        False,
    ]


DAY_OF_HOURS = st.lists(st.none() | st.integers(0, 400), min_size=24, max_size=24)


@given(st.lists(DAY_OF_HOURS, min_size=1, max_size=5))
def test_the_greatest_eight_hours_are_those_of_a_plain_reckoning(rows: list[list[int | None]]) -> None:
    found = greatest_eight_hours(hours(*rows), VALIDITY, OZONE, LIMITS).fractions()
    for row, one in zip(rows, found, strict=True):
        windows = [[v for v in row[end - 8 : end] if v is not None] for end in range(8, 25)]
        means = [Fraction(sum(w), len(w)) for w in windows if len(w) >= 6]
        enough = bool(means) and (len(means) >= 14 or round(max(means)) > 160)
        assert one == (max(means) if enough else None)


def test_too_few_eight_hour_means_count_only_when_they_exceed_the_limit() -> None:
    low, high = [None] * 12 + [160] * 12, [None] * 12 + [161] * 12
    assert greatest_eight_hours(hours(low, high), VALIDITY, OZONE, LIMITS).fractions() == [None, Fraction(161)]


def test_the_greatest_hour_is_that_of_the_hours_there() -> None:
    assert greatest_hours(hours([None] * 23 + [9], [None] * 24)).tolist() == [9000, None]


def test_an_hour_stamped_at_its_end_belongs_to_the_day_it_ends_in_but_midnight_to_the_day_before() -> None:
    moments = np.ma.masked_array(np.array(["2026-06-01T01", "2026-06-02T00", "2026-06-02T01"], dtype="datetime64[h]"))
    places = np.zeros(3, dtype=np.intp)
    found = day_hours(places, moments, thousandths([1, 24, 25]), stamped_at_end=True)
    assert found.days.astype(str).tolist() == ["2026-06-01", "2026-06-02"]
    assert found.hours[0, 0] == 1000 and found.hours[0, 23] == 24_000 and found.hours[1, 0] == 25_000
    assert found.hours.count() == 3
    assert day_hours(places, moments, thousandths([1, 24, 25]), stamped_at_end=False).hours[1, 0] == 24_000


def test_an_hour_twice_is_refused() -> None:
    moments = np.ma.masked_array(np.array(["2026-06-01T01"] * 2, dtype="datetime64[s]"))
    with pytest.raises(DataError) as fault:
        day_hours(np.zeros(2, dtype=np.intp), moments, thousandths([1, 2]), stamped_at_end=True)
    assert fault.value.code == "measures.hour_twice"


def test_a_city_is_the_mean_of_its_stations_when_three_quarters_of_them_are_there() -> None:
    stations = whole_ratios(thousandths([10, 20, 30, None, 50, 60, None, None]))
    cities = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.intp)
    found = city_means(cities, stations, np.array([4, 4], dtype=np.int64), CITY)
    assert found.fractions() == [Fraction(20), None]


def test_a_mean_is_rounded_once() -> None:
    # 24 hours of 35 and 36 with mean 35 + 11/24: to a tenth first, then to a whole number, it would become 36 and not 35.
    mean = day_means(hours([35] * 13 + [36] * 11), VALIDITY)
    assert mean.rounded(1).tolist() == [35_500]
    columns = rounded_for_index({"pm25": mean, "co": day_means(hours([1] * 23 + [2]), VALIDITY)}, rules())
    assert (columns["pm25"].tolist(), columns["co"].tolist()) == ([35_000], [1000])
    assert index_of(columns, rules()[0]).iaqi[Pollutant.PM25].tolist() == [50]


def test_the_index_of_a_city_is_not_the_mean_of_its_stations_indices() -> None:
    stations = thousandths([10, 150])
    city = city_means(np.zeros(2, dtype=np.intp), whole_ratios(stations), np.array([2], dtype=np.int64), CITY)
    rule = rules()[0]
    assert index_of(rounded_for_index({"pm25": city}, rules()), rule).aqi.tolist() == [107]
    assert np.mean(index_of({"pm25": stations}, rule).aqi) == 107.5
