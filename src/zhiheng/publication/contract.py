"""What may values.json and verdicts.json contain? Their JSON Schemas, published in `publication/assets/`."""

from __future__ import annotations

from typing import Any

from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.indicators.computed import Absence
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.plans.comparison.serial import COMPARE_RECORD
from zhiheng.plans.consistency.serial import CHECK_RECORD
from zhiheng.plans.contract import DECIMAL, EXTRACT, FACTS, META, NUMBER, TEXT, Schema, absent_or, closed, rows, word
from zhiheng.plans.differences.serial import DIFF_RECORD
from zhiheng.plans.model import Comparator
from zhiheng.publication.receipts.contract import RECEIPT_RECORD
from zhiheng.publication.records import REPORTED_SCHEMA, VALUES_SCHEMA, VERDICTS_SCHEMA

_DAY: Schema = {"type": "string", "format": "date"}
_EXACT: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"}
_ESTIMATE: Schema = {"type": ["number", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_BOOLEAN: Schema = {"type": ["boolean", "null"]}

_PERIOD = closed({"start": _DAY, "end": _DAY, "label": TEXT}, "From start to end, both days included.")
_ORIGIN = closed({"file": TEXT, "sheet": TEXT, "row": NUMBER}, "The row a figure was handed in with, counted from 1.")
_RECORDS = closed(
    {
        "register": TEXT,
        "position": absent_or(_COUNT),
        "definition": TEXT,
        "absence": absent_or(word(Absence)),
        "used": _COUNT,
        "left_out": rows(closed({"reason": TEXT, "records": _COUNT}, "Records that do not count, by reason.")),
        "missing": rows(TEXT),
    },
    "The records behind a computed value: register and position, digest of the definition, counts.",
)
_TYPED = closed(
    {
        "agrees": {"type": "boolean"},
        "amount": absent_or(_EXACT),
        "printed": absent_or(TEXT),
        "source": TEXT,
        "note": TEXT,
        "origin": absent_or(_ORIGIN),
    },
    "The figure that was handed in for what the records make, and whether it says the same; the records decide.",
)
_VALUE = closed(
    {
        "indicator": TEXT,
        "period": _PERIOD,
        "amount": absent_or(_EXACT),
        "printed": absent_or(TEXT),
        "unit": absent_or(TEXT),
        "numerator": absent_or(_EXACT),
        "denominator": absent_or(_EXACT),
        "place": absent_or(TEXT),
        "proof": absent_or(word(Proof)),
        "source": TEXT,
        "note": TEXT,
        "origin": absent_or(_ORIGIN),
        "missing": rows(TEXT),
        "basis": absent_or(word(Basis)),
        "scope": absent_or(TEXT),
        "definition": absent_or(TEXT),
        "assigned": {"type": "boolean"},
        "bound": absent_or(TEXT),
        "receipt": absent_or(TEXT),
        "records": absent_or(_RECORDS),
        "typed": absent_or(_TYPED),
    },
    "An exact amount (a decimal, or p/q where none ends) with counts and source; amount null = no evidence, never 0.",
)
_PROGRESS = closed(
    {
        "state": word(ProgressState),
        **dict.fromkeys(("share", "elapsed", "schedule", "needed_per_year", "best_year"), absent_or(_EXACT)),
        "in_reach": _BOOLEAN,
        "rule": TEXT,
    },
    "Share of the way done, share of the time gone, where the path stands now, what is needed per year.",
)
_FORECAST = closed(
    {"amount": _ESTIMATE, "low": _ESTIMATE, "high": _ESTIMATE, "points": _COUNT, "reason": TEXT},
    "Where the series would stand at the deadline; amount null with the reason when points are too few.",
)
_VERDICT = closed(
    {
        "target_id": TEXT,
        "indicator": TEXT,
        "target_line": absent_or(NUMBER),
        "actual_line": absent_or(NUMBER),
        "target_text": absent_or(TEXT),
        "actual_text": absent_or(TEXT),
        "verdict": word(Verdict),
        "verdict_word": TEXT,
        "reason": TEXT,
        "reason_code": TEXT,
        "reason_facts": FACTS,
        "as_of": _DAY,
        "period": absent_or(_PERIOD),
        "comparator": absent_or(word(Comparator)),
        "value_low": absent_or(DECIMAL),
        "value_high": absent_or(DECIMAL),
        "unit": absent_or(TEXT),
        "year": absent_or(NUMBER),
        "own": _BOOLEAN,
        "value": absent_or(_VALUE),
        "observations": rows(_VALUE),
        "progress": absent_or(_PROGRESS),
        "forecast": absent_or(_FORECAST),
    },
    "One target judged on one day. Lines are those of the plan's text, null where it has none.",
)


def _published(name: str, title: str, record: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:zhiheng:{name}:1",
        "title": title,
        **record,
    }


VALUES = _published(
    "values",
    "Values known on a day",
    closed(
        {"schema": {"const": VALUES_SCHEMA}, "meta": META, "as_of": _DAY, "figures_note": TEXT, "values": rows(_VALUE)},
        "values.json of a run.",
    ),
)
VERDICTS = _published(
    "verdicts",
    "Verdicts of a day",
    closed(
        {
            "schema": {"const": VERDICTS_SCHEMA},
            "meta": META,
            "as_of": _DAY,
            "counts": closed({v.value: _COUNT for v in Verdict}, "How many of each verdict."),
            "verdicts": rows(_VERDICT),
        },
        "verdicts.json of a run.",
    ),
)

REPORTED = _published(
    "reported",
    "What a plan reports of its predecessor, judged",
    closed(
        {
            "schema": {"const": REPORTED_SCHEMA},
            "plan": TEXT,
            "verdicts": rows(
                closed(
                    {
                        "target_id": TEXT,
                        "indicator": TEXT,
                        "target_line": absent_or(NUMBER),
                        "actual_line": absent_or(NUMBER),
                        "verdict": word(Verdict),
                        "reason": TEXT,
                        "reason_code": TEXT,
                    },
                    "One target of the predecessor; lines are those of the plan's text, null where it has none.",
                )
            ),
        },
        "What `zhiheng judge --format json` prints.",
    ),
)

CHECK = _published("check", "What a person has to settle in a plan", CHECK_RECORD)
COMPARE = _published("compare", "Plans of several places side by side", COMPARE_RECORD)
RECEIPT = _published("receipt", "Receipt of a computed value", RECEIPT_RECORD)
DIFF = _published("diff", "Differences of two versions of a plan", DIFF_RECORD)

SCHEMAS: dict[str, dict[str, Any]] = {
    "extract.schema.json": EXTRACT,
    "values.schema.json": VALUES,
    "verdicts.schema.json": VERDICTS,
    "reported.schema.json": REPORTED,
    "diff.schema.json": DIFF,
    "compare.schema.json": COMPARE,
    "check.schema.json": CHECK,
    "receipt.schema.json": RECEIPT,
}
