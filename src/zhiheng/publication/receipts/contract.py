"""What may a receipt contain? Its JSON Schema, published as `publication/assets/receipt.schema.json`.

A receipt may come from anybody, so nothing in it is used before it has this form: names are short and of few characters, numbers are
of a bounded length, and there is nothing beside what is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from zhiheng.base.canonical_json import LARGEST, Json
from zhiheng.base.errors import DataError
from zhiheng.base.reading import RuleStanding
from zhiheng.indicators.computed import Absence, NoInterval
from zhiheng.indicators.definition import MeasureKind, Rounding
from zhiheng.indicators.receipt import SCHEMA
from zhiheng.plans.contract import Schema, absent_or, closed, rows, word
from zhiheng.publication.receipts.signing import ALGORITHM, SignedContent

_TEXT: Schema = {"type": "string", "maxLength": 4_000}
_DAY: Schema = {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_MOMENT: Schema = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})?$"}
# What is used to find something: never a path.
_NAME: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", "maxLength": 120}
_PLACE: Schema = {"type": "string", "pattern": r"^([0-9]{6})?$"}
_SHA256: Schema = {"type": "string", "pattern": r"^[0-9a-f]{64}$"}
_HEX: Schema = {"type": "string", "pattern": r"^[0-9a-f]*$", "maxLength": 200}
_EXACT: Schema = {"type": "string", "pattern": r"^-?[0-9]{1,100}(\.[0-9]{1,50}|/[1-9][0-9]{0,99})?$"}
_SUM: Schema = {"type": "string", "pattern": r"^[0-9]{1,40}$"}
_COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST}
_TRUTH: Schema = {"type": "boolean"}
_CITATION = closed({"doc": _TEXT, "clause": _TEXT}, "The clause it rests on.")

_MEASURE: Schema = {"type": "object", "required": ["kind"], "properties": {"kind": word(MeasureKind)}}
_DEFINITION = closed(
    {
        "digest": _SHA256,
        "meaning": {
            "type": "object",
            "description": "What the digest is of: the file of the rulebook, the unit, and every condition with its codes spelled out.",
            "required": ["indicator", "unit", "file", "conditions"],
            "properties": {
                "indicator": _NAME,
                "unit": absent_or(_TEXT),
                "file": {
                    "type": "object",
                    "required": ["register", "measure"],
                    "properties": {"register": _NAME, "measure": _MEASURE},
                },
                "conditions": rows(_TEXT),
            },
        },
        "about": closed({"zh": _TEXT, "en": _TEXT}, "In words."),
        "citation": _CITATION,
        "confirmed": _TRUTH,
        "layer": _TEXT,
    },
    "How the indicator is computed.",
)
_RULE = closed(
    {
        "rule": _TEXT,
        "name": _TEXT,
        "standing": word(RuleStanding),
        "start": _DAY,
        "end": absent_or(_DAY),
        "citation": _CITATION,
        "confirmed": _TRUTH,
        "layer": _TEXT,
    },
    "A rule that the value depends on, in force from start to end, both days included.",
)
_EVIDENCE = closed(
    {
        "register": _NAME,
        "register_name": _TEXT,
        "position": _COUNT,
        "known_at": absent_or(_MOMENT),
        "log_digest": _SHA256,
        "files": rows(_SHA256),
        "rows": closed(
            {"records": _COUNT, "words": rows(_SUM), "versions": _SUM, "digest": _SHA256},
            "The records that count, whatever their order: how many, sums of the words of their digests, sum of their versions.",
        ),
    },
    "Position of the register in the lake, SHA-256 of the log's entry that made it and of the files that stood then.",
)
_COMPLETE = closed(
    {"declared": _TRUTH, "register": _NAME, "position": absent_or(_COUNT), "log_digest": absent_or(_SHA256)},
    "Whether the register was declared complete for place and period, and where the declarations stand.",
)
_COUNTS = closed(
    {
        **dict.fromkeys(("seen", "records", "used", "unclear", "undated", "groups_unclear"), _COUNT),
        **dict.fromkeys(("due", "met"), absent_or(_COUNT)),
        "left_out": rows(closed({"reason": _NAME, "zh": _TEXT, "en": _TEXT, "records": _COUNT}, "Left out for one reason.")),
    },
    "Records seen in place and period, those meant, those that count, those left out by reason.",
)
_STRATUM = closed(
    {
        "stratum": rows(_TEXT),
        "units": _COUNT,
        "held": absent_or(_COUNT),
        **dict.fromkeys(("above", "below", "above_squared", "product", "below_squared"), _EXACT),
    },
    "Units drawn from a stratum, how many it holds, and sums over the units of what each adds above and below the line.",
)
_SAMPLE = closed(
    {"absence": absent_or(word(NoInterval)), "degrees": absent_or(_COUNT), "strata": rows(_STRATUM)},
    "What the interval is computed from, or why there is none.",
)
_RESULT = closed(
    {
        **dict.fromkeys(("amount", "numerator", "denominator"), absent_or(_EXACT)),
        "printed": absent_or(_TEXT),
        "times": _COUNT,
        "decimals": {"type": "integer", "minimum": 0, "maximum": 12},
        "rounding": word(Rounding),
        "absence": absent_or(word(Absence)),
        "interval": absent_or(closed(dict.fromkeys(("low", "high", "confidence", "method"), _TEXT), "Of a random draw only.")),
        "sample": absent_or(_SAMPLE),
        "missing": rows(_TEXT),
    },
    "numerator / denominator x times = amount, exact; printed is the amount rounded once. Absence: why there is no amount.",
)
_CONTENT = closed(
    {
        "schema": {"const": SCHEMA},
        "indicator": closed({"id": _NAME, "name": _TEXT, "unit": absent_or(_TEXT)}, "Of the catalogue."),
        "place": _PLACE,
        "period": closed({"start": _DAY, "end": _DAY}, "Both days included."),
        "definition": _DEFINITION,
        "rules": rows(_RULE),
        "evidence": _EVIDENCE,
        "complete": absent_or(_COMPLETE),
        "apart": absent_or({"type": "object", "additionalProperties": rows(_TEXT)}),
        "counts": _COUNTS,
        "result": _RESULT,
        "approvals": rows(closed({"by": _TEXT, "role": _TEXT, "of": _TEXT, "on": _DAY}, "Attested, not computed.")),
        "made_by": closed({"engine": _TEXT, "program": _TEXT}, "Name and version."),
    },
    "What is signed.",
)
RECEIPT_RECORD = closed(
    {
        "content": _CONTENT,
        "digest": _SHA256,
        "signature": closed(
            {"algorithm": {"const": ALGORITHM}, "key": _SHA256, "public_key": _HEX, "value": _HEX},
            "Ed25519 over the canonical bytes of the content; key is the SHA-256 of the public key's 32 bytes.",
        ),
    },
    "receipts/<digest>.json: the digest is SHA-256 of the content in the writing of RFC 8785.",
)

# What has the look of a day or a moment must be one.
_MOMENTS: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("period", "start", date.fromisoformat),
    ("period", "end", date.fromisoformat),
    ("evidence", "known_at", datetime.fromisoformat),
)


@lru_cache(maxsize=1)
def _validator() -> Any:
    return Draft202012Validator(_CONTENT)


def demand_form(signed: SignedContent) -> Json:
    """The content, once it has the form of a receipt; `DataError` names the first part that has not."""
    content = signed.content
    fault = min(_validator().iter_errors(content), key=lambda f: [str(p) for p in f.absolute_path], default=None)
    if fault is not None:
        where = ".".join(str(part) for part in fault.absolute_path)
        raise DataError("publication.receipt_part", part=where[:200] or "content", rule=str(fault.validator))
    for part, name, read in _MOMENTS:
        text = content[part][name]
        try:
            if text is not None:
                read(text)
        except ValueError as wrong:
            raise DataError("publication.receipt_part", part=f"{part}.{name}", rule="date") from wrong
    return content
