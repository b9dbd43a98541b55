"""What does each department have to do? Tasks it leads or joins, and the targets it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhiheng.plans.model import Task
from zhiheng.publication.findings import LAGGING, NO_UNIT, Finding, Findings


@dataclass
class Department:
    """One unit as the plan names it; `open_set` when the name stands for several (领导小组其他成员单位)."""

    name: str
    leads: list[Task] = field(default_factory=list)
    joins: list[Task] = field(default_factory=list)
    targets: list[Finding] = field(default_factory=list)
    open_set: bool = False

    @property
    def lagging(self) -> list[Finding]:
        """Its targets that are missed or behind."""
        return [f for f in self.targets if f.verdict in LAGGING]


def departments(findings: Findings) -> list[Department]:
    """All units: those that lead most first, in the order of the plan among equals."""
    found: dict[str, Department] = {}
    for task in findings.plan.tasks:
        for name, leads in _roles(task):
            department = found.setdefault(name, Department(name))
            (department.leads if leads else department.joins).append(task)
            department.open_set |= name in task.open_units
    for finding in findings.own:
        for name in finding.units or (NO_UNIT,):
            found.setdefault(name, Department(name)).targets.append(finding)
    return sorted(found.values(), key=lambda d: (d.name == NO_UNIT, -len(d.leads), -len(d.joins), -len(d.targets)))


def _roles(task: Task) -> Iterator[tuple[str, bool]]:
    """Each unit of a task once; without named lead units the first one named leads."""
    units = task.responsible_units or task.inherited_units
    leading = task.lead_units or units[:1]
    for name in dict.fromkeys((*leading, *units, *task.supporting_units)):
        yield name, name in leading
