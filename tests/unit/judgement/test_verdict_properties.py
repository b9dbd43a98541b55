"""What holds for every target and figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.builders import a_plan, a_progress_rule, a_target, a_value, a_zero

from zhiheng.base.quantity import Basis
from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Verdict
from zhiheng.plans.model import Modality

ORDER = [Verdict.MISSED, Verdict.BEHIND, Verdict.ON_TRACK, Verdict.MET]
numbers = st.decimals(0, 200, places=2, allow_nan=False)
shares = st.decimals(0, 100, places=2, allow_nan=False)
days = st.sampled_from([date(2023, 3, 1), date(2025, 12, 30), date(2025, 12, 31), date(2026, 5, 1)])
modalities = st.sampled_from([Modality.FIRM, Modality.STRIVE, Modality.MAINTAIN])


def verdict(target, values, day):
    (found,) = judge(a_plan(target), values, day, a_progress_rule())
    return found.verdict


def last_year(day):
    return 2025 if day >= date(2025, 12, 31) else day.year - 1


@given(st.tuples(numbers, numbers, numbers, numbers), days, modalities, st.sampled_from([">=", ">", "<=", "<"]))
def test_a_better_value_never_worsens_the_verdict(amounts, day, modality, comparator):
    goal, base, one, other = amounts
    worse, better = sorted([one, other], reverse=comparator in ("<=", "<"))
    target = a_target(str(goal), comparator, base=str(base), modality=modality, period_start=last_year(day), unit="件/万人")
    found = [verdict(target, [a_value(str(v), last_year(day), unit="件/万人")], day) for v in (worse, better)]
    assume(all(v in ORDER for v in found))
    assert ORDER.index(found[0]) <= ORDER.index(found[1])


@given(numbers, numbers, days)
def test_the_bound_is_exact(goal, value, day):
    target = a_target(str(goal), ">=", base="0", period_start=2021)
    found = verdict(target, [a_value(str(value), last_year(day))], day)
    assert (found is Verdict.MET) == (Fraction(value) >= Fraction(goal))


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(1, 50), shares, days)
def test_scaling_both_counts_changes_nothing(numerator, denominator, factor, goal, day):
    assume(numerator <= denominator)
    target = a_target(str(goal), ">=", base="50")
    year = last_year(day)
    once = verdict(target, [a_value(f"{numerator}/{denominator}", year)], day)
    assert verdict(target, [a_value(f"{numerator * factor}/{denominator * factor}", year)], day) is once


@given(st.integers(1, 10**9), days)
def test_all_but_one_is_never_all(denominator, day):
    target = a_target("100", ">=", base="50")
    value = a_value(f"{denominator - 1}/{denominator}", last_year(day))
    assert verdict(target, [value], day) is not Verdict.MET


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(1, 60), st.integers(0, 30))
def test_a_sum_never_adds_the_base(parts, goal, base):
    target = a_target(str(goal), ">=", base=str(base), basis=Basis.NEW, unit="项")
    values = [a_value(str(n), 2021 + i, unit="项") for i, n in enumerate(parts)]
    found = verdict(target, values, date(2026, 2, 1))
    met = sum(parts) >= goal
    assert found is (Verdict.MET if met else Verdict.MISSED if len(parts) == 5 else Verdict.NO_EVIDENCE)


@given(st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_one_event_is_enough(events):
    target = a_target("0", "zero_events", unit="起", basis=Basis.COUNT)
    values = [a_zero(2021 + i) if not n else a_value(str(n), 2021 + i, unit="起") for i, n in enumerate(events)]
    assert verdict(target, values, date(2026, 2, 1)) is (Verdict.MISSED if any(events) else Verdict.MET)


@given(numbers, st.permutations(range(5)))
def test_the_order_of_the_figures_does_not_matter(goal, order):
    target = a_target(str(goal), ">=", base="50")
    values = [a_value(str(60 + i), 2021 + i) for i in range(5)]
    day = date(2024, 8, 1)
    assert judge(a_plan(target), values, day, a_progress_rule()) == judge(
        a_plan(target), [values[i] for i in order], day, a_progress_rule()
    )


@given(numbers, numbers, numbers)
def test_what_happens_after_the_day_is_not_known_on_it(goal, now, later):
    target, day = a_target(str(goal), ">=", base="50"), date(2023, 12, 31)
    known = [a_value(str(now), 2023)]
    assert judge(a_plan(target), known, day, a_progress_rule()) == judge(
        a_plan(target), [*known, a_value(str(later), 2024)], day, a_progress_rule()
    )
