"""The differences of two plans as papers: marks, workbook, Word with tracked changes, page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from builders import a_plan, a_target
from zhiheng.plans.differences.between import differences
from zhiheng.plans.differences.change import Aspect, Detail, Differences, Nature, Subject
from zhiheng.plans.model import Meta, Modality
from zhiheng.publication.marking import Fate, marked
from zhiheng.publication.revision import detail_words, nature_word, rows_of, subject_word, summary
from zhiheng.publication.writers.diff_docx import differences_paper
from zhiheng.publication.writers.diff_html import differences_page
from zhiheng.publication.writers.diff_xlsx import differences_workbook

DAY = date(2026, 11, 26)
HOSTILE = '=HYPERLINK("x")<script>alert(1)</script>\x0b'


def found() -> Differences:
    old = a_plan(
        a_target("93", context="制造业产品质量合格率达到93%以上"),
        a_target("80", indicator="公众满意度", modality=Modality.STRIVE),
        a_target("7", indicator=HOSTILE, context=HOSTILE),
    )
    new = a_plan(
        a_target("95", context="制造业产品质量合格率达到95%以上"),
        a_target("80", indicator="公众满意度"),
        a_target("9", indicator="标准制定数", context="=1+1"),
    )
    return differences(replace(old, name="旧.docx"), replace(new, name="新.docx"))


@given(st.text("质量强县合格率到达9537%以上，a b", max_size=30), st.text("质量强县合格率到达9537%以上，a b", max_size=30))
def test_marks_make_both_versions(before: str, after: str) -> None:
    pieces = marked(before, after)
    assert "".join(p.text for p in pieces if p.fate is not Fate.COME) == before
    assert "".join(p.text for p in pieces if p.fate is not Fate.GONE) == after
    assert all(p.text for p in pieces)


def test_a_number_changes_as_a_whole() -> None:
    assert [(p.fate.value, p.text) for p in marked("达到95.5%以上", "达到95.8%以上")] == [
        ("kept", "达到"),
        ("gone", "95.5"),
        ("come", "95.8"),
        ("kept", "%以上"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_said_in_both_languages(language: str) -> None:
    words = [nature_word(n, language) for n in Nature] + [subject_word(s, language) for s in Subject]
    words += [detail_words(Detail(a, Nature.ALTERED, "甲", ""), language) for a in Aspect]
    assert len(set(words)) == len(words)
    assert "未写明" in detail_words(Detail(Aspect.SCOPE, Nature.ALTERED, "甲", ""))
    assert detail_words(Detail(Aspect.MODALITY, Nature.LOOSENED, "firm", "strive")) == "语气：确定 → 力争"


def test_the_summary_counts() -> None:
    assert summary(found())[0] == "指标目标：新增 1、删去 1、收紧 2、未变 0"


def test_workbook() -> None:
    book = openpyxl.load_workbook(BytesIO(differences_workbook(found())))
    assert book.sheetnames == ["概况", "指标目标", "承诺", "任务", "责任单位"]
    rows = list(book["指标目标"].iter_rows(values_only=True))
    assert rows[0][:5] == ("序号", "变化", "名称", "旧版", "新版")
    assert rows[1][1:6] == (
        "收紧",
        "制造业产品质量合格率",
        "制造业产品质量合格率达到93%以上",
        "制造业产品质量合格率达到95%以上",
        "目标值：93% → 95%",
    )
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_word_paper_has_tracked_changes() -> None:
    content = differences_paper(found(), DAY)
    body = docx.Document(BytesIO(content)).element.body
    gone = ["".join(t.text for t in mark.iter(qn("w:delText"))) for mark in body.iter(qn("w:del"))]
    come = ["".join(t.text for t in mark.iter(qn("w:t"))) for mark in body.iter(qn("w:ins"))]
    assert "93" in gone and "95" in come
    marks = [*body.iter(qn("w:ins")), *body.iter(qn("w:del"))]
    assert {mark.get(qn("w:date")) for mark in marks} == {"2026-11-26T00:00:00Z"}
    ids = [mark.get(qn("w:id")) for mark in marks]
    assert len(set(ids)) == len(ids)
    assert content == differences_paper(found(), DAY)


def test_page_escapes_and_shows_both_sides() -> None:
    page = differences_page(found())
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "<del>93</del>" in page and "<ins>95</ins>" in page
    assert not re.search(r"\{\{\w+\}\}", page)
    assert not re.search(r"https?://", page)


def test_no_changes_are_said() -> None:
    same = a_plan(a_target("93"))
    page = differences_page(differences(same, same))
    assert "没有变化" in page and list(rows_of(differences(same, same))) == []


def test_another_term_is_told_once() -> None:
    old, new = (a_plan(meta=Meta(period_start=a, period_end=a + 4)) for a in (2024, 2025))
    assert summary(differences(old, new)) == ["规划期由 2024—2028 年变为 2025—2029 年，许多目标的期限随之改变。"]
    assert "承诺 → 指标目标" in detail_words(Detail(Aspect.KIND, Nature.ADDED, "commitment", "target"))
