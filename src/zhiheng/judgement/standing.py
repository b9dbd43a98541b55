"""Was a promise to keep a level kept at every observation?"""

from __future__ import annotations

from zhiheng.evidence.units import PERCENT, canonical
from zhiheng.indicators.counting import holds_each_year
from zhiheng.judgement.calendar_years import whole_years
from zhiheng.judgement.case import Case, Point, reported_as_level
from zhiheng.judgement.finding import Finding, found, point_facts
from zhiheng.judgement.levels import nothing_within
from zhiheng.judgement.progress import by_comparison
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.judgement.words import years_text


def decide_standing(case: Case) -> Finding:
    """One failing observation misses the target, before the deadline too; at the deadline no year may be unobserved."""
    points = _observations(case)
    if not points and case.ended_points:
        return found(case, Verdict.NO_EVIDENCE, "whole_years_needed", case.ended_points[-1].value)
    if not points:
        return nothing_within(case)
    failing = [p for p in points if not case.bound.holds(p.amount)]
    latest = points[-1]
    facts = {"count": len(points), "failing": len(failing)}
    if failing:
        worst = failing[-1]
        return found(case, Verdict.MISSED, "not_kept", worst.value, {**point_facts(case, worst), **facts})
    told = {**point_facts(case, latest), **facts}
    if case.due and (missing := _unobserved(case, points)):
        return found(case, Verdict.NO_EVIDENCE, "kept_with_gaps", latest.value, {**told, "years": years_text(missing)})
    done = by_comparison(ProgressState.DONE)
    return found(case, Verdict.MET, "kept" if case.due else "kept_so_far", latest.value, told, progress=done)


def _observations(case: Case) -> tuple[Point, ...]:
    """All of periods that are over; of an amount that each year has to bring, whole years only, a running one if settled."""
    if not holds_each_year(case.target) or canonical(case.target.unit) == PERCENT:
        return case.ended_points
    return tuple(p for p in case.points if p.value is not None and _is_a_year(p, case))


def _is_a_year(point: Point, case: Case) -> bool:
    value = point.value
    if value is None or not whole_years(value.period) or (case.changes and reported_as_level(value)):
        return False
    if value.period.end <= case.as_of:
        return True
    # What a year has brought so far can only grow: a least amount is reached, a limit is passed.
    enough, too_much = case.bound.high is None, case.bound.low is None
    return enough if case.bound.holds(point.amount) else too_much


def _unobserved(case: Case, points: tuple[Point, ...]) -> tuple[int, ...]:
    """Years of the period without a single observation; only the deadline's year when the plan has no first year."""
    if case.last_year is None:
        return ()
    first = case.first_year if case.first_year is not None else case.last_year
    periods = [p.value.period for p in points if p.value is not None]
    seen = {year for period in periods for year in range(period.start.year, period.end.year + 1)}
    return tuple(year for year in range(first, case.last_year + 1) if year not in seen)
