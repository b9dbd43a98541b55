"""Rights: looking, granting, ending, the matrix of a day, and why somebody may do something."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhiheng.base.errors import UsageError
from zhiheng.office.desk.guard import needs
from zhiheng.office.desk.office_forms import EndGrant, NewGrant, Why, day_asked
from zhiheng.office.desk.views.plans import saved_as
from zhiheng.office.work import audit, directory, granting, permissions
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import Action, Scope, scope_of
from zhiheng.office.work.refusing import reaches, today
from zhiheng.rules.messages import sentence

_SUBJECT = directory.GRANTS
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs(Action.SEE, _SUBJECT)
def index(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """The grants of a day."""
    form, day = day_asked(request.GET, today())
    told = {
        "form": form,
        "day": day,
        "grants": [(one, granting.head_said(one.subject, one.action)) for one in directory.grants_in(scope, day)],
        "may_grant": not scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today()).nothing,
    }
    return render(request, "desk/office/grants.html", told)


@require_http_methods(["GET", "POST"])
@needs(Action.ADMINISTER, _SUBJECT)
def new(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Grant a right."""
    posts, people = directory.posts_in(scope, today()), directory.people_in(scope, today())
    units = directory.units_in(scope)
    form = NewGrant(posts, people, units, request.POST or None, initial={"start": today()})
    if form.is_valid():
        got, (kind, key) = form.cleaned_data, form.cleaned_data["holder"].split(":")
        wanted = granting.Wanted(
            **{name: got[name] for name in ("action", "subject", "reach", "start", "end", "reason")},
            person=next((one for one in people if str(one.key) == key), None) if kind == "person" else None,
            post=next((one for one in posts if str(one.pk) == key), None) if kind == "post" else None,
            units=tuple(unit for unit in units if str(unit.key) in got["units"]),
            places=tuple(got["places"].replace("，", " ").replace("、", " ").replace(",", " ").split()),
        )
        try:
            return redirect("grant", key=granting.add_grant(actor, wanted, scope).key)
        except UsageError as fault:
            form.add_error(None, sentence(fault.code, fault.facts))
    told = {"form": form, "title": "新增授权", "back": "grants"}
    return render(request, "desk/office/form.html", told, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Action.SEE, _SUBJECT)
def one(request: HttpRequest, actor: Actor, scope: Scope, key: UUID) -> HttpResponse:
    """A right; ended by who may."""
    posted = request.method == "POST"
    grant = directory.grant_for(actor, key, Action.ADMINISTER if posted else Action.SEE)
    own, revision = scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today()), granting.revision_of(grant)
    form = EndGrant(request.POST if posted else None, initial={"end": today(), "revision": revision})
    if posted and form.is_valid():
        got = form.cleaned_data
        try:
            granting.end_grant(actor, grant, got["end"], got["reason"], got["revision"], own)
            return redirect("grant", key=key)
        except UsageError as fault:
            form.add_error(None, sentence(fault.code, fault.facts))
            if fault.code == "office.changed_meanwhile":
                form.data = {**request.POST.dict(), "revision": revision}
    told = {
        "grant": grant,
        "said": granting.head_said(grant.subject, grant.action),
        "form": form if not own.nothing and reaches(own, directory.holders_units(grant)) else None,
    }
    return render(request, "desk/office/grant.html", told, status=400 if form.errors else 200)


@require_safe
@needs(Action.SEE, _SUBJECT)
def matrix(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Who may do what on a day."""
    form, day = day_asked(request.GET, today())
    heads, rows = granting.matrix(directory.grants_in(scope, day), day)
    may_export = not scope_of(actor.person, Action.EXPORT, _SUBJECT, today()).nothing
    told = {"form": form, "day": day, "heads": [granting.head_said(*head) for head in heads], "rows": rows}
    return render(request, "desk/office/matrix.html", {**told, "may_export": may_export})


@require_safe
@needs(Action.EXPORT, _SUBJECT)
def matrix_workbook(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """The matrix as a workbook; every cell is text, whatever it begins with."""
    _, day = day_asked(request.GET, today())
    heads, rows = granting.matrix(directory.grants_in(scope, day), day)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("权限矩阵"), book.add_format({"bold": True, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        table: list[list[Any]] = [["姓名", "登录名", *(granting.head_said(*head) for head in heads)]]
        table += [[person.name, person.username, *cells] for person, cells in rows]
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, wrapped if row else bold)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(heads) + 1, 16)
    audit.record(actor, "export", _SUBJECT, f"matrix {day}", f"导出{day}的权限矩阵，{len(rows)}人")
    return saved_as(f"权限矩阵{day}.xlsx", held.getvalue(), _WORKBOOK)


@require_safe
@needs(Action.SEE, _SUBJECT)
def why(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Why may somebody do something? Each grant that lets her, in words."""
    people, units = directory.people_in(scope, today()), directory.units_in(scope)
    form = Why(people, units, request.GET or None, initial={"day": today()})
    answers: tuple[str, ...] | None = None
    if form.is_valid():
        got = form.cleaned_data
        person = next(p for p in people if str(p.key) == got["person"])
        unit = next(u for u in units if str(u.key) == got["unit"])
        answers = permissions.why(person, Action(got["action"]), got["subject"], unit, got["day"])
    return render(request, "desk/office/why.html", {"form": form, "answers": answers}, status=400 if form.errors else 200)
