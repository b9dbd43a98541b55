"""Units as a dated tree: looking, founding, changing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhiheng.base.errors import UsageError
from zhiheng.office.desk.guard import needs
from zhiheng.office.desk.office_forms import ChangeUnit, NewUnit, day_asked
from zhiheng.office.work import directory, organisations
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.permissions import Action, Scope, may, scope_of
from zhiheng.office.work.refusing import today
from zhiheng.rules.messages import sentence

_SUBJECT = directory.PEOPLE


@require_safe
@needs(Action.SEE, _SUBJECT)
def index(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """The tree as it stood on a day."""
    form, day = day_asked(request.GET, today())
    may_change = not scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today()).nothing
    told = {"form": form, "day": day, "tree": directory.tree(scope, day), "may_change": may_change}
    return render(request, "desk/office/units.html", told)


@require_http_methods(["GET", "POST"])
@needs(Action.ADMINISTER, _SUBJECT)
def new(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Found a unit."""
    units = directory.units_in(scope)
    form = NewUnit(units, scope.everything, request.POST or None, initial={"start": today()})
    if form.is_valid():
        got = form.cleaned_data
        parent = next((unit for unit in units if str(unit.key) == got["parent"]), None)
        kind = organisations.UnitKind(got["kind"])
        unit = organisations.found_unit(actor, got["name"], kind, got["place"], got["start"], parent)
        return redirect("unit", key=unit.key)
    told = {"form": form, "title": "新建单位", "back": "units"}
    return render(request, "desk/office/form.html", told, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Action.SEE, _SUBJECT)
def one(request: HttpRequest, actor: Actor, scope: Scope, key: UUID) -> HttpResponse:
    """A unit with its history; a change of its name or superior by who may."""
    posted = request.method == "POST"
    unit = directory.unit_for(actor, key, Action.ADMINISTER if posted else Action.SEE)
    may_change = may(actor.person, Action.ADMINISTER, _SUBJECT, unit, today())
    others = [u for u in directory.units_in(scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today())) if u.pk != unit.pk]
    revision = organisations.revision_of(unit)
    first = {"name": unit.name_on(today()), "start": today(), "revision": revision}
    form = ChangeUnit(others, request.POST if posted else None, initial=first)
    if posted and form.is_valid():
        got = form.cleaned_data
        parent = next((u for u in others if str(u.key) == got["parent"]), None)
        try:
            organisations.change(actor, unit, got["revision"], got["start"], got["reason"], got["name"], parent)
            return redirect("unit", key=unit.key)
        except UsageError as fault:
            form.add_error(None, sentence(fault.code, fault.facts))
            if fault.code == "office.changed_meanwhile":
                form.data = {**request.POST.dict(), "revision": revision}
    told = {
        "unit": unit,
        "form": form if may_change else None,
        "names": unit.names.order_by("start"),
        "ties": [tie for tie in unit.ties.order_by("start").select_related("parent") if scope.covers(tie.parent)],
    }
    return render(request, "desk/office/unit.html", told, status=400 if form.errors else 200)
