"""What in a plan does a person have to look at: numbers not understood, open questions, names the catalogue does not know?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zhiheng.base.problem import Problem
from zhiheng.documents.tree import Document
from zhiheng.evidence.intake.organisations import read_organisations
from zhiheng.flow import settings
from zhiheng.flow.check_sentences import Sentences
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.consistency.doubt import Doubt, Passage
from zhiheng.plans.consistency.impossible import Bounds, bounds_of
from zhiheng.plans.consistency.settling import doubts
from zhiheng.plans.consistency.units import Organisations
from zhiheng.plans.model import NumberSeen, Plan, Question, Role, Standing, Target

# A paper that names no day is read by the rules of this day.
_UNDATED = date(2026, 1, 1)
_LONG = 60  # characters that a passage may have before it is cut


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that was not understood, with the sentence it stands in; empty when only the plan is there, no paper."""

    number: NumberSeen
    sentence: str


@dataclass(frozen=True, slots=True)
class Check:
    """Findings of a plan; `unmatched` are indicator names, told but no fault of the plan."""

    not_understood: tuple[Unread, ...]
    questions: tuple[tuple[Target, Question], ...]
    unmatched: tuple[str, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def findings(self) -> int:
        """How many findings a person has to settle."""
        return len(self.not_understood) + len(self.questions) + len(self.problems) + len(self.doubts)


def check_plan(plan: Plan, paper: Document | None = None, organisations: Organisations | None = None) -> Check:
    """The findings of a plan; `paper` is what it was compiled from, `organisations` the bodies that may be responsible."""
    sentences = Sentences(paper) if paper else None
    unmatched = {m.indicator: None for m in plan.mentions if m.catalogue is None and m.role is not Role.BACKGROUND}
    return Check(
        not_understood=tuple(
            Unread(n, sentences.around(n.anchor) if sentences else "")
            for n in plan.coverage.numbers
            if n.standing is Standing.NOT_UNDERSTOOD
        ),
        questions=tuple((t, q) for t in plan.targets for q in t.questions),
        unmatched=tuple(unmatched),
        problems=plan.problems,
        doubts=tuple(_shortened(d, sentences) for d in doubts(plan, paper, _bounds(plan), organisations)),
    )


def organisations(source: Path, plan: Plan) -> Organisations:
    """The bodies that the file lists, looked up with or without the name of the plan's place."""
    return Organisations(read_organisations(source, settings.limits()), plan.meta.region_name or "")


def _shortened(doubt: Doubt, sentences: Sentences | None) -> Doubt:
    """The doubt with its long passages cut around what matters."""
    if sentences is None:
        return doubt
    return replace(doubt, places=tuple(_passage(p, sentences) for p in doubt.places))


def _passage(passage: Passage, sentences: Sentences) -> Passage:
    if passage.anchor is None or len(passage.text) <= _LONG:
        return passage
    return replace(passage, text=sentences.around(passage.anchor) or passage.text)


def _bounds(plan: Plan) -> Bounds:
    """What the rules of the plan's own day and place say of values that cannot be."""
    printed = plan.meta.adopted_date or plan.meta.published_date
    day = date.fromisoformat(printed) if printed else _UNDATED
    return bounds_of(knowledge(plan.meta.region_code).rulebook.read("plan/bounded_shares", day).value)
