"""How do rights come and go, and who has which on a day?

Nobody grants to herself, and nobody grants what reaches further than her own right to administer grants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhiheng.base.canonical_json import digest
from zhiheng.base.errors import UsageError
from zhiheng.office.ledger.models import Action, Grant, GrantPlace, GrantUnit, Person, Post, Reach, Unit
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.directory import holders_units
from zhiheng.office.work.organisations import with_below
from zhiheng.office.work.permissions import SUBJECTS, Scope, posts_of
from zhiheng.office.work.refusing import today

__all__ = ["SUBJECTS", "Action", "Grant", "Reach"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A right as it is asked for: to a person or to a post."""

    action: str
    subject: str
    reach: str
    start: date
    end: date | None
    reason: str
    person: Person | None = None
    post: Post | None = None
    units: tuple[Unit, ...] = ()
    places: tuple[str, ...] = ()


@transaction.atomic
def add_grant(actor: Actor, wanted: Wanted, own: Scope) -> Grant:
    """A new right, if it lies in the granter's own reach (`own`)."""
    holder = wanted.person or (wanted.post and wanted.post.person)
    if actor.person is not None and holder is not None and holder.pk == actor.person.pk:
        raise UsageError("office.not_oneself")
    if wanted.end is not None and wanted.end < wanted.start:
        raise UsageError("office.end_before_start", start=wanted.start, end=wanted.end)
    grant = Grant(
        person=wanted.person,
        post=wanted.post,
        action=wanted.action,
        subject=wanted.subject,
        reach=wanted.reach,
        start=wanted.start,
        end=wanted.end,
        granted_by=actor.person,
        reason=wanted.reason,
    )
    if not _inside(own, grant, wanted.units, wanted.places):
        raise UsageError("office.beyond_own_reach", what=Reach(wanted.reach).label)
    grant.save()
    GrantUnit.objects.bulk_create([GrantUnit(grant=grant, unit=unit) for unit in wanted.units])
    GrantPlace.objects.bulk_create([GrantPlace(grant=grant, place=place) for place in wanted.places])
    named = [*(str(unit.key) for unit in wanted.units), *wanted.places]
    told = {
        "holder": (None, str(wanted.post or wanted.person)),
        "right": (None, f"{wanted.action} {wanted.subject} {wanted.reach} {' '.join(named)}".strip()),
        "start": (None, wanted.start),
        "end": (None, wanted.end),
    }
    audit.record(actor, "create", "grant", grant.key, wanted.reason, told)
    return grant


@transaction.atomic
def end_grant(actor: Actor, grant: Grant, end: date, reason: str, revision: str, own: Scope) -> None:
    """The right ends with the day. `revision` is what the page showed; `UsageError` names what is different by now."""
    now = Grant.objects.select_for_update(of=("self",)).select_related("post", "person").get(pk=grant.pk)
    if revision_of(now) != revision:
        raise UsageError("office.changed_meanwhile", what=f"终止日期现为{now.end or '长期'}")
    if not within(own, now):
        raise UsageError("office.beyond_own_reach", what=Reach(now.reach).label)
    if end < now.start:
        raise UsageError("office.end_before_start", start=now.start, end=end)
    changes = audit.changed(now, {"end": end})
    now.end = end
    now.save()
    audit.record(actor, "change", "grant", now.key, reason, changes)


def revision_of(grant: Grant) -> str:
    """What tells one state of a grant from another."""
    return digest({"key": str(grant.key), "start": str(grant.start), "end": str(grant.end)})


def within(own: Scope, grant: Grant) -> bool:
    """Whether all that a grant reaches today lies in the scope."""
    units = [one.unit for one in grant.units.select_related("unit")]
    return _inside(own, grant, units, [one.place for one in grant.places.all()])


def matrix(grants: Iterable[Grant], day: date) -> tuple[list[tuple[str, str]], list[tuple[Person, list[str]]]]:
    """Columns (kind, action) that occur, and a row for each person: the reaches in words; a deputy has what the post grants."""
    cells: dict[tuple[int, str, str], list[str]] = {}
    people: dict[int, Person] = {}
    columns: set[tuple[str, str]] = set()
    deputies = _deputies(day)
    for grant in grants:
        holders = [grant.person] if grant.person else []
        if grant.post is not None:
            holders = [grant.post.person, *deputies.get(grant.post.pk, ())]
        columns.add((grant.subject, grant.action))
        for person in holders:
            if person.is_active:
                people[person.pk] = person
                cells.setdefault((person.pk, grant.subject, grant.action), []).append(_reach_said(grant))
    order, actions = list(SUBJECTS), [action.value for action in Action]
    heads = sorted(columns, key=lambda c: (order.index(c[0]) if c[0] in order else len(order), c[0], actions.index(c[1])))
    rows = sorted(people.values(), key=lambda person: person.username)
    return heads, [(one, ["；".join(dict.fromkeys(cells.get((one.pk, *head), ()))) for head in heads]) for one in rows]


def head_said(subject: str, action: str) -> str:
    """A column of the matrix in words."""
    return f"{Action(action).label}{SUBJECTS.get(subject, subject)}"


def _reach_said(grant: Grant) -> str:
    named = [str(one.unit) for one in grant.units.all()] + [one.place for one in grant.places.all()]
    said = str(Reach(grant.reach).label)
    return f"{said}：{'、'.join(named)}" if named else said


def _deputies(day: date) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for post in Post.objects.on(day).filter(deputy_for__isnull=False).select_related("person", "deputy_for"):
        found.setdefault(post.deputy_for_id, []).append(post.person)
    return found


def _inside(own: Scope, grant: Grant, units: Iterable[Unit], places: Iterable[str]) -> bool:
    if own.everything:
        return True
    held = holders_units(grant)
    if grant.person is not None:
        held = [post.unit for post in posts_of(grant.person, today())]
    if not held or not all(own.covers(unit) for unit in held):
        return False
    match grant.reach:
        case Reach.OWN:
            return True
        case Reach.BELOW:
            below = with_below([unit.pk for unit in held], today())
            return all(own.covers(unit) for unit in Unit.objects.filter(pk__in=below))
        case Reach.UNITS:
            return all(own.covers(unit) for unit in units)
        case Reach.PLACES:
            return all(any(place.startswith(mine) for mine in own.places) for place in places)
        case _:
            return False
