"""What differs between two records of a plan, as a patch that can be applied either way, and in words?

A patch is `{part: {id: [position, row] or null}}`; null stands for what is not there. Numbers of the coverage go by their position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhiheng.base.quantity import Basis
from zhiheng.plans.labels import label
from zhiheng.plans.model import CommitmentKind, Comparator, Modality, Role, TargetKind

Patch = dict[str, dict[str, Any]]
Record = Mapping[str, Any]

PARTS = ("targets", "mentions", "commitments", "tasks", "definitions")
FIELDS = {
    "indicator": "指标",
    "comparator_judged": "判定方式",
    "comparator": "原文方式",
    "value_low": "数值下限",
    "value_high": "数值上限",
    "unit": "单位",
    "year": "年份",
    "period_start": "起算年份",
    "basis": "口径",
    "modality": "约束力",
    "baseline": "基期",
    "path": "年度路径",
    "own": "本规划目标",
    "role": "角色",
    "kind": "种类",
    "title": "标题",
    "lead_units": "牵头单位",
    "supporting_units": "配合单位",
    "responsible_units": "责任单位",
    "questions": "待确认",
    "mentions": "出处",
    "standing": "去向",
}
_ID = re.compile(r"[\w'][\w'.-]{0,39}")
_WORDS = (Comparator, Basis, Modality, Role, CommitmentKind, TargetKind)


def difference(old: Record, new: Record) -> tuple[Patch, Patch]:
    """What stood before and what stands now, of all that is not the same."""
    before: Patch = {}
    after: Patch = {}
    for part in (*PARTS, "numbers", "meta"):
        was, now = _rows(old, part), _rows(new, part)
        for id in dict.fromkeys((*was, *now)):
            one, other = was.get(id), now.get(id)
            if (one and one[1]) != (other and other[1]):
                before.setdefault(part, {})[id] = one
                after.setdefault(part, {})[id] = other
    return before, after


def applied(record: Record, patch: Patch) -> dict[str, Any]:
    """The record with what the patch says in place of what stands there."""
    new = dict(record)
    for part in PARTS:
        if part in patch:
            rows = [(_id(part, row, at), row) for at, row in enumerate(new[part])]
            kept = [row for id, row in rows if id not in patch[part]]
            for at, row in sorted((held for held in patch[part].values() if held), key=lambda held: held[0]):
                kept.insert(at, row)
            new[part] = kept
    if "numbers" in patch:
        numbers = [patch["numbers"].get(str(at), [at, row])[1] for at, row in enumerate(new["coverage"]["numbers"])]
        counts = {k: sum(n["standing"] == k for n in numbers) for k in ("mention", "excluded", "not_understood")}
        new["coverage"] = {**new["coverage"], **counts, "numbers": numbers}
    if "meta" in patch:
        new["meta"] = patch["meta"]["meta"][1]
    return new


def unusable_id(record: Record) -> str | None:
    """The first id that stands for two things of a part, or that no address can hold; what a program of ours made has none."""
    for part in PARTS[:-1]:
        taken: set[str] = set()
        for row in record[part]:
            if row["id"] in taken or not _ID.fullmatch(row["id"]):
                return str(row["id"])[:40]
            taken.add(row["id"])
    return None


def touched(*patches: Patch | None) -> set[tuple[str, str]]:
    """The parts and ids that patches speak of."""
    return {(part, id) for patch in patches for part, items in (patch or {}).items() for id in items}


def told(before: Patch | None, after: Patch | None) -> dict[str, tuple[str, str]]:
    """Old and new in words, by thing and field, for the audit and for whoever came second."""
    found: dict[str, tuple[str, str]] = {}
    for part, id in sorted(touched(before, after)):
        was, now = (((patch or {}).get(part, {}).get(id) or [0, {}])[1] for patch in (before, after))
        if part in PARTS and not (was and now):
            found[id] = (_name(was), _name(now))
            continue
        for field in (f for f in FIELDS if was.get(f) != now.get(f)):
            found[f"{id} {FIELDS[field]}"] = (words(was.get(field)), words(now.get(field)))
    return found


def _name(row: Record) -> str:
    """What a thing that was added or dropped is called."""
    return next((str(row[key]) for key in ("indicator", "title", "term") if key in row), "")


def words(value: Any) -> str:
    """A value of a record to read."""
    if isinstance(value, str):
        return next((label(of(value)) for of in _WORDS if value in of._value2member_map_), value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(words(one.get("code", "") if isinstance(one, dict) else one) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{key}={words(one)}" for key, one in value.items())
    return "" if value is None else str(value)


def _rows(record: Record, part: str) -> dict[str, list[Any]]:
    if part == "meta":
        return {"meta": [0, record["meta"]]}
    if part == "numbers":
        return {str(at): [at, row] for at, row in enumerate(record["coverage"]["numbers"])}
    return dict(_identified(record, part))


def _identified(record: Record, part: str) -> Iterator[tuple[str, list[Any]]]:
    for at, row in enumerate(record[part]):
        yield _id(part, row, at), [at, row]


def _id(part: str, row: Record, at: int) -> str:
    return str(at) if part == "definitions" else row["id"]
