"""Titles of the genre: on their own line, run in, glued, marked by the paper itself; and numbers that are no titles."""

from __future__ import annotations

import csv
from collections.abc import Iterable

import pytest
from tests.unit.plans.papers import CORPUS, a_corpus_document, a_document, a_text

from zhiheng.documents.tree import Block, Document, Heading, Paragraph
from zhiheng.plans.outline import outline, read_sections


def titles(*lines: str | Block) -> list[tuple[int, str | None, str]]:
    return [(h.level, h.number, h.title) for h in outline(read_sections(a_document(*lines)))]


def body(document: Document, title: str) -> list[str]:
    section = next(s for s in read_sections(document) if s.heading and s.heading.title == title)
    return [b.text.string for b in section.body if isinstance(b, Paragraph)]


def marked(text: str, level: int) -> Heading:
    return Heading(a_text(text), level)


def test_the_four_levels_and_what_stands_under_them():
    document = a_document(
        "前言。",
        "一、主要任务",
        "(一)提升品质",
        "1.强化标准。推行标准领跑。",
        "专栏1:标准行动",
        "新增标准5项。",
        "二、保障措施",
    )
    sections = read_sections(document)
    assert [(s.heading.level, s.heading.title) if s.heading else None for s in sections] == [
        None, (1, "主要任务"), (2, "提升品质"), (3, "强化标准"), (4, "标准行动"), (1, "保障措施"),
    ]  # fmt: skip
    assert sections[4].titles == ("主要任务", "提升品质", "强化标准", "标准行动")
    assert body(document, "强化标准") == ["推行标准领跑。"]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("一、总体要求", "一、", "总体要求"),
        ("一 、 总体要求", "一、", "总体要求"),
        ("（二） 主要目标。", "（二）", "主要目标"),
        ("１．做强产业。推进技改。", "１．", "做强产业"),
        ("1、做强产业。推进技改。", "1、", "做强产业"),
        ("   2. 做强产业。推进技改。", "2.", "做强产业"),
        ("(3)做强产业。推进技改。", "(3)", "做强产业"),
        ("3)做强产业。推进技改。", "3)", "做强产业"),
        ("专栏 12  质量攻关方向", "专栏12", "质量攻关方向"),
        ("第一章 总则", "第一章", "总则"),
        ("二十一、強化質(zhì)量監管", "二十一、", "強化質量監管"),
        ("**一、总体要求**", "一、", "总体要求"),
        ("5.办好实事(责任单位:县教育局)", "5.", "办好实事"),
        ("5.办好实事。(责任单位:县教育局)新增学位。", "5.", "办好实事"),
        ("㈡优化服务。创新方式。", "㈡", "优化服务"),
        ("⒊优化服务。创新方式。", "⒊", "优化服务"),
        ("(四)提升效能——推进改革,提高有效性。", "(四)", "提升效能"),
        ("6.就业帮扶工程:开展技能培训,举办招聘活动,援助困难人员。", "6.", "就业帮扶工程"),
        ("(一)加强统筹 各地要建立工作机制,定期会商,形成合力。", "(一)", "加强统筹"),
    ],
)
def test_marks_in_every_width_and_titles_that_end_at_different_signs(line, number, title):
    assert titles(line)[0][1:] == (number, title)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("(一)健全工作机制充分发挥领导小组作用,定期召开会议,协调解决重大问题。", "健全工作机制"),
        ("(二)强化资金保障各地、各部门要把经费列入预算,拓宽投入渠道,提高使用效益。", "强化资金保障"),
        ("(三)严格考核评估加强对实施情况的跟踪分析,及时发现问题,完善措施。", "严格考核评估"),
        ("(一)指导思想以新发展理念为统领,坚持质量第一、效益优先,推动转型升级。", "指导思想"),
        ("(二)主要目标到2030年,质量水平全面提升,产品合格率达到95%以上。", "主要目标"),
        ("一、“十四五”发展回顾“十四五”以来,全区上下齐心协力,各项事业全面进步。", "“十四五”发展回顾"),
        (
            "(四)推动企业加强质量管理并全面开展对标达标提升活动,提高核心竞争力水平。",
            "推动企业加强质量管理并全面开展对标达标提升活动,提高核心竞争力水平",
        ),
        (
            "(五)加快建立健全质量工作协调推进机制,统筹资源力量,形成工作闭环。",
            "加快建立健全质量工作协调推进机制,统筹资源力量,形成工作闭环",
        ),
    ],
)
def test_a_title_without_any_mark_behind_it_is_cut_where_a_clause_begins(line, title):
    assert titles(line)[0][2] == title


def test_numbers_that_are_no_titles():
    assert (
        titles("1.5万亩", "37.5", "1", "一是健全机制。", "①做强产业", "一、二、三产业融合发展。", "1.", "3.15消费者权益日")
        == []
    )


def test_a_number_before_digits_counts_only_in_a_sequence():
    assert [t for *_, t in titles("(二)引才", "11.121人才项目。培养人才。", "12.博士后项目。资助人才。")] == [
        "引才",
        "121人才项目",
        "博士后项目",
    ]
    assert titles("1.5万亩农田。", "3.15国际消费者权益日。", "2.8:1") == []


def test_blanks_inside_a_title_are_no_end_of_it():
    assert titles("11.建成20个“15 分钟圈”站点")[0][2] == "建成20个“15 分钟圈”站点"
    assert titles("(一)新增床位 480 张,改建 150 张,覆盖全部街镇。")[0][2] == "新增床位 480 张,改建 150 张,覆盖全部街镇"
    assert titles("(一)加强领导 强化落实。各地要抓紧。")[0][2] == "加强领导 强化落实"


