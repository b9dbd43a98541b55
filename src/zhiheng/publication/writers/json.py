"""How do the plan, the values and the verdicts leave as data?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.self_report import ReportedVerdict
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.plans.serial import plan_json
from zhiheng.publication.records import REPORTED_SCHEMA, reported_record, values_record, verdicts_record


def plan_bytes(plan: Plan) -> bytes:
    """plan.json, and what `extract --format json` prints."""
    return utf8(plan_json(plan))


def values_bytes(plan: Plan, values: Iterable[IndicatorValue], *, as_of: date, figures_note: str = "") -> bytes:
    """values.json: all values known on that day."""
    return record_bytes(values_record(plan, values, as_of=as_of, figures_note=figures_note))


def verdicts_bytes(plan: Plan, judgements: Iterable[Judgement], *, as_of: date) -> bytes:
    """verdicts.json: all verdicts of that day."""
    return record_bytes(verdicts_record(plan, judgements, as_of=as_of))


def reported_bytes(plan: Plan, verdicts: Iterable[ReportedVerdict]) -> bytes:
    """The verdicts on what a plan reports of its predecessor: what `judge --format json` prints."""
    judged = [reported_record(v) for v in verdicts]
    return record_bytes({"schema": REPORTED_SCHEMA, "plan": plan.name, "verdicts": judged})


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """A record as JSON."""
    return utf8(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def utf8(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which has no UTF-8, as the escape that JSON has for it."""
    return text.encode("utf-8", "backslashreplace")
