"""The main job from files: a plan and a workbook of figures in, verdicts and papers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhiheng.evidence.intake import Intake, write_rejects
from zhiheng.flow.story import story
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.writers.placing import put_all

REFUSED = "figures_refused.xlsx"


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
    """The story with its papers in `out`; rows of the workbook that cannot be used come back there as a workbook to mend."""
    told = story(plan_file, figures_file, as_of)
    rejects = write_rejects(told.intake)
    papers = {out / name: content for name, content in told.papers.items()}
    refused = {} if rejects is None else {out / REFUSED: rejects}
    mended = [out / REFUSED] if rejects is None else []  # rows that an earlier run refused
    put_all({**papers, **refused}, gone=mended)
    return RunResult(told.plan, told.intake, told.values, told.judgements, list(papers), next(iter(refused), None))
