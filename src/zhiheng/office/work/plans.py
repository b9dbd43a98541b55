"""Which papers and plans may somebody see, and how does a paper become a draft?

Whatever is asked for by its key passes through `draft_for` or `version_for`: what lies outside somebody's reach is not there (404), what
may be seen but not changed is refused (403), and both are written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.sniffing import sniff
from zhiheng.flow import settings as reading
from zhiheng.flow.plan_source import open_paper
from zhiheng.office.ledger.models import Action, DraftState, Job, PlanDraft, PlanPaper, PlanVersion, Unit
from zhiheng.office.work import audit, files
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.paper_lines import cleaned, cleaned_record, paper_lines
from zhiheng.office.work.permissions import may, scope_of
from zhiheng.office.work.plan_changes import unusable_id
from zhiheng.plans.serial import plan_record
from zhiheng.rules.messages import sentence

__all__ = ["Action", "DraftState", "PlanDraft", "PlanPaper", "PlanVersion", "Unit"]

SUBJECT = "plan"
COMPILE = "compile_plan"
_LONGEST_NAME = 120
_REFUSED = {
    Action.ENTER: "没有权限修改规划",
    Action.APPROVE: "没有权限批准规划",
    Action.EXPORT: "没有权限导出规划",
    Action.SEE: "没有权限查看规划",
}

Tell = Callable[[int, int, str], None]


def today() -> date:
    """The day on which a request is decided."""
    return timezone.localdate()


def drafts_of(actor: Actor, day: date) -> QuerySet[PlanDraft]:
    """The drafts that somebody may see, the newest first."""
    rows = PlanDraft.objects.defer("record", "lines").select_related("paper__unit", "paper__uploaded_by", "job", "version")
    scope = scope_of(actor.person, Action.SEE, SUBJECT, day)
    return scope.within(rows.prefetch_related("paper__unit__names"), "paper__unit").order_by("-pk")


def versions_of(actor: Actor, day: date) -> QuerySet[PlanVersion]:
    """The approved plans that somebody may see, the newest first."""
    rows = PlanVersion.objects.defer("record").select_related("unit", "approved_by").prefetch_related("unit__names")
    return scope_of(actor.person, Action.SEE, SUBJECT, day).within(rows).order_by("-pk")


def units_to_enter_for(actor: Actor, day: date) -> list[Unit]:
    """The units for which somebody may hand in plans."""
    scope = scope_of(actor.person, Action.ENTER, SUBJECT, day)
    return list(scope.within(Unit.objects.prefetch_related("names"), "pk").order_by("place", "pk"))


def allowed(actor: Actor, action: Action, unit: Unit, day: date) -> bool:
    """Whether somebody may do it with the plans of the unit."""
    return may(actor.person, action, SUBJECT, unit, day)


def rights(actor: Actor, unit: Unit, day: date) -> dict[str, bool]:
    """What somebody may do with the plans of the unit, by the action's word."""
    return {action.value: allowed(actor, action, unit, day) for action in (Action.ENTER, Action.APPROVE, Action.EXPORT)}


def draft_for(actor: Actor, key: UUID, day: date, action: Action = Action.SEE) -> PlanDraft:
    """The draft, if somebody may see it and do this with it."""
    rows = PlanDraft.objects.select_related("paper__unit", "paper__uploaded_by", "job")
    draft = rows.filter(key=key).first()
    if draft is None:
        raise Http404
    check(actor, action, draft.paper.unit, draft.key, day)
    return draft


def version_for(actor: Actor, key: UUID, day: date, action: Action = Action.SEE) -> PlanVersion:
    """The approved plan, if somebody may see it and do this with it."""
    rows = PlanVersion.objects.select_related("unit", "approved_by", "draft__paper")
    version = rows.filter(key=key).first()
    if version is None:
        raise Http404
    check(actor, action, version.unit, version.key, day)
    return version


def check(actor: Actor, action: Action, unit: Unit, of: UUID, day: date) -> None:
    """`Http404` for what may not be seen, `PermissionDenied` for what may be seen only; either is written down."""
    if not allowed(actor, Action.SEE, unit, day):
        audit.record(actor, "refused", SUBJECT, of, _REFUSED[Action.SEE])
        raise Http404
    if action is not Action.SEE and not allowed(actor, action, unit, day):
        audit.record(actor, "refused", SUBJECT, of, _REFUSED[action])
        raise PermissionDenied


