"""How does a draft leave as a workbook or as labels, and how does a corrected workbook come back?"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Severity
from zhiheng.documents.readers.grids import grids_of, sheet_names
from zhiheng.flow import settings as reading
from zhiheng.office.ledger.models import Action, PlanDraft
from zhiheng.office.work import audit, files, plan_review, plans
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.paper_lines import cleaned_record
from zhiheng.office.work.plan_changes import PARTS, difference, told, unusable_id
from zhiheng.plans.form_reading import is_form, plan_from_form
from zhiheng.plans.restore import plan_of
from zhiheng.plans.serial import plan_record
from zhiheng.publication.writers.xlsx import form_workbook
from zhiheng.rules.messages import problem_sentence, sentence

_SALT = "plan-form"
_PLACE = ("paragraph", "table", "row", "column", "page")
_TARGETS = ("id", "line", "char_start", "char_end", "indicator", "role", "comparator", "value_low", "value_high", "unit", "year",
            "basis", "modality", "scope", "text", "source", *_PLACE)  # fmt: skip
_TASKS = ("id", "line", "number", "title", "parent_title", "responsible_units", "chapter", *_PLACE)
_OUTLINE = ("line", "level", "number", "title", *_PLACE)
_EXCLUDED = ("line", "char_start", "char_end", "text", "scoring", "reason", *_PLACE)
# Where what a paper says could begin a formula in a program of tables.
_FREE = frozenset(
    {"indicator", "unit", "scope", "text", "title", "parent_title", "chapter", "responsible_units", "number", "reason"}
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, Any]
Maker = Callable[[Actor, UUID, date], tuple[str, bytes]]


def form(actor: Actor, key: UUID, day: date) -> tuple[str, bytes]:
    """The draft as the workbook to correct."""
    draft = _exported(actor, key, day, "导出规划表")
    return f"{draft.title}-规划表.xlsx", form_workbook(plan_of(draft.record or {}))


def labels(actor: Actor, key: UUID, day: date) -> tuple[str, bytes]:
    """What people made of the paper, as labels to measure and improve the compiler: mentions, tasks, outline, excluded numbers, particulars."""
    draft = _exported(actor, key, day, "导出标注")
    record: dict[str, Any] = draft.record or {}
    mentions = [m | {"modality": m["modality"] if m["role"] == "target" else None} for m in record["mentions"]]
    tasks = [t | {"responsible_units": ";".join(t["responsible_units"])} for t in record["tasks"]]
    excluded = [n | {"scoring": "negative"} for n in record["coverage"]["numbers"] if n["standing"] == "excluded"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in (("targets", _TARGETS, mentions), ("tasks", _TASKS, tasks),
                                    ("outline", _OUTLINE, record["outline"]), ("excluded", _EXCLUDED, excluded)):  # fmt: skip
            archive.writestr(f"plan.{name}.csv", _csv(columns, rows))
        archive.writestr("plan.meta.json", json.dumps(record["meta"], ensure_ascii=False, indent=1) + "\n")
    return f"{draft.title}-标注.zip", packed.getvalue()


def form_read(actor: Actor, key: UUID, day: date, name: str, data: bytes) -> tuple[str, list[tuple[str, str, str]], list[str]]:
    """A corrected workbook: a token to take it over with, what it would change, and what is wrong with its cells."""
    draft = plans.draft_for(actor, key, day, Action.ENTER)
    record, faults = _read(draft, name, data)
    if faults:
        return "", [], faults
    digest = files.kept(data)
    before, after = difference(draft.record or {}, record)
    changes = [(what, old, new) for what, (old, new) in told(before, after).items()]
    named = {word.partition(" ")[0] for word, _, _ in changes}
    others = [(f"{id} 其他内容", "", "") for rows in after.values() for id in rows if id not in named]
    return signing.dumps([str(key), digest, name], salt=_SALT), [*changes, *others], []


def form_taken(actor: Actor, key: UUID, day: date, revision: int, token: str) -> PlanDraft:
    """The draft with all that a workbook changes, as one step that can be undone."""
    try:
        draft_key, digest, name = signing.loads(token, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature as fault:
        raise DataError("office.form_of_another_kind", file="") from fault
    draft = plans.draft_for(actor, key, day, Action.ENTER)
    if draft_key != str(key):
        raise DataError("office.form_of_another_kind", file=name)
    data = files.content(digest)

    def taken(record: dict[str, Any]) -> dict[str, Any]:
        draft.record = record
        return _read(draft, name, data)[0]

    return plan_review.decide(actor, key, day, revision, plan_review.Deed("form", "form", "", taken))


def _read(draft: PlanDraft, name: str, data: bytes) -> tuple[dict[str, Any], list[str]]:
    limits = reading.limits()
    if not data.startswith(b"PK\x03\x04") or b"xl/workbook" not in data or not is_form(sheet_names(data, name, limits)):
        raise DataError("office.form_of_another_kind", file=name)
    plan, problems = plan_from_form(grids_of(data, name, limits), name)
    new = cleaned_record(plan_record(plan))
    record: dict[str, Any] = draft.record or {}
    faults = [problem_sentence(p) for p in problems if p.severity is Severity.ERROR]
    odd = unusable_id(new)
    if odd is not None:
        faults.append(sentence("office.unusable_id", {"id": odd}))
    return {**record, **{part: new[part] for part in (*PARTS, "meta")}}, faults


def _exported(actor: Actor, key: UUID, day: date, said: str) -> PlanDraft:
    draft = plans.draft_for(actor, key, day, Action.EXPORT)
    if draft.record is None:
        raise DataError("office.draft_closed", title=draft.title)
    audit.record(actor, "export", plans.SUBJECT, draft.key, f"{said}“{draft.title}”")
    return draft


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([_cell(column, row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def _cell(column: str, value: Any) -> str:
    """The value as labels have it; free text that a program of tables could take for a formula stands behind an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if column in _FREE and text.startswith(_FORMULA) else text
