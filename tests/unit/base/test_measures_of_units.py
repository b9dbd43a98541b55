"""Does a number in one unit become exactly the number it is in another?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from zhiheng.base.units import Measure, converted, measure


@pytest.mark.parametrize(
    ("amount", "unit", "into", "expected"),
    [
        ("1", "亿元", "万元", "10000"),
        ("1.5", "万亿元", "亿元", "15000"),
        ("1", "毫克/立方米", "微克/立方米", "1000"),
        ("28", "µg/m3", "微克/立方米", "28"),
        ("5", "‰", "%", "0.5"),
        ("3", "公顷", "亩", "45"),
        ("2", "平方公里", "公顷", "200"),
        ("30", "万千瓦", "兆瓦", "300"),
        ("2", "千克标准煤/万元", "吨标煤/万元", "0.002"),
        ("7", "千米", "公里", "7"),
        ("1.5", "万㎡", "平方米", "15000"),
        ("3", "km²", "m2", "3000000"),
        ("2", "万m³", "立方米", "20000"),
        ("12", "百万人次", "万人次", "1200"),
        ("4", "百分点", "个百分点", "4"),
    ],
)
def test_conversions_are_exact(amount: str, unit: str, into: str, expected: str) -> None:
    assert converted(Fraction(amount), unit, into) == Fraction(expected)
    assert converted(Fraction(expected), into, unit) == Fraction(amount)


@pytest.mark.parametrize(("unit", "into"), [("%", "分"), ("%", "个百分点"), ("万元", "万吨"), ("家", "项"), ("元/人", "元")])
def test_what_no_number_turns_into_another(unit: str, into: str) -> None:
    assert converted(Fraction(1), unit, into) is None


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (None, Measure("", Fraction(1))),
        ("万", Measure("", Fraction(10_000))),
        ("(万元)", Measure("元", Fraction(10_000))),
        ("千瓦时", Measure("千瓦时", Fraction(1))),
        ("百分之", Measure("%", Fraction(1))),
        ("万元/人", Measure("元/人", Fraction(10_000))),
    ],
)
def test_a_unit_taken_apart(unit: str | None, expected: Measure) -> None:
    assert measure(unit) == expected
