"""Which figures does a plan ask for, and what did a workbook bring?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake import Intake, figures_template, read_figures
from zhiheng.evidence.intake.refusals import refused_rows
from zhiheng.flow import settings
from zhiheng.flow.knowledge import knowledge
from zhiheng.indicators.asked import asked_figures
from zhiheng.plans.model import Plan

NO_FIGURES = Intake("", (), (), 0, ())
_EXAMPLE = "示例数据"


def expected_of(plan: Plan) -> tuple[Expected, ...]:
    """The figures a plan's own targets ask for, under the catalogue's aliases too."""
    entries = knowledge(plan.meta.region_code).catalogue.entries
    return asked_figures(plan, {key: entry.aliases for key, entry in entries.items()})


def template_of(plan: Plan) -> bytes:
    """The workbook to hand out to the departments."""
    return figures_template(expected_of(plan), plan.meta.title or plan.name, plan.meta.region_name)


def figures_of(plan: Plan, source: Path, as_of: date) -> Intake:
    """What a figures workbook brings for a plan on the day they are used."""
    return read_figures(source, expected_of(plan), plan.meta.region_name, as_of=as_of, limits=settings.limits())


def refused_of(plan: Plan, intake: Intake) -> Mapping[str, int]:
    """How many rows of each indicator of the plan are handed back."""
    return refused_rows(intake, expected_of(plan))


def figures_note(intake: Intake) -> str:
    """What every paper says of the figures when all of them are marked as invented."""
    return _EXAMPLE if intake.figures and all(_EXAMPLE in f.note + f.source for f in intake.figures) else ""
