"""Promises without a number: every kind, what is promised, until when and how firmly; and what is none."""

from __future__ import annotations

import pytest
from tests.unit.plans.papers import a_corpus_document, a_document, a_table

from zhiheng.documents.tree import Block
from zhiheng.plans.commitments import read_commitments
from zhiheng.plans.model import Commitment, CommitmentKind, Modality
from zhiheng.plans.outline import read_sections

AIMS = "一、主要目标"


def promises(*lines: str | Block, horizon: int | None = 2030) -> list[tuple[str, str, str]]:
    found = read_commitments(read_sections(a_document(*lines)), horizon)
    return [(c.kind.value, c.indicator, c.text) for c in found]


def one(sentence: str, horizon: int | None = 2030) -> Commitment:
    (found,) = read_commitments(read_sections(a_document(AIMS, sentence)), horizon)
    return found


@pytest.mark.parametrize(
    ("sentence", "kind", "indicator", "text"),
    [
        ("商品抽检合格率不断提高。", "trend", "商品抽检合格率", "不断提高"),
        ("废旧物资利用率稳中有升。", "trend", "废旧物资利用率", "稳中有升"),
        ("空气优良天数比例保持稳定,水质改善。", "trend", "空气优良天数比例", "保持稳定"),
        ("化肥使用量持续下降。", "trend", "化肥使用量", "持续下降"),
        ("生态红线面积不减少。", "trend", "生态红线面积", "不减少"),
        ("生态质量指数(EQI)完成省下达任务。", "assigned", "生态质量指数(EQI)", "完成省下达任务"),
        ("全面完成上级分解的碳强度目标任务。", "assigned", "碳强度", "全面完成上级分解的碳强度目标任务"),
        ("亩均产出力争达到全国平均值。", "relative", "亩均产出", "达到全国平均值"),
        ("质量工作综合水平走在全省前列。", "relative", "质量工作综合水平", "走在全省前列"),
        ("亩均产出率增速高于经济增速。", "relative", "亩均产出率增速", "高于经济增速"),
        ("追溯体系实现全覆盖。", "full_coverage", "追溯体系", "实现全覆盖"),
        ("服务平台实现县域全覆盖。", "full_coverage", "服务平台", "实现县域全覆盖"),
        ("到2027年,钢铁企业全部完成改造。", "full_coverage", "钢铁企业", "全部完成改造"),
        ("所有养老机构均达到星级标准。", "full_coverage", "养老机构", "所有养老机构均达到星级标准"),
        ("绿色建筑应建尽建。", "full_coverage", "绿色建筑", "应建尽建"),
        ("力争省长奖实现零的突破。", "first_ever", "省长奖", "实现零的突破"),
        ("全面消除黑臭水体。", "total_removal", "黑臭水体", "全面消除"),
        ("劣五类断面基本消除。", "total_removal", "劣五类断面", "基本消除"),
        ("全部淘汰黄标车。", "total_removal", "黄标车", "全部淘汰"),
        ("零就业家庭实现动态清零。", "total_removal", "零就业家庭", "动态清零"),
    ],
)
def test_kinds(sentence, kind, indicator, text):
    found = one(sentence)
    assert (found.kind.value, found.indicator, found.text) == (kind, indicator, text)


@pytest.mark.parametrize(
    "sentence",
    [
        "较大安全生产零事故。",
        "不发生系统性风险,安全生产零发生。",
        "群众环保意识显著增强。",
        "基层治理格局更加完善。",
        "形成省内领先、国内知名的产品群。",
        "合格率达到95%以上。",
        "全部门协同推进。",
        "已实现县域全覆盖。",
    ],
)
def test_no_promise_about_an_indicator(sentence):
    assert promises(AIMS, sentence) == []


def test_only_chapters_of_aims_and_work_promise():
    lines = (
        "一、发展现状",
        "黑臭水体全面消除。",
        "二、重点任务",
        "(一)治水",
        "全面消除劣五类水体。",
        "三、附则",
        "平台全覆盖。",
    )
    assert promises(*lines) == [("total_removal", "劣五类水体", "全面消除")]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("到2027年,合格率稳中有升。", 2027),
        ("到2027年,产值增长8%。利用率稳步提高。", 2027),
        ("“十五五”末,利用率稳步提高。", 2030),
        ("合格率较2024年稳步提高。", 2029),
        ("利用率稳步提高。", 2029),
    ],
)
def test_the_year_in_reach_else_the_plans_horizon(sentence, year):
    assert one(sentence, horizon=2029).year == year


def test_a_year_goes_on_to_the_next_paragraph_of_its_section():
    found = read_commitments(read_sections(a_document(AIMS, "到2027年,目标如下:", "——利用率稳步提高。")), 2035)
    assert [c.year for c in found] == [2027]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("力争亩均产出率达到全国平均值。", Modality.STRIVE),
        ("合格率保持稳定。", Modality.MAINTAIN),
        ("全面消除黑臭水体。", Modality.FIRM),
    ],
)
def test_how_firmly(sentence, modality):
    assert one(sentence).modality is modality


def test_cells_promise_too_drawn_or_one_a_line():
    rows = (("1", "单位GDP能耗下降(%)", "3.1", "完成省下达任务"), ("2", "合格率", "94", "95"))
    table = a_table(("序号", "指标", "2025年", "2030年目标"), *rows)
    (found,) = read_commitments(read_sections(a_document(AIMS, table)), 2035)
    assert (found.kind, found.indicator, found.text) == (CommitmentKind.ASSIGNED, "单位GDP能耗下降(%)", "完成省下达任务")
    assert found.year == 2030
    lines = (AIMS, "生态保护红线面积", "平方公里", "412.36", "不减少", "约束性")
    assert promises(*lines) == [("trend", "生态保护红线面积", "不减少")]


def test_the_sentence_and_the_anchor():
    found = one("到2027年,治水有成,全面消除黑臭水体。")
    assert found.context == "到2027年,治水有成,全面消除黑臭水体"
    assert (found.anchor.place.line, found.anchor.start, found.anchor.end) == (2, 12, 16)
    assert found.id == "C01"


@pytest.mark.shared
def test_promises_of_a_published_plan():
    found = read_commitments(read_sections(a_corpus_document("s2_jincheng_2023")), 2025)
    kinds = {(c.anchor.place.line, c.kind.value) for c in found}
    assert {(17, "relative"), (19, "assigned"), (60, "first_ever"), (80, "full_coverage")} <= kinds
