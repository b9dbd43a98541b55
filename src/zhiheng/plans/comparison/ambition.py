"""How much does a target ask for each year? Exact; a word where the paper does not tell enough."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.base.quantity import Basis
from zhiheng.plans.comparison.model import Ambition, Gap
from zhiheng.plans.model import Comparator, Target, TargetKind
from zhiheng.plans.quantities.values import unit_kind


def ambition(target: Target, period_start: int | None) -> Ambition:
    """The yearly step from the baseline to the target; of new things their number a year of the term.

    The base of a row of new things is the number of the term before, no start: 24 new ones are asked for from nothing.
    """
    if target.kind is TargetKind.ZERO_EVENTS:
        return Ambition(None, gap=Gap.ZERO_EVENTS)
    if target.comparator_judged.states_a_change:
        return Ambition(None, gap=Gap.IS_A_CHANGE)
    if target.comparator_judged is Comparator.RANGE:
        return Ambition(None, gap=Gap.RANGE)
    said = target.value_low if target.value_low is not None else target.value_high
    if target.year is None or said is None:
        return Ambition(None, gap=Gap.NO_YEAR)
    if target.basis is Basis.NEW:
        return _of_new(Fraction(said), target.year, target.period_start or period_start)
    return _of_level(target, Fraction(said), target.year)


def _of_new(amount: Fraction, year: int, start: int | None) -> Ambition:
    if start is None or year < start:
        return Ambition(None, counted=True, gap=Gap.NO_YEAR)
    years = year - start + 1
    return Ambition(amount / years, years=years, counted=True)


def _of_level(target: Target, amount: Fraction, year: int) -> Ambition:
    base = target.baseline
    if base is None:
        return Ambition(None, gap=Gap.NO_BASELINE)
    if base.floor:
        return Ambition(None, gap=Gap.BASELINE_IS_A_BOUND)
    if base.year is None or base.year >= year:
        return Ambition(None, gap=Gap.NO_YEAR)
    start, years = Fraction(base.value), year - base.year
    yearly = (amount - start) / years
    relative = yearly / start if start > 0 and unit_kind(target.unit) != "rate" else None
    return Ambition(yearly, relative, years)
