"""In what do two figures of one indicator differ, and two places?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from zhiheng.base.quantity import Basis
from zhiheng.base.units import measure
from zhiheng.plans.comparison.model import Caution
from zhiheng.plans.differences.likeness import bare
from zhiheng.plans.differences.strictness import pull
from zhiheng.plans.model import Plan, Target
from zhiheng.plans.quantities.values import unit_kind
from zhiheng.rules.look_alikes import Obstacle

_COUNTED = frozenset({"count", "bare"})
_WHOLE = re.compile("^全[省市县区]$")
_UNTOLD = frozenset({Basis.COUNT})  # a bare count says neither 累计 nor 新增


def obstacles(first: Target, target: Target) -> tuple[Obstacle, ...]:
    """What keeps the figure from being put beside the first one, or asks for care."""
    return tuple(_obstacles(first, target))


def _obstacles(first: Target, target: Target) -> Iterator[Obstacle]:
    if not _in_one_unit(first.unit, target.unit):
        yield Obstacle.UNIT
    if first.basis is not target.basis:
        yield Obstacle.OPEN if _UNTOLD & {first.basis, target.basis} else Obstacle.BASIS
    if first.comparator_judged.states_a_change is not target.comparator_judged.states_a_change:
        yield Obstacle.MEASURE
    elif pull(first) * pull(target) < 0:
        yield Obstacle.BOUND
    if _scope(first) != _scope(target):
        yield Obstacle.SCOPE
    if first.own is not target.own:
        yield Obstacle.EARLIER_TERM
    if first.year != target.year:
        yield Obstacle.DEADLINE


def _scope(target: Target) -> str:
    """The part that the target is about; the whole place is no part, whichever word the plan has for it."""
    return _WHOLE.sub("", bare(target.scope or ""))


def _in_one_unit(one: str | None, other: str | None) -> bool:
    if measure(one).core == measure(other).core:
        return True
    return _COUNTED.issuperset({unit_kind(one), unit_kind(other)})


def cautions(plans: Sequence[Plan]) -> tuple[Caution, ...]:
    """Places of different levels, and places of which one lies in the other (GB/T 2260 codes)."""
    found = []
    for (i, one), (j, other) in combinations(enumerate(plans), 2):
        codes = one.meta.region_code, other.meta.region_code
        if codes[0] is None or codes[1] is None or codes[0] == codes[1]:
            continue
        stems = _stem(codes[0]), _stem(codes[1])
        if stems[0].startswith(stems[1]) or stems[1].startswith(stems[0]):
            found.append(Caution(i, j, Obstacle.PLACE_WITHIN))
        elif len(stems[0]) != len(stems[1]):
            found.append(Caution(i, j, Obstacle.PLACE_LEVEL))
    return tuple(found)


def _stem(code: str) -> str:
    """The digits of a code that say something: 33 for a province, 3304 for a city, 330424 for a county."""
    while code.endswith("00"):
        code = code[:-2]
    return code
