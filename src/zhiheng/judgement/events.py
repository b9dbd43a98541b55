"""Did nothing happen, and is that known?

A zero is evidence only when a department declares it or a complete register proves it: an empty register and a
register nobody keeps look alike.
"""

from __future__ import annotations

from datetime import date

from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.calendar_years import uncovered_years
from zhiheng.judgement.case import Case
from zhiheng.judgement.finding import Finding, found
from zhiheng.judgement.levels import nothing_within
from zhiheng.judgement.progress import by_comparison
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.judgement.words import both, value_text, years_text
from zhiheng.plans.model import Comparator

_EVENT_UNIT = "起"
_EVENT_WORDS = ("事故", "事件")


def forbids_events(case: Case) -> bool:
    """零发生 in words, or a table's bare 0 beside something that happens or does not."""
    if case.bound.comparator is Comparator.ZERO_EVENTS:
        return True
    target = case.target
    happens = target.unit == _EVENT_UNIT or any(word in target.indicator for word in _EVENT_WORDS)
    return case.bound.high == 0 and happens and target.basis in (Basis.COUNT, Basis.LEVEL)


def decide_zero_events(case: Case) -> Finding:
    """One event misses the target at once; zero is kept as far as every year that has passed is declared or proven."""
    values = [p.value for p in case.points if p.value is not None]
    if not values:
        return nothing_within(case)
    happened = [v for v in values if v.amount]
    if happened:
        told: dict[str, object] = {"count": len(happened)}
        if not happened[0].unit:  # a number of events stands without a unit where the plan says 零发生 in words
            told["value"] = told["value_en"] = f"{value_text(happened[0])}{_EVENT_UNIT}"
        return found(case, Verdict.MISSED, "event_happened", happened[0], told)
    known = [v for v in values if known_zero(v)]
    if not known:
        return found(case, Verdict.NO_EVIDENCE, "zero_unproven", values[-1])
    missing = _unknown_years(case, known)
    facts = proof_facts(known)
    if missing:
        return found(case, Verdict.NO_EVIDENCE, "zero_with_gaps", known[-1], {**facts, "years": years_text(missing)})
    done = by_comparison(ProgressState.DONE)
    return found(case, Verdict.MET, "zero_kept" if case.due else "zero_so_far", known[-1], facts, progress=done)


def known_zero(value: IndicatorValue) -> bool:
    """Whether a zero says how it is known."""
    return value.amount == 0 and value.proof is not None


def proof_facts(values: list[IndicatorValue]) -> dict[str, str]:
    """How the zeros are known; the weaker proof speaks for all."""
    proven = all(v.proof is Proof.PROVEN for v in values)
    return both("proof", "judgement.zero_proven" if proven else "judgement.zero_declared", {})


def _unknown_years(case: Case, known: list[IndicatorValue]) -> tuple[int, ...]:
    """Years that have passed without a known zero for all their days."""
    periods = [v.period for v in known]
    first = case.first_year
    if first is None:
        first = case.last_year if case.due and case.last_year else max(p.end.year for p in periods)
    last_full_year = date(case.as_of.year - 1, 12, 31)
    return uncovered_years(periods, first, case.deadline if case.due and case.deadline else last_full_year)
