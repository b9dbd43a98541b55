"""Was the promised mean of the whole period reached?

Plans do not say how the mean is taken. Where the ways of taking it (simple mean of the years, pooled counts, compound
growth) give the same answer it is the answer; where they do not, a person has to say which is meant. A yearly growth
known only from levels is the compound one, from the base to the last level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from zhiheng.evidence.units import PERCENT, canonical
from zhiheng.indicators.counting import names_a_change
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.calendar_years import position, uncovered_years, whole_years
from zhiheng.judgement.case import Case, known_amount, reported_as_level
from zhiheng.judgement.compound import compound_holds, compound_rate, holds_compound
from zhiheng.judgement.finding import Finding, amount_in_unit, change_words, found
from zhiheng.judgement.levels import nothing_within
from zhiheng.judgement.progress import by_comparison
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.judgement.words import both, years_text
from zhiheng.plans.model import Comparator


def decide_average(case: Case) -> Finding:
    """A mean reported for the period decides; else the means of the years, by every way of taking them."""
    values = [p.value for p in case.ended_points if p.value is not None]
    if not values:
        return nothing_within(case)
    levels = [v for v in values if case.changes and reported_as_level(v)]
    stated = [v for v in values if v not in levels]
    span = next((v for v in reversed(stated) if v.period.start.year < v.period.end.year), None)
    if span is not None and (span is values[-1] or (case.due and span.period.end == case.deadline)):
        return _concluded(case, span, {"": case.bound.holds(known_amount(span))}, {})
    years = [v for v in stated if whole_years(v.period) and v.period.start.year == v.period.end.year]
    missing = _missing(case, years)
    if levels and (missing or not years or levels[-1].period.end > years[-1].period.end):
        return _from_levels(case, levels[-1])
    if not years:
        return found(case, Verdict.NO_EVIDENCE, "average_needs_years", values[-1])
    if missing:
        return found(case, Verdict.NO_EVIDENCE, "average_with_gaps", years[-1], {"years": years_text(missing)})
    mean = sum(map(known_amount, years), Fraction(0)) / len(years)
    ends = {"first": years[0].period, "last": years[-1].period}
    facts = {**both("period", "judgement.mean_period", ends), "value": amount_in_unit(case, mean)}
    return _concluded(case, years[-1], _ways(case, years, mean), facts)


def _missing(case: Case, years: Sequence[IndicatorValue]) -> tuple[int, ...]:
    """Years of the period without a value: up to the deadline when it has come, else up to the last value."""
    if not years:
        return ()
    first = case.first_year or years[0].period.start.year
    until = case.deadline if case.due and case.deadline else years[-1].period.end
    return uncovered_years([v.period for v in years], first, until)


def _from_levels(case: Case, value: IndicatorValue) -> Finding:
    """The mean yearly change from the base to a level; the levels in between do not enter into it."""
    baseline, base = case.target.baseline, case.base
    if baseline is None or base is None:
        return found(case, Verdict.NO_EVIDENCE, "change_needs_baseline", value)
    start, end, years = Fraction(baseline.value), known_amount(value), position(value.period.end) - base.at
    if years.denominator != 1 or years <= 0:
        return found(case, Verdict.NO_EVIDENCE, "average_needs_years", value)
    if case.due and case.deadline and value.period.end != case.deadline:
        missing = uncovered_years([], value.period.end.year + 1, case.deadline)
        return found(case, Verdict.NO_EVIDENCE, "average_with_gaps", value, {"years": years_text(missing)})
    falling = case.target.comparator_judged is Comparator.DECREASE_BY
    if canonical(case.target.unit) != PERCENT:
        yearly = (end - start) * (-1 if falling else 1) / years
        holds = case.bound.holds(yearly)
    elif start > 0 and end > 0:
        yearly = compound_rate(end / start, int(years), falling)
        holds = compound_holds(case.bound, end / start, int(years), falling)
    else:
        return found(case, Verdict.NO_EVIDENCE, "change_needs_baseline", value)
    return _concluded(case, value, {"": holds}, change_words(case, value, yearly, "yearly_"))


def _ways(case: Case, years: Sequence[IndicatorValue], mean: Fraction) -> Mapping[str, bool]:
    """Whether the bound holds, by the simple mean and by what else the values allow."""
    ways = {"simple": case.bound.holds(mean)}
    pooled = pooled_ratio(years)
    if pooled is not None:
        ways["pooled"] = case.bound.holds(pooled)
    if case.changes or names_a_change(case.target.indicator):
        falling = case.target.comparator_judged is Comparator.DECREASE_BY
        ways["compound"] = holds_compound(case.bound, [known_amount(v) for v in years], falling)
    return ways


def pooled_ratio(years: Sequence[IndicatorValue]) -> Fraction | None:
    """All counts of the years in one ratio, in the scale that each year's own amount has to its counts; None without."""
    counts = [(v.numerator, v.denominator, known_amount(v)) for v in years]
    known = [(n, d, amount) for n, d, amount in counts if n is not None and d]
    scales = {amount * d / n for n, d, amount in known if n}
    if len(known) < len(counts) or len(scales) > 1:
        return None
    whole = sum((d for _, d, _ in known), Fraction(0))
    return sum((n for n, _, _ in known), Fraction(0)) / whole * (scales.pop() if scales else 1)


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
