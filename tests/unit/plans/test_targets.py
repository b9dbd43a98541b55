"""What does a plan commit to? Merging of mentions, periods, baselines, which side is good, what is asked, yearly paths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import a_mention

from zhiheng.documents.readers import read_text
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.convention import Conventions
from zhiheng.plans.model import Baseline, Basis, Comparator, Mention, Meta, Modality, Plan, Role, Source, Target, TargetKind
from zhiheng.plans.targets import Noted, merge_targets

TITLE = "青岭县质量发展规划（2026—2030年）"
META = Meta(title=TITLE, period_start=2026, period_end=2030)


def compiled(*lines: str) -> Plan:
    known = knowledge()
    text = "\n".join((TITLE, "一、发展目标", *lines, "二、重点任务", "夯实基础。"))
    return compile_plan(read_text(text, "paper.txt"), known.catalogue, known.rulebook)


def targets(*lines: str) -> tuple[Target, ...]:
    return compiled(*lines).targets


def the_target(*lines: str) -> Target:
    (found,) = targets(*lines)
    return found


def codes(target: Target) -> list[str]:
    return [q.code for q in target.questions]


def merged(*mentions: Mention) -> tuple[Target, ...]:
    known = knowledge()
    bare = known.rulebook.read("plan/bare_number", date(2026, 1, 1)).value
    assert isinstance(bare, Mapping)
    return merge_targets([Noted(m) for m in mentions], META, known.catalogue, Conventions(bare, {}))


# --- merging -------------------------------------------------------------------------------------------------------


def test_table_and_prose_that_say_the_same_are_one_target():
    plan = compiled(
        "到2030年，培育竹艺领军企业30家以上。",
        "指标\t单位\t2030年\t属性",
        "竹艺领军企业\t家\t30\t预期性",
        "竹产业总产值\t亿元\t120\t预期性",
    )
    first, second = plan.targets
    assert first.mentions == tuple(m.id for m in plan.mentions if m.indicator == "竹艺领军企业")
    assert len(first.mentions) == 2
    assert first.comparator_printed is Comparator.AT_LEAST
    assert (first.comparator_judged, first.judged_by) == (Comparator.AT_LEAST, "printed")
    assert (first.unit, first.attribute, first.id, second.id) == ("家", "预期性", "T001", "T002")


def test_different_values_stay_two_targets():
    found = targets("竹艺领军企业达到30家以上。", "培育竹艺领军企业25家。")
    assert [t.value_low for t in found] == ["30", "25"]


def test_trailing_zeros_do_not_part_what_is_equal():
    assert len(targets("竹制品抽检合格率达到96%以上。", "指标\t2030年\n竹制品抽检合格率（%）\t96.0")) == 1


def test_an_indicator_under_two_names_of_the_catalogue_is_one_target():
    found = targets("空气质量优良天数比率达到90%以上。", "指标\t2030年\n空气质量优良天数比例（%）\t90\n森林覆盖率（%）\t42")
    assert len(found) == 2
    assert found[0].catalogue is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "到2028年竹制品抽检合格率达到96%；到2030年竹制品抽检合格率达到96%。",
        "竹产业总产值达到8亿元，竹产业总产值增长8%。",
        "新增检测机构8家，检测机构累计达到8家。",
        "竹制品出口额占比达到30—35%，到2030年竹制品出口额占比达到30%。",
    ],
    ids=["deadline", "level and growth", "new and cumulative", "range and level"],
)
def test_what_differs_in_kind_is_not_merged(sentence: str):
    assert len(targets(sentence)) == 2


def test_only_targets_become_targets():
    plan = compiled("竹制品抽检合格率由92%提高到96%。", "规划共设置22项主要指标，对获得省级质量奖的企业给予50万元奖励。")
    assert {m.role for m in plan.mentions} == {Role.BASELINE, Role.TARGET, Role.BACKGROUND}
    assert [t.value_low for t in plan.targets] == ["96"]


# --- periods -------------------------------------------------------------------------------------------------------


def test_window_of_own_targets_begins_with_the_plan():
    found = the_target("到2028年，新增检测机构8家。")
    assert (found.period_start, found.year, found.own) == (2026, 2028, True)


REPORT = (
    "青岭县质量发展“十五五”规划",
    "一、“十四五”发展成效",
    "指标\t2025年目标\t2025年完成\t完成情况",
    "县级质量奖企业\t10家\t{15}家\t完成",
    "竹制品抽检合格率\t96%\t<97.1%>\t完成",
    "注：①{}内为五年新增数。②<>内为五年平均数。",
    "二、发展目标",
    "到2030年，县级质量奖企业达到40家，竹制品抽检合格率达到96%。",
)


def test_targets_of_the_predecessor_are_kept_apart():
    known = knowledge()
    plan = compile_plan(read_text("\n".join(REPORT), "paper.txt"), known.catalogue, known.rulebook)
    reported = [t for t in plan.targets if not t.own]
    own = [t for t in plan.targets if t.own]
    assert [(t.indicator, t.year, t.period_start) for t in reported] == [
        ("县级质量奖企业", 2025, 2021),
        ("竹制品抽检合格率", 2025, 2021),
    ]
    assert [(t.indicator, t.year, t.value_low) for t in own] == [
        ("县级质量奖企业", 2030, "40"),
        ("竹制品抽检合格率", 2030, "96"),
    ]
    actuals = {m.id: m.text for m in plan.mentions if m.role is Role.ACTUAL}
    assert [[actuals[a] for a in t.actuals] for t in reported] == [["{15}家"], ["<97.1%>"]]


def test_an_unmarked_target_takes_the_basis_of_its_marked_figure():
    known = knowledge()
    plan = compile_plan(read_text("\n".join(REPORT), "paper.txt"), known.catalogue, known.rulebook)
    assert plan.targets[0].basis is Basis.NEW
    assert plan.targets[0].questions == ()


# --- baselines -----------------------------------------------------------------------------------------------------


def test_baseline_from_the_column_of_the_base_year():
    found = the_target("指标\t单位\t2025年\t2030年\n竹制品抽检合格率\t%\t94.60\t96\n")
    assert found.baseline == Baseline("94.60", 2025)


def test_baseline_from_a_sentence_of_change():
    found = the_target("竹制品抽检合格率由2025年的92.4%提高到96%。")
    assert found.baseline == Baseline("92.4", 2025)


def test_a_baseline_that_is_only_a_bound_says_so():
    found = the_target("竹制品抽检合格率由2025年的98%以上提高到99%。")
    assert found.baseline == Baseline("98", 2025, floor=True)


def test_change_has_no_level_to_start_from():
    (found,) = targets("指标\t2025年\t2030年\n单位产值能耗下降（%）\t3.1\t〔14〕\n")
    assert found.comparator_printed is Comparator.DECREASE_BY
    assert found.baseline is None


# --- which side is good --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "judged", "why"),
    [
        ("竹制品抽检合格率不低于96%。", ">=", "printed"),
        ("空气质量优良天数比例大于88%。", ">", "printed"),
        ("竹制品抽检合格率达到96%。", ">=", "rule:plan/bare_number direction=higher by=rule:plan/direction_by_ending"),
        ("细颗粒物（PM2.5）浓度达到27微克/立方米。", "<=", "rule:plan/bare_number direction=lower by=catalogue"),
        ("建成竹材检测中心3个。", ">=", "counted"),
        ("规上竹企设备联网比例达到100%。", ">=", "whole"),
        ("竹制品出口额占比达到30—35%。", "range", "printed"),
        ("单位产值能耗下降12.5%。", "decrease_by", "printed"),
        ("不发生重大质量安全事故。", "zero_events", "printed"),
    ],
)
def test_judged_comparator_and_what_decides_it(sentence: str, judged: str, why: str):
    found = the_target(sentence)
    assert (found.comparator_judged.value, found.judged_by) == (judged, why)
    assert "plans.direction_open" not in codes(found)


def test_a_bare_number_of_unknown_direction_is_asked_for():
    found = the_target("竹林碳汇强度达到3.2吨/亩。")
    assert (found.comparator_printed, found.comparator_judged, found.judged_by) == (Comparator.EQUAL, Comparator.EQUAL, "open")
    assert codes(found) == ["plans.direction_open"]
    assert dict(found.questions[0].facts) == {"indicator": "竹林碳汇强度", "value": "3.2", "unit": "吨/亩"}


def test_the_bound_of_one_mention_serves_all():
    found = the_target("竹林碳汇强度不低于3.2吨/亩。", "指标\t单位\t2030年\n竹林碳汇强度\t吨/亩\t3.2\n")
    assert (found.comparator_judged, found.questions) == (Comparator.AT_LEAST, ())


# --- what is asked (D06) -------------------------------------------------------------------------------------------


def test_a_count_of_unstated_convention_is_asked_for():
    found = the_target("指标\t单位\t2030年\n竹艺领军企业\t家\t30\n")
    assert found.basis is Basis.COUNT
    assert codes(found) == ["plans.count_convention_open"]


@pytest.mark.parametrize(
    "lines",
    [
        ("新增竹艺领军企业30家。",),
        ("累计培育竹艺领军企业30家。",),
        ("建成竹材检测中心3个。",),
        ("有效商标总量达到3000件。",),
        ("指标\t单位\t2025年\t2030年\n竹艺领军企业\t家\t14\t30\n",),
        ("指标\t单位\t2030年\n竹艺领军企业（累计）\t家\t30\n",),
        ("培育竹艺领军企业30家。", "指标\t单位\t2030年\n竹艺领军企业\t家\t30\n"),
        ("不发生重大质量安全事故。",),
        ("竹制品抽检合格率达到96%。",),
    ],
    ids=["new", "cumulative", "made", "total", "baseline", "name says", "prose says", "zero", "rate"],
)
def test_a_convention_that_is_stated_is_not_asked_for(lines: tuple[str, ...]):
    assert codes(the_target(*lines)) == []


# --- yearly paths --------------------------------------------------------------------------------------------------


def test_yearly_columns_are_the_path_of_the_last():
    found = the_target("指标\t单位\t2025年\t2026年\t2027年\t2028年\t2030年\n竹制品抽检合格率\t%\t94.6\t95\t95.2\t95.5\t96\n")
    assert dict(found.path) == {2026: "95", 2027: "95.2", 2028: "95.5", 2030: "96"}
    assert (found.year, found.value_low, found.baseline) == (2030, "96", Baseline("94.6", 2025))


def test_horizons_in_prose_are_targets_of_their_own_on_one_path():
    early, late = targets("到2028年，竹制品抽检合格率达到95%以上；到2030年，竹制品抽检合格率达到97%以上。")
    assert (early.year, late.year) == (2028, 2030)
    assert dict(late.path) == {2028: "95", 2030: "97"}
    assert 2030 not in early.path


def test_one_year_is_no_path():
    assert dict(the_target("竹制品抽检合格率达到96%。").path) == {}


# --- zero events ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "重大质量安全实现零事故。",
        "重大食品安全事件零发生。",
        "全县不发生较大以上质量安全事故。",
        "确保不发生重大药品安全事件。",
        "杜绝发生重大特种设备事故。",
    ],
)
def test_zero_events_are_a_target_and_never_a_commitment(sentence: str):
    plan = compiled(sentence)
    (found,) = plan.targets
    assert found.kind is TargetKind.ZERO_EVENTS
    assert (found.comparator_judged, found.value_low, found.value_high) == (Comparator.ZERO_EVENTS, "0", "0")
    assert found.questions == ()
    assert plan.commitments == ()


def test_total_removal_is_a_commitment_and_no_zero_target():
    plan = compiled("地表水劣Ⅴ类水体全面消除。")
    assert plan.targets == ()
    assert [c.kind.value for c in plan.commitments] == ["total_removal"]


# --- how strongly --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("竹产业总产值力争达到130亿元。", Modality.STRIVE),
        ("竹制品抽检合格率稳定在96%以上。", Modality.MAINTAIN),
        ("竹制品抽检合格率达到96%以上。", Modality.FIRM),
    ],
)
def test_modality_of_the_target(sentence: str, modality: Modality):
    assert the_target(sentence).modality is modality


# --- what holds of any mentions ------------------------------------------------------------------------------------

MENTIONS = st.lists(
    st.builds(
        lambda name, value, sign, year, role, basis, source: (name, value, sign, year, role, basis, source),
        st.sampled_from(["竹制品抽检合格率", "竹产业总产值", "竹艺领军企业"]),
        st.sampled_from(["30", "30.0", "96", "8"]),
        st.sampled_from([">=", "==", "<=", "increase_by"]),
        st.sampled_from([2028, 2030, None]),
        st.sampled_from(list(Role)),
        st.sampled_from([Basis.LEVEL, Basis.COUNT, Basis.NEW, Basis.CUMULATIVE]),
        st.sampled_from(list(Source)),
    ),
    max_size=12,
)


def built(drawn: list[tuple[str, str, str, int | None, Role, Basis, Source]]) -> list[Mention]:
    return [
        a_mention(
            value, sign, line=i, indicator=name, year=year, role=role, basis=basis, source=source,
            modality=Modality.FIRM if role is Role.TARGET else None,
        )
        for i, (name, value, sign, year, role, basis, source) in enumerate(drawn, 1)
    ]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(MENTIONS)
def test_every_target_mention_is_in_exactly_one_target(drawn: list[tuple[str, str, str, int | None, Role, Basis, Source]]):
    mentions = built(drawn)
    found = merged(*mentions)
    said = [i for t in found for i in t.mentions]
    assert sorted(said) == sorted(m.id for m in mentions if m.role is Role.TARGET)
    assert [t.id for t in found] == [f"T{i:03d}" for i in range(1, len(found) + 1)]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(MENTIONS, st.randoms(use_true_random=False))
def test_order_of_mentions_does_not_change_what_is_merged(
    drawn: list[tuple[str, str, str, int | None, Role, Basis, Source]], random: object
):
    mentions = built(drawn)
    other = list(mentions)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert {frozenset(t.mentions) for t in merged(*mentions)} == {frozenset(t.mentions) for t in merged(*other)}


def test_a_table_names_the_year_of_the_base():
    found = targets(
        "到2030年，竹制品抽检合格率由94.8%提高到97%。",
        "表1 主要指标",
        "序号\t指标\t单位\t2025年\t2030年",
        "1\t竹制品抽检合格率\t%\t94.8\t97",
        "2\t食品抽检合格率\t%\t98.1\t98.5",
    )
    base = next(t.baseline for t in found if t.indicator == "竹制品抽检合格率")
    assert base is not None
    assert (base.value, base.year) == ("94.8", 2025)


def test_a_field_below_the_aims_is_no_look_back():
    found = targets(
        "到2030年实现以下目标：", "（一）质量基础。建成公共检测平台2个。", "（二）质量现状明显改善。产品合格率达到98%。"
    )
    assert [(t.indicator, t.year) for t in found] == [("公共检测平台", 2030), ("产品合格率", 2030)]


def test_a_share_of_new_things_is_never_a_sum():
    found = targets(
        "表1 主要指标", "序号\t指标\t单位\t2025年\t2030年", "1\t新建绿色建筑占比\t%\t88\t95", "2\t食品抽检合格率\t%\t98.1\t98.5"
    )
    assert [(t.indicator, t.basis) for t in found] == [("新建绿色建筑占比", Basis.LEVEL), ("食品抽检合格率", Basis.LEVEL)]
