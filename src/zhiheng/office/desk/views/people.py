"""People and their posts: looking, adding, switching off, a new password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng.base.errors import UsageError
from zhiheng.office.desk.guard import needs
from zhiheng.office.desk.office_forms import NewPerson, NewPost, Reason
from zhiheng.office.work import directory, people
from zhiheng.office.work.actor import Actor, Person
from zhiheng.office.work.permissions import Action, Scope, scope_of
from zhiheng.office.work.refusing import reaches, today
from zhiheng.rules.messages import sentence

_SUBJECT = directory.PEOPLE


@require_safe
@needs(Action.SEE, _SUBJECT)
def index(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Everybody with a post in what one may see."""
    may_change = not scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today()).nothing
    found = directory.people_in(scope, today())
    shown = [(one, [post for post in one.held if scope.covers(post.unit)]) for one in found]  # type: ignore[attr-defined]
    return render(request, "desk/office/people.html", {"people": shown, "may_change": may_change})


@require_http_methods(["GET", "POST"])
@needs(Action.ADMINISTER, _SUBJECT)
def new(request: HttpRequest, actor: Actor, scope: Scope) -> HttpResponse:
    """Somebody new; the password is shown once."""
    units = directory.units_in(scope)
    form = NewPerson(units, request.POST or None, initial={"start": today()})
    if form.is_valid():
        got = form.cleaned_data
        unit = next(u for u in units if str(u.key) == got["unit"])
        try:
            person, word = people.add_person(actor, got["username"], got["name"], unit, got["title"], got["start"])
            return render(request, "desk/office/password_once.html", {"person": person, "word": word})
        except UsageError as fault:
            form.add_error("username", sentence(fault.code, fault.facts))
    told = {"form": form, "title": "新建人员", "back": "people"}
    return render(request, "desk/office/form.html", told, status=400 if form.errors else 200)


@require_safe
@needs(Action.SEE, _SUBJECT)
def one(request: HttpRequest, actor: Actor, scope: Scope, key: UUID) -> HttpResponse:
    """Somebody with her posts."""
    return _page(request, actor, directory.person_for(actor, key))


@require_POST
@needs(Action.ADMINISTER, _SUBJECT)
def switch(request: HttpRequest, actor: Actor, scope: Scope, key: UUID, active: bool) -> HttpResponse:
    """On or off."""
    return _deed(request, actor, key, lambda person, reason: people.switch(actor, person, active, scope, reason))


@require_POST
@needs(Action.ADMINISTER, _SUBJECT)
def reset(request: HttpRequest, actor: Actor, scope: Scope, key: UUID) -> HttpResponse:
    """A new password, shown once."""
    return _deed(request, actor, key, lambda person, reason: people.reset_password(actor, person, scope, reason))


@require_POST
@needs(Action.ADMINISTER, _SUBJECT)
def add_post(request: HttpRequest, actor: Actor, scope: Scope, key: UUID) -> HttpResponse:
    """Another post."""
    person, units = directory.person_for(actor, key, Action.ADMINISTER), directory.units_in(scope)
    form = NewPost(units, request.POST)
    if not form.is_valid():
        return _page(request, actor, person, post_form=form)
    got = form.cleaned_data
    unit = next(u for u in units if str(u.key) == got["unit"])
    people.add_post(actor, person, unit, got["title"], got["start"])
    return redirect("person", key=key)


def _deed(request: HttpRequest, actor: Actor, key: UUID, deed: Callable[[Person, str], str | None]) -> HttpResponse:
    person, form = directory.person_for(actor, key, Action.ADMINISTER), Reason(request.POST)
    if form.is_valid():
        try:
            word = deed(person, form.cleaned_data["reason"])
        except UsageError as fault:
            form.add_error(None, sentence(fault.code, fault.facts))
        else:
            told = {"person": person, "word": word}
            return render(request, "desk/office/password_once.html", told) if word else redirect("person", key=key)
    return _page(request, actor, person, reason=form)


def _page(request: HttpRequest, actor: Actor, person: Person, **forms: Any) -> HttpResponse:
    administers = scope_of(actor.person, Action.ADMINISTER, _SUBJECT, today())
    seen = scope_of(actor.person, Action.SEE, _SUBJECT, today())
    units = directory.units_in(administers)
    told = {
        "one": person,
        "posts": [post for post in people.open_posts(person, today()) if seen.covers(post.unit)],
        "may_change": not administers.nothing and reaches(administers, directory.units_of(person)),
        "reason": forms.get("reason") or Reason(),
        "post_form": forms.get("post_form") or NewPost(units, initial={"start": today()}),
    }
    return render(request, "desk/office/person.html", told, status=400 if forms else 200)
