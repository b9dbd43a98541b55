"""Who may do what, how far, and why?"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from zhiheng.office.ledger.models import Action, Grant, GrantPlace, GrantUnit, Person, Post, Reach, Unit
from zhiheng.office.work.permissions import may, scope_of, why

DAY = date(2026, 6, 1)
BEGIN = date(2024, 1, 1)


def granted(reach: Reach, **holder: object) -> Grant:
    return Grant.objects.create(action=Action.SEE, subject="plan", reach=reach, start=BEGIN, reason="工作需要", **holder)


def seen(county: SimpleNamespace, day: date = DAY) -> set[str]:
    scope = scope_of(county.person, Action.SEE, "plan", day)
    units = scope.within(Unit.objects.all(), "pk")
    assert {u.pk for u in units} == {u.pk for u in Unit.objects.all() if scope.covers(u)}
    return {str(unit)[-3:] for unit in units}


def test_nothing_without_a_grant(county: SimpleNamespace) -> None:
    assert scope_of(county.person, Action.SEE, "plan", DAY).nothing
    assert seen(county) == set()
    assert scope_of(None, Action.SEE, "plan", DAY).nothing


@pytest.mark.parametrize(
    ("reach", "units"),
    [
        (Reach.OWN, {"管理局"}),
        (Reach.BELOW, {"管理局", "检验所"}),
        (Reach.ALL, {"管理局", "检验所", "民政府"}),
    ],
)
def test_reach(county: SimpleNamespace, reach: Reach, units: set[str]) -> None:
    granted(reach, post=county.post)
    assert seen(county) == units


def test_named_units_and_places(county: SimpleNamespace) -> None:
    one = granted(Reach.UNITS, person=county.person)
    GrantUnit.objects.create(grant=one, unit=county.town)
    assert may(county.person, Action.SEE, "plan", county.town, DAY)
    assert not may(county.person, Action.SEE, "plan", county.government, DAY)
    two = granted(Reach.PLACES, person=county.person)
    GrantPlace.objects.create(grant=two, place="990125")
    assert may(county.person, Action.SEE, "plan", county.elsewhere, DAY)
    assert not may(county.person, Action.SEE, "plan", county.government, DAY)


def test_seeing_is_not_exporting(county: SimpleNamespace) -> None:
    granted(Reach.ALL, post=county.post)
    assert not may(county.person, Action.EXPORT, "plan", county.bureau, DAY)
    assert not may(county.person, Action.SEE, "audit", county.bureau, DAY)


def test_a_right_ends_with_its_grant_its_post_and_its_person(county: SimpleNamespace) -> None:
    one = granted(Reach.OWN, post=county.post)
    assert may(county.person, Action.SEE, "plan", county.bureau, DAY)
    one.end = date(2026, 5, 31)
    one.save()
    assert not may(county.person, Action.SEE, "plan", county.bureau, DAY)
    assert may(county.person, Action.SEE, "plan", county.bureau, date(2026, 5, 31))
    one.end = None
    one.save()
    Post.objects.filter(pk=county.post.pk).update(end=date(2026, 5, 1))
    assert not may(county.person, Action.SEE, "plan", county.bureau, DAY)
    Post.objects.filter(pk=county.post.pk).update(end=None)
    Person.objects.filter(pk=county.person.pk).update(is_active=False)
    county.person.refresh_from_db()
    assert not may(county.person, Action.SEE, "plan", county.bureau, DAY)


def test_a_deputy_has_what_the_post_grants(county: SimpleNamespace) -> None:
    granted(Reach.BELOW, post=county.post)
    deputy = Person.objects.create_user("mo", password="Correct-horse-7", name="莫白")
    Post.objects.create(person=deputy, unit=county.town, title="干部", start=BEGIN, deputy_for=county.post)
    assert may(deputy, Action.SEE, "plan", county.institute, DAY)
    assert not may(deputy, Action.SEE, "plan", county.town, DAY)


def test_why_is_told_in_words(county: SimpleNamespace) -> None:
    assert why(county.person, Action.SEE, "plan", county.bureau, DAY) == ()
    granted(Reach.BELOW, post=county.post, granted_by=county.person)
    (said,) = why(county.person, Action.SEE, "plan", county.institute, DAY)
    assert said == (
        "林青以担任“青岭县市场监督管理局 质量科科长”可以查看规划，范围：本单位及下属单位；2024-01-01起，长期，由林青授予，理由：工作需要"
    )
