"""For which places and periods can a value be asked, and what is said of days declared complete?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import InternalError, UsageError
from zhiheng.base.period import Period
from zhiheng.indicators.asking import Asked, PlaceLevel, fine_enough, grain_of, level_of, spans
from zhiheng.indicators.completeness import covered
from zhiheng.indicators.definition import Grain, Rounding
from zhiheng.indicators.rounding import printed
from zhiheng.stats.proportions import wilson


@pytest.mark.parametrize(
    ("written", "grain"),
    [
        ("2026", Grain.YEAR), ("2021-2025", Grain.YEAR), ("2026年上半年", Grain.HALF), ("2026Q3", Grain.QUARTER),
        ("2026-02", Grain.MONTH), ("2026-02-28", Grain.DAY),
    ],
)  # fmt: skip
def test_the_grain_of_a_period(written: str, grain: Grain) -> None:
    period = Period.parse(written)
    assert period is not None
    assert grain_of(period) is grain
    assert fine_enough(period, grain)
    assert fine_enough(period, Grain.DAY)


def test_months_that_make_no_quarter() -> None:
    assert grain_of(Period(date(2026, 2, 1), date(2026, 4, 30))) is Grain.MONTH
    assert grain_of(Period(date(2026, 2, 1), date(2027, 1, 31))) is Grain.MONTH


def test_spans_of_a_period() -> None:
    assert len(spans(Period.year(2024), Grain.DAY)) == 366
    assert spans(Period(date(2026, 1, 31), date(2026, 3, 1)), Grain.MONTH) == (
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    )


@pytest.mark.parametrize(
    ("code", "level"), [("330000", PlaceLevel.PROVINCE), ("330400", PlaceLevel.CITY), ("330402", PlaceLevel.COUNTY)]
)
def test_the_level_of_a_place(code: str, level: PlaceLevel) -> None:
    assert level_of(code) is level
    assert Asked((Period.year(2026),), level, (code,)).prefixes == (code[: int(level)],)


@pytest.mark.parametrize("code", ["3304", "杭州市", "３３０４００", "000000", ""])
def test_what_is_no_place(code: str) -> None:
    with pytest.raises(UsageError):
        level_of(code)


DAYS = st.integers(1, 28).map(lambda day: date(2026, 2, day))


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=6))
def test_covered_is_covered_day_by_day(declared: list[tuple[date, date]]) -> None:
    month = Period(date(2026, 2, 1), date(2026, 2, 28))
    days = {day for day in spans(month, Grain.DAY) if any(start <= day <= end for start, end in declared)}
    assert covered(declared, month) == (len(days) == 28)


@pytest.mark.parametrize(
    ("amount", "decimals", "even", "up"),
    [
        # GB/T 8170—2008, 3.2: 1.050 → 1.0, 0.35 → 0.4 (interval 0.1); 2500 and 3500 to 10³ go to the even 2 and 4.
        ("1.050", 1, "1.0", "1.1"), ("0.35", 1, "0.4", "0.4"), ("2.5", 0, "2", "3"), ("3.5", 0, "4", "4"),
        ("-0.05", 1, "0.0", "-0.1"), ("12.1498", 1, "12.1", "12.1"), ("10.5002", 0, "11", "11"),
    ],
)  # fmt: skip
def test_rounding_by_its_rule(amount: str, decimals: int, even: str, up: str) -> None:
    assert printed(Fraction(amount), decimals, Rounding.HALF_EVEN) == even
    assert printed(Fraction(amount), decimals, Rounding.HALF_UP) == up


@pytest.mark.parametrize(
    ("hits", "drawn", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_wilson_gives_the_published_intervals(hits: int, drawn: int, low: float, high: float) -> None:
    found = wilson(hits, drawn)
    assert [round(bound, 4) for bound in found] == [low, high]


def test_what_is_no_proportion() -> None:
    with pytest.raises(InternalError):
        wilson(3, 2)
