"""What does a plan's own report on its predecessor amount to?

A plan that prints its predecessor's targets beside what was achieved is judged from its own text, printed value against
printed value, exact to the last digit. These targets are never mixed with the plan's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from zhiheng.base.quantity import Basis
from zhiheng.evidence.units import same_unit
from zhiheng.judgement.bound import Bound, bound_of
from zhiheng.judgement.verdict import Verdict
from zhiheng.judgement.words import both, bound_texts
from zhiheng.plans.model import Comparator, Mention, Plan, Target
from zhiheng.rules.messages import sentence

_LEAST = (Comparator.AT_LEAST, Comparator.ABOVE)
_MOST = (Comparator.AT_MOST, Comparator.BELOW)
# The verdict that speaks for several actual figures of one target.
_WORST_FIRST = (Verdict.MISSED, Verdict.NOT_COMPARABLE, Verdict.UNCONFIRMED, Verdict.NO_EVIDENCE, Verdict.MET)


@dataclass(frozen=True, slots=True)
class ReportedVerdict:
    """A predecessor's target judged from the plan's own text; `reason` names the sentence, lines count from 1."""

    target_id: str
    indicator: str
    target_line: int | None
    actual_line: int | None
    verdict: Verdict
    reason: str
    sentence: str
    reason_facts: Mapping[str, object] = field(default_factory=dict)
    actual_id: str | None = None  # the mention that the target was held against


def judge_reported(plan: Plan) -> tuple[ReportedVerdict, ...]:
    """One verdict for each target of a predecessor that the plan reports, in the plan's order."""
    mentions = {m.id: m for m in plan.mentions}
    return tuple(_judged(t, [mentions[i] for i in t.actuals if i in mentions]) for t in plan.targets if not t.own)


def _judged(target: Target, actuals: list[Mention]) -> ReportedVerdict:
    bound = bound_of(target)
    if target.questions or bound is None:
        asked = [sentence(q.code, q.facts, language) for language in ("zh", "en") for q in target.questions]
        half = len(asked) // 2
        facts = {"question": " ".join(asked[:half]), "question_en": " ".join(asked[half:])}
        return _verdict(target, actuals[0] if actuals else None, Verdict.UNCONFIRMED, "question_open", facts)
    if not actuals:
        return _verdict(target, None, Verdict.NO_EVIDENCE, "reported_nothing", bound_texts(target, bound))
    judged = [_compared(target, bound, actual) for actual in actuals]
    return min(judged, key=lambda v: _WORST_FIRST.index(v.verdict))


def _compared(target: Target, bound: Bound, actual: Mention) -> ReportedVerdict:
    printed = actual.text or "—"
    facts: dict[str, object] = {**bound_texts(target, bound), "value": printed, "value_en": printed}
    for facet in _differences(target, actual):
        facts |= both("facet", f"judgement.facet_{facet}", {})
        return _verdict(target, actual, Verdict.NOT_COMPARABLE, "reported_differs", facts)
    holds = _holds(bound, actual)
    if holds is None:
        return _verdict(target, actual, Verdict.UNCONFIRMED, "reported_open", facts)
    verdict, reason = (Verdict.MET, "reported_met") if holds else (Verdict.MISSED, "reported_missed")
    return _verdict(target, actual, verdict, reason, facts)


def _holds(bound: Bound, actual: Mention) -> bool | None:
    """Whether the printed figure satisfies the bound; None when it is itself only a bound (98%以上) and leaves it open."""
    low = None if actual.value_low is None else Fraction(actual.value_low)
    high = None if actual.value_high is None else Fraction(actual.value_high)
    if actual.comparator is Comparator.ZERO_EVENTS:
        low = high = Fraction(0)
    if actual.comparator in _LEAST and low is not None:
        beyond = actual.comparator is Comparator.ABOVE and low == bound.low
        return True if bound.high is None and (bound.holds(low) or beyond) else None
    if actual.comparator in _MOST and high is not None:
        beyond = actual.comparator is Comparator.BELOW and high == bound.high
        return True if bound.low is None and (bound.holds(high) or beyond) else None
    ends = [end for end in (low, high) if end is not None]
    answers = {bound.holds(end) for end in ends}
    return answers.pop() if len(answers) == 1 else None


def _differences(target: Target, actual: Mention) -> Iterator[str]:
    """What keeps the two from being compared. Marks in one column only (`{15}家` beside `10家`) are shared by the row."""
    if not same_unit(target.unit, actual.unit) and target.unit and actual.unit:
        yield "unit"
    if {target.basis, actual.basis} == {Basis.NEW, Basis.CUMULATIVE}:
        yield "basis"
    if target.scope and actual.scope and target.scope != actual.scope:
        yield "scope"
    if target.catalogue and actual.catalogue and target.catalogue.indicator != actual.catalogue.indicator:
        yield "programme"


def _verdict(
    target: Target, actual: Mention | None, verdict: Verdict, reason: str, facts: Mapping[str, object]
) -> ReportedVerdict:
    told = {"indicator": target.indicator, **facts}
    return ReportedVerdict(
        target_id=target.id,
        indicator=target.indicator,
        target_line=target.anchor.place.line if target.anchor else None,
        actual_line=actual.anchor.place.line if actual else None,
        verdict=verdict,
        reason=f"judgement.{reason}",
        sentence=sentence(f"judgement.{reason}", told),
        reason_facts=told,
        actual_id=actual.id if actual else None,
    )
