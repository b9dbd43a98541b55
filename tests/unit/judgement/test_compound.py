"""The yearly rate that compounds to a change: what is shown lies beside the root, what is decided is exact."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhiheng.judgement.bound import Bound
from zhiheng.judgement.compound import compound_holds, compound_rate, holds_compound
from zhiheng.plans.model import Comparator

CHANGES = st.fractions(min_value=Fraction(1, 100), max_value=20, max_denominator=1000)
RATES = st.fractions(min_value=-50, max_value=100, max_denominator=100)
YEARS = st.integers(1, 10)
STEP = Fraction(1, 10**12)


@given(CHANGES, YEARS)
def test_the_rate_shown_is_the_root_cut_off(change, years):
    rate = compound_rate(change, years, falling=False)
    assert (1 + rate / 100) ** years <= change < (1 + (rate + STEP) / 100) ** years
    assert compound_rate(change, years, falling=True) == -rate


@given(RATES, YEARS)
def test_a_rate_kept_every_year_is_found_again_and_stands_on_its_bound(rate, years):
    change = (1 + rate / 100) ** years
    bound = Bound(Comparator.AT_LEAST, low=rate)
    assert compound_holds(bound, change, years, falling=False)
    assert not compound_holds(Bound(Comparator.ABOVE, low=rate, strict=True), change, years, falling=False)
    assert not compound_holds(bound, change - Fraction(1, 10**20), years, falling=False)
    assert compound_holds(bound, change, years, falling=False) == holds_compound(bound, [rate] * years, falling=False)


@given(st.lists(RATES, min_size=1, max_size=6), RATES)
def test_a_fall_is_a_growth_with_the_other_sign(rates, end):
    most = Bound(Comparator.AT_MOST, high=-end)
    least = Bound(Comparator.AT_LEAST, low=end)
    assert holds_compound(least, rates, falling=True) == holds_compound(most, [-r for r in rates], falling=False)
