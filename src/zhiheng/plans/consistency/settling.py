"""What in a paper must be settled with those who wrote it? All families of doubts, the gravest first."""

from __future__ import annotations

from zhiheng.base.problem import Severity
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.agreement import agreement_doubts
from zhiheng.plans.consistency.baselines import looser_doubts
from zhiheng.plans.consistency.doubt import Doubt
from zhiheng.plans.consistency.glyphs import damaged_doubts
from zhiheng.plans.consistency.impossible import Bounds, impossible_doubts
from zhiheng.plans.consistency.numbering import numbering_doubts
from zhiheng.plans.consistency.periods import period_doubts
from zhiheng.plans.consistency.sums import sum_doubts
from zhiheng.plans.consistency.totals import total_doubts
from zhiheng.plans.consistency.units import Organisations, unit_doubts
from zhiheng.plans.consistency.yearly import yearly_doubts
from zhiheng.plans.model import Plan

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.QUESTION)


def doubts(
    plan: Plan, document: Document | None, bounds: Bounds, organisations: Organisations | None = None
) -> tuple[Doubt, ...]:
    """Every doubt, by severity and within it by kind; without the paper only what the plan itself shows."""
    impossible = tuple(impossible_doubts(plan, document, bounds))
    told = {p.anchor for d in impossible for p in d.places}
    compared = (*agreement_doubts(plan), *looser_doubts(plan))
    found = [
        *impossible,
        # a value that cannot be is no measure for others: one slip is told once
        *(d for d in compared if not any(p.anchor in told for p in d.places)),
        *(sum_doubts(document) if document else ()),
        *(total_doubts(document) if document else ()),
        *yearly_doubts(plan),
        *(damaged_doubts(document) if document else ()),
        *period_doubts(plan, document),
        *unit_doubts(plan, organisations),
        *numbering_doubts(plan, document),
    ]
    return tuple(sorted(found, key=lambda d: _ORDER.index(d.severity)))
