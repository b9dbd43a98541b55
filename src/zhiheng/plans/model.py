"""What does a plan consist of? The types that the compiler fills and every later room reads.

Numbers are decimal strings as printed (`83.20` stays `83.20`); absent is None; everything is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zhiheng.base.problem import Problem
from zhiheng.base.quantity import Basis
from zhiheng.documents.tree import Anchor


class Role(StrEnum):
    """What a printed quantity is to the plan."""

    TARGET = "target"
    BASELINE = "baseline"
    ACTUAL = "actual"
    BACKGROUND = "background"


class Comparator(StrEnum):
    """How the printed value bounds the actual one. `>=`, `>` fill value_low; `<=`, `<` value_high; the others both."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "=="
    RANGE = "range"
    INCREASE_BY = "increase_by"
    DECREASE_BY = "decrease_by"
    ZERO_EVENTS = "zero_events"

    @property
    def states_a_change(self) -> bool:
        """Whether the printed value is a growth or a fall, not a level."""
        return self in {Comparator.INCREASE_BY, Comparator.DECREASE_BY}


class Modality(StrEnum):
    """How strongly the plan commits itself."""

    FIRM = "firm"
    STRIVE = "strive"
    MAINTAIN = "maintain"


class Source(StrEnum):
    """Where a mention stands."""

    TABLE = "table"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which catalogue indicator a phrase names: `score` 0–100 and `reason` (name, alias, similar)."""

    indicator: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a quantity of an indicator stands, as printed.

    `anchor` spans the value expression; `context` is the sentence or row it stands in; `period` the five-year period or
    span the text names for it; `attribute` 约束性 or 预期性; `marks` the table marks around the value.
    """

    id: str
    indicator: str
    role: Role
    comparator: Comparator
    value_low: str | None
    value_high: str | None
    unit: str | None
    year: int | None
    basis: Basis
    modality: Modality | None
    scope: str | None
    source: Source
    text: str
    anchor: Anchor
    context: str = ""
    period: str | None = None
    attribute: str | None = None
    marks: tuple[str, ...] = ()
    group: str | None = None
    catalogue: Alignment | None = None


class TargetKind(StrEnum):
    """Whether a target is a number or the absence of events."""

    NUMERIC = "numeric"
    ZERO_EVENTS = "zero_events"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a target starts from; `floor` when the text gives only a lower bound (98%以上)."""

    value: str
    year: int | None
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A convention the text does not state: `code` names the sentence, `facts` fill it. Asked, never guessed."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan commits to, merged from its mentions.

    `comparator_judged` is what verdicts use, `judged_by` says why: the printed word, a rule, the catalogue's direction.
    `year` is the deadline; `period_start`..`year` the window of new and summed targets. `own` is False for targets of a
    predecessor that this plan only reports. `path` maps years to explicit yearly values. `questions` open: verdict `unconfirmed`.
    """

    id: str
    indicator: str
    kind: TargetKind
    comparator_printed: Comparator
    comparator_judged: Comparator
    judged_by: str
    value_low: str | None
    value_high: str | None
    unit: str | None
    year: int | None
    period_start: int | None
    basis: Basis
    modality: Modality
    direction: str | None = None
    baseline: Baseline | None = None
    scope: str | None = None
    attribute: str | None = None
    group: str | None = None
    own: bool = True
    path: Mapping[int, str] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    actuals: tuple[str, ...] = ()
    text: str = ""
    context: str = ""
    anchor: Anchor | None = None
    catalogue: Alignment | None = None
    questions: tuple[Question, ...] = ()


class CommitmentKind(StrEnum):
    """Kinds of promises without a number."""

    TREND = "trend"
    ASSIGNED = "assigned"
    RELATIVE = "relative"
    FULL_COVERAGE = "full_coverage"
    FIRST_EVER = "first_ever"
    TOTAL_REMOVAL = "total_removal"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise without a number, kept apart from targets."""

    id: str
    kind: CommitmentKind
    indicator: str
    text: str
    context: str
    year: int | None
    modality: Modality
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: level 1 一、, 2 (一), 3 1., 4 专栏."""

    level: int
    number: str | None
    title: str
    anchor: Anchor


class CommitmentClass(StrEnum):
    """How a task sentence binds: 严格执行, 全面推行, 鼓励, 探索, or plainly."""

    STRICT = "strict"
    FULL = "full"
    ENCOURAGE = "encourage"
    EXPLORE = "explore"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class TaskSentence:
    """A sentence of a task that carries a commitment verb."""

    text: str
    verb: str
    commitment_class: CommitmentClass


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work the plan hands out. `open_units` are set expressions (领导组其他成员单位) that need a member list."""

    id: str
    number: str | None
    title: str
    parent_title: str | None
    chapter: str | None
    responsible_units: tuple[str, ...]
    lead_units: tuple[str, ...]
    supporting_units: tuple[str, ...]
    inherited_units: tuple[str, ...]
    open_units: tuple[str, ...]
    anchor: Anchor
    text: str = ""
    sentences: tuple[TaskSentence, ...] = ()
    commitment_class: CommitmentClass = CommitmentClass.PLAIN


@dataclass(frozen=True, slots=True)
class Definition:
    """A term the paper explains in a bracket, a footnote or a note under a table."""

    term: str
    text: str
    anchor: Anchor


class Standing(StrEnum):
    """What became of a number in the paper."""

    MENTION = "mention"
    EXCLUDED = "excluded"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A digit run or Chinese numeral with a classifier that an independent scanner saw; `reason` says why it is excluded."""

    text: str
    standing: Standing
    reason: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every number of the paper, accounted for; the three counts add up to `total`."""

    numbers: tuple[NumberSeen, ...]

    @property
    def total(self) -> int:
        """All numbers seen."""
        return len(self.numbers)

    def count(self, standing: Standing) -> int:
        """How many have this standing."""
        return sum(n.standing is standing for n in self.numbers)


@dataclass(frozen=True, slots=True)
class Meta:
    """What the paper says about itself; dates ISO, `region_code` GB/T 2260."""

    title: str | None = None
    issuing_body: str | None = None
    document_number: str | None = None
    index_no: str | None = None
    adopted_date: str | None = None
    published_date: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    region_name: str | None = None
    region_code: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled plan. A correction makes a new one (`dataclasses.replace`)."""

    name: str
    meta: Meta
    outline: tuple[Heading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    targets: tuple[Target, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    tasks: tuple[Task, ...] = ()
    definitions: tuple[Definition, ...] = ()
    coverage: Coverage = Coverage(())
    problems: tuple[Problem, ...] = ()
