from fractions import Fraction

from tests.builders import a_figure, a_period

from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof, RowRef
from zhiheng.indicators.reported import reported_values


def one(*args, **fields):
    (value,) = reported_values([a_figure(*args, **fields)])
    return value


def test_a_value_keeps_what_was_printed():
    value = one("97.10", 2023, place="青岭县", source="统计局", note="快报", proof=Proof.DECLARED, basis=Basis.LEVEL)
    assert (value.amount, value.printed, value.unit) == (Fraction("97.1"), "97.10", "%")
    assert (value.place, value.source, value.note, value.proof) == ("青岭县", "统计局", "快报", Proof.DECLARED)
    assert (value.basis, value.origin, value.missing) == (Basis.LEVEL, RowRef("figures.xlsx", "填报", 2), ())


def test_counts_decide_even_beside_a_rounded_value():
    value = one("100.0", 2023, numerator=9996, denominator=10000)
    assert value.amount == Fraction(9996, 100)
    assert (value.numerator, value.denominator, value.printed) == (9996, 10000, "100.0")
    assert one(None, 2023, numerator=1, denominator=3).amount == Fraction(100, 3)
    assert one(None, 2023, numerator=1, denominator=3).printed is None


def test_a_ratio_is_in_its_unit():
    assert one(None, 2023, numerator=3, denominator=4, unit="‰").amount == 750
    assert one(None, 2023, numerator=3600, denominator=100, unit="件").amount == 36
    assert one("15.0", 2023, numerator=3000, denominator=2000000, unit="件/万人").amount == 15
    assert one(None, 2023, numerator=3600, denominator=100, unit="件/万人").amount is None


def test_nothing_reported_is_no_zero():
    value = one(None, 2023)
    assert (value.amount, value.missing) == (None, ("value",))


def test_handed_down_values_are_marked():
    value = one("17", 2025, assigned=True, bound=">=")
    assert (value.assigned, value.bound) == (True, ">=")


def test_they_stand_in_order_of_indicator_and_time():
    values = reported_values([a_figure(period=2024), a_figure(period="2023Q4"), a_figure(period=2023)])
    assert [v.period for v in values] == [a_period(2023), a_period("2023Q4"), a_period(2024)]


def test_what_was_asked_for_says_what_was_measured():
    value = one("97", 2023, definition="product.pass_rate", scope="规上")
    assert (value.definition, value.scope) == ("product.pass_rate", "规上")
