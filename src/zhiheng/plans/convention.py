"""How is a printed number meant where the text does not say: which side is good, and what is counted?

What a dated rule and the catalogue's direction decide is decided and cited; the rest is a question for a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.base.quantity import Basis
from zhiheng.documents.fold import fold
from zhiheng.plans.model import Comparator, Mention, Question, Target, TargetKind
from zhiheng.plans.quantities.values import unit_kind

# Shares that cannot pass the whole: 100% without a bound word means all of it.
_WHOLE = 100
_THINGS = frozenset({Basis.COUNT, Basis.NEW, Basis.CUMULATIVE})


@dataclass(frozen=True, slots=True)
class Conventions:
    """Readings of the rules that stand in for what a plan leaves out.

    `bare`: direction → comparator of a number without a bound word; `endings`: direction → endings of indicator names that
    leave no doubt about the good side (合格率, 死亡率).
    """

    bare: Mapping[str, str]
    endings: Mapping[str, Sequence[str]]

    def direction(self, indicator: str) -> tuple[str | None, str]:
        """The good side of an indicator the catalogue does not know, by the ending of its name; and the rule that says so."""
        name = re.sub(r"[(〔\[][^)〕\]]*[)〕\]]$", "", fold(indicator))
        for direction, endings in self.endings.items():
            if name.endswith(tuple(endings)):
                return direction, "rule:plan/direction_by_ending"
        return None, ""


def judged(
    printed: Comparator, direction: str | None, decided: str, m: Mention, conventions: Conventions
) -> tuple[Comparator, str]:
    """The comparator that verdicts use and why: `printed`, `whole`, `counted`, the rule and what gave the direction, or `open`."""
    if printed is not Comparator.EQUAL:
        return printed, "printed"
    if direction is not None and direction in conventions.bare:
        return Comparator(conventions.bare[direction]), f"rule:plan/bare_number direction={direction} by={decided}"
    value = m.value_low or m.value_high
    if unit_kind(m.unit) == "rate" and value is not None and Decimal(value) == _WHOLE:
        return Comparator.AT_LEAST, "whole"
    if m.basis in _THINGS and value != "0":
        return Comparator.AT_LEAST, "counted"
    return Comparator.EQUAL, "open"


def questions_of(target: Target, counted: Sequence[str | None]) -> tuple[Question, ...]:
    """What the text leaves open about a target; a target of a predecessor is judged as it was reported."""
    if target.kind is TargetKind.ZERO_EVENTS or not target.own:
        return ()
    questions = []
    value = target.value_low or target.value_high
    facts = {"indicator": target.indicator, "value": value, "unit": target.unit or ""}
    if target.judged_by == "open":
        questions.append(Question("plans.direction_open", facts))
    undecided = target.basis is Basis.COUNT and target.baseline is None and not any(counted)
    if undecided and not re.search(r"总数|总量|拥有量|保有量|数量", target.indicator):
        questions.append(Question("plans.count_convention_open", facts))
    return tuple(questions)
