"""A receipt's content as it travels, written by hand: 292 of 300 samples passed, two of 302 were left out."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from typing import Any

RESULT = {
    "amount": "292/3",
    "printed": "97.3",
    "numerator": "292",
    "denominator": "300",
    "times": 100,
    "decimals": 1,
    "rounding": "half_even",
    "absence": None,
    "interval": None,
    "missing": [],
}


def plain_digest(value: Any) -> str:
    """The digest as somebody would make it who knows only that keys are sorted."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def a_content(**result: Any) -> dict[str, Any]:
    """The content with another result."""
    meaning = {
        "indicator": "sampling.pass",
        "unit": "%",
        "file": {"register": "sampling.industrial", "measure": {"kind": "ratio", "numerator": "outcome = 'pass'"}},
        "conditions": ["\"outcome\" = 'pass'"],
    }
    rows: dict[str, Any] = {"records": 300, "words": ["11", "22", "33", "44"], "versions": "301"}
    return deepcopy(
        {
            "schema": "zhiheng/receipt/1",
            "indicator": {"id": "sampling.pass", "name": "抽检合格率", "unit": "%"},
            "place": "330400",
            "period": {"start": "2026-01-01", "end": "2026-12-31"},
            "definition": {"digest": plain_digest(meaning), "meaning": meaning},
            "rules": [],
            "evidence": {
                "register": "sampling.industrial",
                "position": 3,
                "at": "2027-01-05T09:00:00+08:00",
                "log_digest": "a" * 64,
                "files": ["b" * 64, "c" * 64],
                "rows": {**rows, "digest": plain_digest(rows)},
            },
            "counts": {
                "seen": 310,
                "records": 302,
                "used": 300,
                "left_out": [{"reason": "retest", "zh": "复检中", "en": "in retest", "records": 2}],
            },
            "result": RESULT | result,
            "approvals": [],
        }
    )


def a_receipt(content: dict[str, Any] | None = None) -> dict[str, Any]:
    """The whole of a receipt's file, under a signature that nobody made."""
    content = a_content() if content is None else content
    signature = {"algorithm": "ed25519", "key": "d" * 64, "public_key": "e" * 64, "value": "f" * 128}
    return {"content": content, "digest": plain_digest(content), "signature": signature}
