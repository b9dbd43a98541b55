"""The whole on one page: read → evaluate → judge → publish.

Every step is one call into one room; this page is the place to begin reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from zhiheng.documents.readers import read
from zhiheng.evidence.intake import read_figures
from zhiheng.flow.figures import expected_of
from zhiheng.flow.knowledge import knowledge
from zhiheng.indicators.reported import reported_values
from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.compiler import compile_plan
from zhiheng.publication.writers.run import write_run


def story(paper: Path, figures: Path, as_of: date, out: Path) -> Iterable[Judgement]:
    """A published plan and a workbook of figures become verdicts and the papers that say so."""
    known = knowledge()
    document = read(paper)  # documents: what does the paper say, and where?
    plan = compile_plan(document, known.catalogue, known.rulebook)  # plans: what does it set?
    intake = read_figures(figures, expected_of(plan), plan.meta.region_name)  # evidence: what do we know, from whom?
    values = reported_values(intake.figures)  # indicators: which value does that make?
    rule = known.rulebook.read("plan/progress", as_of)  # rules: what did the rulebook say on that day?
    judgements = judge(plan, values, as_of, rule)  # judgement: what can be said of each target?
    write_run(out, plan, values, judgements, as_of=as_of)  # publication: the one way out
    return judgements
