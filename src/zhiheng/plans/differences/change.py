"""What is a change between two versions of a plan: of what, of which nature, and from which words to which?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zhiheng.documents.tree import Anchor
from zhiheng.plans.model import Plan


class Subject(StrEnum):
    """What a change is of; a unit is a responsible department of one task."""

    TARGET = "target"
    COMMITMENT = "commitment"
    TASK = "task"
    UNIT = "unit"


class Nature(StrEnum):
    """How something changed. `altered`: neither stricter nor looser, or not to be told which."""

    ADDED = "added"
    DROPPED = "dropped"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    ALTERED = "altered"
    REWORDED = "reworded"
    MOVED = "moved"


class Aspect(StrEnum):
    """Which part of a thing differs."""

    VALUE = "value"
    YEARLY_VALUE = "yearly_value"
    DEADLINE = "deadline"
    COMPARATOR = "comparator"
    MODALITY = "modality"
    ATTRIBUTE = "attribute"
    BASELINE = "baseline"
    MEASURE = "measure"
    SCOPE = "scope"
    BASIS = "basis"
    KIND = "kind"
    BINDING = "binding"
    NAME = "name"
    WORDING = "wording"
    PLACE = "place"
    ROLE = "role"
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True)
class Detail:
    """One aspect with what stood before and what stands now, as words or numbers of the papers."""

    aspect: Aspect
    nature: Nature
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions of a thing: its id and name there, its words, and where they stand."""

    id: str
    name: str
    text: str
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. `before` is None for what was added, `after` for what was dropped."""

    subject: Subject
    natures: tuple[Nature, ...]
    before: Side | None
    after: Side | None
    details: tuple[Detail, ...] = ()

    @property
    def name(self) -> str:
        """What the thing is called now, or was."""
        side = self.after or self.before
        return side.name if side else ""


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed from `old` to `new`; `successor` when `new` is the plan of a later term and no other version of `old`.

    `unchanged` counts, by subject, what is as it was.
    """

    old: Plan
    new: Plan
    changes: tuple[Change, ...]
    unchanged: dict[Subject, int]
    successor: bool = False

    def of(self, subject: Subject) -> tuple[Change, ...]:
        """The changes of one subject."""
        return tuple(c for c in self.changes if c.subject is subject)

    def counts(self, subject: Subject) -> dict[Nature, int]:
        """How many changes have each nature; one that is both stricter and reworded counts for both."""
        found = Counter(n for c in self.changes if c.subject is subject for n in c.natures)
        return {n: found[n] for n in Nature if found[n]}


def change(subject: Subject, before: Side, after: Side, details: Iterable[Detail]) -> Change | None:
    """The change that the details make; None when there are none."""
    kept = tuple(details)
    natures = tuple(n for n in Nature if any(d.nature is n for d in kept))
    return Change(subject, natures, before, after, kept) if kept else None
