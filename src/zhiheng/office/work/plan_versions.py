"""How does a reviewed draft become an approved plan, and what differs from the one before?"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from zhiheng.base.errors import DataError
from zhiheng.office.ledger.models import Action, DraftState, PlanDraft, PlanVersion, Unit
from zhiheng.office.work import audit, plan_review, plans
from zhiheng.office.work.actor import Actor
from zhiheng.plans.differences.between import differences
from zhiheng.plans.differences.change import Differences
from zhiheng.plans.restore import plan_from_json, plan_of


def approve(actor: Actor, key: UUID, day: date, revision: int) -> PlanVersion:
    """The draft as a version that never changes again; a `DataError` while questions of its own targets are open."""
    draft = plans.draft_for(actor, key, day, Action.APPROVE)
    if actor.person is None:
        raise PermissionDenied
    with transaction.atomic():
        draft = PlanDraft.objects.select_for_update(of=("self",)).select_related("paper__unit").get(pk=draft.pk)
        if draft.state != DraftState.REVIEW or draft.record is None:
            raise DataError("office.draft_closed", title=draft.title)
        plan_review.unless_changed(draft, actor, revision)
        _settled(draft, draft.record)
        plan_from_json(json.dumps(draft.record), draft.title)
        unit = Unit.objects.select_for_update().get(pk=draft.paper.unit_id)
        title = (draft.record["meta"]["title"] or draft.title)[:200]
        before = PlanVersion.objects.filter(unit=unit, title=title).aggregate(last=Max("number"))["last"] or 0
        version = PlanVersion.objects.create(
            draft=draft,
            unit=unit,
            number=before + 1,
            title=title,
            record=draft.record,
            digest=digest_of(draft.record),
            approved_by=actor.person,
        )
        draft.state = DraftState.APPROVED
        draft.save(update_fields=["state", "changed_at"])
        told = {
            "state": (DraftState.REVIEW, DraftState.APPROVED),
            "sha256": (None, version.digest),
            "number": (None, version.number),
        }
        audit.record(actor, "approve", plans.SUBJECT, version.key, f"批准规划“{title}”第{version.number}版", told)
    return version


def open_questions(draft: PlanDraft, record: dict[str, Any]) -> list[str]:
    """The indicators whose questions are neither answered nor set aside; one for each question."""
    aside = plan_review.set_aside(draft)
    own = [t for t in record["targets"] if t["own"]]
    return [t["indicator"] for t in own for q in t["questions"] if f"{t['id']}/{q['code']}" not in aside]


def digest_of(record: dict[str, Any]) -> str:
    """SHA-256 over the record with its keys in order, 64 hexadecimal digits; the same from either database."""
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def earlier_of(actor: Actor, version: PlanVersion, day: date) -> list[PlanVersion]:
    """The unit's plans that were approved before, the newest of the same title first."""
    rows = list(plans.versions_of(actor, day).filter(unit=version.unit, pk__lt=version.pk)[:50])
    return sorted(rows, key=lambda one: (one.title != version.title, -one.pk))


def between(old: PlanVersion, new: PlanVersion) -> Differences:
    """What differs from the one to the other."""
    return differences(plan_of(old.record), plan_of(new.record))


def _settled(draft: PlanDraft, record: dict[str, Any]) -> None:
    if not any(t["own"] for t in record["targets"]):
        raise DataError("office.nothing_to_approve", title=draft.title)
    left = open_questions(draft, record)
    if left:
        raise DataError("office.questions_open", count=len(left), indicator=left[0])
