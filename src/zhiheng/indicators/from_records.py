"""Which values of a plan's indicators do the records make, and do the figures that were handed in say the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.evidence.names import plain_name
from zhiheng.evidence.units import same_unit
from zhiheng.indicators.asked import HANDED_DOWN, SURE
from zhiheng.indicators.computed import Absence, ComputedValue, times
from zhiheng.indicators.definition import IndicatorDefinition, MeasureKind, Rounding, Window
from zhiheng.indicators.rounding import printed
from zhiheng.indicators.value import IndicatorValue
from zhiheng.plans.model import Commitment, Plan, Target

_COUNTED = (MeasureKind.COUNT, MeasureKind.SUM)
# Of these the parts are counts that people know; weights and sums are told by the receipt.
_SHARES = (MeasureKind.RATIO, MeasureKind.SHARE_OF_DAYS, MeasureKind.INDEX)
_BASIS: Mapping[Window, Basis] = {Window.PERIOD: Basis.NEW, Window.TO_END: Basis.CUMULATIVE, Window.IN_FORCE: Basis.COUNT}
_SILENT = (Absence.NEVER_KEPT, Absence.NO_RECORDS)
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class AskedOfRecords:
    """An indicator as a plan names it, the id of its definition, and the bases of the targets set for it."""

    indicator: str
    definition: str
    bases: frozenset[Basis]


def asked_of_records(
    plan: Plan, defined: Iterable[str], align: Callable[[str], str | None] = lambda _: None
) -> tuple[AskedOfRecords, ...]:
    """The indicators of the plan's own targets and of what is handed down that are among the `defined` ids.

    `align` finds the id of a name that the plan itself knows no indicator of the catalogue for. A phrase that is merely similar to a
    name of the catalogue joins nothing: what is measured differently is not compared.
    """
    known, found = frozenset(defined), dict[str, AskedOfRecords]()
    promises: Sequence[Target | Commitment] = (
        *(t for t in plan.targets if t.own),
        *(c for c in plan.commitments if c.kind in HANDED_DOWN),
    )
    for promise in promises:
        match = promise.catalogue if isinstance(promise, Target) else None
        sure = match.indicator if match is not None and match.reason in SURE else None
        definition = align(promise.indicator) if match is None else sure
        if definition is not None and definition in known:
            name = plain_name(promise.indicator)
            bases = frozenset({promise.basis}) if isinstance(promise, Target) else frozenset()
            before = found.get(name)
            found[name] = AskedOfRecords(promise.indicator, definition, bases | (before.bases if before else frozenset()))
    return tuple(found.values())


def merely_similar(plan: Plan, defined: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Indicators of the plan's own targets that only resemble a defined one: their names and those of the catalogue."""
    known = frozenset(defined)
    pairs = (
        (t.indicator, t.catalogue.name)
        for t in plan.targets
        if t.own and t.catalogue is not None and t.catalogue.indicator in known and t.catalogue.reason not in SURE
    )
    return tuple(dict.fromkeys(pairs))


def years_asked(plan: Plan, as_of: date) -> tuple[Period, ...]:
    """The years from the plan's base to its end that are over on the day; a year that still runs has no value yet.

    The base is the year before the period or the earliest base year of a target, whichever is earlier.
    """
    over = as_of.year if (as_of.month, as_of.day) == (_LAST_MONTH, _LAST_DAY) else as_of.year - 1
    own = [t for t in plan.targets if t.own]
    base = [t.baseline.year for t in own if t.baseline is not None and t.baseline.year]
    first = plan.meta.period_start
    starts = [*base, *([first - 1] if first else [])]
    ends = [t.year for t in own if t.year]
    last = min(over, plan.meta.period_end or max(ends, default=over))
    return tuple(Period.year(year) for year in range(min(starts, default=last), last + 1))


def recorded_values(
    asked: Iterable[AskedOfRecords], computed: Iterable[ComputedValue], receipts: Mapping[int, str]
) -> tuple[IndicatorValue, ...]:
    """What the records make of each indicator, in order of time; `receipts`: digests by `id` of the computed value.

    Years before the first with a record are left out, they say nothing; where no year has one, each says why there is no value.
    """
    by_definition: dict[str, list[ComputedValue]] = {}
    for value in computed:
        by_definition.setdefault(value.definition.id, []).append(value)
    found: list[IndicatorValue] = []
    for one in asked:
        values = sorted(by_definition.get(one.definition, ()), key=lambda v: v.period)
        spoken = [v for v in values if v.absence not in _SILENT]
        kept = [v for v in values if not spoken or v.period >= spoken[0].period]
        found += (_value(one, value, receipts.get(id(value))) for value in kept)
    return tuple(found)


