"""Which targets ask for less than what is there already?

Equal is not looser: to hold what is there is a promise. Only figures of the same name, unit and basis are held against a target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.plans.consistency.doubt import Doubt, Passage, passage
from zhiheng.plans.consistency.measures import LOWER, UPPER, plain_unit, printed, quantity
from zhiheng.plans.model import Mention, Plan, Role, Target, TargetKind
from zhiheng.plans.targets import subject

_STATES = frozenset({Basis.LEVEL, Basis.COUNT, Basis.CUMULATIVE, Basis.AVERAGE})
_NEW = "新增"  # of one period, and told from the next one's
# A count that is half of what is there, or less, is a number of new ones, whatever the paper leaves out (500 standards, and 20 more).
_SURELY_NEW = 2


def looser_doubts(plan: Plan) -> Iterator[Doubt]:
    """Targets of this plan that are looser than where they start."""
    by_id = {m.id: m for m in plan.mentions}
    reported = [m for m in plan.mentions if m.role in (Role.BASELINE, Role.ACTUAL) and _is_state(m)]
    for target in plan.targets:
        m = next((by_id[i] for i in target.mentions if i in by_id), None)
        if m is None or not _judgeable(target):
            continue
        start = _start(target, m, reported)
        if start is not None and _is_looser(target, m, start):
            facts = {
                "indicator": target.indicator, "value": printed(m), "year": target.year,
                "base": printed(start), "base_year": start.year,
            }  # fmt: skip
            aim = Passage(target.anchor or m.anchor, target.context or m.context)
            yield Doubt("consistency.looser_than_base", Severity.QUESTION, facts, (aim, passage(start)))


def _judgeable(target: Target) -> bool:
    """Whether a target sets one bound on a state; one with a yearly way is looked at by its way."""
    bound = target.comparator_judged in LOWER | UPPER
    state = target.basis in _STATES and _NEW not in target.indicator
    return target.own and state and bound and target.kind is TargetKind.NUMERIC and not target.path


def _is_state(m: Mention) -> bool:
    return m.basis in _STATES and _NEW not in m.indicator and not m.comparator.states_a_change


def _start(target: Target, m: Mention, reported: Sequence[Mention]) -> Mention | None:
    """The latest figure of the same name before the deadline."""
    earlier = (r for r in reported if r.year is not None and (target.year is None or r.year < target.year))
    alike = (r for r in earlier if subject(r) == subject(m) and _same_matter(r, m))
    return max(alike, key=lambda r: (r.year or 0, r.role is Role.BASELINE), default=None)


def _same_matter(r: Mention, m: Mention) -> bool:
    same_unit = plain_unit(r.unit)[0] == plain_unit(m.unit)[0] or None in (r.unit, m.unit)
    counted = {r.basis, m.basis} <= {Basis.COUNT, Basis.CUMULATIVE} or r.basis is m.basis
    return same_unit and counted and ("不" in r.indicator) == ("不" in m.indicator) and _scopes_meet(r, m)


def _scopes_meet(r: Mention, m: Mention) -> bool:
    return r.scope == m.scope or any(scope is None or scope.startswith("全") for scope in (r.scope, m.scope))


def _is_looser(target: Target, m: Mention, start: Mention) -> bool:
    aim, base = quantity(m).number, quantity(start).number
    judged = target.comparator_judged
    if (judged in LOWER and start.comparator in UPPER) or (judged in UPPER and start.comparator in LOWER):
        return False  # a floor below a ceiling says nothing of what is there
    if judged in UPPER:
        return aim > base
    return aim < base and not (target.basis in (Basis.COUNT, Basis.CUMULATIVE) and _SURELY_NEW * aim <= base)
