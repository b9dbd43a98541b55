"""Do five published plans give a table that a person finds right? Facts checked by hand against the plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from zhiheng.flow.compare import compare
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.comparison.model import Comparison, Line

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.shared


@cache
def comparison() -> Comparison:
    return compare([open_plan(path) for path in sorted(CORPUS.glob("*.txt"))])


def line(name: str) -> Line:
    return next(one for one in comparison().lines if one.name == name)


SHARED = {
    # name → plans by position that set it, with value and whether it may be put beside the first
    "制造业产品质量合格率": [(1, "95", True), (2, "93", True)],
    "环境空气质量优良天数比例": [(1, "76", True), (4, "95", True)],
    "细颗粒物（PM2.5）浓度": [(1, "40", True), (4, "28", True)],
    "主导制定“浙江制造”标准": [(1, "30", True), (4, "28", False)],  # 累计 or not is told by one only
    "旅游投诉处理和办结率": [(1, "100", True), (4, "90", True)],
    "高新技术企业": [(2, "160", True), (3, "3000", False)],  # 规上, and all
}


@pytest.mark.parametrize("name", SHARED)
def test_lines_that_are_one_indicator(name: str) -> None:
    cells = [
        (i, cell.target.value_low or cell.target.value_high, cell.comparable)
        for i, cell in enumerate(line(name).cells)
        if cell is not None
    ]
    assert cells == SHARED[name]


APART = [
    ("制造业产品质量合格率", "制造业产品质量平均合格率", "programme"),
    ("食品安全抽检合格率", "食品评价性抽检合格率", "programme"),
    ("主要农产品质量抽检合格率", "主要农产品质量安全省级监测合格率", "programme"),
    ("服务业满意度", "服务业满意度指数", "unit"),
    ("装配式建筑占新建筑比例", "装配式建筑占新建建筑比例", "denominator"),
    ("单位GDP能耗", "单位增加值能耗", "denominator"),
    ("旅游投诉处理和办结率", "消费投诉按时办结率", "scope"),
    ("重点工程项目竣工验收合格率", "大中型工程一次验收合格率", "attempt"),
]


@pytest.mark.parametrize(("one", "other", "differ"), APART)
def test_look_alikes_that_are_not(one: str, other: str, differ: str) -> None:
    (found,) = [r for r in line(one).resembles if r.name == other]
    assert found.differ.value == differ and found.chinese
    assert any(r.name == one for r in line(other).resembles)


def test_the_county_lies_in_the_city() -> None:
    assert ("place_within", 1, 4) in [(c.obstacle.value, c.one, c.other) for c in comparison().cautions]


def test_yearly_steps_are_exact() -> None:
    cell = line("环境空气质量优良天数比例").cells[4]
    assert cell is not None and str(cell.ambition.yearly) == "1/25" and cell.ambition.years == 5
