"""Rounding and means in whole numbers, against Python's own exact arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import DataError
from zhiheng.measures.exact import Ratios, half_even, means_by, thousandths, whole_ratios

AMOUNTS = st.lists(st.none() | st.integers(0, 5_000_000), min_size=1, max_size=40)


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 10**6)), min_size=1))
def test_halves_go_to_the_even_digit(pairs: list[tuple[int, int]]) -> None:
    above, below = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    assert half_even(above, below).tolist() == [round(Fraction(a, b)) for a, b in pairs]


@given(AMOUNTS, st.integers(0, 3))
def test_rounding_is_that_of_decimals(amounts: list[int | None], decimals: int) -> None:
    written = [None if a is None else Decimal(a).scaleb(-3) for a in amounts]
    step = Decimal(1).scaleb(-decimals)
    expected = [None if w is None else int(w.quantize(step, ROUND_HALF_EVEN) * 1000) for w in written]
    assert whole_ratios(thousandths(written)).rounded(decimals).tolist() == expected


@pytest.mark.parametrize(
    ("written", "decimals", "rounded"), [("35.5", 0, 36), ("60.5", 0, 60), ("2.05", 1, 2), ("2.15", 1, "2.2")]
)
def test_as_the_norm_rounds(written: str, decimals: int, rounded: str) -> None:
    assert whole_ratios(thousandths([written])).rounded(decimals).tolist() == thousandths([rounded]).tolist()


def test_more_decimals_than_can_be_kept_are_refused() -> None:
    with pytest.raises(DataError) as fault:
        thousandths(["1.0005"])
    assert fault.value.code == "measures.too_many_decimals"


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 10**6), st.integers(1, 24)), min_size=1, max_size=60))
def test_means_of_groups_are_exact(rows: list[tuple[int, int | None, int]]) -> None:
    groups = np.array([g for g, _, _ in rows], dtype=np.intp)
    values = np.ma.masked_array([v or 0 for _, v, _ in rows], mask=[v is None for _, v, _ in rows], dtype=np.int64)
    found, counts = means_by(groups, Ratios(values, np.array([d for _, _, d in rows], dtype=np.int64)), 4)
    parts = [[Fraction(v, d * 1000) for g, v, d in rows if g == k and v is not None] for k in range(4)]
    assert found.fractions() == [sum(p, Fraction(0)) / len(p) if p else None for p in parts]
    assert counts.tolist() == [len(p) for p in parts]


def test_sums_that_would_not_fit_are_refused() -> None:
    huge = whole_ratios(np.ma.masked_array(np.full(4, 2**62, dtype=np.int64)))
    with pytest.raises(DataError) as fault:
        means_by(np.zeros(4, dtype=np.intp), huge, 1)
    assert fault.value.code == "measures.too_large_to_be_exact"
    primes = Ratios(np.ma.masked_array(np.full(2, 2**40, dtype=np.int64)), np.array([10007, 10009], dtype=np.int64))
    with pytest.raises(DataError):
        primes.over_one()
