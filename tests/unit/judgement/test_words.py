from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_target, a_value

from zhiheng.judgement.bound import Bound, bound_of
from zhiheng.judgement.words import amount_text, bound_texts, value_text
from zhiheng.plans.model import Comparator

WHOLE = Bound(Comparator.AT_LEAST, low=Fraction(100))


@pytest.mark.parametrize(
    ("amount", "text"),
    [("93.2", "93.2"), ("93", "93"), ("2/3", "0.67"), ("-1/3", "-0.33"), ("1/1000", "0.001"), ("99999/100000", "0.99999")],
)
def test_amounts_are_written_shortly(amount, text):
    assert amount_text(Fraction(amount)) == text


def test_rounding_never_crosses_the_bound():
    assert amount_text(Fraction(299999, 3000), WHOLE) == "99.9997"
    assert amount_text(Fraction(100) - Fraction(1, 3 * 10**6), WHOLE) == "99.9999997"
    assert amount_text(Fraction(100, 3), WHOLE) == "33.33"


@given(st.fractions(0, 200, max_denominator=10**6))
def test_what_is_written_is_on_the_same_side(amount):
    assert WHOLE.holds(Fraction(amount_text(amount, WHOLE))) == WHOLE.holds(amount)


def test_values_are_written_as_handed_in_or_with_their_counts():
    assert value_text(a_value("97.10")) == "97.10%"
    assert value_text(a_value("9996/10000"), WHOLE) == "99.96%（9996/10000）"


@pytest.mark.parametrize(
    ("comparator", "fields", "zh", "en"),
    [
        (">=", {}, "不低于93%", "at least 93%"),
        ("<=", {}, "不高于93%", "at most 93%"),
        (">", {}, "高于93%（不含本数）", "above 93% (excluded)"),
        ("<", {}, "低于93%（不含本数）", "below 93% (excluded)"),
        ("==", {}, "等于93%", "exactly 93%"),
        ("range", {"value_high": "95"}, "93至95%之间", "between 93 and 95%"),
        ("increase_by", {}, "增长93%以上", "a growth of at least 93%"),
        ("decrease_by", {}, "下降93%以上", "a decrease of at least 93%"),
        ("zero_events", {}, "零发生", "no event"),
    ],
)
def test_bounds_in_words(comparator, fields, zh, en):
    target = a_target("93", comparator, **fields)
    bound = bound_of(target)
    assert bound is not None
    assert bound_texts(target, bound) == {"bound": zh, "bound_en": en}


def test_ranges_of_counts_in_words():
    from zhiheng.base.quantity import Basis

    least = a_target("1", "range", value_high="2", unit="个", basis=Basis.COUNT)
    most = a_target("1", "range", value_high="2", unit="起", basis=Basis.COUNT, direction="lower")
    assert bound_texts(least, bound_of(least))["bound"] == "1至2个，至少1个"
    assert bound_texts(most, bound_of(most))["bound"] == "1至2起，至多2起"
