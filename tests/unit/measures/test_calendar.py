"""Days between days, with missing ones; against the standard library's own arithmetic."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.measures.calendar import days_between, not_after

DAYS = st.lists(st.tuples(*[st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))] * 2), min_size=1, max_size=20)


def column(days: list[date | None]) -> np.ma.MaskedArray:
    filled = np.array([d or date(2000, 1, 1) for d in days], dtype="datetime64[D]")
    return np.ma.masked_array(filled, mask=[d is None for d in days])


@given(DAYS)
def test_as_dates_subtract(pairs: list[tuple[date | None, date | None]]) -> None:
    first, second = column([a for a, _ in pairs]), column([b for _, b in pairs])
    expected = [None if a is None or b is None else (b - a).days for a, b in pairs]
    assert days_between(first, second).tolist() == expected
    assert not_after(first, second).tolist() == [None if n is None else n >= 0 for n in expected]


def test_a_moment_counts_as_its_day_beside_a_day() -> None:
    closed = np.ma.masked_array(np.array(["2026-03-05T23:59"], dtype="datetime64[us]"))
    due = np.ma.masked_array(np.array(["2026-03-05"], dtype="datetime64[D]"))
    assert not_after(closed, due).tolist() == [True]
    assert days_between(due, closed).tolist() == [0]


def test_two_moments_compare_as_moments() -> None:
    early, late = (np.ma.masked_array(np.array([t], dtype="datetime64[us]")) for t in ("2026-03-05T08:00", "2026-03-05T09:00"))
    assert not_after(late, early).tolist() == [False]
