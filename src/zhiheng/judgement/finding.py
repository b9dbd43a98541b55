"""What did the judge find, and by which reason?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.case import Case, Point, reported_as_level
from zhiheng.judgement.verdict import Progress, Verdict
from zhiheng.judgement.words import amount_text, both, bound_texts, change_texts, value_text, with_unit
from zhiheng.plans.model import Comparator


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with the code of its reason, the facts that fill it, and the value that decides."""

    verdict: Verdict
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)
    value: IndicatorValue | None = None
    progress: Progress | None = None


def found(
    case: Case,
    verdict: Verdict,
    reason: str,
    value: IndicatorValue | None = None,
    facts: Mapping[str, object] | None = None,
    *,
    progress: Progress | None = None,
) -> Finding:
    """A finding about a case: indicator, bound, deadline, period and value are always among its facts."""
    given: dict[str, object] = {
        "indicator": case.target.indicator,
        "deadline": case.last_year,
        "as_of": case.as_of,
        **bound_texts(case.target, case.bound),
    }
    if value is not None:
        given |= {"period": value.period, "value": value_text(value, case.bound)}
    given |= facts or {}
    given = {f"{name}_en": given[name] for name in ("period", "value") if name in given} | given
    return Finding(verdict, f"judgement.{reason}", given, value, progress)


def point_facts(case: Case, point: Point) -> dict[str, object]:
    """How a point is written: of a change computed from a level, the change and the level it comes from."""
    value = point.value
    if value is None:
        return {}
    if not case.changes:
        return {"period": value.period, "value": value_text(value, case.bound)}
    if not reported_as_level(value):
        return {"period": value.period, **change_texts("value", case.target, value_text(value, case.bound))}
    return change_words(case, value, point.amount)


def change_words(case: Case, value: IndicatorValue, change: Fraction, kind: str = "") -> dict[str, object]:
    """A change (`kind` yearly: the mean of the years) and the level and base that it was computed from."""
    shown = with_unit(amount_text(change, case.bound), case.target.unit)
    base = case.target.baseline.value if case.target.baseline else ""
    facts = {"change": shown, "level": value_text(value), "base": with_unit(base, value.unit)}
    way = "grown" if case.target.comparator_judged is Comparator.INCREASE_BY else "fallen"
    return {"period": value.period, **both("value", f"judgement.{kind}{way}", facts)}


def amount_in_unit(case: Case, amount: Fraction) -> str:
    """An amount in the target's unit."""
    return with_unit(amount_text(amount, case.bound), case.target.unit)
