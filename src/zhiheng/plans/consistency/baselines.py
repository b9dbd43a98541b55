"""Which targets ask for less than what is there already?

Equal is not looser: to hold what is there is a promise. Reported figures of the same or nearly the same name are held against the
target too, with the words for how far the two names agree, because a target may cover only part of what the figure counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.plans.consistency.doubt import Doubt, Passage, passage
from zhiheng.plans.consistency.measures import measure, plain_unit, printed
from zhiheng.plans.consistency.naming import core
from zhiheng.plans.model import Comparator, Mention, Plan, Role, Target, TargetKind
from zhiheng.plans.targets import subject

_LOWER = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
_UPPER = frozenset({Comparator.AT_MOST, Comparator.BELOW})
# A count far below what is there is a number of new ones, whatever the paper leaves out (669 standards, and 20 more).
_SURELY_NEW = 2
_SHORTEST, _PLACE = 4, 3


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
                "base": printed(start), "base_year": start.year, "base_indicator": start.indicator,
            }  # fmt: skip
            same = subject(start) == subject(m)
            code = "consistency.looser_than_base" if same else "consistency.looser_than_reported"
            yield Doubt(code, Severity.QUESTION, facts, (_place(target, m), passage(start)))


def _place(target: Target, m: Mention) -> Passage:
    return Passage(target.anchor or m.anchor, target.context or m.context)


def _judgeable(target: Target) -> bool:
    state = target.basis in (Basis.LEVEL, Basis.COUNT, Basis.CUMULATIVE, Basis.AVERAGE)
    levelled = not target.comparator_judged.states_a_change and target.comparator_judged is not Comparator.RANGE
    flow = "新增" in target.indicator  # of one period, and told from the next one's
    return target.own and not flow and target.kind is TargetKind.NUMERIC and state and levelled and not target.path


def _is_state(m: Mention) -> bool:
    flow = m.basis in (Basis.NEW, Basis.REDUCTION) or "新增" in m.indicator
    return not flow and not m.comparator.states_a_change


def _start(target: Target, m: Mention, reported: Sequence[Mention]) -> Mention | None:
    """The latest figure before the deadline: of the same name, else of one that differs only in places, levels and marks."""
    earlier = [r for r in reported if r.year is not None and (target.year is None or r.year < target.year)]
    alike = [r for r in earlier if _same_matter(r, m) and subject(r) == subject(m)]
    if not alike and m.basis is Basis.COUNT:
        name = core(m.indicator)
        alike = [r for r in earlier if _same_matter(r, m) and _kin(core(r.indicator), name)]
    return max(alike, key=lambda r: (r.year or 0, r.role is Role.BASELINE), default=None)


def _kin(one: str, other: str) -> bool:
    """Whether two names without levels differ at most by a place before them (浙江名牌产品, 名牌产品)."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.endswith(short) and len(long) - len(short) <= _PLACE


def _same_matter(r: Mention, m: Mention) -> bool:
    same_unit = plain_unit(r.unit)[0] == plain_unit(m.unit)[0] or None in (r.unit, m.unit)
    counted = {r.basis, m.basis} <= {Basis.COUNT, Basis.CUMULATIVE} or r.basis is m.basis
    return same_unit and counted and ("不" in r.indicator) == ("不" in m.indicator) and _scopes_meet(r, m)


def _scopes_meet(r: Mention, m: Mention) -> bool:
    return r.scope == m.scope or None in (r.scope, m.scope) or (r.scope or "")[:1] == "全" or (m.scope or "")[:1] == "全"


def _is_looser(target: Target, m: Mention, start: Mention) -> bool:
    aim, base = measure(m).number, measure(start).number
    higher = _wants_more(target)
    if higher is None or (start.comparator in _UPPER and higher) or (start.comparator in _LOWER and not higher):
        return False
    if not higher:
        return aim > base
    return aim < base and not (target.basis in (Basis.COUNT, Basis.CUMULATIVE) and _SURELY_NEW * aim <= base)


def _wants_more(target: Target) -> bool | None:
    """Whether higher is better; None where nothing says."""
    judged = target.comparator_judged  # a printed bound first: 不合格率 ≤1.1 is no 合格率
    return True if judged in _LOWER else False if judged in _UPPER else None
