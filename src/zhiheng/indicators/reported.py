"""Which value of an indicator does a reported figure give?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from zhiheng.evidence.figures import Figure
from zhiheng.evidence.ratios import ratio
from zhiheng.indicators.value import IndicatorValue


def reported_values(figures: Iterable[Figure]) -> tuple[IndicatorValue, ...]:
    """One value for each figure, in order of indicator and time."""
    return tuple(sorted((_value(f) for f in figures), key=lambda v: (v.indicator, v.period, v.place or "")))


def _value(figure: Figure) -> IndicatorValue:
    amount = _amount(figure)
    return IndicatorValue(
        indicator=figure.indicator,
        period=figure.period,
        amount=amount,
        unit=figure.unit,
        numerator=None if figure.numerator is None else Fraction(figure.numerator),
        denominator=None if figure.denominator is None else Fraction(figure.denominator),
        printed=None if figure.value is None else f"{figure.value:f}",
        place=figure.place,
        proof=figure.proof,
        source=figure.source,
        note=figure.note,
        origin=figure.origin,
        missing=() if amount is not None else ("value",),
        basis=figure.basis,
        assigned=figure.assigned,
        bound=figure.bound,
        definition=figure.definition,
        scope=figure.scope,
    )


def _amount(figure: Figure) -> Fraction | None:
    """The exact ratio where its counts are known (99.96 % shown as 100.0 is not 100), else the value as handed in."""
    if figure.numerator is not None and figure.denominator:
        exact = ratio(figure.value, figure.numerator, figure.denominator, figure.unit, figure.indicator)
        if exact is not None:
            return exact
    return None if figure.value is None else Fraction(figure.value)
