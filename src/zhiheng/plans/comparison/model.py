"""What does a comparison of plans consist of? Lines of indicators, one cell a plan, and what keeps figures apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhiheng.plans.model import Plan, Target
from zhiheng.rules.look_alikes import Obstacle


class Gap(StrEnum):
    """Why no yearly ambition can be told."""

    NO_BASELINE = "no_baseline"
    BASELINE_IS_A_BOUND = "baseline_is_a_bound"
    NO_YEAR = "no_year"
    IS_A_CHANGE = "is_a_change"
    ZERO_EVENTS = "zero_events"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Ambition:
    """How much a year has to bring: `yearly` in the target's unit, `relative` as a share of the baseline where that means something.

    `counted` when the target is a number of new things, which starts from nothing. A `gap` says why there is none.
    """

    yearly: Fraction | None
    relative: Fraction | None = None
    years: int | None = None
    counted: bool = False
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What one plan demands: `obstacles` is in what it differs from the first cell of its line."""

    target: Target
    ambition: Ambition
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether the figure may be put beside the first one."""
        return not any(o.prevents for o in self.obstacles)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another line that looks like this one and is none: its key and name, in what it differs, and why, in both languages."""

    key: str
    name: str
    differ: Obstacle
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator; `key` is its id in the catalogue, or its bare name where the catalogue has none.

    `cells` has one entry a plan, None where the plan sets no such target.
    """

    key: str
    name: str
    area: str
    known: bool
    cells: tuple[Demand | None, ...]
    resembles: tuple[Resemblance, ...] = ()

    @property
    def filled(self) -> tuple[Demand, ...]:
        """The cells of the plans that set it."""
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def shared(self) -> bool:
        """Whether several plans set it."""
        return len(self.filled) > 1


@dataclass(frozen=True, slots=True)
class Caution:
    """What has to be kept in mind wherever two plans are put side by side; positions of the plans."""

    one: int
    other: int
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side: lines in the order of the first plan that has them."""

    plans: tuple[Plan, ...]
    lines: tuple[Line, ...]
    cautions: tuple[Caution, ...]

    @property
    def used(self) -> tuple[int, ...]:
        """Positions of the plans that set any target at all."""
        return tuple(i for i in range(len(self.plans)) if any(line.cells[i] for line in self.lines))

    @property
    def shared(self) -> tuple[Line, ...]:
        """Lines that several plans have."""
        return tuple(line for line in self.lines if line.shared)

    @property
    def alone(self) -> tuple[Line, ...]:
        """Lines that one plan has."""
        return tuple(line for line in self.lines if not line.shared)
