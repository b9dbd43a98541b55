"""What did people decide about a draft, and how is a decision made, taken back and kept from overwriting another's?

Every step is a row of its own with what stood before and after; `revision` of the draft is the number of the last one. Whoever decides
names the revision she saw: where somebody else changed the same thing since, nothing is written and she is shown what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from zhiheng.base.errors import DataError, UsageError
from zhiheng.office.ledger.models import Action, DraftState, PlanDraft, PlanEdit
from zhiheng.office.work import audit, plans
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.plan_changes import applied, difference, told, touched

_KINDS = {
    "accept": "已确认",
    "correct": "已更正",
    "answer": "已答复",
    "set_aside": "已搁置",
    "exclude": "已排除",
    "drop": "已删除",
    "add": "人工补录",
    "merge": "已合并",
    "split": "已拆分",
    "promote": "改作目标",
    "form": "由表格更正",
}
_UNDO, _REDO = "undo", "redo"
_LONGEST_ITEM = 64

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision: of which kind, about what, and what it makes of the record; `note` is kept with it (a reason)."""

    kind: str
    part: str
    item: str
    make: Callable[[Row], Row] = lambda record: record
    note: Mapping[str, Any] = field(default_factory=dict)


class Overtaken(Exception):  # noqa: N818 - nothing is wrong, somebody was quicker
    """Others changed the same thing since: each step in words, and the revision that holds now."""

    def __init__(self, steps: list[tuple[str, list[tuple[str, str, str]]]], revision: int) -> None:
        super().__init__("overtaken")
        self.steps, self.revision = steps, revision


def decide(actor: Actor, key: UUID, day: date, revision: int, deed: Deed) -> PlanDraft:
    """Make a decision; the draft as it stands then. A `DataError` when the decision does not fit what stands there."""
    plans.draft_for(actor, key, day, Action.ENTER)
    if len(deed.item) > _LONGEST_ITEM or deed.kind not in _KINDS:
        raise Http404
    with transaction.atomic():
        draft, record = _locked(key)
        new = deed.make(record)
        before, after = difference(record, new)
        _unless_overtaken(draft, actor, revision, {(deed.part, deed.item), *touched(before, after)})
        if deed.note:
            after.setdefault(deed.part, {})[deed.item] = [0, dict(deed.note)]
        _add(draft, actor, deed.kind, deed.part, deed.item, before, after)
        draft.record = new
        said = f"复核规划：{_KINDS[deed.kind]} {deed.item}"
        changes = {**told(before, after), **{name: (None, value) for name, value in deed.note.items()}}
        _saved(draft, actor, said, changes)
    return draft


def take_back(actor: Actor, key: UUID, day: date, revision: int, *, again: bool = False) -> PlanDraft:
    """Undo the last step that stands, or do again the last that was undone; a `UsageError` when there is none."""
    plans.draft_for(actor, key, day, Action.ENTER)
    with transaction.atomic():
        draft, record = _locked(key)
        done, undone = steps(draft)
        stack = undone if again else done
        if not stack:
            raise UsageError("office.nothing_to_undo")
        step = PlanEdit.objects.get(draft=draft, number=stack[-1])
        if draft.revision != revision and step.number > revision and step.by_id != (actor.person and actor.person.pk):
            raise Overtaken(_words(PlanEdit.objects.filter(draft=draft, number__gt=revision)), draft.revision)
        old, new = (step.before, step.after) if again else (step.after, step.before)
        _add(draft, actor, _REDO if again else _UNDO, step.part, step.item, old, new)
        PlanEdit.objects.filter(pk=step.pk).update(undone=not again)
        draft.record = applied(record, new or {})
        said = f"复核规划：{'重做' if again else '撤销'}“{_KINDS[step.kind]} {step.item}”"
        _saved(draft, actor, said, told(old, new))
    return draft


