"""Was the promised mean of the whole period reached?

Plans do not say how the mean is taken. Where the ways of taking it (simple mean of the years, pooled counts, compound
growth) give the same answer it is the answer; where they do not, a person has to say which is meant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from zhiheng.evidence.units import ratio_scale
from zhiheng.indicators.counting import names_a_change
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.calendar_years import uncovered_years, whole_years
from zhiheng.judgement.case import Case, reported_as_level
from zhiheng.judgement.finding import Finding, amount_in_unit, found
from zhiheng.judgement.levels import nothing_within
from zhiheng.judgement.progress import by_comparison
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.judgement.words import both, years_text
from zhiheng.plans.model import Comparator


def decide_average(case: Case) -> Finding:
    """A mean reported for the period decides; else the means of the years, by every way of taking them."""
    values = [p.value for p in case.points if p.value is not None]
    if not values:
        return nothing_within(case)
    span = next((v for v in reversed(values) if v.period.start.year < v.period.end.year), None)
    if span is not None and (span is values[-1] or (case.due and span.period.end == case.deadline)):
        return _concluded(case, span, {"": case.bound.holds(span.amount or Fraction(0))}, {})
    years = [v for v in values if whole_years(v.period) and v.period.start.year == v.period.end.year]
    if not years:
        return found(case, Verdict.NO_EVIDENCE, "average_needs_years", values[-1])
    first = case.first_year or years[0].period.start.year
    missing = uncovered_years([v.period for v in years], first, years[-1].period.end)
    if case.due and case.deadline:
        missing = uncovered_years([v.period for v in years], first, case.deadline)
    if missing:
        return found(case, Verdict.NO_EVIDENCE, "average_with_gaps", years[-1], {"years": years_text(missing)})
    mean = sum((v.amount or Fraction(0) for v in years), Fraction(0)) / len(years)
    ends = {"first": years[0].period, "last": years[-1].period}
    facts = {**both("period", "judgement.mean_period", ends), "value": amount_in_unit(case, mean)}
    return _concluded(case, years[-1], _ways(case, years, mean), facts)


def _ways(case: Case, years: Sequence[IndicatorValue], mean: Fraction) -> Mapping[str, bool]:
    """Whether the bound holds, by the simple mean and by what else the values allow."""
    ways = {"simple": case.bound.holds(mean)}
    counts = [(v.numerator, v.denominator) for v in years]
    if all(n is not None and d for n, d in counts):
        numerator = sum((n or Fraction(0) for n, _ in counts), Fraction(0))
        denominator = sum((d or Fraction(0) for _, d in counts), Fraction(0))
        ways["pooled"] = case.bound.holds(numerator / denominator * ratio_scale(years[-1].unit))
    if (case.changes or names_a_change(case.target.indicator)) and not any(reported_as_level(v) for v in years):
        falling = case.target.comparator_judged is Comparator.DECREASE_BY
        ways["compound"] = holds_compound(case.bound, [v.amount or Fraction(0) for v in years], falling)
    return ways


def holds_compound(bound: Bound, rates: Sequence[Fraction], falling: bool) -> bool:
    """Whether the yearly rate that compounds to the same end satisfies the bound; exact, without taking a root."""
    sign = -1 if falling else 1
    product = math.prod((1 + sign * rate / 100 for rate in rates), start=Fraction(1))

    def side(end: Fraction) -> int:
        """-1, 0, 1: the compound rate is below, at, above `end`."""
        power = (1 + sign * end / 100) ** len(rates)
        return sign * ((product > power) - (product < power))

    least = 1 if bound.strict else 0
    return (bound.low is None or side(bound.low) >= least) and (bound.high is None or -side(bound.high) >= least)


def _concluded(case: Case, value: IndicatorValue, ways: Mapping[str, bool], facts: Mapping[str, object]) -> Finding:
    answers = set(ways.values())
    if len(answers) > 1:
        named: dict[str, object] = {}
        for name, kept in (("kept", True), ("broken", False)):
            names = [both("way", f"judgement.average_{way}", {}) for way, holds in ways.items() if holds is kept]
            named |= {name: "、".join(n["way"] for n in names), f"{name}_en": ", ".join(n["way_en"] for n in names)}
        return found(case, Verdict.UNCONFIRMED, "average_ways_differ", value, {**facts, **named})
    holds = answers == {True}
    if case.due:
        verdict, reason = (Verdict.MET, "average_met") if holds else (Verdict.MISSED, "average_missed")
        state = ProgressState.DONE if holds else None
    else:
        verdict, reason = (Verdict.ON_TRACK, "average_so_far") if holds else (Verdict.BEHIND, "average_below_so_far")
        state = ProgressState.ON_TRACK if holds else ProgressState.LAG
    return found(case, verdict, reason, value, facts, progress=by_comparison(state) if state else None)
