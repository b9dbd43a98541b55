"""Has enough come together since the period began?

What is new in the period, or summed over it, counts from zero: never the base figure plus the new ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.calendar_years import position, uncovered_years
from zhiheng.judgement.case import Case, Point, known_amount
from zhiheng.judgement.finding import Finding, amount_in_unit, found
from zhiheng.judgement.levels import nothing_within, on_the_way
from zhiheng.judgement.progress import by_comparison
from zhiheng.judgement.verdict import Progress, ProgressState, Verdict
from zhiheng.judgement.words import both, years_text


@dataclass(frozen=True, slots=True)
class Total:
    """What has come together: `points` are the running totals, `missing` the years of which something is not reported."""

    points: tuple[Point, ...]
    missing: tuple[int, ...]
    overlapping: bool = False

    @property
    def amount(self) -> Fraction:
        """The total so far."""
        return self.points[-1].amount


def decide_sum(case: Case) -> Finding:
    """The total against the bound: a least amount is met once reached, a limit is missed once passed."""
    total = total_of(case)
    if total is None:
        return nothing_within(case)
    value = total.points[-1].value
    facts = total_facts(case, total)
    if total.overlapping:
        return found(case, Verdict.NOT_COMPARABLE, "overlapping_periods", value, facts)
    bound, amount, done = case.bound, total.amount, by_comparison(ProgressState.DONE)
    if bound.high is not None and not bound.holds(amount) and amount >= bound.high:
        return found(case, Verdict.MISSED, "sum_over_limit", value, facts)
    if bound.high is None and bound.holds(amount):
        return found(case, Verdict.MET, "sum_met" if case.due else "sum_met_early", value, facts, progress=done)
    if case.due and total.missing:
        return found(case, Verdict.NO_EVIDENCE, "sum_with_gaps", value, {**facts, "years": years_text(total.missing)})
    if case.due and bound.holds(amount):
        return found(case, Verdict.MET, "sum_met", value, facts, progress=done)
    if case.due:
        gap = abs(bound.goal(amount) - amount)
        return found(case, Verdict.MISSED, "sum_missed", value, {**facts, "gap": amount_in_unit(case, gap)})
    return _within_limit(case, total, facts) if bound.upper_only else _growing(case, total, facts)


def _growing(case: Case, total: Total, facts: dict[str, object]) -> Finding:
    """Against the share of time; what is not reported can only add, so a lag with gaps is not known to be one."""
    start = Point(Fraction(case.first_year), Fraction(0)) if case.first_year else None
    finding = on_the_way(case, start, total.points, **facts)
    if finding.verdict is Verdict.BEHIND and total.missing:
        years = years_text(total.missing)
        return found(case, Verdict.NO_EVIDENCE, "sum_with_gaps", finding.value, {**facts, "years": years})
    return finding


def _within_limit(case: Case, total: Total, facts: dict[str, object]) -> Finding:
    """A limit not passed yet: used up no faster than time goes by."""
    latest, end = total.points[-1], case.last_year
    if case.first_year is None or end is None:
        return found(case, Verdict.NO_EVIDENCE, "no_baseline", latest.value, facts)
    if total.missing:
        return found(case, Verdict.NO_EVIDENCE, "sum_with_gaps", latest.value, {**facts, "years": years_text(total.missing)})
    limit, elapsed = case.bound.goal(), (latest.at - case.first_year) / (end + 1 - case.first_year)
    state = ProgressState.ON_TRACK if latest.amount <= limit * elapsed else ProgressState.LAG
    share = latest.amount / limit if limit else None
    progress = Progress(state, share, elapsed, limit * elapsed)
    verdict = Verdict.ON_TRACK if state is ProgressState.ON_TRACK else Verdict.BEHIND
    reason = "limit_kept_so_far" if state is ProgressState.ON_TRACK else "limit_used_fast"
    schedule = amount_in_unit(case, limit * elapsed)
    return found(case, verdict, reason, latest.value, {**facts, "schedule": schedule}, progress=progress)


def total_of(case: Case) -> Total | None:
    """The running totals of what was reported within the period, or None when nothing was.

    A reported total (累计) stands for all that came before its end; what is new after it is added to it.
    """
    start = date(case.first_year, 1, 1) if case.first_year else date.min
    values = [p.value for p in case.points if p.value is not None and p.value.period.start >= start]
    if not values:
        return None
    running = [v for v in values if v.basis is Basis.CUMULATIVE]
    counted_to = running[-1].period.end if running else date.min
    parts, overlapping = _parts([v for v in values if v not in running and v.period.end > counted_to])
    points = [_point(case, v, known_amount(v)) for v in running]
    amount = points[-1].amount if points else Fraction(0)
    for value in parts:
        amount += known_amount(value)
        points.append(_point(case, value, amount))
    crossing = overlapping or bool(parts and parts[0].period.start <= counted_to)
    return Total(tuple(points), _gaps(case, running, parts), crossing)


def _point(case: Case, value: IndicatorValue, total: Fraction) -> Point:
    return Point(position(min(value.period.end, case.as_of)), total, value)


def _parts(values: Sequence[IndicatorValue]) -> tuple[list[IndicatorValue], bool]:
    """Values that add up without counting a day twice: a period within a longer one is left out; crossing ones do not add."""
    chosen: list[IndicatorValue] = []
    crossing = False
    for value in sorted(values, key=lambda v: (v.period.start, -v.period.end.toordinal())):
        last = chosen[-1].period if chosen else None
        if last is None or value.period.start > last.end:
            chosen.append(value)
        elif value.period.end > last.end:
            crossing = True
    return chosen, crossing


def _gaps(case: Case, running: Sequence[IndicatorValue], parts: Sequence[IndicatorValue]) -> tuple[int, ...]:
    """Years of the period not fully reported: up to the deadline when it has come, else up to the last report."""
    reported = (*running, *parts)
    first = case.first_year if case.first_year is not None else reported[0].period.start.year
    until = case.deadline if case.due and case.deadline else reported[-1].period.end
    covered = [v.period for v in parts]
    if running:
        covered.append(Period(min(date(first, 1, 1), running[-1].period.start), running[-1].period.end))
    return uncovered_years(covered, first, until)


def total_facts(case: Case, total: Total) -> dict[str, object]:
    """The total and the periods it is made of; a reported total reaches back to where the period began."""
    values = [p.value for p in total.points if p.value is not None]
    first, last = values[0].period, values[-1].period
    if values[0].basis is Basis.CUMULATIVE and case.first_year and case.first_year < first.start.year:
        first = Period.year(case.first_year)
    period: dict[str, object] = {"period": first}
    if first != last:
        period = {**both("period", "judgement.total_period", {"first": first, "last": last})}
    return {**period, "value": amount_in_unit(case, total.amount), "count": len(values)}
