"""What did a higher level hand down, and what is judged before it has?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhiheng.base.quantity import Basis
from zhiheng.indicators.value import IndicatorValue
from zhiheng.plans.model import Commitment, Comparator, Target, TargetKind


def as_target(commitment: Commitment) -> Target:
    """A promise to do what a higher level assigns, as a target whose value is still open."""
    return Target(
        id=commitment.id,
        indicator=commitment.indicator,
        kind=TargetKind.NUMERIC,
        comparator_printed=Comparator.EQUAL,
        comparator_judged=Comparator.EQUAL,
        judged_by="handed_down",
        value_low=None,
        value_high=None,
        unit=None,
        year=commitment.year,
        period_start=None,
        basis=Basis.LEVEL,
        modality=commitment.modality,
        text=commitment.text,
        context=commitment.context,
        anchor=commitment.anchor,
    )


def with_assigned_value(target: Target, assigned: Sequence[IndicatorValue]) -> Target | None:
    """The target with the value handed down last; None when none was, or when it is not said which side is good."""
    if not assigned or assigned[-1].amount is None:
        return None
    value = assigned[-1]
    comparator = Comparator(value.bound) if value.bound else target.comparator_judged
    if value.bound is None and target.judged_by == "handed_down":
        return None
    printed = value.printed or str(value.amount)
    basis = value.basis if target.judged_by == "handed_down" and value.basis else target.basis
    return replace(
        target, comparator_judged=comparator, value_low=printed, value_high=printed, unit=target.unit or value.unit, basis=basis
    )
