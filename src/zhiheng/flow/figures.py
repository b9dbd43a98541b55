"""Which figures does a plan ask for, and what did a workbook bring?"""

from __future__ import annotations

from pathlib import Path

from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake import Intake, figures_template, read_figures
from zhiheng.flow.knowledge import Knowledge, knowledge
from zhiheng.indicators.asked import asked_figures
from zhiheng.plans.model import Plan


def expected_of(plan: Plan, known: Knowledge | None = None) -> tuple[Expected, ...]:
    """The figures a plan's own targets ask for, under the catalogue's aliases too."""
    entries = (known or knowledge()).catalogue.entries
    return asked_figures(plan, {key: entry.aliases for key, entry in entries.items()})


def template_of(plan: Plan) -> bytes:
    """The workbook to hand out to the departments."""
    return figures_template(expected_of(plan), plan.meta.title or plan.name, plan.meta.region_name)


def figures_of(plan: Plan, source: Path) -> Intake:
    """What a figures workbook brings for a plan."""
    return read_figures(source, expected_of(plan), plan.meta.region_name)
