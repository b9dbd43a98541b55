"""When does a figure that was handed in say the same as the records?"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis, present
from zhiheng.evidence.figures import Proof
from zhiheng.indicators.from_records import with_typed
from zhiheng.indicators.value import IndicatorValue

YEAR = Period.year(2026)


def value(amount: Fraction | int | None, **more: object) -> IndicatorValue:
    known = None if amount is None else Fraction(amount)
    return IndicatorValue("合格率", YEAR, known, **{"unit": "%", **more})  # type: ignore[arg-type]


def recorded(amount: Fraction | int | None, **more: object) -> IndicatorValue:
    return value(amount, receipt="f" * 64, **more)


@given(st.fractions(min_value=0, max_value=100, max_denominator=5000), st.integers(0, 4))
def test_the_rounded_amount_is_the_same(amount: Fraction, decimals: int) -> None:
    shown = present(amount, decimals)
    (both,) = with_typed([recorded(amount)], [value(Fraction(shown), printed=shown)])
    assert (both.amount, both.contradicted, both.receipt) == (amount, False, "f" * 64)
    assert both.typed is not None


@given(st.fractions(min_value=0, max_value=100, max_denominator=5000), st.integers(0, 4))
def test_another_last_digit_is_not(amount: Fraction, decimals: int) -> None:
    shown = present(present_amount(amount, decimals) + Fraction(2, 10**decimals), decimals)
    (both,) = with_typed([recorded(amount)], [value(Fraction(shown), printed=shown)])
    assert both.contradicted
    assert both.amount == amount


def present_amount(amount: Fraction, decimals: int) -> Fraction:
    return Fraction(present(amount, decimals))


def test_a_half_may_go_either_way() -> None:
    for shown in ("98.2", "98.3"):
        (both,) = with_typed([recorded(Fraction("98.25"))], [value(Fraction(shown), printed=shown)])
        assert not both.contradicted


def test_figures_stand_alone_where_records_make_none() -> None:
    typed = value(97, printed="97")
    assert with_typed([recorded(None)], [typed]) == (typed,)
    (alone,) = with_typed([recorded(None)], [])
    assert alone.amount is None


def test_other_units_bases_and_periods_stay_apart() -> None:
    apart = [
        value(97, unit="分"),
        IndicatorValue("合格率", Period.year(2025), Fraction(97), unit="%"),
        value(97, basis=Basis.CUMULATIVE),
        value(97, assigned=True),
    ]
    found = with_typed([recorded(97, basis=Basis.NEW)], apart)
    assert len(found) == 5
    assert all(one.typed is None for one in found)


def test_what_a_department_declares_stays_declared() -> None:
    (zero,) = with_typed([recorded(0, unit="起")], [value(0, unit="起", proof=Proof.DECLARED)])
    assert zero.proof is Proof.DECLARED
    (proven,) = with_typed([recorded(0, unit="起", proof=Proof.PROVEN)], [value(0, unit="起", proof=Proof.DECLARED)])
    assert proven.proof is Proof.PROVEN
