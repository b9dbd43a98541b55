"""How do the plan, the values and the verdicts leave as data?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.self_report import ReportedVerdict
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.plans.serial import plan_json
from zhiheng.publication.records import REPORTED_SCHEMA, reported_record, values_record, verdicts_record
from zhiheng.publication.writers.placing import put


def write_plan(path: Path, plan: Plan) -> Path:
    """plan.json: what `extract --format json` prints."""
    return put(path, _bytes(plan_json(plan)))


def write_values(path: Path, plan: Plan, values: Iterable[IndicatorValue], *, as_of: date, figures_note: str = "") -> Path:
    """values.json."""
    return put(path, _bytes(values_json(plan, values, as_of=as_of, figures_note=figures_note)))


def write_verdicts(path: Path, plan: Plan, judgements: Iterable[Judgement], *, as_of: date) -> Path:
    """verdicts.json."""
    return put(path, _bytes(verdicts_json(plan, judgements, as_of=as_of)))


def values_json(plan: Plan, values: Iterable[IndicatorValue], *, as_of: date, figures_note: str = "") -> str:
    """All values known on that day."""
    return _text(values_record(plan, values, as_of=as_of, figures_note=figures_note))


def verdicts_json(plan: Plan, judgements: Iterable[Judgement], *, as_of: date) -> str:
    """All verdicts of that day."""
    return _text(verdicts_record(plan, judgements, as_of=as_of))


def reported_json(plan: Plan, verdicts: Iterable[ReportedVerdict]) -> str:
    """The verdicts on what a plan reports of its predecessor: what `judge --format json` prints."""
    return _text({"schema": REPORTED_SCHEMA, "plan": plan.name, "verdicts": [reported_record(v) for v in verdicts]})


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _bytes(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which has no UTF-8, as the escape that JSON has for it."""
    return text.encode("utf-8", "backslashreplace")
