"""Approved plans: what each says, what differs from the one before, and each target down to its sentence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiheng.flow.knowledge import knowledge
from zhiheng.office.desk import review_items
from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work import plan_versions, plans
from zhiheng.office.work.paper_lines import sentence_at
from zhiheng.plans.restore import anchor_of, target_of
from zhiheng.publication.quoting import place_words
from zhiheng.publication.revision import nature_word, rows_of, subject_word, summary
from zhiheng.publication.wording import target_words, why_judged_words


@require_safe
def version(request: HttpRequest, key: UUID) -> HttpResponse:
    """All targets of a plan, its promises and tasks."""
    actor, day = actor_of(request), plans.today()
    found = plans.version_for(actor, key, day)
    record = found.record
    groups = [
        ("本规划的目标", [_line(t) for t in record["targets"] if t["own"]]),
        ("上一规划的目标", [_line(t) for t in record["targets"] if not t["own"]]),
    ]
    promises = [review_items.commitment(c, {}) for c in record["commitments"]]
    tasks = [review_items.task(t, {}) for t in record["tasks"]]
    earlier = plan_versions.earlier_of(actor, found, day)
    shown = {"plan": found, "groups": groups, "promises": promises, "tasks": tasks, "earlier": earlier}
    return render(request, "desk/plans/version.html", shown)


@require_safe
def changes(request: HttpRequest, key: UUID, old: UUID) -> HttpResponse:
    """What differs between two approved plans."""
    actor, day = actor_of(request), plans.today()
    new, before = plans.version_for(actor, key, day), plans.version_for(actor, old, day)
    found = plan_versions.between(before, new)
    rows = [
        {"row": row, "subject": subject_word(row.subject), "natures": "、".join(map(nature_word, row.natures))}
        for row in rows_of(found)
    ]
    shown = {"plan": new, "old": before, "rows": rows, "summary": summary(found)}
    return render(request, "desk/plans/changes.html", shown)


@require_safe
def target(request: HttpRequest, key: UUID, id: str) -> HttpResponse:
    """One target: its sentence, what it means, its path, and what is known of it."""
    found = plans.version_for(actor_of(request), key, plans.today())
    record = found.record
    row = next((t for t in record["targets"] if t["id"] == id), None)
    if row is None:
        raise Http404
    mentions = {m["id"]: m for m in record["mentions"]}
    lines = found.draft.lines
    places = [_place(mentions[m], lines) for m in row["mentions"] if m in mentions] or [_place(row, lines)]
    known = [_place(mentions[m], lines) for m in row["actuals"] if m in mentions]
    entry = None
    if row["catalogue"]:
        entry = knowledge(record["meta"]["region_code"]).catalogue.entries.get(row["catalogue"]["indicator"])
    terms = [d for d in record["definitions"] if d["term"] and (d["term"] in row["indicator"] or row["indicator"] in d["term"])]
    shown = {
        "plan": found,
        "target": row,
        "words": target_words(target_of(row)),
        "item": review_items.target(row, mentions, {}),
        "why": why_judged_words(row["judged_by"]),
        "places": places,
        "known": known,
        "entry": entry,
        "terms": terms,
        "path": sorted(row["path"].items()),
        "tasks": [t for t in record["tasks"] if row["indicator"] in t["text"]],
    }
    return render(request, "desk/plans/target.html", shown)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {"row": row, "words": target_words(target_of(row))}


def _place(row: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    before, text, after = sentence_at(lines, row)
    where = place_words(anchor_of(row), ()) if row["char_start"] is not None else ""
    said = (before, text, after) if text else ("", "", row["context"] or row["text"])
    return {"sentence": said, "where": where, "row": row}
