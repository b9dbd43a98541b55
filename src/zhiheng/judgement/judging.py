"""What is the verdict on each target of a plan on a day, from the values known?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.base.reading import Reading
from zhiheng.evidence.names import plain_name
from zhiheng.evidence.places import same_place
from zhiheng.indicators.asked import HANDED_DOWN
from zhiheng.indicators.computed import Absence
from zhiheng.indicators.counting import counts_from_zero, holds_each_year, mean_over_period
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.averages import decide_average
from zhiheng.judgement.bound import Bound, bound_of
from zhiheng.judgement.case import Case, Point, reported_as_level, with_values
from zhiheng.judgement.comparable import basis_words, differences
from zhiheng.judgement.events import decide_zero_events, forbids_events
from zhiheng.judgement.finding import Finding, found
from zhiheng.judgement.handed_down import as_target, with_assigned_value
from zhiheng.judgement.levels import decide_level
from zhiheng.judgement.outlook import forecast
from zhiheng.judgement.standing import decide_standing
from zhiheng.judgement.sums import decide_sum, total_of
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.plans.model import CommitmentKind, Comparator, Meta, Modality, Plan, Target
from zhiheng.rules.messages import sentence

_EVENTS = (Basis.COUNT, Basis.NEW, Basis.CUMULATIVE)
_GOOD = (Verdict.MET, Verdict.ON_TRACK)
_OPEN = Bound(Comparator.EQUAL)


def judge(plan: Plan, values: Iterable[IndicatorValue], as_of: date, rule: Reading) -> tuple[Judgement, ...]:
    """One judgement for each of the plan's own targets and for each promise whose value a higher level hands down.

    `rule` is the reading of `plan.progress` on that day. Targets of a predecessor are judged by `judge_reported` alone.
    """
    known: dict[str, list[IndicatorValue]] = {}
    for value in values:
        known.setdefault(plain_name(value.indicator), []).append(value)

    def judged(target: Target, relative: bool = False) -> Judgement:
        mine = known.get(plain_name(target.indicator), [])
        return judge_target(target, plan.meta, mine, as_of, rule, relative=relative)

    own = [judged(t) for t in plan.targets if t.own]
    promised = [c for c in plan.commitments if c.kind in HANDED_DOWN]
    relative = {c.id for c in promised if c.kind is CommitmentKind.RELATIVE}
    handed = [judged(as_target(c), c.id in relative) for c in promised]
    return (*own, *handed)


def judge_target(
    target: Target, meta: Meta, values: Sequence[IndicatorValue], as_of: date, rule: Reading, *, relative: bool = False
) -> Judgement:
    """One target judged from the values of its indicator."""
    here = [v for v in values if same_place(v.place, meta.region_name)]
    assigned = sorted((v for v in here if v.assigned), key=lambda v: v.period)
    observed = [v for v in here if not v.assigned and v.period.start <= as_of]
    bound = bound_of(target)
    if bound is None:
        valued = with_assigned_value(target, assigned)
        bound = bound_of(valued) if valued else None
        target = valued or target
    case = with_values(Case(target, meta, as_of, rule, bound or _OPEN), [v for v in observed if v.amount is not None])
    finding = _unanswerable(case, bound, relative, bool(assigned)) or _evidence(case, values, observed)
    if finding is None:
        fitting = [v for v in case.values if not differences(target, v)]
        case = with_values(case, fitting)
        finding = _conflict(case) or _proven(case, _way(case)(case))
    return _judgement(case, finding)


def _unanswerable(case: Case, bound: Bound | None, relative: bool, assigned: bool) -> Finding | None:
    """What no figure can settle: a convention the text leaves open, a value that was never handed down."""
    if case.target.questions:
        asked = [sentence(q.code, q.facts) for q in case.target.questions]
        english = [sentence(q.code, q.facts, "en") for q in case.target.questions]
        facts = {"question": " ".join(asked), "question_en": " ".join(english)}
        return _about(case, Verdict.UNCONFIRMED, "question_open", **facts)
    if bound is not None:
        return None
    if assigned:
        return _about(case, Verdict.UNCONFIRMED, "assigned_without_bound")
    reason = "pending_comparison" if relative else "pending_assignment"
    return _about(case, Verdict.PENDING_ASSIGNMENT, reason, text=case.target.text or case.target.indicator)


def _evidence(case: Case, mine: Sequence[IndicatorValue], observed: Sequence[IndicatorValue]) -> Finding | None:
    """Whether there is anything to judge by."""
    others = [v for v in mine if not v.assigned and v not in observed and v.period.start <= case.as_of]
    if not observed and others:
        places = sorted({v.place or "" for v in others})
        facts = {"places": places, "region": case.meta.region_name or "—"}
        return found(case, Verdict.NO_EVIDENCE, "only_other_places", None, facts)
    if not observed:
        return found(case, Verdict.NO_EVIDENCE, "no_values")
    if not case.values:
        return _absent(case, observed)
    if all(differences(case.target, v) for v in case.values):
        last = case.values[-1]
        facet, promised, measured = differences(case.target, last)[0]
        say = basis_words if facet == "basis" else str
        facts = {"promised": say(promised), "measured": say(measured), "promised_en": promised, "measured_en": measured}
        return found(case, Verdict.NOT_COMPARABLE, f"differs_in_{facet}", last, facts)
    return None


def _absent(case: Case, observed: Sequence[IndicatorValue]) -> Finding:
    """Observations without an amount: reports that lack it, or records that make none."""
    periods = [v.period for v in observed]
    absences = list(dict.fromkeys(v.records.absence for v in observed if v.records is not None and v.records.absence))
    if not absences:
        return found(case, Verdict.NO_EVIDENCE, "values_missing", None, {"periods": periods})
    verdict = Verdict.NOT_COMPARABLE if Absence.MIXED in absences else Verdict.NO_EVIDENCE
    why, why_en = ([sentence(f"indicators.absence_{a}", {}, language) for a in absences] for language in ("zh", "en"))
    facts = {"periods": periods, "why": "；".join(why), "why_en": "; ".join(why_en)}
    return found(case, verdict, "records_make_none", None, facts)


def _conflict(case: Case) -> Finding | None:
    """Two values of one period that say different things of the same: neither is known right."""
    said: dict[tuple[Period, bool, bool], IndicatorValue] = {}
    for other in case.values:
        # A total up to now beside what is new, and a level beside its change, are different things.
        level = case.changes and reported_as_level(other)
        one = said.setdefault((other.period, other.basis is Basis.CUMULATIVE, level), other)
        if one.amount != other.amount:
            facts = {"one": one.printed or one.amount, "other": other.printed or other.amount}
            return found(case, Verdict.NO_EVIDENCE, "values_conflict", other, facts)
    return None


def _way(case: Case) -> Callable[[Case], Finding]:
    """By what kind of promise it is judged."""
    target = case.target
    if forbids_events(case):
        return decide_zero_events
    if mean_over_period(target):
        return decide_average
    if target.modality is Modality.MAINTAIN or holds_each_year(target):
        return decide_standing
    return decide_sum if counts_from_zero(target) else decide_level


def _proven(case: Case, finding: Finding) -> Finding:
    """A limit on events is not kept by zeros of which nobody says how they are known."""
    bound, basis = case.bound, case.target.basis
    limits_events = basis in _EVENTS and bound.high is not None and (bound.low is None or bound.high == 0)
    if not limits_events or forbids_events(case) or finding.verdict not in _GOOD:
        return finding
    whole = counts_from_zero(case.target) or case.target.modality is Modality.MAINTAIN
    deciding = [p.value for p in case.points] if whole else [finding.value]
    bare = [v for v in deciding if v is not None and v.amount == 0 and v.proof is None and v.denominator is None]
    return found(case, Verdict.NO_EVIDENCE, "zero_unproven", bare[-1]) if bare else finding


def _about(case: Case, verdict: Verdict, reason: str, **facts: object) -> Finding:
    """A finding about a target whose bound is not known."""
    return Finding(verdict, f"judgement.{reason}", {"indicator": case.target.indicator, **facts})


def _judgement(case: Case, finding: Finding) -> Judgement:
    totals = _totals(case)
    return Judgement(
        target_id=case.target.id,
        indicator=case.target.indicator,
        as_of=case.as_of,
        period=finding.value.period if finding.value else None,
        verdict=finding.verdict,
        reason=finding.reason,
        sentence=sentence(finding.reason, finding.facts),
        reason_facts=finding.facts,
        value=finding.value,
        observations=case.values,
        totals=totals,
        progress=finding.progress,
        forecast=forecast(case, totals or _series(case)) if case.values and _is_numeric(case) else None,
    )


def _is_numeric(case: Case) -> bool:
    """Whether there is a number to extrapolate: not of events that must not happen, nor of a mean over the period."""
    return case.bound is not _OPEN and not forbids_events(case) and not mean_over_period(case.target)


def _totals(case: Case) -> tuple[Point, ...]:
    """The running totals of a target that adds up from zero; none of periods that cannot be added."""
    if case.bound is _OPEN or _way(case) is not decide_sum:
        return ()
    total = total_of(case)
    return total.points if total and not total.overlapping else ()


def _series(case: Case) -> Sequence[Point]:
    """The base and what followed, which a trend is read from."""
    base, points = case.base, case.points
    return (base, *points) if base is not None and points and base.at < points[0].at else points
