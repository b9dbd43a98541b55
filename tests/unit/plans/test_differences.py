"""Identity, strictness and order of what two versions of a plan hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_plan, a_target, an_anchor
from zhiheng.plans.differences.between import differences, is_successor
from zhiheng.plans.differences.change import Aspect, Nature
from zhiheng.plans.differences.identity import moved, pairs
from zhiheng.plans.differences.likeness import alike, is_shortened
from zhiheng.plans.differences.serial import differences_record
from zhiheng.plans.differences.strictness import value_details
from zhiheng.plans.model import Alignment, Baseline, Commitment, CommitmentKind, Comparator, Meta, Modality, Plan, Target, Task
from zhiheng.publication.contract import DIFF

OPPOSITE = {
    Nature.ADDED: Nature.DROPPED,
    Nature.DROPPED: Nature.ADDED,
    Nature.TIGHTENED: Nature.LOOSENED,
    Nature.LOOSENED: Nature.TIGHTENED,
}


def natures(old: Target, new: Target) -> list[tuple[str, str]]:
    found = differences(a_plan(old), a_plan(new)).changes
    return [(d.aspect.value, d.nature.value) for change in found for d in change.details]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (a_target("93"), a_target("95"), [("value", "tightened")]),
        (a_target("93"), a_target("92"), [("value", "loosened")]),
        (a_target("93"), a_target("93.0"), []),
        (a_target("35", "<="), a_target("33", "<="), [("value", "tightened")]),
        (a_target("35", "<="), a_target("38", "<="), [("value", "loosened")]),
        (a_target("93"), a_target("93", ">"), [("comparator", "tightened")]),
        (a_target("0.08", "<"), a_target("0.08", "<="), [("comparator", "loosened")]),
        (a_target("12", "decrease_by"), a_target("15", "decrease_by"), [("value", "tightened")]),
        (a_target("5", "=="), a_target("6", "=="), [("value", "altered")]),
        (a_target("5", "==", direction="higher"), a_target("6", "==", direction="higher"), [("value", "tightened")]),
        (a_target("5", "==", direction="lower"), a_target("6", "==", direction="lower"), [("value", "loosened")]),
        (a_target("93"), a_target("93", "<="), [("comparator", "altered")]),
        (a_target("93"), a_target("93", "increase_by"), [("comparator", "altered")]),
        (a_target("20000", unit="人"), a_target("2", unit="万人"), []),
        (a_target("20000", unit="人"), a_target("2.1", unit="万人"), [("value", "tightened")]),
        (a_target("20", unit="家"), a_target("20", unit="个"), []),
        (a_target("93"), a_target("93", unit="分"), [("measure", "altered")]),
        (a_target("93", year=2025), a_target("93", year=2024), [("deadline", "tightened")]),
        (a_target("93", year=2025), a_target("93", year=2026), [("deadline", "loosened")]),
        (a_target("93", year=2025), a_target("93", year=None), [("deadline", "loosened")]),
        (a_target("93"), a_target("93", modality=Modality.STRIVE), [("modality", "loosened")]),
        (a_target("93"), a_target("93", modality=Modality.MAINTAIN), [("modality", "reworded")]),
        (a_target("93", attribute="预期性"), a_target("93", attribute="约束性"), [("attribute", "tightened")]),
        (a_target("93", base="90"), a_target("93", base="91"), [("baseline", "altered")]),
        (a_target("93", scope=None), a_target("93", scope="规上"), [("scope", "altered")]),
        (a_target("93", path={2023: "91"}), a_target("93", path={2023: "92"}), [("yearly_value", "tightened")]),
        (a_target("93"), a_target("93", path={2023: "92"}), [("yearly_value", "tightened")]),
        (a_target(None, "zero_events"), a_target(None, "zero_events"), []),
        (a_target("93"), a_target("95", year=2026), [("value", "tightened"), ("deadline", "loosened")]),
    ],
    ids=str,
)
def test_what_makes_a_target_stricter(old: Target, new: Target, expected: list[tuple[str, str]]) -> None:
    assert natures(old, new) == expected


def a_range(low: str, high: str) -> Target:
    return a_target(low, "range", value_low=low, value_high=high)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (a_range("2", "5"), a_range("3", "4"), Nature.TIGHTENED),
        (a_range("3", "4"), a_range("2", "5"), Nature.LOOSENED),
        (a_range("2", "3"), a_range("4", "5"), Nature.ALTERED),
    ],
)
def test_ranges(old: Target, new: Target, expected: Nature) -> None:
    assert [d.nature for d in value_details(old, new)] == [expected]


def test_the_name_alone() -> None:
    renamed = a_target("93", indicator="制造业产品合格率")
    (change,) = differences(a_plan(a_target("93")), a_plan(renamed)).changes
    assert change.natures == (Nature.REWORDED,)
    assert [(d.before, d.after) for d in change.details] == [("制造业产品质量合格率", "制造业产品合格率")]


def test_look_alikes_stay_apart() -> None:
    food, drugs = (
        a_target("99", indicator=f"{what}抽检合格率", context=f"{what}合格率99%", catalogue=Alignment(id_, what, 100.0, "name"))
        for what, id_ in (("食品", "food_sampling"), ("药品", "drug_sampling"))
    )
    found = differences(a_plan(food), a_plan(drugs)).changes
    assert [c.natures for c in found] == [(Nature.ADDED,), (Nature.DROPPED,)]


def test_only_what_the_plan_sets_itself() -> None:
    assert differences(a_plan(a_target("93", own=False)), a_plan()).changes == ()


def a_task(title: str, text: str = "", **fields: Any) -> Task:
    units = fields.pop("units", ())
    given: dict[str, Any] = {
        "id": title,
        "number": None,
        "title": title,
        "parent_title": "主要任务",
        "chapter": "三、主要任务",
        "responsible_units": units,
        "lead_units": (),
        "supporting_units": (),
        "inherited_units": (),
        "open_units": (),
        "anchor": an_anchor(),
        "text": text or f"{title}的各项工作要落到实处",
    }
    return Task(**(given | fields))


def of_tasks(*tasks: Task) -> Plan:
    return replace(a_plan(), tasks=tasks)


TASKS = [a_task(f"{name}质量提升") for name in ("产品", "工程", "服务", "环境", "品牌")]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("to", range(5))
def test_one_move_marks_one_task(at: int, to: int) -> None:
    order = [*TASKS[:at], *TASKS[at + 1 :]]
    order.insert(to, TASKS[at])
    found = differences(of_tasks(*TASKS), of_tasks(*order)).changes
    assert len(found) == (at != to)
    assert all(c.natures == (Nature.MOVED,) for c in found)


def test_a_head_reworded_moves_nothing() -> None:
    other = [replace(t, parent_title="重点工作") for t in TASKS]
    assert differences(of_tasks(*TASKS), of_tasks(*other)).changes == ()


def test_a_task_under_another_head() -> None:
    old = [replace(t, parent_title="甲" if i < 3 else "乙") for i, t in enumerate(TASKS)]
    new = [*old[:2], replace(old[2], parent_title="乙"), *old[3:]]
    (change,) = differences(of_tasks(*old), of_tasks(*new)).changes
    assert change.natures == (Nature.MOVED,)
    assert [(d.before, d.after) for d in change.details] == [("甲", "乙")]


def test_a_later_deadline_of_a_task() -> None:
    old, new = (a_task("产品质量提升", f"到{year}年建成一批质量标杆企业") for year in (2026, 2027))
    (change,) = differences(of_tasks(old), of_tasks(new)).changes
    assert [(d.aspect, d.nature) for d in change.details] == [(Aspect.DEADLINE, Nature.LOOSENED)]


def test_a_task_parted_in_two_says_where_it_came_from() -> None:
    first, second = "健全企业首席质量官制度并定期开展培训", "完善缺陷产品召回与消费者质量安全教育"
    old = a_task("压实主体责任", f"{first}，{second}。")
    new = [a_task("压实主体责任", f"{first}。"), a_task("加强消费安全", f"{second}。")]
    found = differences(of_tasks(old), of_tasks(*new)).changes
    added = next(c for c in found if c.natures == (Nature.ADDED,))
    assert [(d.aspect, d.before) for d in added.details] == [(Aspect.PART_OF, "压实主体责任")]


def test_departments() -> None:
    old = a_task("产品质量提升", units=("县市场监管局", "县教育局", "县科技局"))
    new = a_task("产品质量提升", units=("县市场监督管理局", "县科技局", "县公安局"))
    found = differences(of_tasks(old), of_tasks(new)).changes
    assert [(c.natures[0].value, c.name) for c in found] == [
        ("reworded", "县市场监督管理局"),
        ("added", "县公安局"),
        ("dropped", "县教育局"),
    ]


def test_the_plan_of_the_next_term() -> None:
    terms = [Meta(period_start=a, period_end=b) for a, b in ((2016, 2020), (2021, 2025))]
    old = replace(a_plan(a_target("93", year=2020, base="90")), meta=terms[0])
    new = replace(a_plan(a_target("95", year=2025, base="93")), meta=terms[1])
    assert is_successor(old, new) and not is_successor(new, old)
    (change,) = differences(old, new).changes
    assert [(d.aspect, d.nature) for d in change.details] == [(Aspect.VALUE, Nature.TIGHTENED)]


def test_a_plan_without_a_term_is_dated_by_its_day() -> None:
    old = replace(a_plan(), meta=Meta(period_start=2016, period_end=2020))
    assert is_successor(old, replace(a_plan(), meta=Meta(adopted_date="2021-03-01")))
    assert not is_successor(old, replace(a_plan(), meta=Meta(adopted_date="2019-03-01")))


values = st.decimals(0, 1000, places=2).map(str)
targets = st.builds(
    lambda value, how, name, year, base, modality: a_target(
        value, how.value, indicator=name, year=year, baseline=Baseline(base, 2020), modality=modality, context=f"{name}{value}"
    ),
    values,
    st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.EQUAL]),
    st.sampled_from(["食品抽检合格率", "药品抽检合格率", "公众满意度", "有效发明专利", "标准制定数", "消费投诉办结率"]),
    st.sampled_from([2024, 2025, None]),
    values,
    st.sampled_from(Modality),
)


@given(st.lists(targets, max_size=6, unique_by=lambda t: t.indicator))
def test_a_plan_differs_in_nothing_from_itself(listed: list[Target]) -> None:
    assert differences(a_plan(*listed), a_plan(*listed)).changes == ()


@given(*[st.lists(targets, max_size=6, unique_by=lambda t: t.indicator)] * 2)
def test_the_way_back_is_the_mirror(one: list[Target], other: list[Target]) -> None:
    there = differences(a_plan(*one), a_plan(*other))
    back = differences(a_plan(*other), a_plan(*one))
    kept = [
        sorted((c.name, tuple(sorted(OPPOSITE.get(n, n) if found is back else n for n in c.natures if n is not Nature.MOVED)))
               for c in found.changes if set(c.natures) != {Nature.MOVED})
        for found in (there, back)
    ]  # fmt: skip
    assert kept[0] == kept[1]


@given(*[st.lists(targets, max_size=6, unique_by=lambda t: t.indicator)] * 2)
def test_nothing_is_lost_and_the_record_keeps_its_contract(one: list[Target], other: list[Target]) -> None:
    found = differences(a_plan(*one), a_plan(*other))
    unchanged = found.unchanged["target"]
    assert sum(c.before is not None for c in found.changes) + unchanged == len(one)
    assert sum(c.after is not None for c in found.changes) + unchanged == len(other)
    jsonschema.validate(json.loads(json.dumps(differences_record(found))), DIFF)


@given(st.permutations(range(8)))
def test_what_stays_is_in_order_and_no_longer_run_exists(order: list[int]) -> None:
    found = list(zip(order, range(8), strict=True))
    kept = sorted(set(found) - moved(found), key=lambda pair: pair[1])
    assert [i for i, _ in kept] == sorted(i for i, _ in kept)
    longest = 0
    for mask in range(256):
        picked = [order[j] for j in range(8) if mask >> j & 1]
        if picked == sorted(picked):
            longest = max(longest, len(picked))
    assert len(kept) == longest


def test_of_equals_the_nearest_are_paired() -> None:
    assert pairs("aba", "aba", lambda a, b: float(a == b)).found == [(0, 0), (1, 1), (2, 2)]


def test_likeness() -> None:
    assert alike("消费投诉，按时办结率", "消费投诉按时办结率") == 100
    assert is_shortened("产品合格率", "产品质量合格率") and not is_shortened("食品合格率", "药品质量合格率")


def test_a_promise_that_became_a_number() -> None:
    promise = Commitment(
        "c",
        CommitmentKind.FULL_COVERAGE,
        "食品企业追溯体系",
        "实现全覆盖",
        "食品企业追溯体系实现全覆盖",
        2025,
        Modality.FIRM,
        an_anchor(),
    )
    old = replace(a_plan(), commitments=(promise,))
    new = a_plan(a_target("90", indicator="食品企业追溯体系覆盖率"))
    found = differences(old, new).changes
    assert [(c.subject.value, c.natures[0].value, [(d.before, d.after) for d in c.details]) for c in found] == [
        ("target", "added", [("commitment", "target")]),
        ("commitment", "dropped", [("commitment", "target")]),
    ]
