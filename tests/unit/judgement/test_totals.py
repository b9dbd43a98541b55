"""A judgement carries the running totals it was reached by, for whoever draws or prints them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.base.quantity import Basis
from zhiheng.judgement.averages import pooled_ratio
from zhiheng.judgement.judging import judge


def totals_of(target, *values, day=date(2024, 3, 1)):
    (found,) = judge(a_plan(target), values, day, a_progress_rule())
    return [(p.at, p.amount) for p in found.totals]


def of(amount, period, basis=Basis.NEW):
    return a_value(amount, period, unit="家", basis=basis)


def test_a_half_year_within_a_year_is_not_added_twice():
    target = a_target("15", unit="家", basis=Basis.NEW)
    assert totals_of(target, of("3", "2022年上半年"), of("5", 2022), of("1", 2021)) == [(2022, 1), (2023, 6)]


def test_reported_totals_are_taken_as_they_are_and_continued():
    target = a_target("15", unit="家", basis=Basis.CUMULATIVE)
    said = of("4", 2021, Basis.CUMULATIVE), of("9", 2022, Basis.CUMULATIVE), of("2", 2023), of("5", 2022)
    assert totals_of(target, *said) == [(2022, 4), (2023, 9), (2024, 11)]


@pytest.mark.parametrize(
    "target",
    [a_target("15", unit="家"), a_target("15", unit="家", basis=Basis.NEW, scope="每年"), a_target(None, "==", unit="家")],
)
def test_what_does_not_add_up_has_no_totals(target):
    assert totals_of(target, of("3", 2022)) == []


def test_crossing_periods_have_no_totals():
    target = a_target("15", unit="家", basis=Basis.NEW)
    assert totals_of(target, of("3", "2021-2022"), of("5", "2022-2023")) == []


def test_counts_are_exact_in_pooled_means():
    years = [a_value("1/3", 2021), a_value("2/3", 2022)]
    assert pooled_ratio(years) == Fraction(50)
    assert pooled_ratio([*years, a_value("5", 2023)]) is None
    assert pooled_ratio([a_value("0/3", 2021), a_value("0/5", 2022)]) == 0


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5), st.integers(0, 4), st.sampled_from([">=", "<="]))
def test_a_total_reported_on_the_way_changes_nothing(amounts, at, comparator):
    target = a_target("20", comparator, unit="家", basis=Basis.CUMULATIVE)
    yearly = [of(str(amount), 2021 + i) for i, amount in enumerate(amounts)]
    total = of(str(sum(amounts[: at + 1])), 2021 + at, Basis.CUMULATIVE)
    day = date(2026, 3, 1)
    known = [v for v in yearly if v.amount]
    (plain,), (mixed,) = (judge(a_plan(target), values, day, a_progress_rule()) for values in (yearly, [*yearly, total]))
    assert [p.amount for p in mixed.totals][-1] == [p.amount for p in plain.totals][-1] == sum(amounts)
    if len(known) == len(yearly) and total.amount:
        assert mixed.verdict is plain.verdict
