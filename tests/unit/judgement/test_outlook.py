"""What is needed, what a year has brought at best, and where the trend leads."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.base.quantity import Basis
from zhiheng.base.reading import RuleStanding
from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Verdict


def judged(target, amounts, day=date(2024, 2, 1), rule=None, **fields):
    values = [a_value(str(v), year, **({"unit": target.unit} | fields)) for year, v in amounts.items()]
    (found,) = judge(a_plan(target), values, day, rule or a_progress_rule())
    return found


def test_what_is_needed_each_year_against_the_best_year():
    found = judged(a_target("94", base="92"), {2021: 92.1, 2022: 92.9, 2023: 93})
    progress = found.progress
    assert progress.needed_per_year == Fraction(1, 2)
    assert progress.best_year == Fraction(4, 5)
    assert progress.in_reach is True


def test_lower_is_better_counts_the_fall():
    progress = judged(a_target("25", "<=", base="30", unit="微克/立方米"), {2022: 29, 2023: 28}).progress
    assert (progress.needed_per_year, progress.best_year, progress.in_reach) == (Fraction(3, 2), Fraction(1), False)


def test_exactly_the_best_year_is_in_reach():
    progress = judged(a_target("95", base="90"), {2021: 91, 2022: 92, 2023: 93}).progress
    assert (progress.needed_per_year, progress.best_year, progress.in_reach) == (Fraction(1), Fraction(1), True)


def test_a_gap_is_spread_over_its_years():
    assert judged(a_target("99", base="90"), {2023: 93}).progress.best_year == Fraction(1)


def test_sums_take_the_years_amounts():
    target = a_target("24", basis=Basis.NEW, unit="项")
    progress = judged(target, {2021: 5, 2022: 3, 2023: 4}).progress
    assert (progress.needed_per_year, progress.best_year, progress.in_reach) == (Fraction(6), Fraction(5), False)
    assert progress.schedule == Fraction(72, 5)
    assert (progress.share, progress.elapsed) == (Fraction(1, 2), Fraction(3, 5))


def test_without_a_step_nothing_is_said_of_reach():
    target = a_target("87.5", path={2021: "85", 2022: "85.6"})
    progress = judged(target, {2022: 86.5}, date(2023, 2, 1)).progress
    assert (progress.best_year, progress.in_reach, progress.needed_per_year) == (None, None, Fraction(1, 3))
    assert progress.rule == "plan.path"


def test_the_rule_of_the_day_is_named_and_marked_when_nobody_confirmed_it():
    assert judged(a_target("99", base="90"), {2023: 93}).progress.rule == "plan.progress@2021-01-01"
    found = judged(a_target("99", base="90"), {2023: 93}, rule=a_progress_rule(confirmed=False))
    assert found.progress.rule == "plan.progress@2021-01-01(unconfirmed)"
    assert "尚未核定" in found.sentence
    found = judged(a_target("99", base="90"), {2023: 93}, rule=a_progress_rule(confirmed=False, unverified=True))
    assert found.progress.rule == "plan.progress@2021-01-01(unconfirmed, unverified)"
    assert "（尚未核定、久未复核）" in found.sentence


def test_the_clause_behind_the_word_is_told_for_papers():
    rule = a_progress_rule(unverified=True)
    cited = "“时序进度”规则（久未复核），依据：监测办法，第三条"
    assert judged(a_target("99", base="90"), {2023: 93}, rule=rule).progress.cited == cited
    path = a_target("87.5", base="80", path={2021: "85", 2022: "85.6"})
    assert judged(path, {2022: 83}, date(2023, 2, 1), rule).progress.cited == cited
    assert "85.6%，快慢按“时序进度”规则（久未复核）评定" in judged(path, {2022: 83}, date(2023, 2, 1), rule).sentence
    assert judged(a_target("94", base="92"), {2023: 94}, rule=rule).progress.cited == ""


@pytest.mark.parametrize("standing", [RuleStanding.NOT_YET, RuleStanding.REPEALED])
def test_without_a_rule_in_force_only_what_needs_none_is_judged(standing):
    rule = a_progress_rule(standing)
    assert judged(a_target("94", base="92"), {2023: 93}, rule=rule).verdict is Verdict.UNCONFIRMED
    assert judged(a_target("94", base="92"), {2023: 94}, rule=rule).verdict is Verdict.MET
    assert judged(a_target("94", base="92"), {2025: 93}, date(2026, 1, 1), rule).verdict is Verdict.MISSED
    assert judged(a_target("28", "<=", base="27"), {2023: 29}, rule=rule).verdict is Verdict.BEHIND


def test_three_points_give_no_forecast_and_say_so():
    found = judged(a_target("94", base="92"), {2022: 92.5, 2023: 93})
    assert (found.forecast.amount, found.forecast.points) == (None, 3)
    assert found.forecast.reason == "只有3个年末数据，少于4个，不作预测。"


def test_four_points_give_a_forecast_with_its_interval():
    forecast = judged(a_target("94", base="92"), {2021: 92.5, 2022: 92.6, 2023: 93.3}).forecast
    # slope 0.4, mean 92.6 in the middle; at the end of 2025 92.6 + 0.4·3.5; s² = 0.06/2, t = 4.30265, spread of x 5
    assert forecast.points == 4
    assert forecast.amount == pytest.approx(94.0)
    assert forecast.high - forecast.amount == pytest.approx(4.302653 * (0.03 * (1.25 + 12.25 / 5)) ** 0.5, abs=1e-5)
    assert forecast.low < forecast.amount < forecast.high


def test_a_share_is_not_forecast_beyond_the_whole():
    forecast = judged(a_target("99.9", base="70"), {2021: 80, 2022: 90, 2023: 99}).forecast
    assert forecast.amount == forecast.high == 100


def test_growth_may_be_forecast_below_zero():
    target = a_target("6", indicator="工业增加值增速")
    found = judged(target, {2020: 6, 2021: 4, 2022: 2, 2023: 0, 2024: -2}, date(2025, 3, 1), indicator="工业增加值增速")
    assert found.forecast.amount == pytest.approx(-4)


def test_quarters_are_no_year_ends():
    target = a_target("94", base="92")
    values = [a_value("93", f"2023Q{q}") for q in (1, 2, 3)] + [a_value("93", 2021), a_value("93", 2022)]
    (found,) = judge(a_plan(target), values, date(2023, 11, 1), a_progress_rule())
    assert found.forecast.points == 3


def test_from_the_deadline_on_there_is_no_forecast():
    assert judged(a_target("94", base="92"), {2021: 92, 2022: 93, 2023: 93, 2025: 94}, date(2026, 1, 1)).forecast is None
