"""How are values and verdicts written down as data? Records with fixed keys; amounts exact, as a decimal or as p/q."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from zhiheng.base.period import Period
from zhiheng.base.quantity import exact
from zhiheng.evidence.figures import RowRef
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.self_report import ReportedVerdict
from zhiheng.judgement.verdict import Forecast, Judgement, Progress, Verdict
from zhiheng.plans.model import Mention, Plan, Role, Target
from zhiheng.plans.serial import meta_record, plain
from zhiheng.publication.wording import verdict_word

VALUES_SCHEMA = "zhiheng/values/1"
VERDICTS_SCHEMA = "zhiheng/verdicts/1"
REPORTED_SCHEMA = "zhiheng/reported/1"

Record = dict[str, Any]


def values_record(plan: Plan, values: Iterable[IndicatorValue], *, as_of: date, figures_note: str = "") -> Record:
    """All values known on that day."""
    return {
        "schema": VALUES_SCHEMA,
        "meta": meta_record(plan.meta),
        "as_of": as_of.isoformat(),
        "figures_note": figures_note,
        "values": [value_record(v) for v in values],
    }


def verdicts_record(plan: Plan, judgements: Iterable[Judgement], *, as_of: date) -> Record:
    """All verdicts of that day, and how many of each there are."""
    judged = list(judgements)
    counts = Counter(j.verdict for j in judged)
    targets = {t.id: t for t in plan.targets}
    mentions = {m.id: m for m in plan.mentions}
    return {
        "schema": VERDICTS_SCHEMA,
        "meta": meta_record(plan.meta),
        "as_of": as_of.isoformat(),
        "counts": {v.value: counts[v] for v in Verdict},
        "verdicts": [verdict_record(plan, targets.get(j.target_id), mentions, j) for j in judged],
    }


def verdict_record(plan: Plan, target: Target | None, mentions: Mapping[str, Mention], judgement: Judgement) -> Record:
    """One target with its verdict, the reason in words, and where target and actual stand in the text."""
    actual = actual_mention(plan, target, mentions, judgement)
    set_by = target_mention(target, mentions)
    return {
        "target_id": judgement.target_id,
        "indicator": judgement.indicator,
        "target_line": target_line(target, mentions),
        "actual_line": actual.anchor.place.line if actual else _own_line(plan, judgement),
        "target_text": set_by.text if set_by else target.text if target else None,
        "actual_text": actual.text if actual else judgement.value.printed if judgement.value else None,
        "verdict": judgement.verdict.value,
        "verdict_word": verdict_word(judgement.verdict),
        "reason": judgement.sentence,
        "reason_code": judgement.reason,
        "reason_facts": plain(judgement.reason_facts),
        "as_of": judgement.as_of.isoformat(),
        "period": period_record(judgement.period),
        "comparator": target.comparator_judged.value if target else None,
        "value_low": target.value_low if target else None,
        "value_high": target.value_high if target else None,
        "unit": target.unit if target else None,
        "year": target.year if target else None,
        "own": target.own if target else None,
        "value": value_record(judgement.value) if judgement.value else None,
        "observations": [value_record(v) for v in judgement.observations],
        "progress": progress_record(judgement.progress),
        "forecast": forecast_record(judgement.forecast),
    }


def target_mention(target: Target | None, mentions: Mapping[str, Mention]) -> Mention | None:
    """The mention that sets the target: the first of its mentions in the role of a target."""
    found = [mentions[m] for m in target.mentions if m in mentions] if target else []
    return next((m for m in found if m.role is Role.TARGET), found[0] if found else None)


def target_line(target: Target | None, mentions: Mapping[str, Mention]) -> int | None:
    """The line of the target's value; None in papers without lines."""
    if target is not None and target.anchor is not None:
        return target.anchor.place.line
    mention = target_mention(target, mentions)
    return mention.anchor.place.line if mention else None


