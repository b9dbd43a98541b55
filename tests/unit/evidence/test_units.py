from decimal import Decimal
from fractions import Fraction

import pytest

from zhiheng.base.quantity import Basis
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.ratios import known_scale, possible_scales, ratio
from zhiheng.evidence.units import canonical, counts_whole_things, same_unit


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
    assert [known_scale(u, "指标") for u in ("%", "‰", "件", None)] == [100, 1000, 1, 1]


@pytest.mark.parametrize(
    ("unit", "indicator"),
    [
        ("人", "万台特种设备死亡人数"),
        ("件", "每万人口高价值发明专利拥有量"),
        ("件/万人", "高价值发明专利拥有量"),
        ("人", "亿元GDP生产安全事故死亡率"),
        ("吨标准煤/万元", "单位产值能耗"),
        ("起", "每百户投诉量"),
    ],
)
def test_counts_alone_do_not_tell_a_ratio_per_many(unit, indicator):
    assert known_scale(unit, indicator) is None
    assert ratio(None, Decimal(3), Decimal(15000), unit, indicator) is None


def test_a_name_with_many_in_it_does_not_change_a_percentage():
    assert known_scale("%", "万家企业能耗下降率") == 100
    assert known_scale("分", "百分制考核得分") == 1
    assert known_scale("个百分点", "优良天数比例提高") == 100
    assert known_scale("千米", "供水管网长度") == 1


@pytest.mark.parametrize(
    ("unit", "many"), [("1/10万", 10**5), ("人/十万人", 10**5), ("份/百万人", 10**6), ("批次/千人", 1000), ("万千瓦", 10**4)]
)
def test_how_many_a_unit_speaks_of(unit, many):
    assert possible_scales(unit, "指标") == (1, many)


@pytest.mark.parametrize(
    ("value", "denominator", "exact"),
    [("2.0", "15000", 2), ("2", "1.5", 2), ("0.0002", "15000", Fraction(1, 5000)), ("0.2", "15000", None)],
)
def test_the_value_beside_the_counts_shows_their_scale(value, denominator, exact):
    assert ratio(Decimal(value), Decimal(3), Decimal(denominator), "人", "万台特种设备死亡人数") == exact
