"""Which amounts satisfy a target? Exact, strict where the word is strict."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhiheng.base.quantity import Basis
from zhiheng.evidence.units import PERCENT, canonical
from zhiheng.plans.model import Comparator, Target, TargetKind

_COUNTS = (Basis.COUNT, Basis.NEW, Basis.CUMULATIVE)
_LOWER_IS_BETTER = "lower"


@dataclass(frozen=True, slots=True)
class Bound:
    """The interval that satisfies a target; an open end is None. `comparator` is the judged one, for the words."""

    comparator: Comparator
    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False

    def holds(self, amount: Fraction) -> bool:
        """Whether the amount satisfies the target."""
        if self.low is not None and (amount <= self.low if self.strict else amount < self.low):
            return False
        return self.high is None or (amount < self.high if self.strict else amount <= self.high)

    def goal(self, start: Fraction | None = None) -> Fraction:
        """The end of the interval that progress is measured to: the one nearer to `start`."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return min(ends, key=lambda end: abs(end - start)) if start is not None else ends[0]

    @property
    def upper_only(self) -> bool:
        """A ceiling: less is better."""
        return self.low is None


def bound_of(target: Target) -> Bound | None:
    """The judged bound of a target, or None when its value is handed down by a higher level and not printed."""
    comparator = target.comparator_judged
    if target.kind is TargetKind.ZERO_EVENTS or comparator is Comparator.ZERO_EVENTS:
        return Bound(Comparator.ZERO_EVENTS, high=Fraction(0))
    low = None if target.value_low is None else Fraction(target.value_low)
    high = None if target.value_high is None else Fraction(target.value_high)
    low, high = low if low is not None else high, high if high is not None else low
    if low is None or high is None:
        return None
    match comparator:
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return Bound(comparator, low=low, strict=comparator is Comparator.ABOVE)
        case Comparator.AT_MOST | Comparator.BELOW:
            return Bound(comparator, high=high, strict=comparator is Comparator.BELOW)
        case Comparator.INCREASE_BY | Comparator.DECREASE_BY:
            return Bound(comparator, low=min(low, high))
        case Comparator.RANGE:
            return _range(target, min(low, high), max(low, high))
        case _:
            return Bound(comparator, low=low, high=high)


def _range(target: Target, low: Fraction, high: Fraction) -> Bound:
    """`1-2个` is kept by three (the least counts); only within a share of a whole does the upper end bind as well."""
    if target.basis in _COUNTS and canonical(target.unit) != PERCENT:
        if target.direction == _LOWER_IS_BETTER:
            return Bound(Comparator.RANGE, high=high)
        return Bound(Comparator.RANGE, low=low)
    return Bound(Comparator.RANGE, low=low, high=high)
