"""May somebody do something, how far, and why? The one place where that is decided.

Rights are grants, to a person or to a post; who holds the post on the day (or deputises for who does) has them. Nothing else gives a
right. Every question to ledger or lake for a person goes through the `Scope` that is found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from zhiheng.office.ledger.dated import holding
from zhiheng.office.ledger.models import Action, Grant, Person, Post, Reach, Unit
from zhiheng.office.work.organisations import with_below

__all__ = ["Action", "Reach"]

_M = TypeVar("_M", bound=Model)
# What there is to grant: kinds of things, and with it the words of the matrix.
SUBJECTS = {
    "organisation": "机构和人员",
    "grant": "授权",
    "plan": "规划",
    "task": "任务",
    "value": "指标数据",
    "record": "台账记录",
    "audit": "审计记录",
    "job": "后台任务",
}
_ANY_PLACE_DIGITS = (2, 4, 6)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a right reaches: everything, these units, all units of these places (their codes without trailing zeros)."""

    everything: bool = False
    units: frozenset[int] = frozenset()
    places: frozenset[str] = field(default_factory=frozenset)

    @property
    def nothing(self) -> bool:
        """Whether it reaches nothing at all."""
        return not (self.everything or self.units or self.places)

    def covers(self, unit: Unit) -> bool:
        """Whether a unit lies in it."""
        return self.everything or unit.pk in self.units or any(unit.place.startswith(place) for place in self.places)

    def within(self, rows: QuerySet[_M], unit: str = "unit") -> QuerySet[_M]:
        """Those rows whose unit (found by following `unit`) lies in it."""
        if self.everything:
            return rows
        condition = Q(**{f"{unit}__in": self.units}) if self.units else Q(pk__in=())
        for place in self.places:
            condition |= Q(**{f"{unit}__place__startswith" if unit != "pk" else "place__startswith": place})
        return rows.filter(condition)


def scope_of(person: Person | None, action: Action, subject: str, on: date) -> Scope:
    """How far somebody may do something with a kind of thing on the day."""
    found = [_reach(grant, units, on) for grant, units in _grants(person, action, subject, on)]
    return Scope(
        any(one.everything for one in found),
        frozenset().union(*(one.units for one in found)),
        frozenset().union(*(one.places for one in found)),
    )


def may(person: Person | None, action: Action, subject: str, unit: Unit, on: date) -> bool:
    """Whether somebody may do something with a thing of the unit."""
    return scope_of(person, action, subject, on).covers(unit)


def why(person: Person, action: Action, subject: str, unit: Unit, on: date) -> tuple[str, ...]:
    """Each grant that lets somebody do it, in words; empty when none does."""
    said = []
    for grant, units in _grants(person, action, subject, on):
        if _reach(grant, units, on).covers(unit):
            until = f"至{grant.end:%Y-%m-%d}" if grant.end else "，长期"
            by = f"由{grant.granted_by.name}授予" if grant.granted_by else "安装时授予"
            holder = f"担任“{grant.post}”" if grant.post else "本人"
            what = f"{Action(grant.action).label}{SUBJECTS.get(grant.subject, grant.subject)}"
            reach = _reach_words(grant)
            said.append(
                f"{person.name}以{holder}可以{what}，范围：{reach}；{grant.start:%Y-%m-%d}起{until}，{by}，理由：{grant.reason}"
            )
    return tuple(said)


def grants_on(on: date) -> QuerySet[Grant]:
    """All grants of the day, for the matrix."""
    rows = Grant.objects.filter(holding(on)).select_related("person", "post__person", "post__unit", "granted_by")
    return rows.prefetch_related("units__unit__names", "places", "post__unit__names").order_by("subject", "action", "pk")


def kinds_seen(person: Person | None, on: date) -> frozenset[str]:
    """The kinds of things of which somebody may see anything on the day, for the menu."""
    if person is None or not person.is_active:
        return frozenset()
    posts = posts_of(person, on)
    rows = Grant.objects.filter(holding(on), Q(person=person) | Q(post__in=posts), action=Action.SEE)
    rows = rows.exclude(~Q(reach=Reach.ALL), subject="audit")  # read whole or not at all
    if not posts:
        rows = rows.exclude(reach__in=(Reach.OWN, Reach.BELOW))
    return frozenset(rows.values_list("subject", flat=True))


def posts_of(person: Person, on: date) -> list[Post]:
    """The posts that somebody holds on the day, and those held by whom she deputises for."""
    held = list(Post.objects.filter(holding(on), person=person).select_related("unit", "deputy_for__unit"))
    deputised = [post.deputy_for for post in held if post.deputy_for is not None and _holds(post.deputy_for, on)]
    return [*held, *deputised]


def _holds(post: Post, on: date) -> bool:
    return post.start <= on and (post.end is None or post.end >= on)


def _grants(person: Person | None, action: Action, subject: str, on: date) -> Iterable[tuple[Grant, frozenset[int]]]:
    """Each grant with the units from which `own` is reckoned."""
    if person is None or not person.is_active:
        return
    posts = posts_of(person, on)
    units = frozenset(post.unit_id for post in posts)
    rows = Grant.objects.filter(holding(on), Q(person=person) | Q(post__in=posts), action=action, subject=subject)
    for grant in rows.select_related("post__unit", "granted_by").prefetch_related("units", "places"):
        yield grant, frozenset({grant.post.unit_id}) if grant.post else units


def _reach(grant: Grant, own: frozenset[int], on: date) -> Scope:
    match grant.reach:
        case Reach.ALL:
            return Scope(everything=True)
        case Reach.OWN:
            return Scope(units=own)
        case Reach.BELOW:
            return Scope(units=with_below(own, on))
        case Reach.UNITS:
            return Scope(units=frozenset(one.unit_id for one in grant.units.all()))
        case _:
            return Scope(places=frozenset(_head(one.place) for one in grant.places.all()))


def _reach_words(grant: Grant) -> str:
    named: list[Any] = []
    if grant.reach == Reach.UNITS:
        named = [str(one.unit) for one in grant.units.select_related("unit")]
    elif grant.reach == Reach.PLACES:
        named = [one.place for one in grant.places.all()]
    label = str(Reach(grant.reach).label)
    return f"{label}（{'、'.join(named)}）" if named else label


def _head(place: str) -> str:
    """What the codes of all that lies in a place begin with; a code of nothing but zeros is no place."""
    for digits in _ANY_PLACE_DIGITS:
        if place[:digits].strip("0") and not place[digits:6].strip("0"):
            return place[:digits] if len(place) <= 6 else place
    return place
