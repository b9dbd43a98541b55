"""The main job from files: a plan and a workbook of figures in, verdicts and papers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhiheng.evidence.intake import Intake, write_rejects
from zhiheng.flow.figures import figures_of
from zhiheng.flow.knowledge import knowledge
from zhiheng.flow.plan_source import open_plan
from zhiheng.indicators.reported import reported_values
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.writers.placing import put
from zhiheng.publication.writers.run import write_run

REFUSED = "figures_refused.xlsx"
_EXAMPLE = "示例数据"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run read, decided and left behind."""

    plan: Plan
    intake: Intake
    values: tuple[IndicatorValue, ...]
    judgements: tuple[Judgement, ...]
    papers: Sequence[Path]
    refused: Path | None


def run_plan(plan_file: Path, figures_file: Path, *, as_of: date, out: Path) -> RunResult:
    """Read, judge, publish; the rows of the workbook that cannot be used come back in `out` as a workbook to mend."""
    plan = open_plan(plan_file)
    intake = figures_of(plan, figures_file)
    values = reported_values(intake.figures)
    rule = knowledge(plan.meta.region_code).rulebook.read("plan/progress", as_of)
    judgements = judge(plan, values, as_of, rule)
    papers = write_run(out, plan, values, judgements, as_of=as_of, figures_note=_note(intake))
    rejects = write_rejects(intake)
    refused = put(out / REFUSED, rejects) if rejects is not None else None
    if refused is None:
        (out / REFUSED).unlink(missing_ok=True)  # of an earlier run, mended since
    return RunResult(plan, intake, values, judgements, papers, refused)


def _note(intake: Intake) -> str:
    """What every paper says of the figures when all of them are marked as invented."""
    return _EXAMPLE if intake.figures and all(_EXAMPLE in f.note + f.source for f in intake.figures) else ""
