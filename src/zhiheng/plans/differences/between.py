"""What changed between two versions of a plan, or between the plan of one term and that of the next?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhiheng.base.numerals import whole_number
from zhiheng.plans.differences.change import Aspect, Change, Detail, Differences, Nature, Subject
from zhiheng.plans.differences.commitments import commitment_changes
from zhiheng.plans.differences.likeness import holds
from zhiheng.plans.differences.targets import target_changes
from zhiheng.plans.differences.tasks import task_changes, unit_changes
from zhiheng.plans.model import Plan

_LIKE = 90.0


def differences(old: Plan, new: Plan) -> Differences:
    """All changes: targets, promises, tasks, departments, each in the order of the new plan with the dropped last.

    Only targets that a plan sets itself are compared; what it reports of its predecessor is no promise of its own.
    """
    successor = is_successor(old, new)
    targets, same_targets = target_changes(old, new, successor=successor)
    promises, same_promises = commitment_changes(old.commitments, new.commitments, successor=successor)
    targets, promises = _turned(targets, promises), _turned(promises, targets)
    tasks, same_tasks, found = task_changes(old.tasks, new.tasks, (old.mentions, new.mentions), successor=successor)
    units, same_units = unit_changes(found)
    unchanged = {
        Subject.TARGET: same_targets,
        Subject.COMMITMENT: same_promises,
        Subject.TASK: same_tasks,
        Subject.UNIT: same_units,
    }
    return Differences(old, new, (*targets, *promises, *tasks, *units), unchanged, successor)


def _turned(changes: Sequence[Change], others: Sequence[Change]) -> list[Change]:
    """The changes; one that was added or dropped says so where a like one of the other kind went or came instead."""
    return [replace(c, details=(*c.details, *_turn(c, others))) if Nature.ADDED in c.natures or Nature.DROPPED in c.natures else c
            for c in changes]  # fmt: skip


def _turn(change: Change, others: Sequence[Change]) -> Iterator[Detail]:
    opposite = Nature.DROPPED if Nature.ADDED in change.natures else Nature.ADDED
    for other in others:
        if opposite in other.natures and max(holds(change.name, other.name), holds(other.name, change.name)) >= _LIKE:
            kinds = other.subject.value, change.subject.value
            before, after = kinds if opposite is Nature.DROPPED else reversed(kinds)
            yield Detail(Aspect.KIND, change.natures[0], before, after)
            return


def is_successor(old: Plan, new: Plan) -> bool:
    """Whether `new` is the plan of a later term, which moves every deadline without loosening any."""
    end = old.meta.period_end
    start = new.meta.period_start or _year(new.meta.adopted_date or new.meta.published_date)
    return end is not None and start is not None and start >= end


def _year(day: str | None) -> int | None:
    """The year in which a paper without a stated term was made."""
    return whole_number(day[:4]) if day else None
