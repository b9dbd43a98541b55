"""How are computed values written down as data and told in words?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from zhiheng.base.quantity import exact
from zhiheng.indicators.computed import ComputedValue, Interval
from zhiheng.indicators.then_and_now import ThenAndNow
from zhiheng.publication.records import Record, period_record
from zhiheng.rules.messages import sentence

_SHOWN = 8
COMPUTED_SCHEMA = "zhiheng/computed/1"
_COUNTS = ("seen", "records", "used", "unclear", "undated", "groups_unclear", "due", "met")


def computed_record(value: ComputedValue) -> Record:
    """A value with its counts; exact numbers as text."""
    definition, evidence = value.definition, value.evidence
    return {
        "indicator": definition.id,
        "name": definition.indicator.name,
        "period": period_record(value.period),
        "place": value.place or None,
        "amount": value.exact,
        "printed": value.printed,
        "unit": value.unit,
        "numerator": _exact(value.numerator),
        "denominator": _exact(value.denominator),
        "absence": value.absence.value if value.absence else None,
        "counts": {name: getattr(value.counts, name) for name in _COUNTS},
        "left_out": [{"reason": o.reason, "zh": o.zh, "en": o.en, "records": o.records} for o in value.counts.left_out],
        "apart": {name: list(words) for name, words in value.apart.items()} if value.apart is not None else None,
        "interval": _interval(value),
        "no_interval": value.sample.absence.value if value.sample and value.sample.absence else None,
        "complete": value.complete,
        "missing": list(value.missing),
        "definition": {"digest": definition.digest, "layer": definition.layer, "confirmed": definition.confirmed},
        "evidence": {"register": evidence.register, "position": evidence.position, "log_digest": evidence.log_digest},
        "rows": {"records": value.rows.records, "digest": value.rows.digest} if value.rows else None,
        "engine": value.engine,
    }


def then_and_now_record(one: ThenAndNow) -> Record:
    """Both values, and the records between them."""
    names = (
        *("key", "version_then", "version_now", "counted_then", "counted_now", "held_then", "held_now"),
        *("import_id", "file", "sheet", "row", "known_from"),
    )
    changed = [{"cause": record.cause.value, **{name: getattr(record, name) for name in names}} for record in one.changed]
    return {"then": computed_record(one.then), "now": computed_record(one.now), "changed": changed}


def computed_records(values: Iterable[ComputedValue]) -> Record:
    """All values."""
    return {"schema": COMPUTED_SCHEMA, "values": [computed_record(value) for value in values]}


def amount_words(value: ComputedValue, language: str) -> str:
    """The value with its unit, or why there is none."""
    if value.printed is None:
        return sentence(f"indicators.absence_{value.absence}", {}, language)
    return f"{value.printed}{value.unit or ''}" if language == "zh" else f"{value.printed} {value.unit or ''}".strip()


def counted_words(value: ComputedValue) -> str:
    """Numerator and denominator, or the count alone."""
    if value.numerator is None or (value.absence is not None and not value.counts.used):
        return ""
    return " / ".join(exact(part) for part in (value.numerator, value.denominator) if part is not None)


def remarks(value: ComputedValue, language: str) -> str:
    """What a reader of the value should know: what was left out, what is unclear, missing or mixed, the interval."""
    said = [
        _remark("left_out", language, reason=_reason(o.reason, o.zh, o.en, language), count=o.records)
        for o in value.counts.left_out
    ]
    for name in ("unclear", "undated", "groups_unclear"):
        if count := getattr(value.counts, name):
            said.append(_remark(name, language, count=count))
    due, met = value.counts.due, value.counts.met
    if due is not None and met is not None and met < due and value.counts.used:
        said.append(_remark("not_due_met", language, due=due, met=met))
    if value.missing:
        said.append(_remark("missing", language, parts=_shortened(value)))
    if value.apart is not None:
        mixed = {name: words for name, words in value.apart.items() if len(words) > 1}
        register = value.definition.register
        for name, words in mixed.items():
            field = register.field(name)
            facts = {"field": field.english if language == "en" else field.name, "words": [field.said(word) for word in words]}
            said.append(_remark("mixed", language, **facts))
    if value.interval is not None:
        low, high = outward(value.interval, value.definition.decimals)
        said.append(_remark("interval", language, low=low, high=high, confidence=f"{float(value.interval.confidence):.0%}"))
    if value.sample is not None and value.sample.absence is not None:
        reason = sentence(f"indicators.no_interval_{value.sample.absence.value}", {}, language)
        said.append(_remark("no_interval", language, reason=reason))
    return ("; " if language == "en" else "；").join(said)


def outward(interval: Interval, decimals: int) -> tuple[str, str]:
    """The bounds as they are shown: rounded so that the interval shown holds the one computed."""
    step = Decimal(1).scaleb(-decimals)
    low, high = (Decimal(f"{bound:.9f}") for bound in (interval.low, interval.high))
    return str(low.quantize(step, ROUND_FLOOR)), str(high.quantize(step, ROUND_CEILING))


def _shortened(value: ComputedValue) -> list[str]:
    """The first of what is missing, places by name, and how many more there are."""
    register = value.definition.register
    place = register.field(register.place) if register.place else None
    names = [place.said(part) if place else part for part in value.missing]
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], f"… (+{len(names) - _SHOWN})"]


def _reason(reason: str, zh: str, en: str, language: str) -> str:
    own = en if language == "en" else zh
    return own or sentence(f"indicators.reason_{reason}", {}, language)


def _remark(name: str, language: str, **facts: object) -> str:
    return sentence(f"indicators.remark_{name}", facts, language)


def _interval(value: ComputedValue) -> Any:
    found = value.interval
    return found and {"low": found.low, "high": found.high, "confidence": found.confidence, "method": found.method}


def _exact(amount: Any) -> str | None:
    return None if amount is None else exact(amount)
