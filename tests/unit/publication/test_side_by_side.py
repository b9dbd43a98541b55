"""Plans side by side as papers: words, workbook, page."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest

from builders import a_plan, a_target
from zhiheng.plans.comparison.aligning import compared
from zhiheng.plans.comparison.model import Ambition, Comparison, Gap
from zhiheng.plans.model import Meta
from zhiheng.publication.side_by_side import ambition_words, caution_words, columns, obstacle_words, resembling
from zhiheng.publication.writers.compare_html import comparison_page
from zhiheng.publication.writers.compare_xlsx import comparison_workbook
from zhiheng.rules.catalogue import load_catalogue
from zhiheng.rules.look_alikes import Obstacle

HOSTILE = "=cmd()<script>alert(1)</script>"


def found() -> Comparison:
    one = a_plan(
        a_target("95", base="90", indicator="竹木构件合格率", context="竹木构件合格率95%"),
        a_target("9", indicator=HOSTILE, context=HOSTILE, unit="家"),
        name="甲.docx",
        meta=Meta(title="甲县规划", region_name="甲县", region_code="330424"),
    )
    other = a_plan(
        a_target("97", indicator="竹木构件合格率", year=2030),
        a_target("80", indicator="竹木构件出厂合格率"),
        name="乙.docx",
        meta=Meta(title="乙市规划", region_name="乙市", region_code="330400"),
    )
    empty = a_plan(name="丙.docx", meta=Meta())
    return compared([one, other, empty], load_catalogue())


@pytest.mark.parametrize(
    ("ambition", "unit", "words"),
    [
        (Ambition(Fraction(1, 2), None, 5), "%", "+0.5个百分点"),
        (Ambition(Fraction(-1), Fraction(-1, 33), 5), "微克/立方米", "-1微克/立方米（-3.0%）"),
        (Ambition(Fraction(1, 3), Fraction(1, 9), 3), "家", "约+0.33家（+11.1%）"),
        (Ambition(Fraction(0), None, 5), "%", "0个百分点"),
        (Ambition(None, gap=Gap.NO_BASELINE), "%", "未写明基期值"),
    ],
)
def test_ambition_in_words(ambition: Ambition, unit: str, words: str) -> None:
    assert ambition_words(ambition, unit) == words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_said_in_both_languages(language: str) -> None:
    words = [obstacle_words(o, language) for o in Obstacle]
    words += [ambition_words(Ambition(None, gap=g), None, language) for g in Gap]
    assert len(set(words)) == len(words)
    assert all(bool(re.search("[\u4e00-\u9fff]", w)) is (language == "zh") for w in words)


def test_columns_of_one_place_are_told_apart() -> None:
    comparison = found()
    assert columns(comparison) == ["甲县", "乙市", "丙.docx"]
    same = replace(comparison, plans=(comparison.plans[0], comparison.plans[0]))
    assert columns(same) == ["甲县（甲.docx）（甲.docx）"] * 2
    earlier = replace(comparison.plans[0], meta=Meta(region_name="甲县", period_start=2016, period_end=2020))
    assert columns(replace(comparison, plans=(earlier, comparison.plans[0])))[0] == "甲县（2016—2020）"


def test_places_are_told() -> None:
    assert list(caution_words(found())) == ["甲县与乙市一地属于另一地，两者的数字不能相加，也不宜直接排名。"]


def test_look_alikes_are_told_once() -> None:
    assert [(line.name, other.name) for line, other in resembling(found())] == [("竹木构件合格率", "竹木构件出厂合格率")]


def test_workbook() -> None:
    book = openpyxl.load_workbook(BytesIO(comparison_workbook(found())))
    assert book.sheetnames == ["共有指标", "形似而不可比", "仅一地有"]
    rows = list(book["共有指标"].iter_rows(values_only=True))
    line = next(row for row in rows if row[0] == "竹木构件合格率")
    assert line[1:9] == ("%", "≥", 95, 2025, 90, "+1个百分点", None, "原文第1行")
    assert line[9:14] == ("≥", 97, 2030, None, "未写明基期值")
    assert "丙" not in str(rows)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_page() -> None:
    page = comparison_page(found())
    assert "<script" not in page and "&lt;script&gt;alert" in page
    assert not re.search(r"\{\{\w+\}\}", page) and not re.search(r"https?://", page)
    assert "没有读到指标目标" in page and page.count("<svg") >= 2
    assert "目标年份不同" in page


def test_nothing_shared_is_said() -> None:
    alone = compared([a_plan(a_target()), a_plan(a_target(indicator="公众满意度"))], load_catalogue())
    assert "没有这样的指标" in comparison_page(alone)