def hand_in(actor: Actor, unit: Unit, name: str, data: bytes, day: date) -> PlanDraft:
    """Keep a paper and ask for it to be read; a `DataError` when its content is nothing that can be read."""
    if not allowed(actor, Action.ENTER, unit, day) or actor.person is None:
        audit.record(actor, "refused", SUBJECT, unit.key, _REFUSED[Action.ENTER])
        raise PermissionDenied
    name = _short(name)
    kind = _kind(data, name)
    digest = files.kept(data)
    with transaction.atomic():
        paper = PlanPaper.objects.create(unit=unit, file_name=name, digest=digest, size=len(data), uploaded_by=actor.person)
        draft = PlanDraft(paper=paper, title=name)
        draft.job = Job.objects.create(
            name=COMPILE, payload={"draft": str(draft.key)}, run_at=timezone.now(), asked_by=actor.person
        )
        draft.save()
        told = {"file": (None, name), "kind": (None, kind), "bytes": (None, len(data)), "sha256": (None, digest)}
        audit.record(actor, "upload", SUBJECT, draft.key, f"上传规划文件“{name}”", told)
    return draft


def again(actor: Actor, key: UUID, day: date) -> PlanDraft:
    """Ask once more for a paper that could not be read."""
    draft = draft_for(actor, key, day, Action.ENTER)
    with transaction.atomic():
        draft = PlanDraft.objects.select_for_update(of=("self",)).select_related("job", "paper").get(pk=draft.pk)
        if draft.state == DraftState.FAILED or stuck(draft):
            draft.job = Job.objects.create(
                name=COMPILE, payload={"draft": str(draft.key)}, run_at=timezone.now(), asked_by=actor.person
            )
            draft.state, draft.fault = DraftState.COMPILING, ""
            draft.save(update_fields=["job", "state", "fault", "changed_at"])
            audit.record(actor, "change", SUBJECT, draft.key, f"重新读取“{draft.paper.file_name}”")
    return draft


def compile_draft(key: str, tell: Tell) -> dict[str, Any]:
    """Read the paper of a draft; what cannot be read is said on the draft, in words. Done twice, it changes nothing the second time."""
    draft = PlanDraft.objects.select_related("paper").filter(key=key).first()
    if draft is None or draft.state != DraftState.COMPILING:
        return {"skipped": True}
    paper = draft.paper
    tell(0, 3, f"正在读取“{paper.file_name}”")
    try:
        opened = open_paper(files.path_of(paper.digest), name=paper.file_name, home=settings.HOME)
    except DataError as fault:
        return _failed(draft, sentence(fault.code, fault.facts))
    tell(1, 3, "正在整理目标和任务")
    record = cleaned_record(plan_record(opened.plan))
    odd = unusable_id(record)
    if odd is not None:
        return _failed(draft, sentence("office.unusable_id", {"id": odd}))
    lines = paper_lines(opened.paper) if opened.paper else []
    tell(2, 3, "正在保存")
    with transaction.atomic():
        draft = PlanDraft.objects.select_for_update().get(pk=draft.pk)
        if draft.state != DraftState.COMPILING:
            return {"skipped": True}
        draft.record, draft.lines, draft.state = record, lines, DraftState.REVIEW
        draft.title = (record["meta"]["title"] or paper.file_name)[:200]
        draft.save()
        found = {part: (None, len(record[part])) for part in ("targets", "mentions", "commitments", "tasks")}
        audit.record(Actor(), "compile", SUBJECT, draft.key, f"读取规划文件“{paper.file_name}”", found)
    tell(3, 3, "读取完成")
    return {part: count for part, (_, count) in found.items()}


def stuck(draft: PlanDraft) -> bool:
    """Whether nobody reads the paper any more although nobody said that it cannot be read."""
    return draft.state == DraftState.COMPILING and draft.job is not None and not draft.job.open


def original(actor: Actor, key: UUID, day: date) -> tuple[str, bytes]:
    """The name and the bytes of a draft's paper, as they were handed in."""
    draft = draft_for(actor, key, day, Action.EXPORT)
    audit.record(actor, "export", SUBJECT, draft.key, f"下载原文件“{draft.paper.file_name}”")
    return draft.paper.file_name, files.content(draft.paper.digest)


def largest() -> int:
    """The most bytes that a paper may have."""
    return reading.limits().file_bytes


def _failed(draft: PlanDraft, said: str) -> dict[str, Any]:
    with transaction.atomic():
        changed = PlanDraft.objects.filter(pk=draft.pk, state=DraftState.COMPILING)
        if changed.update(state=DraftState.FAILED, fault=cleaned(said)):
            audit.record(Actor(), "compile", SUBJECT, draft.key, f"读取失败：{cleaned(said)}")
    return {"fault": cleaned(said)}


def _short(name: str) -> str:
    """The last part of what a browser calls a file, without signs that no name has, short enough to show."""
    plain = "".join(c for c in PurePath(cleaned(name).replace("\\", "/")).name if c.isprintable()) or "未命名"
    suffix = PurePath(plain).suffix[:10]
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - len(suffix)] + suffix


def _kind(data: bytes, name: str) -> str:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and not data.startswith(b"{\\rtf"):
        return "json"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise DataError("documents.empty_file", file=name)
    return sniff(data, name).value
