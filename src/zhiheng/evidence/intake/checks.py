"""Does a row make sense for the indicator it names? Each finding has a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake.columns import BASIS_LABELS, Column
from zhiheng.evidence.intake.draft import Draft, Fault
from zhiheng.evidence.units import ratio_scale, same_unit


def presence_faults(draft: Draft) -> Iterator[Fault]:
    """What must be there is there, and a ratio has both its counts."""
    if not draft.text(Column.INDICATOR):
        yield Fault(Column.INDICATOR, "evidence.missing_indicator", {})
    numerator, denominator = draft.numerator, draft.denominator
    if (numerator is None) != (denominator is None) and not _faulty(draft, Column.NUMERATOR, Column.DENOMINATOR):
        lacking = Column.NUMERATOR if numerator is None else Column.DENOMINATOR
        yield Fault(lacking, "evidence.half_ratio", {"lacking": lacking.value})
    elif draft.value is None and numerator is None and not _faulty(draft, Column.VALUE):
        yield Fault(Column.VALUE, "evidence.missing_value", {})
    if draft.value and draft.value.bound and not draft.assigned:
        yield Fault(Column.VALUE, "evidence.bound_in_value", {})
    if draft.proof and draft.value and draft.value.amount:
        yield Fault(Column.PROOF, "evidence.proof_without_zero", {"amount": draft.value.amount}, Severity.WARNING)


def indicator_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    """What can be checked once it is known which indicator is meant."""
    yield from _unit_faults(draft, expected)
    yield from _period_faults(draft, expected)
    yield from _value_faults(draft, expected)
    yield from _count_faults(draft, expected)
    if draft.basis and expected.basis and draft.basis is not expected.basis and not expected.change:
        facts = {"found": BASIS_LABELS[draft.basis], "expected": BASIS_LABELS[expected.basis]}
        yield Fault(Column.BASIS, "evidence.basis_differs", facts, Severity.WARNING)
    if expected.zero_events and draft.proof is None and draft.value and draft.value.amount == 0:
        yield Fault(Column.PROOF, "evidence.zero_without_proof", {}, Severity.WARNING)


def _unit_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    # A level reported for a growth target has a unit of its own, and a target handed down brings its unit along.
    level_of_change = (
        expected.change and expected.basis in (None, Basis.REDUCTION) and draft.basis in (Basis.LEVEL, Basis.COUNT)
    )
    if level_of_change or (expected.pending and expected.unit is None):
        return
    column_unit, typed = draft.text(Column.UNIT) or None, draft.value.unit if draft.value else None
    facts = {"expected": expected.unit or "(无)", "indicator": expected.indicator}
    if column_unit and not same_unit(column_unit, expected.unit):
        yield Fault(Column.UNIT, "evidence.unit_mismatch", {**facts, "unit": column_unit})
    elif typed and not same_unit(typed, expected.unit):
        yield Fault(Column.VALUE, "evidence.unit_mismatch", {**facts, "unit": typed})
    elif typed and column_unit and not same_unit(typed, column_unit):
        yield Fault(Column.VALUE, "evidence.unit_mismatch", {**facts, "unit": typed, "expected": column_unit})


def _period_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    if draft.period is None or not expected.years:
        return
    first, last = min(expected.years), max(expected.years)
    if draft.period.start < date(first, 1, 1) or draft.period.end > date(last, 12, 31):
        yield Fault(
            Column.PERIOD, "evidence.period_outside_plan", {"first": first, "last": last, "indicator": expected.indicator}
        )


def _value_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    amount = draft.value.amount if draft.value else None
    if draft.value is None or amount is None:
        return
    facts = {"indicator": expected.indicator, "amount": amount}
    if expected.share and draft.value.unit is None and 0 < amount <= 1 and (expected.scale is None or expected.scale > 1):
        yield Fault(Column.VALUE, "evidence.fraction_for_percent", {**facts, "percent": f"{amount.scaleb(2):f}"})
    elif expected.share and amount > 100:
        yield Fault(Column.VALUE, "evidence.percent_over_100", facts)
    if amount < 0 and not expected.change and expected.basis is not Basis.REDUCTION:
        yield Fault(Column.VALUE, "evidence.negative", facts)
    elif expected.whole and amount != amount.to_integral_value():
        yield Fault(Column.VALUE, "evidence.not_whole", {**facts, "unit": expected.unit})


def _count_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    numerator = draft.numerator.amount if draft.numerator else None
    denominator = draft.denominator.amount if draft.denominator else None
    for column, count in ((Column.NUMERATOR, numerator), (Column.DENOMINATOR, denominator)):
        if count is not None and count < 0:
            yield Fault(column, "evidence.negative", {"indicator": expected.indicator, "amount": count})
    if numerator is None or denominator is None or numerator < 0 or denominator < 0:
        return
    facts = {"numerator": numerator, "denominator": denominator}
    value = draft.value.amount if draft.value else None
    if denominator == 0:
        yield Fault(Column.DENOMINATOR, "evidence.zero_denominator", facts)
    elif expected.share and numerator > denominator:
        yield Fault(Column.NUMERATOR, "evidence.numerator_over_denominator", facts)
    elif value is not None and not _agree(value, numerator, denominator, expected.unit):
        computed = Fraction(numerator) / Fraction(denominator) * ratio_scale(expected.unit)
        yield Fault(Column.VALUE, "evidence.counts_contradict", {**facts, "computed": f"{float(computed):.6g}"})


def _agree(value: Decimal, numerator: Decimal, denominator: Decimal, unit: str | None) -> bool:
    """Whether the value is the ratio, rounded or cut off to the digits that are printed."""
    exact = Fraction(numerator) / Fraction(denominator) * ratio_scale(unit)
    exponent = value.as_tuple().exponent
    step = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return -step < Fraction(value) - exact <= step / 2


def _faulty(draft: Draft, *columns: Column) -> bool:
    return any(f.column in columns for f in draft.faults)