def with_typed(recorded: Iterable[IndicatorValue], typed: Iterable[IndicatorValue]) -> tuple[IndicatorValue, ...]:
    """Both together: where records and a figure speak of the same, the records' value with the figure beside it.

    A figure is of the same when indicator, period, unit and basis are and it is of the plan's own place (the caller leaves out
    others); it stands alone where the records make no value. Where it says otherwise than the records, `contradicted` tells.
    """
    rest = list(typed)
    found: list[IndicatorValue] = []
    for value in recorded:
        same = [t for t in rest if _of_the_same(value, t)]
        if value.amount is None:
            if not same:
                found.append(value)
            continue
        rest = [t for t in rest if t not in same]
        wrong = next((t for t in same if not _agrees(value, t)), None)
        beside = wrong or next(iter(same), None)
        found.append(replace(value, typed=beside, contradicted=wrong is not None, proof=value.proof or _proof(same)))
    return tuple(sorted((*found, *rest), key=lambda v: (v.indicator, v.period, v.place or "")))


def _value(asked: AskedOfRecords, value: ComputedValue, receipt: str | None) -> IndicatorValue:
    share = value.definition.measure.kind in _SHARES and value.amount is not None
    proven = value.amount == 0 and value.complete is True
    return IndicatorValue(
        indicator=asked.indicator,
        period=value.period,
        amount=value.amount,
        unit=value.unit,
        numerator=value.numerator if share else None,
        denominator=value.denominator if share else None,
        printed=None if share else value.printed,
        proof=Proof.PROVEN if proven else None,
        missing=() if value.amount is not None else ("records",),
        basis=_basis(asked, value.definition),
        definition=value.definition.id,
        records=value,
        receipt=receipt,
    )


def _basis(asked: AskedOfRecords, definition: IndicatorDefinition) -> Basis | None:
    """Of counts, what the window makes them; a count of events a year may be what a plan calls a number."""
    if definition.measure.kind not in _COUNTED:
        return Basis.LEVEL if times(definition) != 1 else None
    basis = _BASIS[definition.window]
    ends_by_itself = definition.in_force is not None and definition.in_force.through
    if basis is Basis.COUNT and not ends_by_itself and Basis.CUMULATIVE in asked.bases:
        return Basis.CUMULATIVE  # what nothing ends but a withdrawal adds up over all years
    return None if basis is Basis.NEW and any(b.is_a_state for b in asked.bases) else basis


def _of_the_same(value: IndicatorValue, typed: IndicatorValue) -> bool:
    if typed.assigned or typed.period != value.period or plain_name(typed.indicator) != plain_name(value.indicator):
        return False
    if typed.unit is not None and value.unit is not None and not same_unit(typed.unit, value.unit):
        return False
    if typed.amount is None or typed.basis is None or value.basis is None or typed.basis is value.basis:
        return True
    return typed.basis.is_a_state and value.basis.is_a_state


def _agrees(value: IndicatorValue, typed: IndicatorValue) -> bool:
    """Whether a figure says the same as far as it is printed; counts, where it has them, have to be the same."""
    if typed.amount is None or value.amount is None:
        return True
    counts = (typed.numerator, typed.denominator), (value.numerator, value.denominator)
    simple = value.records is not None and value.records.definition.measure.kind is MeasureKind.RATIO
    if simple and None not in counts[0] and None not in counts[1] and counts[0] != counts[1]:
        return False
    if typed.printed is None:
        return typed.amount == value.amount
    return Fraction(typed.printed) in _printed(value.amount, typed.printed)


def _printed(amount: Fraction, like: str) -> tuple[Fraction, ...]:
    """The amount at as many decimals as a figure has, a half to the even digit or up: either is a way to round."""
    decimals = len(like.partition(".")[2])
    return tuple(Fraction(printed(amount, decimals, by)) for by in Rounding)


def _proof(typed: Iterable[IndicatorValue]) -> Proof | None:
    return next((t.proof for t in typed if t.proof is not None), None)
