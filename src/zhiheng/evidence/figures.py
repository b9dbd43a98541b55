"""What is a reported figure?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis


class Proof(StrEnum):
    """How a zero is known: a department declares it, or a register whose completeness is declared proves it (D17)."""

    DECLARED = "declared"
    PROVEN = "proven"


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a figure was handed in; `row` as a person counts."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure: a value, the counts behind a ratio, or both (then they agree as far as the value is printed).

    `unit` as in the plan's target; a ratio in % holds 97.1, not 0.971. `assigned` is True when the row hands down the
    value of a target that the plan left to a higher level (完成省下达任务), not an observation; only then `bound` may
    say which side of it is good (`>=`, `<=`, `>`, `<`). `definition` (the catalogue's indicator) and `scope` are those of
    what was asked for.
    """

    indicator: str
    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit: str | None = None
    basis: Basis | None = None
    place: str | None = None
    source: str = ""
    note: str = ""
    proof: Proof | None = None
    assigned: bool = False
    bound: str | None = None
    definition: str | None = None
    scope: str | None = None
    origin: RowRef | None = None
