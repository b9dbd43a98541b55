"""When do two places of one indicator disagree, and which single values cannot be?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from doubting import codes, with_mentions, words
from papers import a_document

from builders import a_mention
from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.plans.consistency.agreement import agreement_doubts
from zhiheng.plans.consistency.impossible import Bounds, bounds_of, impossible_doubts
from zhiheng.plans.consistency.measures import opposed, plain_unit, printed, quantity
from zhiheng.plans.model import Meta, Role, Source

BOUNDS = Bounds(("合格率", "满意度", "占比"), ("增长", "负债"), {"满意度": Fraction(100)})
REPORTED = Role.ACTUAL


def pair(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    one = a_mention(**({"line": 1, "context": "表中一行"} | first))
    other = a_mention(**({"line": 2, "context": "文中一句", "source": Source.PROSE} | second))
    return codes(agreement_doubts(with_mentions(one, other)))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"value": "93"}, {"value": "93.0"}, []),
        ({"value": "93"}, {"value": "95"}, ["values_differ"]),
        ({"value": "93", "comparator": "<="}, {"value": "93"}, ["bounds_opposed"]),
        ({"value": "93", "comparator": "=="}, {"value": "93"}, []),
        ({"value": "93", "comparator": "==", "role": REPORTED}, {"value": "93", "role": REPORTED}, ["floor_and_figure"]),
        ({"value": "95", "comparator": "=="}, {"value": "93"}, ["floor_and_figure"]),
        ({"value": "92", "comparator": "=="}, {"value": "93"}, ["values_differ"]),
        ({"value": "1.2", "unit": "亿元"}, {"value": "12000", "unit": "万元"}, []),
        ({"value": "18", "unit": "亿元"}, {"value": "18", "unit": "万元"}, ["units_differ"]),
        ({"value": "18", "unit": "亿元"}, {"value": "18", "unit": "公里"}, ["units_differ"]),
        ({"value": "84", "unit": "分"}, {"value": "84"}, ["units_differ"]),
        ({"value": "30", "unit": "家"}, {"value": "84"}, []),
        ({"value": "93"}, {"value": "95", "year": 2024}, []),
        ({"value": "93"}, {"value": "95", "role": REPORTED}, []),
        ({"value": "93", "scope": "全县"}, {"value": "95", "scope": None}, ["values_differ"]),
        ({"value": "93", "scope": "城区"}, {"value": "95", "scope": None}, []),
        ({"value": "93", "basis": Basis.NEW}, {"value": "95"}, []),
        ({"value": "93"}, {"value": "95", "comparator": "increase_by"}, []),
        ({"value": "93"}, {"value": "95", "role": Role.BACKGROUND}, []),
        ({"value": "93", "indicator": "产品合格率"}, {"value": "7", "indicator": "产品不合格率"}, []),
        ({"value": "93"}, {"value": "95", "context": "其中新增95%", "text": "95%"}, []),
        ({"value": "93"}, {"value": "95", "context": "年内达到95%", "text": "95%"}, []),
        ({"value": "93"}, {"value": "95", "context": "2025年内达到95%", "text": "95%"}, ["values_differ"]),
        ({"value": "1", "basis": Basis.NEW, "source": Source.PROSE}, {"value": "3", "basis": Basis.NEW}, []),
        ({"value": "1", "basis": Basis.NEW}, {"value": "3", "basis": Basis.NEW}, ["values_differ"]),
        ({"value": "93", "context": "一句"}, {"value": "95", "context": "一句"}, []),
    ],
)
def test_two_places(first: dict[str, Any], second: dict[str, Any], expected: list[str]) -> None:
    assert pair(first, second) == expected


def test_the_table_is_told_first_and_each_value_once() -> None:
    prose = [a_mention("95", line=n, source=Source.PROSE, context=f"第{n}句") for n in (1, 2)]
    table = a_mention("93", line=3, context="表中一行")
    (found,) = agreement_doubts(with_mentions(*prose, table))
    assert words(found) == ["表中一行", "第1句"]
    assert (found.facts["one"], found.facts["other"], found.severity) == ("93%", "95%", Severity.WARNING)


def test_a_rounded_figure_is_a_question() -> None:
    one = a_mention("93.6", "==", line=1, role=REPORTED, context="a")
    other = a_mention("94", "==", line=2, role=REPORTED, context="b")
    (found,) = agreement_doubts(with_mentions(one, other))
    assert (found.code, found.severity) == ("consistency.values_differ", Severity.QUESTION)


def test_a_paper_without_day_and_period_promises_nothing_for_sure() -> None:
    two = (a_mention("93", line=1, context="a"), a_mention("95", line=2, context="b"))
    assert codes(agreement_doubts(with_mentions(*two, meta=Meta()))) == []
    assert codes(agreement_doubts(with_mentions(*two, meta=Meta(published_date="2021-03-01")))) == ["values_differ"]


@pytest.mark.parametrize(
    ("unit", "plain"),
    [
        ("家", ("count", 1)),
        ("万家", ("count", 10**4)),
        (None, ("count", 1)),
        ("亿元", ("元", 10**8)),
        ("倍", ("倍", 1)),
        ("％", ("%", 1)),
    ],
)
def test_units_in_plain_terms(unit: str | None, plain: tuple[str, int]) -> None:
    assert plain_unit(unit) == plain


def test_what_a_quantity_admits() -> None:
    floor, ceiling, span = (quantity(a_mention("93", c)) for c in (">=", "<", "range"))
    assert floor.admits(Fraction(93)) and not floor.admits(Fraction(92))
    assert ceiling.admits(Fraction(92)) and not ceiling.admits(Fraction(93))
    assert span.admits(Fraction(93)) and not span.admits(Fraction(94))
    assert opposed(floor, ceiling) and not opposed(floor, span)
    assert floor.bounded and not span.bounded


def test_a_value_is_told_with_its_unit() -> None:
    assert printed(a_mention(text="93%")) == "93%"
    assert printed(a_mention(text="93")) == "93%"
    assert printed(a_mention(text="93以上")) == "93以上（%）"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": "105"}, "share_over_whole"),
        ({"value": "105", "indicator": "质量合格率增长"}, None),
        ({"value": "105", "indicator": "资产负债占比"}, None),
        ({"value": "105", "indicator": "产品合格率（抽查）"}, "share_over_whole"),
        ({"value": "105", "unit": "个百分点"}, None),
        ({"value": "-1"}, "share_below_zero"),
        ({"value": "100", "text": "100%以上"}, "above_the_whole"),
        ({"value": "100", "text": "达到100%"}, None),
        ({"value": "100", "comparator": "=="}, None),
        ({"value": "-3", "unit": "家", "indicator": "示范企业"}, "count_below_zero"),
        ({"value_low": "3", "value_high": "2", "comparator": "range", "unit": "家", "indicator": "示范企业"}, "range_turned"),
        ({"value": "184", "unit": "分", "indicator": "公共服务质量满意度"}, "scale_passed"),
        ({"value": "0", "unit": "起", "indicator": "事故"}, "from_nothing_up"),
        ({"value": "0", "unit": "起", "indicator": "事故", "comparator": "<="}, "at_most_nothing"),
        ({"value": "0", "unit": "起", "indicator": "事故", "comparator": "=="}, None),
        ({"value": "0", "comparator": "zero_events"}, None),
        ({"value": "0", "comparator": "increase_by"}, None),
        ({"value": "105", "role": Role.BACKGROUND}, None),
    ],
)
def test_values_that_cannot_be(fields: dict[str, Any], expected: str | None) -> None:
    assert codes(impossible_doubts(with_mentions(a_mention(**fields)), None, BOUNDS)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2024年2月30日起施行", ["no_such_day"]),
        ("2023年2月29日", ["no_such_day"]),
        ("2024年2月29日", []),
        ("2024年13月底前", ["no_such_day"]),
        ("２０２４年４月３１日", ["no_such_day"]),
        ("2024年12月", []),
        ("文号2024年度31号", []),
    ],
)
def test_days_that_no_calendar_has(said: str, expected: list[str]) -> None:
    assert codes(impossible_doubts(with_mentions(), a_document(said), BOUNDS)) == expected


def test_the_bounds_of_a_rule_that_says_nothing_bound_nothing() -> None:
    assert bounds_of(None) == Bounds((), (), {})
    assert bounds_of({"shares": ["合格率"], "scales": {"得分": "10"}}) == Bounds(("合格率",), (), {"得分": Fraction(10)})
