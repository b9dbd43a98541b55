"""What lies before the judge: one target, the day, and what was observed of it so far?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zhiheng.base.errors import InternalError
from zhiheng.base.reading import Reading
from zhiheng.evidence.units import canonical
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.calendar_years import position
from zhiheng.plans.model import Comparator, Meta, Target


@dataclass(frozen=True, slots=True)
class Point:
    """An amount as it is compared with the bound, at its place on the scale of years, with the value it comes from."""

    at: Fraction
    amount: Fraction
    value: IndicatorValue | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A target on a day; `values` are comparable observations with an amount, in order of time."""

    target: Target
    meta: Meta
    as_of: date
    rule: Reading
    bound: Bound
    values: tuple[IndicatorValue, ...] = ()

    @property
    def first_year(self) -> int | None:
        """The first year of the period the target belongs to."""
        base = self.target.baseline.year if self.target.baseline else None
        return self.target.period_start or self.meta.period_start or (base + 1 if base else None)

    @property
    def last_year(self) -> int | None:
        """The year of the deadline."""
        return self.target.year or self.meta.period_end

    @property
    def deadline(self) -> date | None:
        """The last day of the deadline's year."""
        return date(self.last_year, 12, 31) if self.last_year else None

    @property
    def due(self) -> bool:
        """Whether the deadline has come; its own day counts."""
        return self.deadline is not None and self.as_of >= self.deadline

    @property
    def changes(self) -> bool:
        """The target states by how much, not to what."""
        return self.target.comparator_judged.states_a_change

    @property
    def base(self) -> Point | None:
        """Where the target starts from: zero for a change, else the printed baseline, else what was observed at the time."""
        baseline, first = self.target.baseline, self.first_year
        year = baseline.year if baseline and baseline.year else first - 1 if first else None
        if year is None:
            return None
        at = Fraction(year + 1)
        if self.changes:
            return Point(at, Fraction(0))
        if baseline is not None:
            return None if baseline.floor else Point(at, Fraction(baseline.value))
        before = [v for v in self.values if position(v.period.end) == at]
        return Point(at, known_amount(before[-1]), before[-1]) if before else None

    @property
    def holds_at_base(self) -> bool:
        """Whether the base itself satisfies the target (equal to or looser than it): then there is no way to go."""
        baseline = self.target.baseline
        if baseline is not None and not self.changes:
            return self.bound.holds(Fraction(baseline.value))
        return self.base is not None and self.bound.holds(self.base.amount)

    @property
    def points(self) -> tuple[Point, ...]:
        """What was observed within the period up to the deadline, as compared with the bound."""
        first = date(self.first_year, 1, 1) if self.first_year else date.min
        last = self.deadline or date.max
        within = (v for v in self.values if v.period.end >= first and v.period.end <= last)
        found = (Point(position(min(v.period.end, self.as_of)), amount, v) for v in within for amount in self._compared(v))
        return tuple(found)

    @property
    def ended_points(self) -> tuple[Point, ...]:
        """Of those, what can no longer change: a level or rate of a year that still runs is not that year's."""
        return tuple(p for p in self.points if p.value is not None and p.value.period.end <= self.as_of)

    def _compared(self, value: IndicatorValue) -> Iterable[Fraction]:
        amount = known_amount(value)
        return (amount,) if not self.changes else change_of(self.target, value, amount)


def change_of(target: Target, value: IndicatorValue, amount: Fraction) -> tuple[Fraction, ...]:
    """The change since the base: as reported, or from a level and the baseline; nothing when it cannot be computed."""
    if not reported_as_level(value):
        return (amount,)
    if target.baseline is None or target.baseline.floor:
        return ()
    base = Fraction(target.baseline.value)
    difference = amount - base if target.comparator_judged is Comparator.INCREASE_BY else base - amount
    match canonical(target.unit):
        case "%":
            return (difference / base * 100,) if base else ()
        case "倍":
            return (difference / base,) if base else ()
        case _:
            return (difference,)


def reported_as_level(value: IndicatorValue) -> bool:
    """Whether a value of a growth or decrease target states the level itself."""
    return value.basis is not None and value.basis.is_a_state


def with_values(case: Case, values: Iterable[IndicatorValue]) -> Case:
    """The case with its observations in order of time; of two ending on one day the longer period comes last.

    Of one period the level comes before the change itself, which is what a target that asks for a change speaks of.
    """
    ordered = sorted(values, key=lambda v: (v.period.end, v.period.end - v.period.start, not reported_as_level(v)))
    return replace(case, values=tuple(ordered))


def known_amount(value: IndicatorValue) -> Fraction:
    """The amount of an observation; those without one are set aside before."""
    if value.amount is None:
        raise InternalError("judgement.observation_without_amount", indicator=value.indicator, period=value.period.label)
    return value.amount
