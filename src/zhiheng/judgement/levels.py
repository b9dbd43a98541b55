"""Is a level, a count or an accumulated total where it was promised to be?"""

from __future__ import annotations

from zhiheng.base.quantity import Basis
from zhiheng.base.reading import RuleStanding
from zhiheng.evidence.units import PERCENT, canonical
from zhiheng.judgement.calendar_years import position
from zhiheng.judgement.case import Case, Point
from zhiheng.judgement.finding import Finding, amount_in_unit, found, point_facts
from zhiheng.judgement.outlook import with_needs
from zhiheng.judgement.progress import along_the_way, by_comparison, progress_facts
from zhiheng.judgement.verdict import ProgressState, Verdict

_GOOD = (ProgressState.AHEAD, ProgressState.ON_TRACK)


def decide_level(case: Case) -> Finding:
    """The value at the deadline decides; before it, the latest one and how far it is along the way."""
    # A total over all history so far is one on any day.
    points = case.points if case.target.basis is Basis.CUMULATIVE else case.ended_points
    if not points:
        return nothing_within(case)
    latest = points[-1]
    if case.due:
        return _at_deadline(case, points)
    if case.bound.holds(latest.amount):
        done, reason = by_comparison(ProgressState.DONE), "holds_now" if case.holds_at_base else "met_early"
        return found(case, Verdict.MET, reason, latest.value, point_facts(case, latest), progress=done)
    return on_the_way(case, case.base, points)


def _at_deadline(case: Case, points: tuple[Point, ...]) -> Finding:
    latest = points[-1]
    final = latest.value is not None and case.deadline is not None and latest.value.period.end == case.deadline
    # What has been accumulated over all history does not shrink, so an earlier total settles a least number.
    stays = case.target.basis is Basis.CUMULATIVE and case.bound.high is None and case.bound.holds(latest.amount)
    facts = point_facts(case, latest)
    if not final and not stays:
        return found(case, Verdict.NO_EVIDENCE, "no_final_value", latest.value, facts)
    if case.bound.holds(latest.amount):
        done = by_comparison(ProgressState.DONE)
        # All of a whole (100 %) may be a rounded 99.96; 100 of anything else is what was counted.
        whole = case.bound.low == 100 and canonical(case.target.unit) == PERCENT
        reason = "met_whole" if whole and latest.value and latest.value.numerator is None else "met"
        return found(case, Verdict.MET, reason, latest.value, facts, progress=done)
    gap = abs(case.bound.goal(latest.amount) - latest.amount)
    reason = "missed" if gap else "missed_strict"
    return found(case, Verdict.MISSED, reason, latest.value, {**facts, "gap": amount_in_unit(case, gap)})


def on_the_way(case: Case, start: Point | None, points: tuple[Point, ...], **facts: object) -> Finding:
    """A target not reached yet, by path or line; where base and target coincide, by comparison alone."""
    latest = points[-1]
    facts = {**point_facts(case, latest), **facts}
    if case.last_year is None:
        return found(case, Verdict.UNCONFIRMED, "no_deadline", latest.value, facts)
    if case.rule.standing is not RuleStanding.IN_FORCE and not case.holds_at_base:
        facts |= {"rule": case.rule.label, "standing": case.rule.standing.value}
        return found(case, Verdict.UNCONFIRMED, "rule_not_in_force", latest.value, facts)
    series = (start, *points) if start is not None and start.at < points[0].at else points
    progress = along_the_way(case, start, latest)
    if progress is None and case.holds_at_base:
        progress = with_needs(by_comparison(ProgressState.LAG), case, series)
        return found(case, Verdict.BEHIND, "fallen_below_base", latest.value, facts, progress=progress)
    if progress is None:
        floor = case.target.baseline is not None and case.target.baseline.floor
        return found(case, Verdict.NO_EVIDENCE, "base_is_floor" if floor else "no_baseline", latest.value, facts)
    progress = with_needs(progress, case, series)
    verdict = Verdict.ON_TRACK if progress.state in _GOOD else Verdict.BEHIND
    told = progress_facts(case, progress)
    return found(case, verdict, progress.state.value, latest.value, {**told, **facts}, progress=progress)


def nothing_within(case: Case) -> Finding:
    """There are values, but none within the target's period, or of one that is over, or none to compute a change from."""
    running = [p.value for p in case.points if p.value is not None and p.value.period.end > case.as_of]
    if running:
        return found(case, Verdict.NO_EVIDENCE, "period_not_over", running[-1])
    if case.changes and any(position(v.period.end) > (case.first_year or 0) for v in case.values):
        last = case.values[-1]
        return found(case, Verdict.NO_EVIDENCE, "change_needs_baseline", last)
    return found(case, Verdict.NO_EVIDENCE, "none_within", case.values[-1], {"first": case.first_year or "—"})
