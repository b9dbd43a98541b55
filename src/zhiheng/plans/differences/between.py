"""What changed between two versions of a plan, or between the plan of one term and that of the next?"""

from __future__ import annotations

from zhiheng.base.numerals import whole_number
from zhiheng.plans.differences.change import Differences, Subject
from zhiheng.plans.differences.commitments import commitment_changes
from zhiheng.plans.differences.targets import target_changes
from zhiheng.plans.differences.tasks import task_changes, unit_changes
from zhiheng.plans.model import Plan


def differences(old: Plan, new: Plan) -> Differences:
    """All changes: targets, promises, tasks, departments, each in the order of the new plan with the dropped last.

    Only targets that a plan sets itself are compared; what it reports of its predecessor is no promise of its own.
    """
    successor = is_successor(old, new)
    targets, same_targets = target_changes(old, new, successor=successor)
    promises, same_promises = commitment_changes(old.commitments, new.commitments, successor=successor)
    tasks, same_tasks, found = task_changes(old.tasks, new.tasks, (old.mentions, new.mentions), successor=successor)
    units, same_units = unit_changes(found)
    unchanged = {
        Subject.TARGET: same_targets,
        Subject.COMMITMENT: same_promises,
        Subject.TASK: same_tasks,
        Subject.UNIT: same_units,
    }
    return Differences(old, new, (*targets, *promises, *tasks, *units), unchanged, successor)


def is_successor(old: Plan, new: Plan) -> bool:
    """Whether `new` is the plan of a later term, which moves every deadline without loosening any."""
    end = old.meta.period_end
    start = new.meta.period_start or _year(new.meta.adopted_date or new.meta.published_date)
    return end is not None and start is not None and start >= end


def _year(day: str | None) -> int | None:
    """The year in which a paper without a stated term was made."""
    return whole_number(day[:4]) if day else None
