"""What may a plan's JSON contain? The JSON Schema (draft 2020-12) of the `extract` contract, published as
`publication/assets/extract.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.plans.model import CommitmentClass, CommitmentKind, Comparator, Modality, Role, Source, Standing, TargetKind
from zhiheng.plans.serial import SCHEMA_NAME

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2200}
DECIMAL: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "maxLength": 40}
FACTS: Schema = {"type": "object"}


def closed(properties: Mapping[str, Schema], description: str) -> Schema:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def rows(of: Schema) -> Schema:
    """A list of such values."""
    return {"type": "array", "items": of}


def absent_or(schema: Schema) -> Schema:
    """Such a value, or null where the paper says nothing."""
    if "enum" in schema:
        return schema | {"type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]} if "type" in schema else {"anyOf": [schema, {"type": "null"}]}


def word(of: type[StrEnum]) -> Schema:
    """One of the words of an enumeration."""
    return {"type": "string", "enum": [w.value for w in of]}


_COUNT: Schema = {"type": "integer", "minimum": 0}
_FROM_ONE: Schema = {"type": "integer", "minimum": 1}
_SPAN: Schema = {"line": absent_or(_FROM_ONE), "char_start": _COUNT, "char_end": _COUNT}
_OPEN_SPAN: Schema = {key: absent_or(s) if "null" not in s["type"] else s for key, s in _SPAN.items()}
_ELSEWHERE: Schema = {
    **{key: absent_or(_FROM_ONE) for key in ("paragraph", "table", "row", "column")},
    "sheet": absent_or(TEXT),
    "note": absent_or(_FROM_ONE),
    "page": absent_or(_FROM_ONE),
    "box": absent_or(
        {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 4,
            "maxItems": 4,
            "description": "Left, top, right, bottom on the page, in points from its upper left corner.",
        }
    ),
}
_ALIGNMENT = closed(
    {"indicator": TEXT, "name": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}, "reason": TEXT},
    "Which catalogue indicator a phrase names.",
)
_ALIGNED: Schema = {"anyOf": [{"$ref": "#/$defs/alignment"}, {"type": "null"}]}

META = closed(
    {
        **{key: absent_or(TEXT) for key in ("title", "issuing_body", "document_number", "index_no")},
        "adopted_date": absent_or(TEXT),
        "published_date": absent_or(TEXT),
        "period_start": absent_or(YEAR),
        "period_end": absent_or(YEAR),
        "region_name": absent_or(TEXT),
        "region_code": absent_or(TEXT),
        "extra": FACTS,
    },
    "What the paper says about itself; dates ISO, region_code GB/T 2260.",
)

HEADING = closed(
    {**_SPAN, "level": {"type": "integer", "minimum": 1}, "number": absent_or(TEXT), "title": TEXT, **_ELSEWHERE},
    "An entry of the outline: level 1 一、, 2 (一), 3 1., 4 专栏.",
)

MENTION = closed(
    {
        "id": TEXT,
        **_SPAN,
        "indicator": TEXT,
        "role": word(Role),
        "comparator": word(Comparator),
        "value_low": absent_or(DECIMAL),
        "value_high": absent_or(DECIMAL),
        "unit": absent_or(TEXT),
        "year": absent_or(YEAR),
        "basis": word(Basis),
        "modality": absent_or(word(Modality)),
        "scope": absent_or(TEXT),
        "text": TEXT,
        "source": word(Source),
        "period": absent_or(TEXT),
        "attribute": absent_or(TEXT),
        "marks": rows(TEXT),
        "group": absent_or(TEXT),
        "context": TEXT,
        "catalogue": _ALIGNED,
        **_ELSEWHERE,
    },
    "One place where a quantity of an indicator stands, as printed. char_start, char_end span the value expression: "
    "code points, half-open, counted in the line (1-based over the text split at line feeds), paragraph or cell.",
)

TARGET = closed(
    {
        "id": TEXT,
        **_OPEN_SPAN,
        "indicator": TEXT,
        "kind": word(TargetKind),
        "comparator_printed": word(Comparator),
        "comparator_judged": word(Comparator),
        "judged_by": TEXT,
        "value_low": absent_or(DECIMAL),
        "value_high": absent_or(DECIMAL),
        "unit": absent_or(TEXT),
        "year": absent_or(YEAR),
        "period_start": absent_or(YEAR),
        "basis": word(Basis),
        "modality": word(Modality),
        "direction": absent_or(TEXT),
        "baseline": absent_or(
            closed({"value": DECIMAL, "year": absent_or(YEAR), "floor": {"type": "boolean"}}, "Where it starts from.")
        ),
        "scope": absent_or(TEXT),
        "attribute": absent_or(TEXT),
        "group": absent_or(TEXT),
        "own": {"type": "boolean"},
        "path": {
            "type": "object",
            "propertyNames": {"pattern": "^[0-9]{1,4}$"},
            "additionalProperties": DECIMAL,
            "description": "Explicit yearly values, by year.",
        },
        "mentions": rows(TEXT),
        "actuals": rows(TEXT),
        "text": TEXT,
        "context": TEXT,
        "catalogue": _ALIGNED,
        "questions": rows(closed({"code": TEXT, "facts": FACTS}, "A convention the text does not state.")),
        **_ELSEWHERE,
    },
    "What the plan commits to, merged from its mentions.",
)

COMMITMENT = closed(
    {
        "id": TEXT,
        **_SPAN,
        "kind": word(CommitmentKind),
        "indicator": TEXT,
        "text": TEXT,
        "context": TEXT,
        "year": absent_or(YEAR),
        "modality": word(Modality),
        **_ELSEWHERE,
    },
    "A promise without a number.",
)

TASK = closed(
    {
        "id": TEXT,
        **_SPAN,
        "number": absent_or(TEXT),
        "title": TEXT,
        "parent_title": absent_or(TEXT),
        "chapter": absent_or(TEXT),
        **{key: rows(TEXT) for key in ("responsible_units", "lead_units", "supporting_units", "inherited_units", "open_units")},
        "text": TEXT,
        "commitment_class": word(CommitmentClass),
        "sentences": rows(
            closed({"text": TEXT, "verb": TEXT, "commitment_class": word(CommitmentClass)}, "A sentence that commits.")
        ),
        **_ELSEWHERE,
    },
    "A piece of work the plan hands out; units in the order printed.",
)

DEFINITION = closed({**_SPAN, "term": TEXT, "text": TEXT, **_ELSEWHERE}, "A term the paper explains.")

COVERAGE = closed(
    {
        **dict.fromkeys(("total", "mention", "excluded", "not_understood"), _COUNT),
        "numbers": rows(closed({**_SPAN, "text": TEXT, "standing": word(Standing), "reason": TEXT, **_ELSEWHERE}, "")),
    },
    "Every number of the paper, accounted for; mention + excluded + not_understood = total.",
)

PROBLEM = closed(
    {
        "code": TEXT,
        "severity": word(Severity),
        "facts": FACTS,
        "file": absent_or(TEXT),
        "sheet": absent_or(TEXT),
        "row": absent_or(NUMBER),
        "column": absent_or(TEXT),
        "line": absent_or(NUMBER),
    },
    "A finding; `code` names its sentence.",
)

EXTRACT: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:zhiheng:extract:1",
    "title": "A compiled plan",
    **closed(
        {
            "schema": {"const": SCHEMA_NAME},
            "name": TEXT,
            "meta": META,
            "outline": rows(HEADING),
            "mentions": rows(MENTION),
            "targets": rows(TARGET),
            "commitments": rows(COMMITMENT),
            "tasks": rows(TASK),
            "definitions": rows(DEFINITION),
            "coverage": COVERAGE,
            "problems": rows(PROBLEM),
        },
        "What `zhiheng extract --format json` prints and plan.json holds. Decimal strings as printed; absent = null.",
    ),
    "$defs": {"alignment": _ALIGNMENT},
}
