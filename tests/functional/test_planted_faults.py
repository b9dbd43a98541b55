"""Does `check` find exactly the faults planted into the plan of the model county, each with the places concerned?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from zhiheng.documents.readers import read_content
from zhiheng.flow.check import check_plan
from zhiheng.flow.plan_source import compiled
from zhiheng.plans.consistency.doubt import _KIND_OF, Doubt, Kind
from zhiheng.plans.consistency.units import Organisations
from zhiheng.rules.messages import sentence

PLAN = (Path(__file__).parents[2] / "examples" / "model_county" / "plan.txt").read_text("utf-8")
# Floors that the county sets below what it reaches already: asked about, and rightly so.
HONEST = {"农产品质量安全例行监测合格率", "药品抽检合格率"}
SOURCES = "集中式饮用水水源水质达标率\n\n%\n\n100\n\n"
INSERTED = "探索建筑工程质量保险"
UNITS = (
    "县工业和信息化局（国资办） 县市场监管局 县农业农村局 县教育局 县住房和城乡建设局 县交通运输局 县水利局 县自然资源和规划局 "
    "县商务局 县政务服务和数据局 县卫生健康局 市生态环境局青岭分局 县财政局 县科技局 县人力资源和社会保障局 县总工会 团县委 "
    "县应急管理局 县委宣传部 县金融工作服务中心 县发展和改革局 县统计局 县融媒体中心 青岭、望川园区管委会"
).split()


@dataclass(frozen=True)
class Fault:
    """Text to replace, what must be found, and words of each place that must be shown, in order."""

    name: str
    edits: dict[str, str]
    code: str
    places: tuple[str, ...]
    times: int = 1


def a_table(*rows: str) -> dict[str, str]:
    return {"三、主要任务": "\n".join(("表4 力量分布", *rows, "三、主要任务"))}


def inserted(words: str) -> dict[str, str]:
    return {INSERTED: f"{words}，{INSERTED}"}


DISAGREEMENTS = [
    Fault("prose against table", {"按时办结率在98%以上": "按时办结率在97%以上"}, "values_differ", ("98以上", "97%以上")),
    Fault("report against baseline", {"81.2¹": "82.1¹"}, "values_differ", ("81.2分", "82.1")),
    Fault("a ceiling", {"29微克/立方米以内": "27微克/立方米以内"}, "values_differ", ("29", "27微克/立方米以内")),
    Fault("last year of the way", {"| 88.0 | 88.5 |": "| 88.0 | 89.5 |"}, "floor_and_figure", ("≥88.5", "89.5")),
    Fault("points as percent", {"满意度达到84分": "满意度达到84%"}, "units_differ", ("84*", "84%")),
    Fault("a scale", inserted("规划期内累计完成质量技术改造投资18万元以上"), "units_differ", ("18亿元", "18万元")),
    Fault("floor as ceiling", {"比例不低于88.5%": "比例不高于88.5%"}, "bounds_opposed", ("≥88.5", "不高于88.5%")),
    Fault("ceiling as floor", {"人数低于0.08人": "人数高于0.08人"}, "bounds_opposed", ("<0.08", "高于0.08人")),
]
IMPOSSIBLE = [
    Fault("share in a table", {f"{SOURCES}100\n": f"{SOURCES}105\n"}, "share_over_whole", ("105",)),
    Fault("share in prose", {"全面消除劣Ⅴ类断面": "排污单位达标率达到120%"}, "share_over_whole", ("120%",)),
    Fault("above all in a table", {f"{SOURCES}100\n": f"{SOURCES}100以上\n"}, "above_the_whole", ("100以上",)),
    Fault("above all in prose", {"竣工验收合格率保持100%": "竣工验收合格率保持100%以上"}, "above_the_whole", ("100%以上",)),
    Fault("negative share", {f"{SOURCES}100\n": f"{SOURCES}-95\n"}, "share_below_zero", ("-95",)),
    Fault("negative count", {"家\n\n14\n\n25": "家\n\n-14\n\n25"}, "count_below_zero", ("-14",)),
    Fault("range turned round", {"2—3家": "3—2家"}, "range_turned", ("3—2家",)),
    Fault("points beyond the scale", {"达到84分": "达到184分", "84*": "184*"}, "scale_passed", ("184",), times=2),
    Fault("no such day", {"成文日期：2024年3月15日": "成文日期：2024年2月30日"}, "no_such_day", ("2024年2月30日",)),
    Fault("no such month", {"2026年开展中期评估": "2026年13月开展中期评估"}, "no_such_day", ("2026年13月",)),
    Fault("a floor at nothing", {"起\n\n0\n\n0": "起\n\n0\n\n≥0"}, "from_nothing_up", ("≥0",)),
    Fault("below nothing", {"低于0.08人": "低于0人", "<0.08": "<0"}, "at_most_nothing", ("0",), times=2),
]
LOOSER = [
    Fault("a share", {"91.7\n\n100": "91.7\n\n90"}, "looser_than_base", ("90", "91.7")),
    Fault("a ceiling", {"29微克": "36微克", "33\n\n29": "33\n\n36"}, "looser_than_base", ("36", "33")),
    Fault("a way turns", {"| 96 | 96.8 |": "| 96 | 95.2 |"}, "way_turns_back", ("95.2", "95.2")),
    Fault("a way turns early", {"| 86.6 | 87.0 |": "| 86.6 | 86.1 |"}, "way_turns_back", ("86.1", "86.1")),
]
SUMS = [
    Fault("part of a count", inserted("新建标准化车间12个，其中园区15个"), "part_over_whole", ("12个", "15个")),
    Fault("part of money", inserted("投资3.5亿元，其中财政资金42000万元"), "part_over_whole", ("3.5亿元", "42000万元")),
    Fault("parts together", inserted("新建站点12个，其中县城8个、镇村5个"), "parts_over_whole", ("12个", "县城8个", "镇村5个")),
    Fault("kinds", {"约束性指标10项": "约束性指标10项、预期性指标6项"}, "kinds_not_whole", ("15项", "预期性指标6项")),
    Fault("sectors", inserted("三次产业比重为12.1:43.5:45.4"), "shares_not_whole", ("12.1:43.5:45.4",)),
    Fault("each year and all", inserted("规划期内累计开展质量技术帮扶500家次"), "yearly_over_total", ("120家次", "500家次")),
    Fault(
        "a total below",
        a_table("| 片区 | 网点（个） | 人员（名） |", "| 东片 | 12 | 30 |", "| 西片 | 9 | 21 |", "| 合计 | 22 | 51 |"),
        "total_differs",
        ("22", "12 9"),
    ),
    Fault(
        "a total beside",
        a_table("| 片区 | 专职 | 兼职 | 合计 |", "| 东片 | 12.5 | 30.2 | 42.7 |", "| 西片 | 9.1 | 21.1 | 31.2 |"),
        "total_differs",
        ("31.2", "9.1"),
    ),
    Fault(
        "indicators in the table",
        a_table(
            "| 序号 | 指标 | 属性 |",
            *(f"| {i} | 指标{'甲乙丙丁'[i % 4]} | 约束性 |" for i in range(1, 11)),
            "| 11 | 指标戊 | 预期性 |",
        ),
        "indicators_counted",
        ("指标共15项", "序号"),
    ),
]
GLYPHS = [
    Fault("class without numeral", {"好于Ⅲ类断面比例为": "好于类断面比例为"}, "class_without_number", ("好于类断面",)),
    Fault("another class", {"劣Ⅴ类断面": "劣类断面"}, "class_without_number", ("劣类断面",)),
    Fault("sign of a decoder", {"压实工程质量责任": "压实工\ufffd质量责任"}, "damaged_characters", ("压实工\ufffd质量",)),
    Fault("a box", {"培养一批懂设计": "培养一□懂设计"}, "damaged_characters", ("培养一□懂设计",)),
]
DEADLINES = [
    Fault(
        "of a target, late", {"到2026年，质量管理": "到2031年，质量管理"}, "deadline_after_period", ("2031年", "2024—2028年")
    ),
    Fault(
        "of a target, early", {"到2025年，新建2个": "到2021年，新建2个"}, "deadline_before_period", ("2021年", "2024—2028年")
    ),
    Fault("of a task", inserted("2030年6月底前建成工地档案平台"), "deadline_after_period", ("2030年6月底前", "2024—2028年")),
]
TASKS = [
    Fault(
        "one task", {"（责任单位：县财政局、县金融工作服务中心）": ""}, "task_without_unit", ("强化要素支持", "县市场监管局")
    ),
    Fault(
        "two tasks",
        {"（县委宣传部牵头，县融媒体中心、县教育局配合）": "", "（责任单位：县发展和改革局、县统计局、县市场监管局）": ""},
        "task_without_unit",
        ("严格监测评估", "县市场监管局", "营造浓厚氛围"),
    ),
    Fault(
        "letters changed round",
        {"县市场监管局；配合单位：县财政局": "县市场管监局；配合单位：县财政局"},
        "unit_misspelt",
        ("建强", "做强"),
    ),
    Fault(
        "number left out",
        {"（四）提升生态": "（五）提升生态", "（五）提升质量支撑": "（六）提升质量支撑"},
        "number_left_out",
        ("（三）", "（五）"),
    ),
    Fault("number twice", {"（二）短板弱项": "（一）短板弱项"}, "number_twice", ("工作基础", "短板弱项")),
]
FAULTS = [*DISAGREEMENTS, *IMPOSSIBLE, *LOOSER, *SUMS, *GLYPHS, *DEADLINES, *TASKS]


def doubts_in(text: str, organisations: Organisations | None = None) -> list[Doubt]:
    paper = read_content(text.encode(), "plan.txt")
    return list(check_plan(compiled(paper), paper, organisations).doubts)


@lru_cache(maxsize=1)
def honest() -> list[Doubt]:
    return doubts_in(PLAN)


def edited(edits: dict[str, str]) -> str:
    text = PLAN
    for old, new in edits.items():
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def planted(text: str, organisations: Organisations | None = None) -> list[Doubt]:
    return [d for d in doubts_in(text, organisations) if d.facts.get("indicator") not in HONEST]


def test_the_county_itself_raises_only_what_it_deserves() -> None:
    assert {(d.code, d.facts["indicator"]) for d in honest()} == {("consistency.looser_than_base", name) for name in HONEST}
    assert all(len(d.places) == 2 for d in honest())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.code}: {f.name}")
def test_exactly_the_planted_fault_is_found(fault: Fault) -> None:
    text = edited(fault.edits)
    found = planted(text)
    assert [d.code for d in found] == [f"consistency.{fault.code}"] * fault.times
    lines = text.split("\n")
    for words, place in zip(fault.places, found[0].places, strict=True):
        assert words in place.text
        assert place.anchor is not None and place.anchor.place.line is not None
        assert lines[place.anchor.place.line - 1][place.anchor.start : place.anchor.end].strip() in place.text
    for language in ("zh", "en"):
        assert "{" not in sentence(found[0].code, found[0].facts, language)


def test_every_kind_is_planted() -> None:
    assert {_KIND_OF[f"consistency.{f.code}"] for f in FAULTS} == set(Kind)


@pytest.mark.parametrize(
    ("edits", "unit", "near"),
    [
        (
            {"县住房和城乡建设局、县自然资源和规划局按": "县住房和城乡建设局、县自然资源和规化局按"},
            "县自然资源和规化局",
            "县自然资源和规划局",
        ),
        ({"县科技局）": "县大数据中心）"}, "县大数据中心", None),
    ],
)
def test_a_unit_that_is_not_on_the_list(edits: dict[str, str], unit: str, near: str | None) -> None:
    listed = Organisations(dict.fromkeys(UNITS, ()), "青岭县")
    (found,) = planted(edited(edits), listed)
    assert found.code == ("consistency.unit_not_listed_near" if near else "consistency.unit_not_listed")
    assert (found.facts["unit"], found.facts["near"], found.facts["tasks"]) == (unit, near, 1)
    assert unit in found.places[0].text


def test_every_unit_of_the_county_is_on_its_list() -> None:
    assert planted(PLAN, Organisations(dict.fromkeys(UNITS, ()), "青岭县")) == []


@pytest.mark.parametrize(
    "edits",
    [
        inserted("新建标准化车间12个，其中园区8个、镇村4个"),
        inserted("三次产业比重为12.1:43.5:44.4"),
        {"约束性指标10项": "约束性指标10项、预期性指标5项"},
        a_table("| 片区 | 网点（个） | 人员（名） |", "| 东片 | 12 | 30 |", "| 西片 | 9 | 21 |", "| 合计 | 21 | 51 |"),
        a_table("| 行业 | 占比（%） |", "| 竹木 | 33.3 |", "| 食品 | 33.3 |", "| 建材 | 33.3 |", "| 合计 | 100 |"),
        inserted("展望2035年，到2030年质量根基更加牢固"),
        inserted("对2000年底前建成的小区逐一体检"),
        inserted("规划期内累计开展质量技术帮扶600家次"),
    ],
)
def test_what_is_right_raises_nothing(edits: dict[str, str]) -> None:
    assert planted(edited(edits)) == []
