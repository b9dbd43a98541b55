"""Which targets of several plans are of one indicator, how far they may be compared, and what a year has to bring."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_plan, a_target
from zhiheng.base.quantity import Basis
from zhiheng.plans.comparison.aligning import compared
from zhiheng.plans.comparison.ambition import ambition
from zhiheng.plans.comparison.model import Ambition, Comparison, Gap
from zhiheng.plans.comparison.serial import comparison_record
from zhiheng.plans.model import Alignment, Baseline, Meta, Plan, Target
from zhiheng.publication.contract import COMPARE
from zhiheng.rules.catalogue import load_catalogue
from zhiheng.rules.look_alikes import Obstacle

CATALOGUE = load_catalogue()


def of(name: str, value: str = "93", comparator: str = ">=", **fields: Any) -> Target:
    """A target aligned with the catalogue as the compiler aligns it."""
    match = CATALOGUE.align(name)
    found = Alignment(match.indicator, CATALOGUE.entries[match.indicator].name, 100.0, "name") if match else None
    return a_target(value, comparator, **{"indicator": name, "catalogue": found, **fields})


def side_by_side(*listed: list[Target]) -> Comparison:
    return compared([plan(*targets) for targets in listed], CATALOGUE)


def plan(*targets: Target, code: str | None = None) -> Plan:
    return replace(a_plan(*targets), meta=Meta(title="规划", region_code=code, period_start=2021, period_end=2025))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (a_target("95", base="90"), Ambition(Fraction(1), None, 5)),
        (a_target("95", base="90", unit="家"), Ambition(Fraction(1), Fraction(1, 90), 5)),
        (a_target("28", "<=", base="33", unit="微克/立方米"), Ambition(Fraction(-1), Fraction(-1, 33), 5)),
        (a_target("10", base="0", unit="家"), Ambition(Fraction(2), None, 5)),
        (a_target("95", base="94.2"), Ambition(Fraction(4, 25), None, 5)),
        (a_target("24", base="23", unit="项", basis=Basis.NEW), Ambition(Fraction(24, 5), None, 5, counted=True)),
        (a_target("24", unit="项", basis=Basis.NEW, period_start=None), Ambition(Fraction(24, 5), None, 5, counted=True)),
        (a_target("95"), Ambition(None, gap=Gap.NO_BASELINE)),
        (a_target("95", year=None, base="90"), Ambition(None, gap=Gap.NO_YEAR)),
        (a_target("95", baseline=Baseline("90", None)), Ambition(None, gap=Gap.NO_YEAR)),
        (a_target("95", baseline=Baseline("90", 2025)), Ambition(None, gap=Gap.NO_YEAR)),
        (a_target("95", baseline=Baseline("90", 2020, floor=True)), Ambition(None, gap=Gap.BASELINE_IS_A_BOUND)),
        (a_target("15", "decrease_by", base="3"), Ambition(None, gap=Gap.IS_A_CHANGE)),
        (a_target(None, "zero_events"), Ambition(None, gap=Gap.ZERO_EVENTS)),
        (a_target("5", "range"), Ambition(None, gap=Gap.RANGE)),
    ],
    ids=str,
)
def test_ambition_is_exact_or_says_why_not(target: Target, expected: Ambition) -> None:
    assert ambition(target, 2021) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ()),
        ({"unit": "分"}, (Obstacle.UNIT,)),
        ({"basis": Basis.CUMULATIVE}, (Obstacle.BASIS,)),
        ({"basis": Basis.COUNT}, (Obstacle.OPEN,)),
        ({"comparator": "increase_by"}, (Obstacle.MEASURE,)),
        ({"comparator": "<="}, (Obstacle.BOUND,)),
        ({"scope": "规上"}, (Obstacle.SCOPE,)),
        ({"scope": "全区"}, ()),
        ({"year": 2030}, (Obstacle.DEADLINE,)),
        ({"own": False}, (Obstacle.EARLIER_TERM,)),
    ],
    ids=str,
)
def test_what_keeps_figures_apart(fields: dict[str, Any], expected: tuple[Obstacle, ...]) -> None:
    (line,) = side_by_side([of("制造业产品质量合格率")], [of("制造业产品质量合格率", **fields)]).lines
    assert line.filled[0].obstacles == ()
    assert line.filled[1].obstacles == expected
    assert line.filled[1].comparable is not any(o.prevents for o in expected)


def test_aliases_are_one_indicator_and_look_alikes_are_not() -> None:
    found = side_by_side(
        [of("空气质量优良天数比例"), of("食品安全抽检合格率")],
        [of("环境空气质量优良天数比例"), of("食品评价性抽检合格率")],
    )
    assert [line.name for line in found.shared] == ["环境空气质量优良天数比例"]
    food = next(line for line in found.lines if line.name == "食品安全抽检合格率")
    (resemblance,) = food.resembles
    assert (resemblance.name, resemblance.differ) == ("食品评价性抽检合格率", Obstacle.PROGRAMME)
    assert "抽样目的不同" in resemblance.chinese and resemblance.english


def test_look_alikes_of_one_plan_are_no_matter_between_plans() -> None:
    found = side_by_side([of("食品安全抽检合格率"), of("食品评价性抽检合格率")], [of("公众满意度")])
    assert all(not line.resembles for line in found.lines)


def test_names_that_the_catalogue_does_not_know() -> None:
    one, other = "竹木构件返修率", "竹木构件出厂返修率"
    found = side_by_side([of(one, unit="%")], [of(one, unit="%")], [of(other, unit="%")], [of(one, unit="件")])
    shared = found.shared[0]
    assert (shared.name, shared.known, [c is not None for c in shared.cells]) == (one, False, [True, True, False, False])
    assert [(r.name, r.differ) for r in shared.resembles] == [(other, Obstacle.OPEN), (one, Obstacle.OPEN)]


def test_of_several_targets_the_last_own_one_counts() -> None:
    targets = [
        of("制造业产品质量合格率", "90", year=2020, own=False),
        of("制造业产品质量合格率", "93", year=2023),
        of("制造业产品质量合格率", "95", year=2025),
    ]
    (line,) = side_by_side(targets, [of("制造业产品质量合格率")]).lines
    assert line.filled[0].target.value_low == "95"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("330400", "330424"), [Obstacle.PLACE_WITHIN]),
        (("330000", "330424"), [Obstacle.PLACE_WITHIN]),
        (("330424", "140500"), [Obstacle.PLACE_LEVEL]),
        (("330400", "140500"), []),
        (("330424", "330424"), []),
        ((None, "330424"), []),
    ],
)
def test_places(codes: tuple[str | None, str | None], expected: list[Obstacle]) -> None:
    found = compared([plan(code=code) for code in codes], CATALOGUE)
    assert [c.obstacle for c in found.cautions] == expected


names = st.sampled_from(["制造业产品质量合格率", "食品安全抽检合格率", "食品评价性抽检合格率", "公众满意度", "竹木构件返修率"])
targets = st.builds(
    lambda name, value, year: of(name, str(value), year=year), names, st.integers(0, 100), st.sampled_from([2025, 2030])
)
plans = st.lists(
    st.lists(targets, max_size=5, unique_by=lambda t: t.indicator).map(lambda ts: plan(*ts)), min_size=2, max_size=4
)


@given(plans, st.randoms(use_true_random=False))
def test_the_order_of_plans_changes_no_line(listed: list[Plan], chance: Any) -> None:
    order = list(range(len(listed)))
    chance.shuffle(order)
    one, other = compared(listed, CATALOGUE), compared([listed[i] for i in order], CATALOGUE)

    def told(comparison: Comparison, places: list[int]) -> dict[str, list[str]]:
        return {
            line.key: [str(cell.target) if (cell := line.cells[place]) else "" for place in places] for line in comparison.lines
        }

    assert told(one, list(range(len(listed)))) == told(other, [order.index(i) for i in range(len(listed))])


@given(plans)
def test_a_plan_beside_itself_is_comparable_in_all(listed: list[Plan]) -> None:
    found = compared([listed[0], listed[0]], CATALOGUE)
    assert found.alone == ()
    assert all(cell.obstacles == () for line in found.lines for cell in line.filled)


@given(plans)
def test_nothing_is_lost_and_the_record_keeps_its_contract(listed: list[Plan]) -> None:
    found = compared(listed, CATALOGUE)
    for number, one in enumerate(listed):
        assert sum(line.cells[number] is not None for line in found.lines) == len(one.targets)
    jsonschema.validate(json.loads(json.dumps(comparison_record(found))), COMPARE)
