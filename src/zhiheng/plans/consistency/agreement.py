"""Do two places of one paper give the same indicator different values?

Compared are mentions of one indicator, year, scope, basis and part (promised or reported). A sentence that names an indicator
twice speaks of two things (改造75个,总数达到308个), so two values in one sentence or row are never held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import present
from zhiheng.documents.fold import fold
from zhiheng.plans.consistency.doubt import Doubt, passage
from zhiheng.plans.consistency.measures import Measure, measure, plain_unit, printed, same_side
from zhiheng.plans.model import Comparator, Mention, Plan, Role, Source
from zhiheng.plans.targets import subject

_WHOLE_PLACE = re.compile("^(?:全[市县区省州旗镇乡]|本[市县区省]|我[市县区省])$")
# Words before a value that make it a flow, a share of the way or another matter than the stock of the same name.
_FLOW = re.compile("每年|年均|年度?新|新增|净增|新建|新认定|新培育|增加|再|累计|改造|其中|分别|同比|较|比上年|当年")
_SHORTEST = 3


def agreement_doubts(plan: Plan) -> Iterator[Doubt]:
    """Pairs of places that disagree, the table's first; each value of an indicator is told once."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for m in plan.mentions:
        if _comparable(m):
            groups.setdefault(_identity(m), []).append(m)
    for group in groups.values():
        yield from _within(sorted(group, key=lambda m: m.source is not Source.TABLE))


def _comparable(m: Mention) -> bool:
    stated = m.value_low is not None or m.value_high is not None
    named = m.catalogue is not None or len(subject(m)) >= _SHORTEST
    return stated and named and m.year is not None and m.role is not Role.BACKGROUND and not _is_change(m)


def _is_change(m: Mention) -> bool:
    return m.comparator.states_a_change or m.comparator is Comparator.ZERO_EVENTS


def _identity(m: Mention) -> tuple[object, ...]:
    scope = None if m.scope is None or _WHOLE_PLACE.match(fold(m.scope)) else fold(m.scope).replace("规模以上", "规上")
    negative = "不" in m.indicator or "未" in m.indicator  # 合格率 and 不合格率 are one entry of the catalogue
    return subject(m), m.year, m.role is Role.TARGET, scope, m.basis, negative, _flow(m), _kind(m)


def _kind(m: Mention) -> str:
    """Units that can be set against each other: a share never against a count or a sum of money."""
    unit = plain_unit(m.unit)[0]
    return "count" if m.unit is None or unit == "count" else unit if unit in ("%", "倍") else "measure"


def _flow(m: Mention) -> tuple[str, ...]:
    """Words that tell one count from another of the same name: in the name, and in the clause before it."""
    context, text = fold(m.context), fold(m.text)
    where = context.find(text)
    before = re.split("[,，、;:。]", context[: max(where, 0)])[-1] if m.source is Source.PROSE else ""
    return tuple(sorted(set(_FLOW.findall(before + fold(m.indicator)))))


def _within(group: Sequence[Mention]) -> Iterator[Doubt]:
    told: set[tuple[Fraction, Comparator, str]] = set()
    first = group[0]
    for m in group[1:]:
        one, other = measure(first), measure(m)
        if _same_place(first, m) or (other.number, m.comparator, other.unit) in told:
            continue
        doubt = _compared(first, m, one, other)
        if doubt is not None:
            told.add((other.number, m.comparator, other.unit))
            yield doubt


def _same_place(one: Mention, other: Mention) -> bool:
    return bool(one.context) and one.context == other.context


def _compared(first: Mention, second: Mention, one: Measure, other: Measure) -> Doubt | None:
    facts = {
        "indicator": first.indicator,
        "year": first.year,
        "one": printed(first),
        "other": printed(second),
    }
    places = (passage(first), passage(second))
    if one.unit != other.unit and None not in (first.unit, second.unit):
        return Doubt("consistency.units_differ", Severity.WARNING, facts, places)
    if one.number == other.number:
        if not same_side(one, other):
            return Doubt("consistency.bounds_opposed", Severity.WARNING, facts, places)
        reported = first.role is not Role.TARGET
        if reported and one.bounded != other.bounded:
            return Doubt("consistency.floor_and_figure", Severity.QUESTION, facts, places)
        return None
    if _printed_alike(first, second):
        return Doubt("consistency.units_differ", Severity.WARNING, facts, places)
    if one.admits(other.number) or other.admits(one.number):
        return Doubt("consistency.floor_and_figure", Severity.QUESTION, facts, places)
    severity = Severity.QUESTION if _rounded(first, second) else Severity.WARNING
    return Doubt("consistency.values_differ", severity, facts, places)


def _printed_alike(one: Mention, other: Mention) -> bool:
    """Whether the figures are the same and only their scale differs (5亿元, 5万元)."""
    same = (one.value_low, one.value_high) == (other.value_low, other.value_high)
    return same and one.unit is not None and other.unit is not None


def _rounded(one: Mention, other: Mention) -> bool:
    """Whether one figure is the other with fewer decimals."""
    a, b = (m.value_low or m.value_high or "0" for m in (one, other))
    if plain_unit(one.unit) != plain_unit(other.unit):
        return False
    coarse, fine = sorted((a, b), key=_decimals)
    return present(Fraction(fine), _decimals(coarse)) == coarse


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
