"""Does a row make sense for the indicator it names? Each finding has a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import BASIS_LABELS, Basis, present
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.draft import Draft, Fault
from zhiheng.evidence.ratios import known_scale, printed_from, ratio
from zhiheng.evidence.units import same_unit


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
    if draft.basis and not draft.assigned and not expected.fits(draft.basis, draft.period):
        bases = expected.bases or (expected.basis,)
        wanted = [BASIS_LABELS[basis] for basis in bases if basis is not None]
        facts = {"found": BASIS_LABELS[draft.basis], "expected": "、".join(wanted)}
        yield Fault(Column.BASIS, "evidence.basis_differs", facts, Severity.WARNING)
    if expected.zero_events and draft.proof is None and draft.value and draft.value.amount == 0:
        yield Fault(Column.PROOF, "evidence.zero_without_proof", {}, Severity.WARNING)


def _unit_faults(draft: Draft, expected: Expected) -> Iterator[Fault]:
    # A level reported for a growth target has a unit of its own, and a target handed down brings its unit along.
    level_of_change = (
        expected.change and expected.basis in (None, Basis.REDUCTION) and draft.basis is not None and draft.basis.is_a_state
    )
    if level_of_change or (expected.pending and expected.unit is None):
        return
    column_unit, typed = draft.text(Column.UNIT) or None, draft.value.unit if draft.value else None
    facts = {"expected": expected.unit or "（无）", "indicator": expected.indicator}
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


def day_faults(draft: Draft, as_of: date) -> Iterator[Fault]:
    """A figure of a period that has not ended on the day it is used."""
    if draft.period is not None and draft.period.end > as_of and not draft.assigned:
        facts = {"as_of": as_of, "year": draft.period.end.year}
        yield Fault(Column.PERIOD, "evidence.period_not_over", facts, Severity.WARNING)


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
    # A level reported for a change in 个百分点 has its own unit.
    unit = draft.text(Column.UNIT) or expected.unit
    value = draft.value.amount if draft.value else None
    if denominator == 0:
        yield Fault(Column.DENOMINATOR, "evidence.zero_denominator", facts)
    elif expected.share and numerator > denominator:
        yield Fault(Column.NUMERATOR, "evidence.numerator_over_denominator", facts)
    elif value is None and known_scale(unit, expected.indicator) is None:
        told = {"indicator": expected.indicator, "unit": unit or "（无）"}
        yield Fault(Column.VALUE, "evidence.ratio_scale_unknown", {**facts, **told})
    elif value is not None:
        computed = ratio(value, numerator, denominator, unit, expected.indicator)
        yield from _contradiction(value, numerator, denominator, computed)


def _contradiction(value: Decimal, numerator: Decimal, denominator: Decimal, computed: Fraction | None) -> Iterator[Fault]:
    """Whether the value is the ratio of its counts; None: it is none of those that the indicator's name allows."""
    if computed is not None and printed_from(value, computed):
        return
    if computed is None:
        computed = Fraction(numerator) / Fraction(denominator)
    facts = {"numerator": numerator, "denominator": denominator, "computed": _told(computed, value)}
    yield Fault(Column.VALUE, "evidence.counts_contradict", facts)


def _told(computed: Fraction, value: Decimal) -> str:
    """A ratio to two more places than the value beside it has, so that the difference shows."""
    exponent = value.as_tuple().exponent
    places = (-exponent if isinstance(exponent, int) and exponent < 0 else 0) + 2
    exact = next((p for p in range(places) if Fraction(present(computed, p)) == computed), places)
    return present(computed, exact)


def _faulty(draft: Draft, *columns: Column) -> bool:
    return any(f.column in columns for f in draft.faults)
