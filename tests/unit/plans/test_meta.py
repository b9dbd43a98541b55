"""Particulars of a paper: the plan's own title, who issued it, numbers, days in every layout, place and period."""

from __future__ import annotations

import json

import pytest
from tests.unit.plans.papers import CORPUS, a_corpus_document, a_document, a_table, a_text

from zhiheng.documents.tree import Block, Heading
from zhiheng.plans.meta import read_meta
from zhiheng.plans.model import Meta
from zhiheng.plans.outline import read_sections
from zhiheng.plans.particulars import iso_date
from zhiheng.plans.plan_period import five_years


def meta(*lines: str | Block) -> Meta:
    document = a_document(*lines)
    return read_meta(read_sections(document), find_region=lambda _: None)


NOTICE = (
    "青岭县人民政府办公室关于印发青岭县质量提升行动方案的通知",
    "青政办发〔2026〕3 号",
    "各乡镇人民政府:",
    "《青岭县质量提升行动方案》已经县政府同意,现印发给你们。",
    "青岭县人民政府办公室",
    "2026年3月9日",
    "(此件公开发布)",
)


def test_a_notice_and_the_plan_it_sends_round():
    got = meta(*NOTICE, "青岭县质量提升行动方案", "一、主要目标", "到2028年,合格率达到95%。到2035年,再上台阶。")
    assert got.title == "青岭县质量提升行动方案"
    assert (got.issuing_body, got.document_number, got.adopted_date) == (
        "青岭县人民政府办公室",
        "青政办发〔2026〕3 号",
        "2026-03-09",
    )
    assert (got.period_start, got.period_end, got.region_name) == (None, 2028, "青岭县")
    assert got.extra["notice_title"] == NOTICE[0] and got.extra["long_term_year"] == 2035
    assert got.extra["document_number_normalised"] == "青政办发〔2026〕3号"
    assert got.extra["lines"]["title"] == 8 and got.extra["lines"]["adopted_date"] == 6


def test_a_notice_with_titles_of_its_own():
    asked = ("一、压实责任。各单位要抓紧。", "二、加强督导。按季通报。")
    got = meta(*NOTICE[1:4], *asked, *NOTICE[4:6], "青岭县质量提升行动方案", "一、主要目标", "到2028年,合格率达到95%。")
    assert (got.title, got.issuing_body, got.adopted_date) == ("青岭县质量提升行动方案", "青岭县人民政府办公室", "2026-03-09")
    assert got.period_end == 2028


@pytest.mark.parametrize(
    "line",
    [
        "《青岭县人民政府关于印发〈青岭县质量提升办法〉的通知》",
        "青岭县人民政府 关于印发青岭县质量提升办法的 通 知",
        "依据《国家纲要》,现将 《青岭县质量提升办法》印发给你们。",
    ],
)
def test_how_a_notice_names_the_plan(line):
    assert meta(line, "一、主要目标", "文字。").title == "青岭县质量提升办法"


def test_without_a_line_of_its_own_the_title_is_what_the_notice_names():
    assert meta(*NOTICE, "一、主要目标", "文字。").title == "青岭县质量提升行动方案"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("临河市质量强市实施方案", "(2025—2027年)", "为加强管理,制定本方案。"), "临河市质量强市实施方案(2025—2027年)"),
        (("2026年质量强市重点任务分工", "一、夯实基础"), "2026年质量强市重点任务分工"),
        (("政府工作报告(摘要)", "各位代表:"), "政府工作报告(摘要)"),
        (("临河印发三年方案 合格率更高", "记者获悉,《临河市质量强市三年行动方案》正式印发。"), "临河市质量强市三年行动方案"),
        (("为加强管理,制定办法。",), None),
    ],
)
def test_titles(lines, title):
    assert meta(*lines).title == title


def test_a_title_the_paper_marks_itself():
    head = Heading(a_text("临河市质量发展规划"), 1)
    assert meta(head, Heading(a_text("一、总体要求"), 2), "文字。").title == "临河市质量发展规划"


def test_a_header_table_with_blanks_inside_its_labels():
    table = a_table(
        ("索 引 号:", "QL01/2026-7", "主题分类:", "综合"),
        ("发布机构:", "青岭县市场监督管理局", "成文日期:", "2026年03月09日"),
        ("标 题:", "青岭县人民政府印发关于建设质量强县的实施方案的通知", "", ""),
        ("文 号:", "青政发〔2026〕7号", "发布日期:", "2026/3/12"),
    )
    got = meta(table, "青岭县人民政府", "2026年3月9日", "关于建设质量强县的实施方案", "一、总体要求")
    assert (got.index_no, got.document_number) == ("QL01/2026-7", "青政发〔2026〕7号")
    assert (got.title, got.issuing_body) == ("关于建设质量强县的实施方案", "青岭县人民政府")
    assert (got.adopted_date, got.published_date) == ("2026-03-09", "2026-03-12")
    assert got.extra["publisher"] == "青岭县市场监督管理局"


