"""Does a value measure what the target promises?

A wrong join (another programme, scope, basis or unit) reports a rise or fall that never was.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.base.quantity import Basis
from zhiheng.evidence.intake.columns import BASIS_LABELS
from zhiheng.evidence.units import same_unit
from zhiheng.indicators.counting import counts_from_zero, mean_over_period
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.calendar_years import whole_years
from zhiheng.plans.model import Target

_STATES = (Basis.LEVEL, Basis.COUNT)


def differences(target: Target, value: IndicatorValue) -> tuple[tuple[str, str, str], ...]:
    """What differs: facet, what the target says, what the value says. Empty when they can be compared."""
    return tuple(_differences(target, value))


def basis_words(basis: str) -> str:
    """A basis as the workbook's choices name it."""
    return BASIS_LABELS[Basis(basis)]


def _differences(target: Target, value: IndicatorValue) -> Iterator[tuple[str, str, str]]:
    level_of_change = target.comparator_judged.states_a_change and value.basis in _STATES
    if value.unit is not None and not level_of_change and not same_unit(target.unit, value.unit):
        yield "unit", target.unit or "(无)", value.unit
    if value.basis is not None and value.basis not in _fitting(target, value):
        yield "basis", target.basis.value, value.basis.value
    if value.scope and target.scope and value.scope != target.scope:
        yield "scope", target.scope, value.scope
    if value.definition and target.catalogue and value.definition != target.catalogue.indicator:
        yield "programme", target.catalogue.indicator, value.definition


def _fitting(target: Target, value: IndicatorValue) -> tuple[Basis, ...]:
    """The bases a value may have: 新增 is never added to 累计, and a mean of years never stands for the last of them."""
    if target.comparator_judged.states_a_change:
        return (Basis.REDUCTION, *_STATES, Basis.AVERAGE)
    if target.basis is Basis.REDUCTION:
        return (Basis.REDUCTION,)
    if counts_from_zero(target):
        return (Basis.NEW, Basis.CUMULATIVE) if target.basis is Basis.CUMULATIVE else (Basis.NEW,)
    if target.basis is Basis.CUMULATIVE:
        return (Basis.CUMULATIVE,)
    one_year = not whole_years(value.period) or value.period.start.year == value.period.end.year
    return (*_STATES, Basis.AVERAGE) if one_year or mean_over_period(target) else _STATES
