"""A draft as a workbook to correct and as labels, and the corrected workbook back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhiheng.base.errors import DataError
from zhiheng.office.desk.views.plans import saved_as
from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work import plan_exchange, plan_review, plans
from zhiheng.rules.messages import sentence

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_SHOWN = 500


@require_safe
def form(request: HttpRequest, key: UUID) -> HttpResponse:
    """The workbook."""
    return saved_as(*_made(request, key, plan_exchange.form), _XLSX)


@require_safe
def labels(request: HttpRequest, key: UUID) -> HttpResponse:
    """The labels, packed."""
    return saved_as(*_made(request, key, plan_exchange.labels), "application/zip")


@require_POST
def form_read(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a corrected workbook would change, before anything is."""
    actor, day = actor_of(request), plans.today()
    draft = plans.draft_for(actor, key, day, plans.Action.ENTER)
    file = request.FILES.get("form")
    context = {"draft": draft, "said": "没有选择文件。请选择改好的规划表。"}
    if file is not None:
        try:
            token, changes, faults = plan_exchange.form_read(actor, key, day, file.name or "", file.read())
        except DataError as fault:
            context["said"] = sentence(fault.code, fault.facts)
        else:
            shown = {"token": token, "changes": changes[:_MOST_SHOWN], "count": len(changes), "faults": faults[:_MOST_SHOWN]}
            return render(request, "desk/plans/form.html", {"draft": draft, **shown}, status=400 if faults else 200)
    return render(request, "desk/plans/form.html", context, status=400)


@require_POST
def form_taken(request: HttpRequest, key: UUID) -> HttpResponse:
    """The workbook taken over."""
    actor, day = actor_of(request), plans.today()
    revision = request.POST.get("revision", "")
    if not (revision.isascii() and revision.isdecimal() and len(revision) < 10):
        raise Http404
    try:
        plan_exchange.form_taken(actor, key, day, int(revision), request.POST.get("token", ""))
    except plan_review.Overtaken:
        said = "您看过改动之后，别人又改过其中的内容，没有导入。请重新下载表格。"
    except DataError as fault:
        said = sentence(fault.code, fault.facts)
    else:
        return redirect("plan_draft", key=key)
    return render(request, "desk/plans/form.html", {"draft": plans.draft_for(actor, key, day), "said": said}, status=409)


def _made(request: HttpRequest, key: UUID, make: plan_exchange.Maker) -> tuple[str, bytes]:
    try:
        return make(actor_of(request), key, plans.today())
    except DataError as fault:
        raise Http404 from fault
