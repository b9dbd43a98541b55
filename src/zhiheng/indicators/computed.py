"""What is known of a computed value, so that it never travels alone?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhiheng.base.canonical_json import digest
from zhiheng.base.period import Period
from zhiheng.base.quantity import exact
from zhiheng.base.reading import Reading
from zhiheng.evidence.lake.standing import RegisterStanding
from zhiheng.indicators.definition import IndicatorDefinition, MeasureKind
from zhiheng.stats.design import StratumSums

_TIMES: Mapping[str, int] = {"%": 100, "‰": 1000}
_SHARES = (MeasureKind.RATIO, MeasureKind.WEIGHTED_RATIO, MeasureKind.SHARE_OF_DAYS, MeasureKind.INDEX)


class Absence(StrEnum):
    """Why there is no value; none of these is 0.

    `never_kept`: nothing was ever taken into the register; `no_records`: it holds none of the place and period; `nothing_counts`:
    none of them is meant, or all are left out; `mixed`: they are of several programmes (or levels) that are never merged;
    `not_declared_complete`: there is no event on record, but nobody declared the register complete (D17).
    """

    NEVER_KEPT = "never_kept"
    NO_RECORDS = "no_records"
    NOTHING_COUNTS = "nothing_counts"
    MIXED = "mixed"
    NOT_DECLARED_COMPLETE = "not_declared_complete"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many records of the population do not count for one reason."""

    reason: str
    zh: str
    en: str
    records: int


@dataclass(frozen=True, slots=True)
class RowSet:
    """Which records count, in a way that does not depend on their order: sums of the words of their digests, and of their versions."""

    records: int
    words: tuple[int, ...]
    versions: int

    @property
    def digest(self) -> str:
        """SHA-256 over number, sums of words and sum of versions."""
        return digest({"records": self.records, "words": [str(word) for word in self.words], "versions": str(self.versions)})


@dataclass(frozen=True, slots=True)
class Counts:
    """Records: `seen` in place and period whatever they are of, `records` of the population, those left out by reason, `used`.

    `unclear`: of how many it cannot be told whether they are meant; `undated`: would count, but lack the day that would place them;
    `groups_unclear`: groups of which it cannot be told whether they hold. `due` and `met`: spans (of each group) in
    which a record is due, and those that have one.
    """

    seen: int = 0
    records: int = 0
    used: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unclear: int = 0
    undated: int = 0
    groups_unclear: int = 0
    due: int | None = None
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of an estimate from a random draw, in the unit of the value; an estimate, hence plain numbers."""

    low: float
    high: float
    confidence: str
    method: str


class NoInterval(StrEnum):
    """Why a value of a sample design has no interval; the value itself stands.

    `not_random`: of some records that count it is not known that they were drawn at random; `no_weight`, `no_stratum`, `no_unit`: some
    lack what the design asks; `held_unknown`, `held_differs`: of a stratum none or several numbers of units are told;
    `too_few_held`, `lone_unit`, `no_spread`: what was drawn does not say it.
    """

    NOT_RANDOM = "not_random"
    NO_WEIGHT = "no_weight"
    NO_STRATUM = "no_stratum"
    NO_UNIT = "no_unit"
    HELD_UNKNOWN = "held_unknown"
    HELD_DIFFERS = "held_differs"
    TOO_FEW_HELD = "too_few_held"
    LONE_UNIT = "lone_unit"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, slots=True)
class DrawnStratum:
    """A stratum by the values of its fields, and the sums over the units drawn from it."""

    names: tuple[str, ...]
    sums: StratumSums


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """What of a sample design the interval is computed from, by name of stratum; without an interval only why there is none."""

    strata: tuple[DrawnStratum, ...] = ()
    degrees: int | None = None
    absence: NoInterval | None = None


@dataclass(frozen=True, slots=True)
class ComputedValue:
    """A value with all that a receipt needs.

    `amount` is exact, in the unit of the indicator; None has its reason in `absence`. `numerator` and `denominator` are in
    the units of the records; a count or a sum has no denominator. `apart`: the programme, level … the value is of, several
    where `absence` is `mixed`. `sample`: what was drawn, where the definition has a sample design. `complete`: whether the
    register was declared complete (None where nobody has to), as `complete_evidence` says. `missing`: places and spans
    without a record that counts, where one is due. `rules`: the readings it depends on.
    """

    definition: IndicatorDefinition
    period: Period
    place: str
    amount: Fraction | None
    printed: str | None
    numerator: Fraction | None
    denominator: Fraction | None
    absence: Absence | None
    counts: Counts
    evidence: RegisterStanding
    engine: str
    rows: RowSet | None = None
    apart: Mapping[str, tuple[str, ...]] | None = None
    interval: Interval | None = None
    complete: bool | None = None
    complete_evidence: RegisterStanding | None = None
    missing: tuple[str, ...] = ()
    rules: tuple[Reading, ...] = ()
    sample: DrawnSample | None = None

    @property
    def unit(self) -> str | None:
        """The unit of the amount."""
        return self.definition.indicator.unit

    @property
    def exact(self) -> str | None:
        """The amount without any loss: a decimal where one ends, else p/q."""
        return None if self.amount is None else exact(self.amount)


def times(definition: IndicatorDefinition) -> int:
    """By what numerator over denominator is multiplied to be in the unit: a share in percent by 100."""
    share = definition.measure.kind in _SHARES
    return _TIMES.get(definition.indicator.unit or "", 1) if share else 1


def comparable(one: ComputedValue, other: ComputedValue) -> bool:
    """Whether two values may be set side by side: made by the same definition, of the same programmes and levels."""
    return one.definition.digest == other.definition.digest and one.apart == other.apart
