"""Which units, people and grants are there on a day for somebody who asks?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404

from zhiheng.office.ledger.dated import holding
from zhiheng.office.ledger.models import Action, Grant, GroupMember, Person, Post, Unit
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.organisations import children_on
from zhiheng.office.work.permissions import Scope, grants_on
from zhiheng.office.work.refusing import covered_or_refused, today

__all__ = ["Action", "Grant", "Person", "Post", "Unit"]

PEOPLE, GRANTS = "organisation", "grant"


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in its place in the tree: how deep, what it is called on the day, and who sits in it if it is a leading group."""

    depth: int
    unit: Unit
    name: str
    also: tuple[str, ...]
    members: tuple[GroupMember, ...]


def tree(scope: Scope, day: date) -> list[Branch]:
    """The units in the scope as they stood on the day, each after what it belongs to; a unit whose superior is not in the scope is a root."""
    found = scope.within(Unit.objects.filter(names__start__lte=day).distinct(), "pk").order_by("place", "pk")
    members = GroupMember.objects.filter(holding(day)).select_related("unit").prefetch_related("unit__names")
    units = {unit.pk: unit for unit in found.prefetch_related("names", Prefetch("members", members, "sitting"))}
    children = children_on(day)
    below = {child for parent, many in children.items() if parent in units for child in many}
    branches, seen = list[Branch](), set[int]()
    ahead = [(0, pk) for pk in reversed(units) if pk not in below]
    while ahead:
        depth, pk = ahead.pop()
        if pk in units and pk not in seen:
            seen.add(pk)
            branches.append(_branch(depth, units[pk], scope, day))
            ahead += [(depth + 1, child) for child in sorted(children.get(pk, ()), reverse=True)]
    return branches


def units_in(scope: Scope) -> list[Unit]:
    """The units in the scope, to choose from."""
    return list(scope.within(Unit.objects.prefetch_related("names"), "pk").order_by("place", "pk"))


def unit_for(actor: Actor, key: UUID, action: Action = Action.SEE) -> Unit:
    """The unit, if somebody may do this with it."""
    unit = Unit.objects.prefetch_related("names").filter(key=key).first()
    if unit is None:
        raise Http404
    covered_or_refused(actor, action, PEOPLE, [unit], key)
    return unit


def people_in(scope: Scope, day: date) -> list[Person]:
    """The people with a post in the scope on the day (with everything: those without a post too), each with `held`."""
    posts = Post.objects.filter(holding(day)).select_related("unit").prefetch_related("unit__names")
    rows = Person.objects.prefetch_related(Prefetch("posts", posts, "held"))
    if not scope.everything:
        rows = rows.filter(pk__in=scope.within(Post.objects.filter(holding(day))).values("person"))
    return list(rows.order_by("username"))


def person_for(actor: Actor, key: UUID, action: Action = Action.SEE, subject: str = PEOPLE) -> Person:
    """The person, if somebody may do this with her."""
    person = Person.objects.filter(key=key).first()
    if person is None:
        raise Http404
    covered_or_refused(actor, action, subject, units_of(person), key)
    return person


def grants_in(scope: Scope, day: date) -> list[Grant]:
    """The grants of the day to people and posts in the scope."""
    rows = grants_on(day)
    return list(rows if scope.everything else rows.filter(pk__in=_of_scope(scope, day)))


def grant_for(actor: Actor, key: UUID, action: Action = Action.SEE) -> Grant:
    """The grant, if somebody may do this with it."""
    rows = Grant.objects.select_related("person", "post__unit", "post__person", "granted_by")
    grant: Grant | None = rows.filter(key=key).first()
    if grant is None:
        raise Http404
    covered_or_refused(actor, action, GRANTS, holders_units(grant), key)
    return grant


def units_of(person: Person) -> list[Unit]:
    """The units in which somebody holds a post today."""
    return [post.unit for post in Post.objects.filter(holding(today()), person=person).select_related("unit")]


def holders_units(grant: Grant) -> list[Unit]:
    """The units of who holds a grant."""
    if grant.post is not None:
        return [grant.post.unit]
    return units_of(grant.person) if grant.person is not None else []


def posts_in(scope: Scope, day: date) -> list[Post]:
    """The posts of the day in the scope, to choose from."""
    rows = scope.within(Post.objects.filter(holding(day))).select_related("person", "unit").prefetch_related("unit__names")
    return list(rows.order_by("unit__place", "unit_id", "pk"))


def _of_scope(scope: Scope, day: date) -> Iterable[int]:
    posts = scope.within(Post.objects.filter(holding(day)))
    by_post = Grant.objects.filter(post__in=posts).values_list("pk", flat=True)
    return {*by_post, *Grant.objects.filter(person__in=posts.values("person")).values_list("pk", flat=True)}


def _branch(depth: int, unit: Unit, scope: Scope, day: date) -> Branch:
    name = unit.name_on(day)
    held = [one.name for one in unit.names.all() if one.start <= day and (one.end is None or one.end >= day)]
    sitting = [member for member in unit.sitting if scope.covers(member.unit)]  # type: ignore[attr-defined]
    return Branch(depth, unit, name, tuple(other for other in held if other != name), tuple(sitting))
