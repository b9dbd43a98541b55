"""How are the differences of two plans written down as data? The `diff` contract: record and schema."""

from __future__ import annotations

from typing import Any

from zhiheng.plans.contract import NUMBER, TEXT, Schema, absent_or, closed, rows, word
from zhiheng.plans.differences.change import Aspect, Change, Detail, Differences, Nature, Side, Subject
from zhiheng.plans.serial import place_record

DIFF_SCHEMA = "zhiheng/diff/1"
_COUNT: Schema = {"type": "integer", "minimum": 0}
PLACE: Schema = {
    **{key: absent_or(NUMBER) for key in ("line", "paragraph", "table", "row", "column", "note", "page")},
    **{key: absent_or(_COUNT) for key in ("char_start", "char_end")},
    "sheet": absent_or(TEXT),
    "box": {"type": ["array", "null"], "items": {"type": "number"}},
}
_SIDE = closed({"id": TEXT, "name": TEXT, "text": TEXT, **PLACE}, "One version of a thing, and where it stands.")
_DETAIL = closed({"aspect": word(Aspect), "nature": word(Nature), "before": TEXT, "after": TEXT}, "One part that differs.")

DIFF_RECORD = closed(
    {
        "schema": {"const": DIFF_SCHEMA},
        "old": TEXT,
        "new": TEXT,
        "successor": {"type": "boolean"},
        "counts": closed(
            {
                s.value: closed({**{n.value: _COUNT for n in Nature}, "unchanged": _COUNT}, "How many of each nature.")
                for s in Subject
            },
            "By subject; a change with several natures counts for each.",
        ),
        "changes": rows(
            closed(
                {
                    "subject": word(Subject),
                    "natures": rows(word(Nature)),
                    "before": absent_or(_SIDE),
                    "after": absent_or(_SIDE),
                    "details": rows(_DETAIL),
                },
                "One thing that is not as it was; before null = added, after null = dropped.",
            )
        ),
    },
    "What `zhiheng diff --format json` prints.",
)


def differences_record(found: Differences) -> dict[str, Any]:
    """All changes as data."""
    return {
        "schema": DIFF_SCHEMA,
        "old": found.old.name,
        "new": found.new.name,
        "successor": found.successor,
        "counts": {s.value: {**_counts(found, s), "unchanged": found.unchanged.get(s, 0)} for s in Subject},
        "changes": [_change_record(c) for c in found.changes],
    }


def _counts(found: Differences, subject: Subject) -> dict[str, int]:
    counts = found.counts(subject)
    return {n.value: counts.get(n, 0) for n in Nature}


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "subject": change.subject.value,
        "natures": [n.value for n in change.natures],
        "before": _side_record(change.before),
        "after": _side_record(change.after),
        "details": [_detail_record(d) for d in change.details],
    }


def _side_record(side: Side | None) -> dict[str, Any] | None:
    return None if side is None else {"id": side.id, "name": side.name, "text": side.text, **place_record(side.anchor)}


def _detail_record(detail: Detail) -> dict[str, Any]:
    return {
        "aspect": detail.aspect.value,
        "nature": detail.nature.value,
        "before": detail.before,
        "after": detail.after,
    }
