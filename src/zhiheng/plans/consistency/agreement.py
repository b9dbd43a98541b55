"""Do two places of one paper give the same indicator different values?

Compared are mentions of one indicator, year, scope, basis and part (promised or reported). A sentence that names an indicator
twice speaks of two things (40 renewed, 200 altogether), so two values of one sentence or row are never held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis, present
from zhiheng.documents.fold import fold
from zhiheng.plans.consistency.doubt import Doubt, clause_before, passage
from zhiheng.plans.consistency.measures import COUNTED, opposed, plain_unit, printed, quantity
from zhiheng.plans.model import Comparator, Mention, Plan, Role, Source
from zhiheng.plans.targets import subject

_WHOLE_PLACE = re.compile("^[全本我][市县区省州旗镇乡]$")
# Words before a value that make it a flow, a share of the way or another matter than the stock of the same name.
_FLOW = re.compile("每年|年均|年度|新|净增|增加|再|累计|改造|其中|分别|同比|较|比上年|当年")
# A year that the text only points at is taken from the paper's title; too little to hold a value against another.
_POINTED = re.compile("年内|今年|本年|全年")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST = 3


def agreement_doubts(plan: Plan) -> Iterator[Doubt]:
    """Pairs of places that disagree, the table's first; each value of an indicator is told once."""
    # In a paper of no known day or period nothing tells a promise from a report.
    placed = any((plan.meta.period_end, plan.meta.published_date, plan.meta.adopted_date))
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for m in plan.mentions:
        if _comparable(m) and (placed or m.role is not Role.TARGET):
            groups.setdefault(_identity(m), []).append(m)
    for group in groups.values():
        yield from _within(sorted(group, key=lambda m: m.source is not Source.TABLE))


def _comparable(m: Mention) -> bool:
    stated = m.value_low is not None or m.value_high is not None
    named = m.catalogue is not None or len(subject(m)) >= _SHORTEST
    dated = m.year is not None and (not _POINTED.search(m.context) or bool(_YEAR.search(fold(m.context))))
    level = not m.comparator.states_a_change and m.comparator is not Comparator.ZERO_EVENTS
    return stated and named and dated and level and m.role is not Role.BACKGROUND


def _identity(m: Mention) -> tuple[object, ...]:
    """What two mentions share that speak of one thing."""
    scope = None if m.scope is None or _WHOLE_PLACE.match(fold(m.scope)) else fold(m.scope).replace("规模以上", "规上")
    negative = "不" in m.indicator or "未" in m.indicator  # 合格率 and 不合格率 are one entry of the catalogue
    return subject(m), m.year, m.role is Role.TARGET, scope, m.basis, negative, _flow(m)


def _kind(m: Mention) -> str:
    """Units that can be set against each other: a share never against a count or a sum of money."""
    unit = plain_unit(m.unit)[0]
    return unit if unit in (COUNTED, "%", "倍") else "measure"


def _flow(m: Mention) -> tuple[str, ...]:
    """Words that tell one count from another of the same name: in the name, and in the clause before it."""
    return tuple(sorted(set(_FLOW.findall(clause_before(m) + fold(m.indicator)))))


def _within(group: Sequence[Mention]) -> Iterator[Doubt]:
    told: set[tuple[Fraction, Comparator, str]] = set()
    for m in group[1:]:
        said = quantity(m)
        first = next((n for n in group if _kind(n) == _kind(m)), group[0])
        if first is m:  # the only one in its unit: a slip of the unit if the figure is the same
            first = next((n for n in group if _printed_alike(n, m)), m)
        if _one_place(first, m) or _two_works(first, m) or (said.number, m.comparator, said.unit) in told:
            continue
        code = _disagreement(first, m)
        if code is not None:
            told.add((said.number, m.comparator, said.unit))
            facts = {"indicator": first.indicator, "year": first.year, "one": printed(first), "other": printed(m)}
            yield Doubt(code, _severity(code, first, m), facts, (passage(first), passage(m)))


def _printed_alike(one: Mention, other: Mention) -> bool:
    """Whether two places print the same figure, each with a unit."""
    both = one.unit is not None and other.unit is not None
    return both and (one.value_low, one.value_high) == (other.value_low, other.value_high)


def _one_place(one: Mention, other: Mention) -> bool:
    return one is other or (bool(one.context) and one.context == other.context)


def _two_works(one: Mention, other: Mention) -> bool:
    """Whether two sentences each promise something new: 新建检测中心 here and there are two works, not one told twice."""
    return {one.source, other.source} == {Source.PROSE} and Basis.NEW in (one.basis, other.basis)


def _disagreement(first: Mention, second: Mention) -> str | None:
    """The code of what does not fit; None when both say the same."""
    one, other = quantity(first), quantity(second)
    if one.unit != other.unit and None not in (first.unit, second.unit):
        return "consistency.units_differ"
    if one.number == other.number:
        if opposed(one, other):
            return "consistency.bounds_opposed"
        reported = first.role is not Role.TARGET
        return "consistency.floor_and_figure" if reported and one.bounded != other.bounded else None
    if _printed_alike(first, second):
        return "consistency.units_differ"  # 5亿元 here, 5万元 there
    if one.bounded != other.bounded and (one.admits(other.number) or other.admits(one.number)):
        return "consistency.floor_and_figure"
    return "consistency.values_differ"


def _severity(code: str, first: Mention, second: Mention) -> Severity:
    """A bound beside a figure, and a figure beside itself with fewer decimals, may both be right."""
    asked = code == "consistency.floor_and_figure" or (code == "consistency.values_differ" and _rounded(first, second))
    return Severity.QUESTION if asked else Severity.WARNING


def _rounded(one: Mention, other: Mention) -> bool:
    """Whether one figure is the other with fewer decimals."""
    if plain_unit(one.unit) != plain_unit(other.unit):
        return False
    coarse, fine = sorted((m.value_low or m.value_high or "0" for m in (one, other)), key=_decimals)
    return present(Fraction(fine), _decimals(coarse)) == coarse


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
