"""Which decision does a posted form ask for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, QueryDict

from zhiheng.base.errors import UsageError
from zhiheng.flow.knowledge import knowledge
from zhiheng.office.desk.review_forms import FORMS, Correction, TargetForm
from zhiheng.office.work.paper_lines import sentence_at
from zhiheng.office.work.plan_review import Deed
from zhiheng.plans import corrections
from zhiheng.rules.catalogue import Catalogue

_MOST_REASON = 200


class Unfit(Exception):  # noqa: N818 - what a person typed, told on the form
    """Fields that do not fit; the form tells which."""

    def __init__(self, form: Correction) -> None:
        super().__init__("unfit")
        self.form = form


def deed_of(posted: QueryDict, lines: list[dict[str, Any]]) -> Deed:
    """The decision; `Unfit` when a field is wrong, `Http404` for what no page of ours posts."""
    what, part, item = posted.get("what", ""), posted.get("part", ""), posted.get("item", "")
    match what, part:
        case "accept", "targets" | "mentions" | "commitments" | "tasks":
            return Deed("accept", part, item, lambda record: _there(record, part, item))
        case "drop", "targets" | "mentions" | "commitments" | "tasks":
            return Deed("drop", part, item, lambda record: corrections.dropped(record, part, item))
        case "correct", "targets" | "mentions" | "commitments" | "tasks":
            changes = _filled(FORMS[part], posted)
            return Deed("correct", part, item, lambda record: _corrected(record, part, item, changes))
        case "add", "numbers":
            found, index = _filled(FORMS[part], posted), _index(item)
            return Deed("add", part, item, lambda record: _number_added(record, index, found, lines))
        case "add", "targets":
            fields = _filled(TargetForm, posted)
            return Deed("add", part, "", lambda record: corrections.target_added(record, fields, _catalogue(record)))
        case "exclude", "numbers":
            at = _index(item)
            return Deed("exclude", part, item, lambda record: corrections.number_excluded(record, at))
        case "promote", "mentions":
            return Deed("promote", part, item, lambda record: corrections.promoted(record, item))
        case "merge", "targets":
            into = posted.get("into", "")
            return Deed("merge", part, item, lambda record: corrections.merged(record, item, into))
        case "split", "targets":
            chosen = posted.getlist("mentions")
            return Deed("split", part, item, lambda record: corrections.split(record, item, chosen))
        case "answer", "questions":
            (id, _, code), answer = item.partition("/"), posted.get("answer", "")
            return Deed("answer", part, item, lambda record: corrections.answered(record, id, code, answer))
        case "set_aside", "questions":
            reason = posted.get("reason", "").strip()[:_MOST_REASON]
            if not reason:
                raise UsageError("office.reason_missing")
            id = item.partition("/")[0]
            return Deed("set_aside", part, item, lambda record: _there(record, "targets", id), {"reason": reason})
    raise Http404


def _filled(of: type[Correction], posted: QueryDict) -> dict[str, Any]:
    form = of(posted)
    if not form.is_valid():
        raise Unfit(form)
    return form.changes()


def _there(record: dict[str, Any], part: str, id: str) -> dict[str, Any]:
    corrections.item(record, part, id)
    return record


def _corrected(record: dict[str, Any], part: str, id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    old, new = corrections.item(record, part, id), dict(changes)
    if new.get("baseline") and old.get("baseline"):
        new["baseline"] = {**new["baseline"], "floor": old["baseline"]["floor"]}
    return corrections.corrected(record, part, id, new, _catalogue(record))


def _number_added(record: dict[str, Any], index: int, fields: Mapping[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    context = "".join(sentence_at(lines, corrections.number_at(record, index)))
    return corrections.number_added(record, index, fields, context, _catalogue(record))


def _catalogue(record: dict[str, Any]) -> Catalogue:
    return knowledge(record["meta"]["region_code"]).catalogue


def _index(item: str) -> int:
    if not (item.isascii() and item.isdecimal() and len(item) < 8):
        raise Http404
    return int(item)