def test_several_fields_on_one_line():
    got = meta("发布日期:2026-03-23 17:11 信息来源:市政府办公室 浏览次数:12", "临河市质量规划")
    assert (got.published_date, got.extra["info_source"]) == ("2026-03-23", "市政府办公室")


def test_the_source_of_a_web_page_did_not_issue_the_plan():
    assert meta("临河市质量规划", "信息来源: 市市场监管局", "发布时间: 2026-11-19 11: 36").issuing_body is None


@pytest.mark.parametrize(
    ("publisher", "number", "body"),
    [
        ("云泽区人民政府办公室", "云政办发〔2024〕27号", "云泽区人民政府办公室"),
        ("云泽区人民政府", "云政发〔2024〕27号", "云泽区人民政府"),
        ("云泽区市场监督管理局", "云政办发〔2024〕27号", None),
    ],
)
def test_the_publisher_issued_it_only_if_the_number_agrees(publisher, number, body):
    assert meta(f"发布机构:{publisher}", f"文号:{number}", "云泽区质量方案").issuing_body == body


def test_the_head_of_a_printed_sheet():
    assert meta("沅溪市人民政府文件", "沅政发〔2026〕14号", "沅溪市质量规划").issuing_body == "沅溪市人民政府"


def test_a_signature_below_the_plan():
    got = meta("云泽区质量工作要点", "1.健全体系。", "云泽区创建指挥部办公室", "二〇二五年五月三十日")
    assert (got.issuing_body, got.adopted_date) == ("云泽区创建指挥部办公室", "2025-05-30")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2017-03-23 17:11", "2017-03-23"),
        ("2023年12月26日", "2023-12-26"),
        ("2024年01月15日", "2024-01-15"),
        ("2021-11-19 11: 36", "2021-11-19"),
        ("2026 年 6 月 30 日", "2026-06-30"),
        ("2026.6.3", "2026-06-03"),
        ("二〇二六年十二月三十一日", "2026-12-31"),
        ("2026年2月30日", None),
        ("2026年", None),
    ],
)
def test_days_in_every_layout(printed, day):
    assert iso_date(printed) == day


@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        (("临河市质量规划", "本规划期限为2021-2025年。"), 2021, 2025),
        (("临河市“十五五”质量规划", "规划基准年为2025年,规划期为2026—2030年。"), 2026, 2030),
        (("临河市质量规划(2024—2028年)", "依据《国家纲要(2021—2035年)》制定。"), 2024, 2028),
        (("临河市质量发展“十三五”规划", "文字。"), 2016, 2020),
        (("临河市服务业第十五个五年规划", "文字。"), 2026, 2030),
        (("青岭县2026年民生实事项目实施方案", "文字。"), 2026, 2026),
        (("政府工作报告", "一、2025年工作回顾", "文字。", "二、2026年工作安排", "文字。"), 2026, 2026),
        (("临河市质量方案", "一、发展现状", "到2020年,完成。", "二、主要目标", "到2027年,达到95%。"), None, 2027),
        (("临河市质量方案", "文字。"), None, None),
    ],
)
def test_periods(lines, first, last):
    got = meta(*lines)
    assert (got.period_start, got.period_end) == (first, last)


@pytest.mark.parametrize(
    ("word", "years"), [("“十三五”", (2016, 2020)), ("十四五", (2021, 2025)), ("第十二个五年", (2011, 2015)), ("五五", None)]
)
def test_five_year_periods(word, years):
    assert five_years(word) == years


def test_places_with_and_without_a_code():
    document = a_document("上海市嘉定区质量行动方案", "文字。")
    got = read_meta(read_sections(document))
    assert (got.region_name, got.region_code) == ("嘉定区", "310114")
    assert (meta("云泽市质量规划").region_name, meta("云泽市质量规划").region_code) == ("云泽市", None)
    assert meta("关于大力发展品牌经济的实施方案").region_name is None


@pytest.mark.shared
@pytest.mark.parametrize("name", ["s1_jiaxing_13th", "s2_jincheng_2023", "s4_haiyan_14th"])
def test_the_labelled_particulars(name):
    document = a_corpus_document(name)
    if name.startswith("s2"):
        rows = [tuple(c.strip() for c in b.text.string.split("|")) for b in document.blocks[:4]]
        document = a_document(a_table(*(r[:4] for r in rows)), *document.blocks[4:])
    got = read_meta(read_sections(document))
    labels = json.loads((CORPUS / "labels" / f"{name}.meta.json").read_text("utf-8"))
    extra = {k: v for k, v in labels.pop("extra").items() if k not in ("lines", "note")}
    assert {key: getattr(got, key) for key in labels} == labels
    assert {k: got.extra.get(k) for k in extra} == extra
    assert got.region_code is not None
