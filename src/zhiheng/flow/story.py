"""The whole on one page: read → evaluate → judge → publish.

Every step is one call into one room; this page is what `zhiheng run` runs, and the place to begin reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhiheng.evidence.intake import Intake
from zhiheng.evidence.places import same_place
from zhiheng.flow.figures import NO_FIGURES, figures_note, figures_of, refused_of
from zhiheng.flow.from_records import Evidence, behind_values, values_from_records
from zhiheng.flow.knowledge import knowledge
from zhiheng.flow.plan_source import open_plan
from zhiheng.indicators.from_records import with_typed
from zhiheng.indicators.reported import reported_values
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.judging import judge
from zhiheng.judgement.refused import told_of_refusals
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.writers.run import run_papers


@dataclass(frozen=True, slots=True)
class Story:
    """What was read, decided and made; the papers are whole, but not yet in their place."""

    plan: Plan
    intake: Intake
    values: tuple[IndicatorValue, ...]
    judgements: tuple[Judgement, ...]
    papers: Mapping[str, bytes]


def story(paper: Path, figures: Path | None, as_of: date, evidence: Evidence | None = None) -> Story:
    """A published plan with records, a workbook of figures, or both become verdicts and the papers that say so."""
    home = evidence.home.root if evidence else None
    plan = open_plan(paper, home=home)  # documents, plans: what does the paper set, and where does it say so?
    intake = figures_of(plan, figures, as_of) if figures else NO_FIGURES  # evidence: what do we know, from whom?
    values = reported_values(intake.figures)  # indicators: which value does that make,
    if evidence is not None:  # and which do the records make?
        here = [v for v in values if same_place(v.place, plan.meta.region_name)]
        elsewhere = [v for v in values if v not in here]
        values = (*with_typed(values_from_records(plan, evidence, as_of), here), *elsewhere)
    rulebook = knowledge(plan.meta.region_code, home).rulebook  # rules: which rulebook speaks for that place,
    rule = rulebook.read("plan/progress", as_of)  # and what did it say on that day?
    refused = refused_of(plan, intake)  # evidence: of which indicators did rows come that cannot be used?
    judgements = told_of_refusals(judge(plan, values, as_of, rule), refused)  # judgement: what can be said of each target?
    note, back = figures_note(intake), intake.refused
    shown = [v for j in judgements for v in (*j.observations, *([j.value] if j.value else ()))]
    behind = behind_values(shown, evidence) if evidence else {}  # indicators: which records stand behind each value?
    papers = run_papers(  # publication: the one way out
        plan, values, judgements, as_of=as_of, figures_note=note, refused=back, behind=behind
    )
    return Story(plan, intake, values, judgements, papers)
