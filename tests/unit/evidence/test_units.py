from decimal import Decimal
from fractions import Fraction

import pytest

from zhiheng.base.quantity import Basis
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.units import canonical, counts_whole_things, ratio_scale, same_unit


@pytest.mark.parametrize("printed", ["微克/立方米", "µg/m3", "μg/m³", " µg / m3", "（微克/立方米）"])
def test_one_unit_in_many_spellings(printed):
    assert canonical(printed) == "微克/立方米"


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("%", "％", True),
        ("%", "百分比", True),
        ("%", "个百分点", False),
        ("%", "‰", False),
        ("家", "家", True),
        ("家", "个", False),
        ("家", None, True),
        (None, None, True),
        ("%", None, False),
        ("万家", None, False),
        ("亿元", "万元", False),
    ],
)
def test_same_unit(left, right, same):
    assert same_unit(left, right) is same
    assert same_unit(right, left) is same


@pytest.mark.parametrize(
    ("fields", "whole"),
    [
        ({"unit": "家", "basis": Basis.COUNT, "scale": Decimal(30)}, True),
        ({"unit": "起", "zero_events": True}, True),
        ({"unit": "人", "basis": Basis.COUNT, "scale": Decimal("0.08")}, False),
        ({"unit": "件", "basis": Basis.LEVEL, "scale": Decimal(36)}, False),
        ({"unit": "亿元", "basis": Basis.NEW}, False),
    ],
)
def test_what_counts_whole_things(fields, whole):
    assert Expected("指标", **fields).whole is whole


def test_counting_words_and_scales():
    assert counts_whole_things("家")
    assert not counts_whole_things("万家")
    assert not counts_whole_things(None)
    assert [ratio_scale(u) for u in ("%", "‰", "件", None)] == [Fraction(100), Fraction(1000), Fraction(1), Fraction(1)]
