"""What is known of an indicator for a period? A value never travels alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof, RowRef
from zhiheng.indicators.computed import ComputedValue


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An exact amount in `unit` for `period`, with the counts and the source behind it.

    `amount` None means: no evidence, and `missing` says what is missing; 0 is never a stand-in. `printed` is the figure
    as handed in (`97.10`), or None when the amount was computed from numerator and denominator. `basis`, `scope` and
    `definition` (the catalogue's indicator) say what was measured, where that is known. `assigned` marks no observation
    but the target value that a higher level handed down, `bound` (`>=`, `<=`, `>`, `<`) its good side.

    A value that records make has them in `records` and the digest of its receipt in `receipt`; `typed` is the figure that was handed
    in for the same, `contradicted` tells that it says otherwise. The records decide.
    """

    indicator: str
    period: Period
    amount: Fraction | None
    unit: str | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    printed: str | None = None
    place: str | None = None
    proof: Proof | None = None
    source: str = ""
    note: str = ""
    origin: RowRef | None = None
    missing: tuple[str, ...] = ()
    basis: Basis | None = None
    scope: str | None = None
    definition: str | None = None
    assigned: bool = False
    bound: str | None = None
    records: ComputedValue | None = field(default=None, compare=False)
    receipt: str | None = None
    typed: IndicatorValue | None = None
    contradicted: bool = False
