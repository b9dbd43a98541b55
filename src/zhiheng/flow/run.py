"""The main job from files: a plan with records, a workbook of figures, or both in, verdicts and papers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhiheng.base.errors import UsageError
from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.intake import Intake, write_rejects
from zhiheng.flow.from_records import Evidence, similar_only
from zhiheng.flow.story import story
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.wording import counted_figure_words as figure_words
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
    contradictions: tuple[Problem, ...] = ()
    similar: tuple[Problem, ...] = ()


def run_plan(
    plan_file: Path, figures_file: Path | None, *, as_of: date, out: Path, evidence: Evidence | None = None
) -> RunResult:
    """The story with its papers in `out`; rows of the workbook that cannot be used come back there as a workbook to mend.

    Figures that say otherwise than the records are told, one problem each.
    """
    if figures_file is None and evidence is None:
        raise UsageError("flow.nothing_to_judge_by")
    if evidence is not None and not evidence.home.lake.is_dir():
        raise UsageError("flow.no_records_kept", folder=str(evidence.home.root))
    told = story(plan_file, figures_file, as_of, evidence)
    similar = similar_only(told.plan, evidence) if evidence else ()
    rejects = write_rejects(told.intake) if figures_file else None
    papers = {out / name: content for name, content in told.papers.items()}
    refused = {} if rejects is None else {out / REFUSED: rejects}
    mended = [out / REFUSED] if rejects is None else []  # rows that an earlier run refused
    put_all({**papers, **refused}, gone=mended)
    return RunResult(
        told.plan,
        told.intake,
        told.values,
        told.judgements,
        list(papers),
        next(iter(refused), None),
        _contradictions(told.values),
        similar,
    )


def _contradictions(values: Sequence[IndicatorValue]) -> tuple[Problem, ...]:
    found = []
    for value in values:
        typed = value.typed
        if value.contradicted and typed is not None:
            origin = typed.origin
            facts = {
                **{"indicator": value.indicator, "period": value.period.label},
                **{"typed": figure_words(typed), "recorded": figure_words(value)},
                **({"file": origin.file, "sheet": origin.sheet or "—", "row": origin.row} if origin else {}),
            }
            found.append(Problem("flow.figure_contradicts_records", Severity.WARNING, facts))
    return tuple(found)
