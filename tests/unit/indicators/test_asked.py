from decimal import Decimal

import pytest
from tests.builders import a_commitment, a_plan, a_target

from zhiheng.base.quantity import Basis
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.counting import counts_from_zero, holds_each_year, mean_over_period
from zhiheng.plans.model import Alignment, CommitmentKind, Meta


def test_a_target_asks_for_its_years_and_the_base():
    (asked,) = asked_figures(a_plan(a_target("93", text="93%以上")))
    assert (asked.indicator, asked.unit, asked.basis) == ("制造业产品质量合格率", "%", Basis.LEVEL)
    assert asked.years == (2020, 2021, 2022, 2023, 2024, 2025)
    assert (asked.scale, asked.share, asked.target) == (Decimal(93), True, "≥93%（2025年）")


@pytest.mark.parametrize(
    ("meta", "first"),
    [
        ({"adopted_date": "2023-12-26"}, 2022),
        ({"published_date": "2023-12-27"}, 2022),
        ({}, 2020),
        ({"adopted_date": "2031-01-01"}, 2020),
        ({"period_start": 2024}, 2023),
    ],
)
def test_a_plan_that_does_not_say_when_it_begins(meta, first):
    (asked,) = asked_figures(a_plan(a_target(period_start=None), meta=Meta(period_end=2025, **meta)))
    assert asked.years == tuple(range(first, 2026))


def test_two_horizons_of_one_indicator_are_one_row_a_year():
    (asked,) = asked_figures(a_plan(a_target(text="93%"), a_target(id="t2", year=2030, text="95%")))
    assert (asked.years[0], asked.years[-1], asked.target) == (2020, 2030, "≥93%（2025年）；≥93%（2030年）")


def test_predecessors_targets_are_not_asked_for():
    assert asked_figures(a_plan(a_target(own=False))) == ()


def test_what_is_handed_down_is_asked_for():
    trend = a_commitment(CommitmentKind.TREND, id="c2", indicator="满意度")
    (asked,) = asked_figures(a_plan(commitments=(a_commitment(), trend)))
    assert (asked.indicator, asked.pending, asked.share) == ("单位地区生产总值能耗降低", True, False)
    (open_target,) = asked_figures(a_plan(a_target(None, value_low=None, value_high=None)))
    assert open_target.pending


def test_events_growth_decrease_and_sums():
    plan = a_plan(
        a_target("0", "zero_events", indicator="事故", unit="起", basis=Basis.COUNT),
        a_target("6", "increase_by", indicator="增加值", id="t2"),
        a_target("15", "decrease_by", indicator="能耗", id="t3", basis=Basis.REDUCTION),
        a_target("1000", indicator="完成投资", unit="亿元", id="t4", basis=Basis.CUMULATIVE),
        a_target("6", indicator="GDP增速", id="t5"),
    )
    events, growth, fall, total, rate = asked_figures(plan)
    assert events.zero_events
    assert (growth.change, growth.basis, growth.share) == (True, None, False)
    assert (fall.change, fall.basis) == (True, Basis.REDUCTION)
    assert total.basis is Basis.NEW
    assert rate.change


def test_only_a_sure_catalogue_name_is_an_alias_and_none_that_two_share():
    sure = Alignment("product.pass_rate", "制造业产品质量合格率", 100, "alias")
    near = Alignment("product.pass_rate", "制造业产品质量合格率", 88, "similar")
    aliases = {"product.pass_rate": ["制造业合格率"]}
    first = a_target(indicator="制造业质量合格率", catalogue=sure)
    (asked,) = asked_figures(a_plan(first), aliases)
    assert asked.aliases == ("制造业产品质量合格率", "制造业合格率")
    (unsure,) = asked_figures(a_plan(a_target(indicator="工业产品合格率", catalogue=near)), aliases)
    assert unsure.aliases == ()
    twin = a_target(indicator="制造业产品合格率", catalogue=sure, id="t2")
    assert all(a.aliases == () for a in asked_figures(a_plan(first, twin), aliases))


@pytest.mark.parametrize(
    ("fields", "from_zero"),
    [
        ({"basis": Basis.NEW, "base": "23"}, True),
        ({"basis": Basis.CUMULATIVE, "base": "22"}, False),
        ({"basis": Basis.CUMULATIVE, "indicator": "获奖组织(累计)"}, False),
        ({"basis": Basis.CUMULATIVE, "indicator": "完成投资"}, True),
        ({"basis": Basis.CUMULATIVE, "indicator": "城镇新增就业", "base": "12.6", "text": "〔11〕"}, True),
        ({"basis": Basis.COUNT}, False),
        ({"basis": Basis.LEVEL}, False),
    ],
)
def test_what_counts_from_zero(fields, from_zero):
    assert counts_from_zero(a_target("11", **fields)) is from_zero


def test_each_year_and_means_of_the_period():
    assert holds_each_year(a_target(scope="每年"))
    assert holds_each_year(a_target(indicator="每年清淤"))
    assert not holds_each_year(a_target(scope="全县"))
    assert mean_over_period(a_target(basis=Basis.AVERAGE, text="<97.1%>"))
    assert mean_over_period(a_target("6", basis=Basis.AVERAGE, indicator="GDP年均增速"))
    assert not mean_over_period(a_target(basis=Basis.AVERAGE, indicator="PM2.5年均浓度", text="<35"))
    assert not mean_over_period(a_target(text="<97.1%>"))


def test_what_was_asked_for_is_what_a_figure_measures():
    aligned = Alignment("product.pass_rate", "产品合格率", 100, "name")
    other = Alignment("food.pass_rate", "食品合格率", 60, "similar")
    (one,) = asked_figures(a_plan(a_target("93", catalogue=aligned, scope="规上")))
    assert (one.definition, one.scope) == ("product.pass_rate", "规上")
    targets = a_target("93", catalogue=aligned, scope="规上"), a_target("95", id="t2", year=2023, catalogue=other)
    (both,) = asked_figures(a_plan(*targets))
    assert (both.definition, both.scope) == (None, None)