def steps(draft: PlanDraft) -> tuple[list[int], list[int]]:
    """The numbers of the steps that stand and can be undone, and of those that can be done again, the next one last."""
    done: list[int] = []
    undone: list[int] = []
    for number, kind in PlanEdit.objects.filter(draft=draft).order_by("number").values_list("number", "kind"):
        match kind:
            case "undo":
                undone.append(done.pop())
            case "redo":
                done.append(undone.pop())
            case _:
                done.append(number)
                undone.clear()
    return done, undone


def step_words(draft: PlanDraft, number: int) -> str:
    """A step as a button names it."""
    step = PlanEdit.objects.get(draft=draft, number=number)
    return f"{_KINDS[step.kind]} {step.item.partition('/')[0]}"


def decisions(draft: PlanDraft) -> dict[tuple[str, str], str]:
    """The last decision about each thing that was decided, in words, by its part and id."""
    found: dict[tuple[str, str], str] = {}
    rows = PlanEdit.objects.filter(draft=draft, undone=False, kind__in=_KINDS).order_by("number").select_related("by")
    for edit in rows:
        said = f"{_KINDS[edit.kind]} · {edit.by.name}"
        if edit.kind == "set_aside" and edit.after:
            said += f"：{edit.after['questions'][edit.item][1]['reason']}"
        for key in ((edit.part, edit.item), *touched(edit.after)):
            found[key] = said
    return found


def set_aside(draft: PlanDraft) -> frozenset[str]:
    """The questions that were set aside with a reason, as `target/code`."""
    rows = PlanEdit.objects.filter(draft=draft, undone=False, kind="set_aside")
    return frozenset(rows.values_list("item", flat=True))


def unless_changed(draft: PlanDraft, actor: Actor, revision: int) -> None:
    """Nothing, unless somebody else changed anything since the revision; then `Overtaken`."""
    met = list(PlanEdit.objects.filter(draft=draft, number__gt=revision).exclude(by=actor.person).select_related("by"))
    if met:
        raise Overtaken(_words(met), draft.revision)


def _locked(key: UUID) -> tuple[PlanDraft, Row]:
    draft = PlanDraft.objects.select_for_update(of=("self",)).select_related("paper__unit").get(key=key)
    if draft.state != DraftState.REVIEW or draft.record is None:
        raise DataError("office.draft_closed", title=draft.title)
    return draft, draft.record


def _unless_overtaken(draft: PlanDraft, actor: Actor, revision: int, things: set[tuple[str, str]]) -> None:
    since = PlanEdit.objects.filter(draft=draft, number__gt=revision).exclude(by=actor.person).select_related("by")
    ours = {_thing(one) for one in things}
    met = [e for e in since if ours & {_thing(one) for one in ((e.part, e.item), *touched(e.before, e.after))}]
    if met:
        raise Overtaken(_words(met), draft.revision)


def _thing(one: tuple[str, str]) -> tuple[str, str]:
    """What a step is about; a question is its target's."""
    part, id = one
    return ("targets", id.partition("/")[0]) if part == "questions" else one


def _words(edits: Iterable[PlanEdit]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    names = {**_KINDS, _UNDO: "撤销", _REDO: "重做"}
    return [
        (
            f"{edit.by.name} {edit.at:%H:%M} {names[edit.kind]} {edit.item.partition('/')[0]}",
            [(what, old, new) for what, (old, new) in told(edit.before, edit.after).items()],
        )
        for edit in edits
    ]


def _add(draft: PlanDraft, actor: Actor, kind: str, part: str, item: str, before: Any, after: Any) -> None:
    draft.revision += 1
    number, by = draft.revision, actor.person
    if by is None:
        raise PermissionDenied
    PlanEdit.objects.create(
        draft=draft, number=number, kind=kind, part=part, item=item, before=before or None, after=after or None, by=by
    )


def _saved(draft: PlanDraft, actor: Actor, said: str, changes: Mapping[str, tuple[Any, Any]]) -> None:
    draft.save(update_fields=["record", "revision", "changed_at"])
    audit.record(actor, "change", plans.SUBJECT, draft.key, said, changes)
