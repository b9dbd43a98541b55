"""Which sums does a paper state that do not hold: in a sentence, in a table, over the years?"""

from __future__ import annotations

import pytest
from doubting import codes, with_mentions, words
from papers import a_document, a_table

from builders import a_mention, a_plan, a_target
from zhiheng.base.quantity import Basis
from zhiheng.plans.consistency.sums import sum_doubts
from zhiheng.plans.consistency.totals import total_doubts
from zhiheng.plans.consistency.yearly import yearly_doubts
from zhiheng.plans.model import Source


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("新建站点12个，其中县城15个。", ["part_over_whole"]),
        ("新建站点12个（其中县城8个、镇村4个）。", []),
        ("新建站点12个，其中县城8个；另有民办20个。", []),
        ("投资3.5亿元，其中财政42000万元。", ["part_over_whole"]),
        ("投资3.5亿元，其中财政35000万元。", []),
        ("新建站点12个，其中县城8个、镇村5个。", ["parts_over_whole"]),
        ("投资1亿元（其中县级4000万元、镇级0.7亿元）。", ["parts_over_whole"]),
        ("投资1亿元（其中县级4000万元、镇级0.6亿元）。", []),
        ("到位资金8亿元，其中10亿元以上项目2个。", []),
        ("培训12家企业，其中骨干300名。", []),
        ("认证企业1,200家，其中规上1300家。", ["part_over_whole"]),
        ("三次产业结构为12.1:43.5:45.4。", ["shares_not_whole"]),
        ("三次产业结构为12.1:43.5:44.4。", []),
        ("三次产业结构为12.1：43.5：44.5。", []),  # each rounded to one decimal
        ("三次产业投资比为1:3:5。", []),
        ("主要指标共20项，其中约束性指标8项、预期性指标11项。", ["kinds_not_whole"]),
        ("主要指标共20项，其中预期性12项、约束性8项。", []),
    ],
)
def test_sentences(said: str, expected: list[str]) -> None:
    assert codes(sum_doubts(a_document(said))) == expected


def test_both_numbers_of_a_part_have_their_place() -> None:
    (found,) = sum_doubts(a_document("新建站点12个，其中县城15个。"))
    assert [(p.anchor.start, p.anchor.end) for p in found.places if p.anchor] == [(4, 7), (12, 15)]


def test_parts_together_are_told_in_the_unit_of_the_whole() -> None:
    (found,) = sum_doubts(a_document("投资1亿元，其中县级4000万元、镇级0.7亿元。"))
    assert (found.facts["parts"], found.facts["sum"], len(found.places)) == (["4000万元", "0.7亿元"], "1.1亿元", 3)


HEADS = ("片区", "网点（个）", "经费（万元）")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HEADS, ("东", "12", "1.5"), ("西", "9", "2.5"), ("合计", "21", "4.0")], []),
        ([HEADS, ("东", "12", "1.5"), ("西", "9", "2.5"), ("合计", "22", "4.0")], [("22", "21")]),
        ([HEADS, ("东", "12", "1.5"), ("西", "9", "2.5"), ("合 计", "22", "5.0")], [("22", "21"), ("5.0", "4")]),
        ([HEADS, ("东", "12", "1.5"), ("西", "—", "2.5"), ("合计", "22", "4.0")], []),
        ([HEADS, ("东", "12", "1.5"), ("其中：甲", "9", "2.5"), ("合计", "12", "1.5")], []),
        ([HEADS, ("东", "12", "1.5"), ("合计", "13", "1.5"), ("备注", "无", "无")], []),
        ([HEADS, ("东", "1", "1.5"), ("西", "2", "2.5"), ("合计", "9", "4.0")], []),  # 1, 2 number the rows
        ([("区", "占比"), ("东", "33.3%"), ("西", "33.3%"), ("中", "33.3%"), ("合计", "100%")], []),
        ([("区", "占比"), ("东", "33.3%"), ("西", "33.3%"), ("中", "34.3%"), ("合计", "100%")], [("100%", "100.9")]),
        ([("区", "专职", "兼职", "合计"), ("东", "3", "4", "7"), ("西", "5", "6", "12")], [("12", "11")]),
        ([("区", "专职", "兼职", "合计"), ("东", "3", "4", "7"), ("西", "5", "6", "11")], []),
        (
            [
                HEADS,
                ("东", "7", "1.5"),
                ("合计", "7", "1.5"),
                ("街", "2025年", "2026年"),
                ("甲", "3", "4"),
                ("乙", "4", "5"),
                ("合计", "7", "9"),
            ],
            [],
        ),
    ],
)
def test_totals_of_tables(rows: list[tuple[str, ...]], expected: list[tuple[str, str]]) -> None:
    found = list(total_doubts(a_document(a_table(*rows))))
    assert [(d.facts["total"], d.facts["sum"]) for d in found] == expected
    assert all(len(d.places) == 2 for d in found)


