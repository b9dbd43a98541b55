"""What in a plan does a person have to look at: numbers not understood, open questions, names the catalogue does not know?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.base.problem import Problem
from zhiheng.documents.tree import Document
from zhiheng.flow.check_sentences import Sentences
from zhiheng.plans.model import NumberSeen, Plan, Question, Role, Standing, Target


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

    @property
    def findings(self) -> int:
        """How many findings a person has to settle."""
        return len(self.not_understood) + len(self.questions) + len(self.problems)


def check_plan(plan: Plan, paper: Document | None = None) -> Check:
    """The findings of a plan; `paper` is what it was compiled from."""
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
    )
