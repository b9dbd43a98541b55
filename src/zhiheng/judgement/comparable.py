"""Does a value measure what the target promises?

A wrong join (another programme, scope, basis or unit) reports a rise or fall that never was.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.base.quantity import BASIS_LABELS, Basis
from zhiheng.evidence.units import same_unit
from zhiheng.indicators.counting import fitting_bases
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.case import reported_as_level
from zhiheng.plans.model import Target


def differences(target: Target, value: IndicatorValue) -> tuple[tuple[str, str, str], ...]:
    """What differs: facet, what the target says, what the value says. Empty when they can be compared."""
    return tuple(_differences(target, value))


def basis_words(basis: str) -> str:
    """A basis as the workbook's choices name it."""
    return BASIS_LABELS[Basis(basis)]


def _differences(target: Target, value: IndicatorValue) -> Iterator[tuple[str, str, str]]:
    level_of_change = target.comparator_judged.states_a_change and reported_as_level(value)
    if value.unit is not None and not level_of_change and not same_unit(target.unit, value.unit):
        yield "unit", target.unit or "（无）", value.unit
    if value.basis is not None and value.basis not in fitting_bases(target, one_year=not value.period.several_years):
        yield "basis", target.basis.value, value.basis.value
    if value.scope and target.scope and value.scope != target.scope:
        yield "scope", target.scope, value.scope
    if value.definition and target.catalogue and value.definition != target.catalogue.indicator:
        yield "programme", target.catalogue.indicator, value.definition
