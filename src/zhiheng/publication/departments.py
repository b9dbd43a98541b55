"""What does each department have to do? Tasks it leads, answers for or supports, and the targets it answers for."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhiheng.plans.model import Task
from zhiheng.publication.answering import Part, parts_in
from zhiheng.publication.findings import LAGGING, NO_UNIT, Finding, Findings


@dataclass
class Department:
    """One unit as the plan names it; `open_set` when the name stands for several (领导小组其他成员单位)."""

    name: str
    tasks: dict[Part, list[Task]] = field(default_factory=lambda: {part: [] for part in Part})
    targets: list[Finding] = field(default_factory=list)
    open_set: bool = False

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many tasks in each part and how many targets, under the heads that papers print."""
        return [*((f"{part}任务", len(tasks)) for part, tasks in self.tasks.items()), ("负责目标", len(self.targets))]

    @property
    def lagging(self) -> list[Finding]:
        """Its targets that are missed or behind."""
        return [f for f in self.targets if f.verdict in LAGGING]


def departments(findings: Findings) -> list[Department]:
    """All units: those that lead most first, then those that answer for most, in the order of the plan among equals."""
    found: dict[str, Department] = {}
    for task in findings.plan.tasks:
        for name, part in parts_in(task).items():
            department = found.setdefault(name, Department(name))
            department.tasks[part].append(task)
            department.open_set |= name in task.open_units
    for finding in findings.own:
        for name in finding.units or (NO_UNIT,):
            found.setdefault(name, Department(name)).targets.append(finding)
    return sorted(found.values(), key=lambda d: (d.name == NO_UNIT, [-count for _, count in d.counts]))
