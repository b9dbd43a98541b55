"""The review of a draft: the paper on the left, what was understood of it on the right, and each decision about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhiheng.base.errors import DataError, UsageError, ZhihengError
from zhiheng.office.desk.review_deeds import Unfit, deed_of
from zhiheng.office.desk.review_forms import FORMS, TargetForm
from zhiheng.office.desk.review_items import Item, sections
from zhiheng.office.desk.review_paper import paper_shown
from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work import plan_review, plan_versions, plans
from zhiheng.plans import corrections
from zhiheng.rules.messages import sentence

# Deeds after which each thing still stands where it stood.
_SMALL = frozenset({"accept", "set_aside", "exclude"})


@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole page; while the paper is being read, how far that is."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day)
    if draft.record is None:
        return render(request, "desk/plans/reading.html", {"draft": draft, "stuck": plans.stuck(draft)})
    shown = _shown(draft, plans.rights(actor, draft.paper.unit, day))
    return render(request, "desk/plans/review.html", {**shown, "blocks": paper_shown(draft.lines, draft.record)})


@require_POST
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """One decision; what of the page is different after it."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day, plans.Action.ENTER)
    try:
        deed = deed_of(request.POST, draft.lines)
        draft = plan_review.decide(actor, key, day, _revision(request), deed)
    except plan_review.Overtaken as met:
        return _overtaken(request, draft, met)
    except Unfit as unfit:
        return _form(request, draft, request.POST.get("what", ""), unfit.form)
    except (DataError, UsageError) as fault:
        return _told(request, fault)
    only = (deed.part, deed.item) if deed.kind in _SMALL else None
    return _answer(request, draft, plans.rights(actor, draft.paper.unit, day), only)


@require_POST
def undo(request: HttpRequest, key: UUID, again: bool = False) -> HttpResponse:
    """Take the last step back, or do again what was taken back."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day, plans.Action.ENTER)
    try:
        draft = plan_review.take_back(actor, key, day, _revision(request), again=again)
    except plan_review.Overtaken as met:
        return _overtaken(request, draft, met)
    except (DataError, UsageError) as fault:
        return _told(request, fault)
    return _answer(request, draft, plans.rights(actor, draft.paper.unit, day), None)


@require_POST
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """The draft becomes a version; told on the page where it cannot."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day, plans.Action.APPROVE)
    try:
        version = plan_versions.approve(actor, key, day, _revision(request))
    except plan_review.Overtaken as met:
        return _overtaken(request, draft, met)
    except DataError as fault:
        return _told(request, fault)
    answer = HttpResponse(status=204)
    answer.headers["HX-Redirect"] = reverse("plan_version", kwargs={"key": version.key})
    return answer


@require_safe
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form for a correction, to be put below the thing it corrects."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day, plans.Action.ENTER)
    record, asked = draft.record or {}, request.GET
    what, part, id = asked.get("what", ""), asked.get("part", ""), asked.get("item", "")
    context: dict[str, Any] = {"draft": draft, "what": what, "part": part, "item": id}
    if draft.record is None:
        raise Http404
    try:
        match what, part:
            case "correct", ("targets" | "mentions" | "commitments" | "tasks"):
                context["form"] = FORMS[part].shown(corrections.item(record, part, id))
            case "add", "numbers":
                row = corrections.number_at(record, int(id) if id.isdecimal() and len(id) < 8 else -1)
                context["form"] = FORMS[part].shown(
                    {"value_low": row["text"], "year": record["meta"]["period_end"], "basis": "count"}
                )
            case "add", "targets":
                context["form"] = TargetForm.shown({"own": True, "year": record["meta"]["period_end"], "basis": "level"})
            case "merge", "targets":
                context["others"] = [t for t in record["targets"] if t["id"] != id]
                corrections.item(record, part, id)
            case "split", "targets":
                ids = corrections.item(record, part, id)["mentions"]
                context["mentions"] = [corrections.item(record, "mentions", m) for m in ids]
            case _:
                raise Http404
    except DataError as fault:
        return _told(request, fault)
    return render(request, "desk/plans/edit.html", context)


def _shown(draft: plans.PlanDraft, rights: dict[str, bool]) -> dict[str, Any]:
    """What every part of the page needs to know."""
    open_still = draft.state == plans.DraftState.REVIEW
    found = sections(draft.record or {}, plan_review.decisions(draft), draft.lines)
    done, undone = plan_review.steps(draft)
    return {
        "draft": draft,
        "sections": found,
        "left": sum(s.left for s in found),
        "all": sum(len(s.items) for s in found),
        "rights": rights,
        "may_change": open_still and rights["enter"],
        "may_approve": open_still and rights["approve"],
        "undo": plan_review.step_words(draft, done[-1]) if done else "",
        "redo": plan_review.step_words(draft, undone[-1]) if undone else "",
    }


def _answer(
    request: HttpRequest, draft: plans.PlanDraft, rights: dict[str, bool], only: tuple[str, str] | None
) -> HttpResponse:
    shown = _shown(draft, rights)
    items = [i for s in shown["sections"] for i in s.items if (i.part, i.id) == only]
    whole = {"blocks": paper_shown(draft.lines, draft.record or {})} if not items else {}
    changed: dict[str, list[Item]] = {"items": items}
    return render(request, "desk/plans/changed.html", {**shown, **changed, **whole, "again": True})


def _overtaken(request: HttpRequest, draft: plans.PlanDraft, met: plan_review.Overtaken) -> HttpResponse:
    ours = [(k, v) for k in request.POST for v in request.POST.getlist(k) if k not in ("revision", "csrfmiddlewaretoken")]
    context = {"draft": draft, "steps": met.steps, "revision": met.revision, "ours": ours, "path": request.path}
    return render(request, "desk/plans/conflict.html", context, status=409)


def _form(request: HttpRequest, draft: plans.PlanDraft, what: str, form: Any) -> HttpResponse:
    context = {
        "draft": draft,
        "what": what,
        "part": request.POST.get("part", ""),
        "item": request.POST.get("item", ""),
        "form": form,
    }
    answer = render(request, "desk/plans/edit.html", context, status=422)
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _told(request: HttpRequest, fault: ZhihengError) -> HttpResponse:
    return render(request, "desk/plans/told.html", {"said": sentence(fault.code, fault.facts), "again": True}, status=422)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)
