"""Which units are there on a day, what do they belong to, and how do they change?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from zhiheng.base.canonical_json import digest
from zhiheng.base.errors import UsageError
from zhiheng.office.ledger.dated import holding
from zhiheng.office.ledger.models import Unit, UnitKind, UnitName, UnitTie
from zhiheng.office.work import audit
from zhiheng.office.work.actor import Actor

__all__ = ["UnitKind"]
_ONE_DAY = timedelta(days=1)


def children_on(day: date) -> dict[int, list[int]]:
    """Who belongs to whom on the day: the units of each unit, by their ids."""
    found: dict[int, list[int]] = {}
    for unit, parent in UnitTie.objects.filter(holding(day)).values_list("unit_id", "parent_id"):
        found.setdefault(parent, []).append(unit)
    return found


def with_below(units: Iterable[int], day: date) -> frozenset[int]:
    """The units with all that belongs to them on the day, however deep; a ring ends where it began."""
    children, found, ahead = children_on(day), set[int](), list(units)
    while ahead:
        unit = ahead.pop()
        if unit not in found:
            found.add(unit)
            ahead += children.get(unit, ())
    return frozenset(found)


@transaction.atomic
def found_unit(actor: Actor, name: str, kind: UnitKind, place: str, start: date, parent: Unit | None = None) -> Unit:
    """A new unit with its name, and what it belongs to."""
    unit = Unit.objects.create(kind=kind, place=place)
    UnitName.objects.create(unit=unit, name=name, start=start)
    if parent is not None:
        UnitTie.objects.create(unit=unit, parent=parent, start=start)
    told = {"name": (None, name), "kind": (None, kind), "place": (None, place), "parent": (None, parent and str(parent.key))}
    audit.record(actor, "create", "organisation", unit.key, f"新建单位“{name}”", told)
    return unit


def revision_of(unit: Unit) -> str:
    """What tells one state of a unit's names and superiors from another."""
    names = [[name.name, str(name.start), str(name.end)] for name in UnitName.objects.filter(unit=unit).order_by("pk")]
    ties = [[tie.parent_id, str(tie.start), str(tie.end)] for tie in UnitTie.objects.filter(unit=unit).order_by("pk")]
    return digest({"names": names, "ties": ties})


@transaction.atomic
def change(actor: Actor, unit: Unit, seen: str, start: date, reason: str, name: str, parent: Unit | None) -> None:
    """Another name or superior from the day on. `seen` is the revision that the page showed; where it is another by now, `UsageError`
    says what the unit is called and belongs to."""
    now = Unit.objects.select_for_update().get(pk=unit.pk)
    tie = now.ties.filter(holding(start)).select_related("parent").first()
    if revision_of(now) != seen:
        superior = f"，上级单位现为“{tie.parent}”" if tie else ""
        raise UsageError("office.changed_meanwhile", what=f"名称现为“{now.name_on(start)}”{superior}")
    if name != now.name_on(start):
        rename(actor, now, name, start, reason)
    if parent is not None and (tie is None or tie.parent_id != parent.pk):
        move(actor, now, parent, start, reason)


@transaction.atomic
def rename(actor: Actor, unit: Unit, name: str, start: date, reason: str) -> None:
    """Another main name from the day on; the old one ends the day before."""
    old = unit.names.filter(holding(start), main=True).first()
    if old is not None and old.start >= start:
        raise UsageError("office.change_before_start", start=old.start, day=start)
    if old is not None:
        old.end = start - _ONE_DAY
        old.save()
    UnitName.objects.create(unit=unit, name=name, start=start)
    audit.record(actor, "change", "organisation", unit.key, reason, {"name": (old and old.name, name)})


@transaction.atomic
def move(actor: Actor, unit: Unit, parent: Unit, start: date, reason: str) -> None:
    """Another superior from the day on; a unit never belongs to what belongs to it."""
    if parent.pk in with_below([unit.pk], start):
        raise UsageError("office.unit_in_a_ring", unit=str(unit), parent=str(parent))
    old = unit.ties.filter(holding(start)).first()
    if old is not None and old.start >= start:
        raise UsageError("office.change_before_start", start=old.start, day=start)
    if old is not None:
        old.end = start - _ONE_DAY
        old.save()
    UnitTie.objects.create(unit=unit, parent=parent, start=start)
    told = {"parent": (old and str(old.parent.key), str(parent.key))}
    audit.record(actor, "change", "organisation", unit.key, reason, told)
