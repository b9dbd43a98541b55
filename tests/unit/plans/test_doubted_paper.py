"""Lost characters, deadlines outside the period, and numbering that has a gap: what the running text alone shows."""

from __future__ import annotations

import pytest
from doubting import a_task, codes, words
from papers import a_document, a_table, a_text

from builders import a_mention, a_plan, a_target
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.doubt import sentences, strips
from zhiheng.plans.consistency.glyphs import damaged_doubts
from zhiheng.plans.consistency.numbering import numbering_doubts
from zhiheng.plans.consistency.periods import period_doubts
from zhiheng.plans.model import Heading, Meta, Role, Source


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("水质稳定达到类标准", ["class_without_number"]),
        ("消除劣类水质断面", ["class_without_number"]),
        ("水质稳定达到Ⅲ类标准", []),
        ("消除劣V类断面", []),
        ("以类水产品为主", []),
        ("分门别类标准化", []),
        ("提升\ufffd产品质量", ["damaged_characters"]),
        ("提升\ue123产品质量", ["damaged_characters"]),
        ("提升锟斤拷质量", ["damaged_characters"]),
        ("提升??质量", ["damaged_characters"]),
        ("提升质量？", []),
        ("提升□质量", ["damaged_characters"]),
        ("是□ 否□达标", []),
        ("□达标", []),
    ],
)
def test_lost_characters(said: str, expected: list[str]) -> None:
    found = list(damaged_doubts(a_document(said)))
    assert codes(found) == expected
    assert all(words(d) == [said] for d in found)


def test_cells_are_looked_at_too() -> None:
    (found,) = damaged_doubts(a_document(a_table(("指标", "合\ufffd率"))))
    assert found.places[0].anchor is not None and found.places[0].anchor.place.column == 2


def test_sentences_know_where_they_stand() -> None:
    paper = a_document("第一句。第二句！第三句", a_table(("格", "子")))
    assert [(s.string, s.anchor().start) for s in sentences(paper)] == [("第一句。", 0), ("第二句！", 4), ("第三句", 8)]
    assert [s.string for s in strips(paper)] == ["第一句。", "第二句！", "第三句", "格", "子"]


def deadlines(said: str, **meta: object) -> list[str]:
    plan = a_plan(tasks=(a_task(said, text=said),), meta=Meta(**{"period_start": 2021, "period_end": 2025, **meta}))  # type: ignore[arg-type]
    return codes(period_doubts(plan, a_document("规划期为2021—2025年。", said)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2027年底前建成平台", ["deadline_after_period"]),
        ("2027年6月前建成平台", ["deadline_after_period"]),
        ("到2027年建成平台", ["deadline_after_period"]),
        ("2025年底前建成平台", []),
        ("到2018年建成平台", ["deadline_before_period"]),
        ("2000年底前建成的小区", []),
        ("2019年底前完成的事项要回头看", []),
        ("2019年底前完成全部事项", ["deadline_before_period"]),
        ("展望到2027年，根基更牢", []),
        ("到2035年建成强县", []),
        ("截至2020年建成平台", []),
        ("由2018年前的5个增加", []),
        ("采用2027年版标准", []),
        ("2018年至2027年的数据", []),
    ],
)
def test_deadlines_in_words(said: str, expected: list[str]) -> None:
    assert deadlines(said) == expected


def test_a_deadline_is_told_with_the_period() -> None:
    said = "2027年底前建成平台"
    plan = a_plan(tasks=(a_task(said, text=said),))
    (found,) = period_doubts(plan, a_document("规划期为2021—2025年。", said))
    assert words(found) == [said, "规划期为2021—2025年。"]
    assert found.facts["deadline"] == 2027


def test_a_paper_of_no_known_period_has_no_deadline_outside_it() -> None:
    assert deadlines("2027年底前建成平台", period_start=None, period_end=None) == []


@pytest.mark.parametrize(
    ("year", "fields", "expected"),
    [
        (2027, {}, ["deadline_after_period"]),
        (2019, {}, ["deadline_before_period"]),
        (2025, {}, []),
        (2030, {}, []),
        (2027, {"own": False}, []),
    ],
)
def test_deadlines_of_targets(year: int, fields: dict[str, bool], expected: list[str]) -> None:
    m = a_mention(year=year, context="合格率93%")
    assert codes(period_doubts(a_plan(a_target(year=year, mentions=("m1",), **fields), mentions=(m,)), None)) == expected


def test_a_yearly_paper_may_look_into_the_next_year() -> None:
    yearly = Meta(period_start=2025, period_end=2025)
    for source, expected in ((Source.PROSE, []), (Source.TABLE, ["deadline_after_period"])):
        m = a_mention(year=2026, context="合格率93%", source=source)
        plan = a_plan(a_target(year=2026, mentions=("m1",)), mentions=(m,), meta=yearly)
        assert codes(period_doubts(plan, None)) == expected


def test_works_of_a_yearly_paper_go_on() -> None:
    assert deadlines("2027年底前建成快速路", period_start=2026, period_end=2026) == []
    assert deadlines("2025年底前建成快速路", period_start=2026, period_end=2026) == ["deadline_before_period"]


def test_a_reported_figure_has_no_deadline() -> None:
    m = a_mention(year=2019, role=Role.ACTUAL, context="合格率93%")
    assert codes(period_doubts(a_plan(a_target(year=2019, mentions=("m1",)), mentions=(m,)), None)) == []


def numbered(*lines: str, titles: tuple[int, ...]) -> list[str]:
    """Doubts about the lines at `titles` (from 1), each a mark and a title."""
    paper: Document = a_document(*lines)
    outline = []
    for at in titles:
        number, _, title = lines[at - 1].partition(" ")
        outline.append(Heading(2 if number.startswith("（") else 1, number, title, a_text(lines[at - 1], at).anchor()))
    return codes(numbering_doubts(a_plan(outline=tuple(outline)), paper))


def test_numbers_left_out_and_used_twice() -> None:
    assert numbered("一、 甲", "二、 乙", "三、 丙", titles=(1, 2, 3)) == []
    assert numbered("一、 甲", "三、 丙", titles=(1, 2)) == ["number_left_out"]
    assert numbered("一、 甲", "一、 乙", titles=(1, 2)) == ["number_twice"]
    assert numbered("一、 甲", "（一） 乙", "二、 丙", "（一） 丁", titles=(1, 2, 3, 4)) == []
    assert numbered("（一） 甲", "（三） 丙", "（二） 别处的一条", titles=(1, 2)) == ["number_left_out"]


def test_a_title_taken_for_text_is_no_gap() -> None:
    assert numbered("一、 甲", "二、 乙的内容没有被认作标题。", "三、 丙", titles=(1, 3)) == []


def test_an_annex_numbers_anew() -> None:
    assert numbered("一、 甲", "附件1", "一、 乙", titles=(1, 3)) == []
    assert numbered("一、 甲", "附件1 分工", "三、 乙", titles=(1, 3)) == []
    assert numbered("一、 甲", "附近的一句话。", "一、 乙", titles=(1, 3)) == ["number_twice"]
