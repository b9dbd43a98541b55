"""Plans: what there is, handing in a paper, and how far its reading is."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng.base.errors import DataError
from zhiheng.office.desk.views.sessions import actor_of
from zhiheng.office.work import plans
from zhiheng.rules.messages import sentence

_SHOWN = 200


class HandIn(forms.Form):
    """A file, and the unit whose plan it is."""

    unit = forms.ChoiceField(label="规划所属单位")
    paper = forms.FileField(label="规划文件", max_length=200)

    def __init__(self, units: list[plans.Unit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["unit"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - as declared above
        chosen.choices = [(str(unit.key), str(unit)) for unit in units]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All plans that somebody may see."""
    actor, day = actor_of(request), plans.today()
    drafts = [d for d in plans.drafts_of(actor, day)[:_SHOWN] if d.state != plans.DraftState.APPROVED]
    versions = plans.versions_of(actor, day)[:_SHOWN]
    may_enter = bool(plans.units_to_enter_for(actor, day))
    return render(request, "desk/plans/index.html", {"drafts": drafts, "versions": versions, "may_enter": may_enter})


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """The page to hand in a paper."""
    actor, day = actor_of(request), plans.today()
    units = plans.units_to_enter_for(actor, day)
    if not units:
        return render(request, "desk/fault.html", _NO_UNIT, status=403)
    posted = request.method == "POST"
    form = HandIn(units, request.POST, request.FILES) if posted else HandIn(units)
    if posted and form.is_valid():
        unit = next(u for u in units if str(u.key) == form.cleaned_data["unit"])
        file: UploadedFile[bytes] = form.cleaned_data["paper"]
        try:
            draft = plans.hand_in(actor, unit, file.name or "", file.read(), day)
            return redirect("plan_draft", key=draft.key)
        except DataError as fault:
            form.add_error("paper", sentence(fault.code, fault.facts))
        except OSError:
            form.add_error("paper", "服务器的磁盘写不进去（可能已满），文件没有保存。请联系系统管理员。")
    megabytes = plans.largest() // 1024 // 1024
    return render(
        request, "desk/plans/hand_in.html", {"form": form, "megabytes": megabytes}, status=400 if form.errors else 200
    )


@require_safe
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far the reading of a paper is; asked for again and again while it lasts."""
    draft = plans.draft_for(actor_of(request), key, plans.today())
    answer = render(request, "desk/plans/progress.html", {"draft": draft, "stuck": plans.stuck(draft)})
    if draft.state not in (plans.DraftState.COMPILING, plans.DraftState.FAILED):
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read the paper once more."""
    draft = plans.again(actor_of(request), key, plans.today())
    return redirect("plan_draft", key=draft.key)


@require_safe
def original(request: HttpRequest, key: UUID) -> HttpResponse:
    """The paper as it was handed in, to save and never to show: it may hold anything."""
    name, data = plans.original(actor_of(request), key, plans.today())
    return saved_as(name, data)


def saved_as(name: str, data: bytes, kind: str = "application/octet-stream") -> HttpResponse:
    """An answer that browsers save under the name and never show."""
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


_NO_UNIT = {"title": "没有权限", "said": "您没有为任何单位上传规划的权限。需要时请联系本单位的管理员。"}
