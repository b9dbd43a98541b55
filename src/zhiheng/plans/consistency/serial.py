"""How are the findings of a check written down as data? The `check` contract: schema, and the record of a doubt."""

from __future__ import annotations

from zhiheng.base.problem import Severity
from zhiheng.plans.consistency.doubt import Doubt, Kind
from zhiheng.plans.contract import FACTS, PROBLEM, TEXT, Schema, closed, rows, word
from zhiheng.plans.differences.serial import PLACE
from zhiheng.plans.model import Standing
from zhiheng.plans.serial import Record, place_record, plain

CHECK_SCHEMA = "zhiheng/check/1"
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SAID: Schema = {**PROBLEM["properties"], "sentence": TEXT}

CHECK_RECORD = closed(
    {
        "schema": {"const": CHECK_SCHEMA},
        "file": TEXT,
        "coverage": closed(
            {"total": _COUNT, **{standing.value: _COUNT for standing in Standing}}, "How many numbers, and what became of them."
        ),
        "not_understood": rows(
            closed(
                {"text": TEXT, "standing": word(Standing), "reason": TEXT, "sentence": TEXT, **PLACE},
                "A number nobody understood, with the sentence around it.",
            )
        ),
        "questions": rows(
            closed(
                {"target": TEXT, "indicator": TEXT, "code": TEXT, "question": TEXT, "facts": FACTS},
                "A convention the paper does not state.",
            )
        ),
        "unmatched": rows(TEXT),
        "doubts": rows(
            closed(
                {
                    "code": TEXT,
                    "kind": word(Kind),
                    "severity": word(Severity),
                    "sentence": TEXT,
                    "facts": FACTS,
                    "places": rows(closed({**PLACE, "text": TEXT}, "A passage concerned, with the words that stand there.")),
                },
                "What does not fit together or cannot be: two places wherever two disagree.",
            )
        ),
        "problems": rows(closed(_SAID, "What is wrong with the file or the form.")),
    },
    "What `zhiheng check --format json` prints.",
)


def doubt_record(doubt: Doubt, said: str) -> Record:
    """A doubt with its sentence."""
    return {
        "code": doubt.code,
        "kind": doubt.kind.value,
        "severity": doubt.severity.value,
        "sentence": said,
        "facts": plain(doubt.facts),
        "places": [{**place_record(p.anchor), "text": p.text} for p in doubt.places],
    }