def test_items_of_notes_and_of_enclosures_are_no_titles():
    lines = (
        "一、主要目标",
        "注:1.〔〕内为累计数。",
        "2.比例按口径统计。",
        "二、主要任务",
        "1.做强产业。",
        "附件:1.任务清单",
        "2.联系人",
    )
    assert [t for *_, t in titles(*lines)] == ["主要目标", "主要任务", "做强产业"]


def test_a_list_within_a_sentence_is_none_but_announced_titles_are():
    assert titles("(一)给予奖励。标准如下:", "1.省级奖励10万元;", "2.市级奖励5万元。") == [(2, "(一)", "给予奖励")]
    assert len(titles("重点抓好以下工作:", "1.做强产业。推进技改。", "2.优化服务。简化流程。")) == 2


@pytest.mark.parametrize("items", [1, 2, 3])
def test_what_a_box_numbers_inside_itself_are_no_titles_but_the_titles_count_on_behind_it(items):
    box = [f"{i}.攻关工程。开展攻关。" for i in range(1, items + 1)]
    lines = ("(一)提品质", "1.强标准。", "专栏1 重点工程", *box, "2.强计量。建标准。", "(二)优服务")
    assert [t for *_, t in titles(*lines)] == ["提品质", "强标准", "重点工程", "强计量", "优服务"]


def test_items_within_a_paragraph_are_titles_only_with_a_body_of_their_own():
    assert len(titles("(一)加强监管。1.落实责任;2.强化检查;3.严格考核。")) == 1
    assert len(titles("(一)加强监管。1.落实责任。压实主体责任。2.强化检查。加大频次。")) == 3


def test_a_table_of_contents_is_skipped():
    lines = ("目 录", "一、总体要求………1", "二、主要任务………3", "一、总体要求", "正文。", "二、主要任务")
    assert titles(*lines) == [(1, "一、", "总体要求"), (1, "二、", "主要任务")]


def test_a_whole_paper_in_one_line():
    line = "方案 为加强管理,制定本方案。一、总体要求(一)指导思想。坚持原则。(二)主要目标。合格率达到95%。"
    line += "二、重点任务(一)夯实基础1.强化计量。建标准。2.强化标准。立项目。"
    assert [(level, t) for level, _, t in titles(line)] == [
        (1, "总体要求"), (2, "指导思想"), (2, "主要目标"), (1, "重点任务"), (2, "夯实基础"), (3, "强化计量"), (3, "强化标准"),
    ]  # fmt: skip


def test_a_decimal_or_an_unexpected_number_inside_a_paragraph_does_not_cut_it():
    assert len(titles("1.做强产业。共5.产值增长。(三)类水体改善。")) == 1


def test_numbering_that_runs_on_and_numbering_that_restarts():
    on = titles("一、甲类", "(一)做强产业", "二、乙类", "(二)优化服务", "(三)守牢底线")
    again = titles("一、甲类", "(一)做强产业", "二、乙类", "(一)优化服务", "(二)守牢底线")
    assert [level for level, *_ in on] == [level for level, *_ in again] == [1, 2, 1, 2, 2]


def test_chapters_above_the_usual_levels():
    got = titles("第一章 总则", "一、指导思想", "(一)基本原则", "第二章 任务", "一、做强产业")
    assert [level for level, *_ in got] == [1, 2, 3, 1, 2]


def test_arabic_numbers_above_bracketed_ones_when_the_latter_restart():
    document = a_document("1.总体要求", "(一)思路", "(二)目标", "2.重点任务", "(一)强基础", "(二)优服务")
    sections = read_sections(document)
    assert [len(s.chain) for s in sections] == [0, 1, 1, 0, 1, 1]


def test_headings_the_paper_marks_itself():
    blocks = (
        marked("临河市质量规划", 1),
        marked("一、总体要求", 2),
        "正文。",
        marked("主要任务", 2),
        marked("强基础", 3),
        "正文。",
    )
    assert titles(*blocks) == [(1, "一、", "总体要求"), (1, None, "主要任务"), (2, None, "强基础")]


def test_the_only_heading_without_a_number_is_the_title_of_the_paper():
    assert titles(marked("临河市方案", 1), marked("一、要求", 1), marked("二、任务", 1)) == [
        (1, "一、", "要求"),
        (1, "二、", "任务"),
    ]


def test_markdown_headings():
    assert titles("# 主要任务", "## 强基础", "1.强化计量。") == [
        (1, None, "主要任务"),
        (2, None, "强基础"),
        (3, "1.", "强化计量"),
    ]


def test_a_title_that_names_a_quantity_stands_in_the_body_too():
    document = a_document("1.新建和改造幼儿园6所。(责任单位:县教育局)", "2.深化“1+3”改革。推进试点。")
    assert body(document, "新建和改造幼儿园6所") == ["新建和改造幼儿园6所。(责任单位:县教育局)"]
    assert body(document, "深化“1+3”改革") == ["推进试点。"]


def test_anchors_lead_back_to_the_line():
    document = a_document("一、主要任务", "  (一)提升品质。推进技改。")
    heading = read_sections(document)[1].heading
    assert heading is not None
    assert (heading.anchor.place.line, heading.anchor.start, heading.anchor.end) == (2, 2, 9)


def labelled() -> Iterable[str]:
    return ("s1_jiaxing_13th", "s2_jincheng_2023", "s4_haiyan_14th")


@pytest.mark.shared
@pytest.mark.parametrize("name", labelled())
def test_the_labelled_outlines(name):
    document = a_corpus_document(name)
    with (CORPUS / "labels" / f"{name}.outline.csv").open(encoding="utf-8") as file:
        rows = [(int(r["line"]), int(r["level"]), r["number"], r["title"]) for r in csv.DictReader(file)]
    assert [(h.anchor.place.line, h.level, h.number, h.title) for h in outline(read_sections(document))] == rows
