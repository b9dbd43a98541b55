"""How do people come, change and go? Each deed with its entry in the audit."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from zhiheng.base.errors import UsageError
from zhiheng.office.ledger.dated import holding
from zhiheng.office.ledger.models import Grant, Person, Post, Unit
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.directory import units_of
from zhiheng.office.work.granting import within
from zhiheng.office.work.permissions import Scope

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_SIGNS = "+-=*#"


def first_password() -> str:
    """A password to be changed at once: fifteen characters of all kinds, none that looks like another."""
    drawn = [secrets.choice(_LETTERS.upper()), secrets.choice("23456789"), secrets.choice(_SIGNS)]
    drawn += [secrets.choice(_LETTERS) for _ in range(12)]
    secrets.SystemRandom().shuffle(drawn)
    return "".join(drawn)


@transaction.atomic
def add_person(actor: Actor, username: str, name: str, unit: Unit, title: str, start: date) -> tuple[Person, str]:
    """Somebody new with a post, and the password that is shown once."""
    if Person.objects.filter(username__iexact=username).exists():
        raise UsageError("office.username_taken", username=username)
    word = first_password()
    person = Person.objects.create_user(username, password=word, name=name)
    Post.objects.create(person=person, unit=unit, title=title, start=start)
    told = {"username": (None, username), "name": (None, name), "unit": (None, str(unit.key)), "title": (None, title)}
    audit.record(actor, "create", "person", person.key, f"新建人员“{name}”", told)
    return person, word


@transaction.atomic
def switch(actor: Actor, person: Person, active: bool, reach: Scope, reason: str) -> None:
    """On or off; sessions of who is off end with the next request."""
    person = _locked(actor, person, reach)
    changes = audit.changed(person, {"is_active": active})
    Person.objects.filter(pk=person.pk).update(is_active=active)
    audit.record(actor, "change", "person", person.key, reason, changes)


@transaction.atomic
def reset_password(actor: Actor, person: Person, reach: Scope, reason: str) -> str:
    """A password to be changed at once, shown once. It unlocks, and takes away the one-time passwords of a lost phone."""
    person, word = _locked(actor, person, reach), first_password()
    one_time = bool(person.one_time_secret)
    person.set_password(word)
    person.must_change_password, person.locked_until, person.failed_logins, person.one_time_secret = True, None, 0, ""
    person.save()
    audit.record(actor, "password", "person", person.key, f"重置密码：{reason}", {"one_time": (one_time, False)})
    return word


@transaction.atomic
def add_post(actor: Actor, person: Person, unit: Unit, title: str, start: date, deputy_for: Post | None = None) -> Post:
    """A post from the day on."""
    post = Post.objects.create(person=person, unit=unit, title=title, start=start, deputy_for=deputy_for)
    told = {"unit": (None, str(unit.key)), "title": (None, title), "start": (None, start)}
    audit.record(actor, "create", "post", person.key, f"{person.name}任{title}", told)
    return post


def _locked(actor: Actor, person: Person, reach: Scope) -> Person:
    """The person as she stands now, if all that she may do lies in the reach: nobody takes over an account that may do more."""
    found = Person.objects.select_for_update().get(pk=person.pk)
    if actor.person is not None and actor.person.pk == found.pk:
        raise UsageError("office.not_oneself")
    posts = Post.objects.filter(person=found)
    grants = [*Grant.objects.filter(person=found), *Grant.objects.filter(post__in=posts)]
    inside = all(reach.covers(unit) for unit in units_of(found)) and all(within(reach, grant) for grant in grants)
    if not reach.everything and not inside:
        raise UsageError("office.beyond_own_reach", what=found.name)
    return found


def open_posts(person: Person, day: date) -> list[Post]:
    """The posts that somebody holds on the day."""
    return list(Post.objects.filter(holding(day), person=person).select_related("unit").prefetch_related("unit__names"))
