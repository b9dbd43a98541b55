"""Terms a paper explains itself: brackets, notes under tables, footnotes, 是指, 以下简称."""

from __future__ import annotations

import pytest
from tests.unit.plans.papers import a_document, a_table, a_text

from zhiheng.documents.tree import Block, Note
from zhiheng.plans.definitions import read_definitions
from zhiheng.plans.outline import read_sections


def definitions(*lines: str | Block) -> list[tuple[str, str]]:
    return [(d.term, d.text) for d in read_definitions(read_sections(a_document(*lines)))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("围绕“1+3”[ “1”为装备;“3”为竹木、食品、建材。]产业体系。", [("1+3", "“1”为装备;“3”为竹木、食品、建材。")]),
        ("落实“三线一单”(即生态红线、质量底线、利用上线)要求。", [("三线一单", "生态红线、质量底线、利用上线")]),
        ("推广首席质量官[企业中对质量负总责的高管]制度。", [("推广首席质量官", "企业中对质量负总责的高管")]),
        ("质量强县:是指以质量为中心推进发展的县。其余从略。", [("质量强县", "以质量为中心推进发展的县")]),
        ("《临河市质量方案》(以下简称《方案》)印发。", [("方案", "《临河市质量方案》")]),
        ("推进改革。〔责任单位:市教育局〕", []),
        ("推进改革。[责任单位:市教育局、市财政局]", []),
        ("发布日期:2024-03-29 字号:[大][中][小]", []),
        ("国发[2021]35号文件。“老字号”(共12家)。", []),
    ],
)
def test_explained_in_the_text(line, expected):
    assert definitions(line) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("注:①{}内为五年新增数。②<>内为五年平均数", [("{}", "五年新增数"), ("<>", "五年平均数")]),
        ("注：1.〔〕内为累计数；2.带*的指标按新口径统计。", [("〔〕", "累计数"), ("带*的指标", "按新口径统计")]),
        ("注:1.“—”表示不作要求;2.2025年数据为初步数。", [("—", "不作要求"), ("2025年数据", "初步数")]),
        ("注:1 按部门口径统计。 2 〔〕内为累计数。", [("1", "按部门口径统计"), ("〔〕", "累计数")]),
        ("注:“三品一标”指绿色、有机农产品;分解任务另行下达。", [("三品一标", "绿色、有机农产品"), ("注", "分解任务另行下达")]),
        ("说明:完成评价分为超额、达标2档。", [("完成评价", "超额、达标2档")]),
        ("注:1.(累计)为历年累计数,(新增)为期内新增数。", [("(累计)", "历年累计数"), ("(新增)", "期内新增数")]),
        ("注重实效,2025年指标为95%。", []),
    ],
)
def test_notes_under_a_table(note, expected):
    assert definitions(note) == expected


def test_notes_inside_a_table_and_footnotes():
    table = a_table(("指标", "目标"), ("合格率", "95%"), ("注:〔〕内为累计数。", ""))
    assert definitions(table) == [("〔〕", "累计数")]
    footnotes = (Note(a_text("首席质量官:对质量负总责的人。"), "1"), Note(a_text("见统计年鉴。"), "2"))
    assert definitions(*footnotes) == [("首席质量官", "对质量负总责的人。"), ("2", "见统计年鉴。")]


def test_the_anchor_spans_the_explanation():
    (found,) = read_definitions(read_sections(a_document("第一行。", "注:①{}内为新增数。")))
    assert (found.anchor.place.line, found.anchor.start, found.anchor.end) == (2, 7, 10)
