"""What is the definition of an indicator: which records are meant, which of them count, and what is made of them?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from zhiheng.base.canonical_json import Json
from zhiheng.base.reading import Citation
from zhiheng.evidence.registers.expressions import Expression
from zhiheng.evidence.registers.model import Register
from zhiheng.rules.catalogue import Indicator
from zhiheng.rules.dated import Rule


class MeasureKind(StrEnum):
    """What is made of the records that count.

    `ratio`: subjects that hold / subjects; `weighted_ratio`: the weight of those that hold / all weight; `share_of_days`: days of
    a place that hold / days; `index`: groups whose means hold / groups.
    """

    RATIO = "ratio"
    WEIGHTED_RATIO = "weighted_ratio"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    SHARE_OF_DAYS = "share_of_days"
    INDEX = "index"


class Holding(StrEnum):
    """When does a subject of several records hold: when one of them does, all do, or the first or the latest does?"""

    ANY = "any"
    ALL = "all"
    FIRST = "first"
    LATEST = "latest"


class Window(StrEnum):
    """Which records belong to a period: events in it, all until its end, or what is in force on its last day."""

    PERIOD = "period"
    TO_END = "to_end"
    IN_FORCE = "in_force"


class Grain(StrEnum):
    """The shortest period for which the value means something."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Rounding(StrEnum):
    """How a value is rounded when printed; GB/T 8170 takes a half to the even digit."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"


class Selection(StrEnum):
    """How the records came to be drawn; only of a random draw an interval is told.

    `simple_random`: every record with the same chance; `random`: by a sample design.
    """

    SIMPLE_RANDOM = "simple_random"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Records of the population that do not count, with the reason; the first that applies is told."""

    id: str
    when: Expression
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Fields that say from which day something stands (included), through which (included), until which (not included)."""

    start: str
    through: tuple[str, ...]
    until: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorMeasure:
    """What is computed: the condition that holds, the field summed or averaged, its weight, and for an index the fields that
    make a group, those averaged within it, and the function of the norms that is asked of the means (its answer is `result`)."""

    kind: MeasureKind
    numerator: Expression | None = None
    of: str | None = None
    weight: str | None = None
    per: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    by: str | None = None


@dataclass(frozen=True, slots=True)
class SampleDesign:
    """How records were drawn at random; the measure's weight is that of the draw.

    `strata`: fields that name the stratum, none for a single one; `unit`: fields that name what was drawn from it, none for the record
    itself; `population`: the field that says how many units the stratum holds; `when`: which records were drawn at random.
    """

    strata: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    population: str | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """The register whose rows declare that this one is complete for a place, a kind and a span of days, and the kinds asked for."""

    register: Register
    start: str
    end: str
    kind: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorDefinition:
    """How an indicator of the catalogue is computed from the records of one register.

    `subject`: the fields that make what is counted, none for the record itself; `order` decides which record of a subject is the
    first or latest. `apart`: fields in which a value never mixes. `due`: for each of these spans of a period a record is due.
    `rules`: what the measure's function reads.
    `meaning` is all that the value depends on, code lists spelled out, and `digest` the SHA-256 of its canonical writing.
    """

    indicator: Indicator
    register: Register
    about_zh: str
    about_en: str
    population: Expression | None
    exclusions: tuple[Exclusion, ...]
    subject: tuple[str, ...]
    holds_of: Holding
    order: str | None
    measure: IndicatorMeasure
    window: Window
    event: str
    in_force: InForce | None
    apart: tuple[str, ...]
    grain: Grain
    due: Grain | None
    complete: Completeness | None
    rules: tuple[Rule, ...]
    selection: Selection | None
    design: SampleDesign | None
    decimals: int
    rounding: Rounding
    citation: Citation
    confirmed: bool
    layer: str
    meaning: Json
    digest: str

    @property
    def id(self) -> str:
        """The id of the indicator in the catalogue."""
        return self.indicator.id

    @cached_property
    def distinct(self) -> bool:
        """Whether several records can be of one subject."""
        return bool(self.subject) and not set(self.register.key) <= set(self.subject)

    @property
    def decides_by_order(self) -> bool:
        """Whether one record of each subject decides."""
        return self.holds_of in (Holding.FIRST, Holding.LATEST)
