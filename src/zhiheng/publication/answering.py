"""Which units does the plan name for a task or a target, and in which role? Nothing but the plan's own words decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from zhiheng.plans.model import Task


class Part(StrEnum):
    """What a unit does in a task, in the plan's words; its value is the printed name."""

    LEAD = "牵头"
    ANSWER = "责任"
    SUPPORT = "配合"


# A box (专栏) stands between tasks; the units of the task above it are not said to be its own.
_BOX = "专栏"


def parts_in(task: Task) -> Mapping[str, Part]:
    """Each unit of a task with its part, in the order of the plan. Who merely stands first does not lead."""
    inherited = () if (task.number or "").startswith(_BOX) else task.inherited_units
    found = dict.fromkeys(task.lead_units, Part.LEAD)
    for name in task.responsible_units or inherited:
        found.setdefault(name, Part.SUPPORT if name in task.supporting_units else Part.ANSWER)
    for name in task.supporting_units:
        found.setdefault(name, Part.SUPPORT)
    return found


def units_with(task: Task, part: Part) -> tuple[str, ...]:
    """The units of a task that have this part."""
    return tuple(name for name, own in parts_in(task).items() if own is part)


def units_of(indicator: str, context: str, tasks: Iterable[Task]) -> tuple[str, ...]:
    """Who answers for an indicator: the lead units, else the responsible units, of the first task that speaks of it."""
    for task in tasks:
        said = task.title + task.text
        if (context and context in said) or (len(indicator) > 3 and indicator in said):
            return units_with(task, Part.LEAD) or units_with(task, Part.ANSWER)
    return ()
