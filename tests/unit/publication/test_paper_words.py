"""Amounts, bounds and quotations as papers print them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_target
from zhiheng.base.quantity import Basis, decimal_places, exact, present
from zhiheng.documents.tree import Anchor, Place
from zhiheng.plans.model import Modality
from zhiheng.publication.quoting import place_words, quoted
from zhiheng.publication.wording import printable, printed_width, readable, target_words


@given(st.fractions())
def test_exact_amounts_lose_nothing(amount: Fraction) -> None:
    assert Fraction(exact(amount) or "") == amount


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_decimals_stay_decimals(amount: Any) -> None:
    assert "/" not in (exact(Fraction(amount)) or "/") and decimal_places(Fraction(amount)) is not None


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("97.10", "97.1"), ("1/3", "0.33"), ("2/3", "0.67"), ("0", "0"), ("-1.005", "-1.01"), ("12345678", "12345678")],
)
def test_readable_amounts(amount: str, shown: str) -> None:
    assert readable(Fraction(amount)) == shown


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (a_target("93", ">="), "≥93%"),
        (a_target("35", "<=", unit="微克/立方米"), "≤35微克/立方米"),
        (a_target("85", ">"), "＞85%"),
        (a_target("100", "=="), "100%"),
        (a_target("2", "range", value_high="3", unit="家"), "2—3家"),
        (a_target("20", ">=", unit="家", basis=Basis.CUMULATIVE), "累计≥20家"),
        (a_target("20", ">=", unit="家", basis=Basis.NEW, indicator="新增企业"), "≥20家"),
        (a_target("15.5", "decrease_by", basis=Basis.REDUCTION), "下降15.5%"),
        (a_target("6", "increase_by", basis=Basis.AVERAGE), "年均增长6%"),
        (a_target("0", "zero_events", unit=None), "零发生"),
        (a_target("93", ">=", modality=Modality.STRIVE), "力争≥93%"),
        (a_target(None, ">=", text="完成省下达任务"), "完成省下达任务"),
    ],
)
def test_targets_in_words(target: Any, words: str) -> None:
    assert target_words(target) == words


def test_the_clause_of_a_figure_is_found() -> None:
    text = "到2028年，甲率达到95%以上，乙率达到95%以上；丙率提高。"
    assert quoted(text, "95%以上", "乙率") == ("到2028年，甲率达到95%以上，", "乙率达到", "95%以上", "", "；丙率提高。")
    assert quoted(text, "95%以上", "丙率") == ("到2028年，", "甲率达到", "95%以上", "", "，乙率达到95%以上；丙率提高。")
    assert quoted("甲率 %", "95", "甲率") == ("甲率 %：", "", "95", "", "")
    assert quoted("", "", "甲率") == ("", "", "", "", "")


@given(st.text("甲乙9%，；。\n", max_size=30), st.text("甲9%", max_size=4), st.text("甲乙", max_size=2))
def test_a_quotation_leaves_nothing_out(context: str, text: str, indicator: str) -> None:
    assert "".join(quoted(context, text, indicator)).startswith(context)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(line=41), "一、目标；原文第41行"),
        (Place(paragraph=7), "一、目标；第7段"),
        (Place(table=2, row=3, column=4), "一、目标；第2个表第3行第4列"),
        (Place(sheet="指标", row=3, column=4), "一、目标；工作表“指标”；第3行第4列"),
        (Place(note=2), "一、目标；脚注2"),
    ],
)
def test_places_in_words(place: Place, words: str) -> None:
    assert place_words(Anchor(place, 0, 1), ("一、目标",)) == words


def test_what_no_paper_can_hold_goes() -> None:
    assert printable("a\x00b\ufffe\ud800c\n\t") == "abc\n\t"
    assert printed_width("质量ab（）") == 10


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_half_up_at_any_size(amount: Fraction, places: int) -> None:
    step = Fraction(1, 10**places)
    shown = Fraction(present(amount, places))
    assert abs(shown - amount) <= step / 2
    assert abs(shown) >= abs(amount) or abs(amount) - abs(shown) < step / 2


def test_rounded_to_nothing_has_no_sign() -> None:
    assert present(Fraction(-1, 1000), 2) == "0.00" and present(Fraction(-1, 200), 2) == "-0.01"