def actual_mention(plan: Plan, target: Target | None, mentions: Mapping[str, Mention], judgement: Judgement) -> Mention | None:
    """The mention that holds the deciding value, when the plan itself reports it."""
    value = judgement.value
    found = [mentions[m] for m in target.actuals if m in mentions] if target else []
    if value is None or (value.origin is not None and value.origin.file != plan.name):
        return None
    if value.origin is not None:
        line = value.origin.row
        found = [m for m in found if m.anchor.place.line == line] or [m for m in found if m.anchor.place.row == line] or found
    amount = value.printed
    return next((m for m in found if amount is not None and amount in (m.value_low, m.value_high)), found[0] if found else None)


def _own_line(plan: Plan, judgement: Judgement) -> int | None:
    origin = judgement.value.origin if judgement.value else None
    return origin.row if origin and origin.file == plan.name and not origin.sheet else None


def value_record(value: IndicatorValue) -> Record:
    """A value with the counts and the source behind it."""
    return {
        "indicator": value.indicator,
        "period": period_record(value.period),
        "amount": _exact(value.amount),
        "printed": value.printed,
        "unit": value.unit,
        "numerator": _exact(value.numerator),
        "denominator": _exact(value.denominator),
        "place": value.place,
        "proof": value.proof.value if value.proof else None,
        "source": value.source,
        "note": value.note,
        "origin": origin_record(value.origin),
        "missing": list(value.missing),
        "basis": value.basis.value if value.basis else None,
        "scope": value.scope,
        "definition": value.definition,
        "assigned": value.assigned,
        "bound": value.bound,
        "receipt": value.receipt,
        "records": _records(value),
        "typed": _typed(value),
    }


def _records(value: IndicatorValue) -> Record | None:
    """What of a computed value papers need; the receipt has all."""
    found = value.records
    if found is None:
        return None
    return {
        "register": found.evidence.register,
        "position": found.evidence.position,
        "definition": found.definition.digest,
        "absence": found.absence.value if found.absence else None,
        "used": found.counts.used,
        "left_out": [{"reason": one.reason, "records": one.records} for one in found.counts.left_out],
        "missing": list(found.missing),
    }


def _typed(value: IndicatorValue) -> Record | None:
    """The figure that was handed in for the same, and whether it says the same."""
    typed = value.typed
    if typed is None:
        return None
    figure = {"amount": _exact(typed.amount), "printed": typed.printed, "source": typed.source, "note": typed.note}
    return {"agrees": not value.contradicted, **figure, "origin": origin_record(typed.origin)}


def _exact(amount: Fraction | None) -> str | None:
    return None if amount is None else exact(amount)


def period_record(period: Period | None) -> Record | None:
    """A period with its label."""
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat(), "label": period.label}


def origin_record(origin: RowRef | None) -> Record | None:
    """The row a figure was handed in with."""
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row} if origin else None


def progress_record(progress: Progress | None) -> Record | None:
    """How far along, exact."""
    if progress is None:
        return None
    shares: dict[str, Fraction | None] = {
        "share": progress.share,
        "elapsed": progress.elapsed,
        "schedule": progress.schedule,
        "needed_per_year": progress.needed_per_year,
        "best_year": progress.best_year,
    }
    return {
        "state": progress.state.value,
        **{key: _exact(share) for key, share in shares.items()},
        "in_reach": progress.in_reach,
        "rule": progress.rule,
    }


def forecast_record(forecast: Forecast | None) -> Record | None:
    """An estimate, hence plain numbers."""
    if forecast is None:
        return None
    return {
        "amount": forecast.amount,
        "low": forecast.low,
        "high": forecast.high,
        "points": forecast.points,
        "reason": forecast.reason,
    }


def reported_record(verdict: ReportedVerdict) -> Record:
    """One target of a predecessor judged from the plan's own text; lines count from 1."""
    return {
        "target_id": verdict.target_id,
        "indicator": verdict.indicator,
        "target_line": verdict.target_line,
        "actual_line": verdict.actual_line,
        "verdict": verdict.verdict.value,
        "reason": verdict.sentence,
        "reason_code": verdict.reason,
    }
