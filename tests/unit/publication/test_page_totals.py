"""The picture of a target that adds up shows the numbers its verdict was reached by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.base.quantity import Basis
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.judging import judge
from zhiheng.plans.model import Target
from zhiheng.publication.findings import findings_of
from zhiheng.publication.page import finding_record

AS_OF = date(2024, 3, 1)


def drawn(target: Target, *values: IndicatorValue) -> tuple[list[tuple[float, str]], str]:
    plan = a_plan(target)
    judgements = judge(plan, values, AS_OF, a_progress_rule())
    (finding,) = findings_of(plan, judgements, as_of=AS_OF).own
    return [(p["x"], p["words"]) for p in finding_record(finding)["trend"]["actual"]], finding.judgement.sentence


def of(amount: str, period: str | int, basis: Basis) -> IndicatorValue:
    return a_value(amount, period, unit="家", basis=basis)


def test_half_a_year_is_not_drawn_on_top_of_its_year() -> None:
    target = a_target("15", unit="家", basis=Basis.NEW)
    points, said = drawn(target, of("3", "2021年上半年", Basis.NEW), of("5", 2021, Basis.NEW))
    assert points == [(2021.0, "5")] and "5家" in said


def test_reported_totals_are_not_added_up_again() -> None:
    target = a_target("15", unit="家", basis=Basis.CUMULATIVE)
    points, said = drawn(target, of("4", 2021, Basis.CUMULATIVE), of("9", 2022, Basis.CUMULATIVE))
    assert points == [(2021.0, "4"), (2022.0, "9")] and "9家" in said


def test_a_sum_is_to_grow_from_zero_and_a_yearly_goal_has_no_way_to_go() -> None:
    target = a_target("15", unit="家", basis=Basis.NEW, base="23")
    assert path_of(target) == [(2020.0, 0.0), (2025.0, 15.0)]
    assert path_of(replace(target, scope="每年")) == []


def path_of(target: Target) -> list[tuple[float, float]]:
    plan = a_plan(target)
    (finding,) = findings_of(plan, judge(plan, (), AS_OF, a_progress_rule()), as_of=AS_OF).own
    return [(p["x"], p["y"]) for p in finding_record(finding)["trend"]["path"]]


def test_what_each_year_has_to_bring_is_drawn_year_by_year() -> None:
    target = a_target("3", unit="家", basis=Basis.NEW, scope="每年")
    assert drawn(target, of("4", 2021, Basis.NEW), of("5", 2022, Basis.NEW))[0] == [(2021.0, "4"), (2022.0, "5")]
