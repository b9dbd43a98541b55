"""The review of a draft: the paper on the left, what was understood of it on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiheng.office.desk.review_items import sections
from zhiheng.office.desk.review_paper import paper_shown
from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work import plan_review, plans


@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole page; while the paper is being read, how far that is."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day)
    if draft.record is None:
        return render(request, "desk/plans/reading.html", {"draft": draft, "stuck": plans.stuck(draft)})
    shown = shown_of(draft, plans.rights(actor, draft.paper.unit, day))
    return render(request, "desk/plans/review.html", {**shown, "blocks": paper_shown(draft.lines, draft.record)})


def shown_of(draft: plans.PlanDraft, rights: dict[str, bool]) -> dict[str, Any]:
    """What every part of the page needs to know."""
    open_still = draft.state == plans.DraftState.REVIEW
    found = sections(draft.record or {}, plan_review.decisions(draft), draft.lines)
    return {
        "draft": draft,
        "sections": found,
        "left": sum(s.left for s in found),
        "all": sum(len(s.items) for s in found),
        "rights": rights,
        "may_change": open_still and rights["enter"],
        "may_approve": open_still and rights["approve"],
    }
