"""What in a plan does a person have to look at: numbers not understood, open questions, names the catalogue does not know?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.base.problem import Problem
from zhiheng.plans.model import NumberSeen, Plan, Question, Role, Standing, Target


@dataclass(frozen=True, slots=True)
class Check:
    """Findings of a plan; `unmatched` are indicator names, told but no fault of the plan."""

    not_understood: tuple[NumberSeen, ...]
    questions: tuple[tuple[Target, Question], ...]
    unmatched: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def findings(self) -> int:
        """How many findings a person has to settle."""
        return len(self.not_understood) + len(self.questions) + len(self.problems)


def check_plan(plan: Plan) -> Check:
    """The findings of a plan."""
    unmatched = {m.indicator: None for m in plan.mentions if m.catalogue is None and m.role is not Role.BACKGROUND}
    return Check(
        not_understood=tuple(n for n in plan.coverage.numbers if n.standing is Standing.NOT_UNDERSTOOD),
        questions=tuple((t, q) for t in plan.targets for q in t.questions),
        unmatched=tuple(unmatched),
        problems=plan.problems,
    )
