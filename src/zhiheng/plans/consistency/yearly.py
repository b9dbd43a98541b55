"""Which yearly values do not fit their total, or turn back on their way?

A row with what is made in each year beside the sum of the years, 每年 beside the total of the period, and a way that falls where its
indicator should rise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis, exact
from zhiheng.documents.fold import fold
from zhiheng.plans.consistency.doubt import Doubt, clause_before, passage
from zhiheng.plans.consistency.measures import plain_unit, printed, quantity
from zhiheng.plans.model import Comparator, Mention, Plan, Role, Target
from zhiheng.plans.targets import subject

# Fewer years of a row are horizons of their own.
_SHORTEST_WAY = 3
_CHANGE = re.compile("增[长速幅]|增加|降|每年|年度")


def yearly_doubts(plan: Plan) -> Iterator[Doubt]:
    """Rows, promises of every year, ways."""
    yield from _rows(plan)
    yield from _every_year(plan)
    yield from _ways(plan)


def _rows(plan: Plan) -> Iterator[Doubt]:
    """A row with what is made in each year and the sum of the years."""
    rows: dict[tuple[str, str], list[Mention]] = {}
    for m in plan.mentions:
        if m.role is Role.TARGET and m.context:
            rows.setdefault((m.context, subject(m)), []).append(m)
    for row in rows.values():
        total = next((m for m in row if m.basis is Basis.CUMULATIVE and _is_figure(m)), None)
        years = [m for m in row if m.basis in (Basis.COUNT, Basis.NEW) and m.year and _is_figure(m)]
        if total is None or len(years) < _SHORTEST_WAY or total.year != max(m.year or 0 for m in years):
            continue
        whole, said = sum((quantity(m).number for m in years), Fraction(0)), quantity(total).number
        if whole != said and not _adds_up_on_the_way(years, said):
            facts = {
                "indicator": total.indicator, "sum": _in_unit(whole, total), "total": printed(total),
                "years": [f"{m.year}年 {printed(m)}" for m in years],
            }  # fmt: skip
            yield Doubt("consistency.years_not_total", Severity.WARNING, facts, (passage(years[0]), passage(total)))


def _adds_up_on_the_way(years: Sequence[Mention], total: Fraction) -> bool:
    """Whether the yearly numbers are states that end at the total, not what each year adds."""
    numbers = [quantity(m).number for m in years]
    return numbers == sorted(numbers) and numbers[-1] == total


def _is_figure(m: Mention) -> bool:
    return m.comparator in (Comparator.EQUAL, Comparator.AT_LEAST)


def _every_year(plan: Plan) -> Iterator[Doubt]:
    """每年 so many, against the total that the same paper sets for the period."""
    first, last = plan.meta.period_start, plan.meta.period_end
    if first is None or last is None:
        return
    figures = [m for m in plan.mentions if m.role is Role.TARGET and _is_figure(m)]
    totals = [m for m in figures if m.basis is Basis.CUMULATIVE and m.year == last]
    for one in filter(_each_year, figures):
        for total in totals:
            if not _one_matter(one, total):
                continue
            made = quantity(one).number * (last - first + 1)
            if made > quantity(total).number:
                facts = {
                    "indicator": one.indicator, "each": printed(one), "years": last - first + 1,
                    "sum": _in_unit(made, one), "total": printed(total),
                }  # fmt: skip
                yield Doubt("consistency.yearly_over_total", Severity.QUESTION, facts, (passage(one), passage(total)))


def _one_matter(one: Mention, total: Mention) -> bool:
    """Whether a yearly value and a total count the same; two values of one sentence are about two things."""
    same = subject(total) == subject(one) and plain_unit(total.unit)[0] == plain_unit(one.unit)[0]
    return same and total.context != one.context


def _in_unit(amount: Fraction, like: Mention) -> str:
    """The amount in the printed unit of a mention."""
    return exact(amount / plain_unit(like.unit)[1]) + (like.unit or "")


def _each_year(m: Mention) -> bool:
    """Whether the words say 每年 of this very value, and the values of the years add up."""
    added = m.basis not in (Basis.REDUCTION, Basis.CUMULATIVE) and plain_unit(m.unit)[0] != "%"
    return added and fold(m.scope or "") == "每年" and "每年" in clause_before(m)


def _ways(plan: Plan) -> Iterator[Doubt]:
    """A yearly way that turns back; what is made in each year may rise and fall as it likes."""
    by_id = {m.id: m for m in plan.mentions}
    told: set[tuple[str, int]] = set()
    for target in plan.targets:
        steps = sorted(target.path.items())
        if len(steps) < _SHORTEST_WAY or not target.own or not _climbs(target):
            continue
        sign = 1 if target.direction == "higher" else -1
        for (year, value), (after, later) in pairwise(steps):
            if sign * (Fraction(later) - Fraction(value)) < 0 and (target.indicator, year) not in told:
                told.add((target.indicator, year))
                facts = {
                    "indicator": target.indicator, "year": year, "value": value, "later": after, "then": later,
                    "unit": target.unit or "",
                }  # fmt: skip
                of_years = (by_id[i] for i in target.mentions if i in by_id and by_id[i].year in (year, after))
                yield Doubt("consistency.way_turns_back", Severity.QUESTION, facts, tuple(map(passage, of_years)))


def _climbs(target: Target) -> bool:
    level = target.basis in (Basis.LEVEL, Basis.CUMULATIVE) and not target.comparator_judged.states_a_change
    return level and target.direction in ("higher", "lower") and not _CHANGE.search(target.indicator)