INDICATORS = a_table(
    ("序号", "指标", "属性"), ("1", "合格率", "约束性"), ("2", "满意度", "预期性"), ("2", "（续）", "预期性"), ("", "注", "")
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("主要指标共2项，其中约束性指标1项。", []),
        ("主要指标共3项，其中约束性指标1项。", [("指标共3项", 2)]),
        ("主要指标共2项，其中约束性指标2项。", [("约束性指标2项", 1)]),
        ("主要指标体系共2项，预期性指标为1个。", []),
        ("共设置4个方面3项主要指标。", [("方面3项主要指标", 2)]),
        ("上一轮指标20项全部完成。", []),
        ("上一轮约束性指标5项完成4项。", []),
        ("共20项指标达到预期。", []),
    ],
)
def test_as_many_indicators_as_the_text_says(said: str, expected: list[tuple[str, int]]) -> None:
    found = list(total_doubts(a_document(said, INDICATORS)))
    assert [(d.facts["said"], d.facts["there"]) for d in found] == expected


def test_two_tables_of_indicators_are_not_counted() -> None:
    assert list(total_doubts(a_document("主要指标共9项。", INDICATORS, INDICATORS))) == []


def years(*values: str, total: str, basis: Basis = Basis.COUNT) -> list[str]:
    row = [a_mention(v, "==", line=i, year=2020 + i, basis=basis, unit="家", context="行") for i, v in enumerate(values, 1)]
    whole = a_mention(total, "==", line=9, year=2020 + len(values), basis=Basis.CUMULATIVE, unit="家", context="行")
    return codes(yearly_doubts(with_mentions(*row, whole)))


def test_years_of_a_row_make_their_total() -> None:
    assert years("2", "3", "4", total="10") == ["years_not_total"]
    assert years("2", "3", "4", total="9") == []
    assert years("2", "3", "9", total="9") == []  # states on the way to the total
    assert years("2", "3", total="9") == []  # two horizons
    assert years("2", "3", "4", total="10", basis=Basis.LEVEL) == []


@pytest.mark.parametrize(("total", "expected"), [("500", ["yearly_over_total"]), ("600", []), ("700", [])])
def test_every_year_against_the_whole_period(total: str, expected: list[str]) -> None:
    each = a_mention(
        "120", line=1, unit="家", scope="每年", text="120家", context="每年帮扶120家", basis=Basis.COUNT, source=Source.PROSE
    )
    whole = a_mention(total, line=2, unit="家", context="累计", basis=Basis.CUMULATIVE)
    assert codes(yearly_doubts(with_mentions(each, whole))) == expected


@pytest.mark.parametrize("said", ["每年办20场，投资50亿元", "投资50亿元"])
def test_a_value_that_no_word_calls_yearly(said: str) -> None:
    each = a_mention("50", unit="亿元", scope="每年", text="50亿元", context=said, source=Source.PROSE)
    whole = a_mention("30", line=2, unit="亿元", context="累计", basis=Basis.CUMULATIVE)
    assert codes(yearly_doubts(with_mentions(each, whole))) == []


def test_a_sum_is_told_in_the_printed_unit() -> None:
    each = a_mention("2", unit="亿元", scope="每年", text="2亿元", context="每年投资2亿元", source=Source.PROSE)
    whole = a_mention("9000", line=2, unit="万元", text="9000万元", context="累计", basis=Basis.CUMULATIVE)
    (found,) = yearly_doubts(with_mentions(each, whole))
    assert (found.facts["sum"], found.facts["total"]) == ("10亿元", "9000万元")


@pytest.mark.parametrize(
    ("direction", "path", "expected"),
    [
        ("higher", ("90", "92", "91"), ["way_turns_back"]),
        ("higher", ("90", "91", "92"), []),
        ("lower", ("40", "38", "39"), ["way_turns_back"]),
        ("lower", ("40", "39", "38"), []),
        (None, ("40", "39", "41"), []),
        ("higher", ("90", "89"), []),
    ],
)
def test_a_way_that_turns_back(direction: str | None, path: tuple[str, ...], expected: list[str]) -> None:
    mentions = [a_mention(v, "==", line=i, year=2020 + i, context=f"{2020 + i}年") for i, v in enumerate(path, 1)]
    steps = {2020 + i: v for i, v in enumerate(path, 1)}
    target = a_target(path[-1], direction=direction, path=steps, mentions=tuple(m.id for m in mentions))
    found = list(yearly_doubts(a_plan(target, mentions=tuple(mentions))))
    assert codes(found) == expected
    assert [words(d) for d in found] == [["2022年", "2023年"]] * len(expected)
