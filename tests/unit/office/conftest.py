"""A small county for the tests of the office."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from zhiheng.office.ledger.models import Person, Post, UnitKind
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.organisations import found_unit

BEGIN = date(2024, 1, 1)


@pytest.fixture
def county(db: None) -> SimpleNamespace:
    """A government with a bureau, the bureau's institute, and a town; one person in the bureau."""
    actor = Actor()
    government = found_unit(actor, "青岭县人民政府", UnitKind.GOVERNMENT, "990124", BEGIN)
    bureau = found_unit(actor, "青岭县市场监督管理局", UnitKind.DEPARTMENT, "990124", BEGIN, government)
    institute = found_unit(actor, "青岭县质量检验所", UnitKind.BODY, "990124", BEGIN, bureau)
    town = found_unit(actor, "云梯镇人民政府", UnitKind.TOWN, "990124101", BEGIN, government)
    elsewhere = found_unit(actor, "白石县市场监督管理局", UnitKind.DEPARTMENT, "990125", BEGIN)
    person = Person.objects.create_user("lin", password="Correct-horse-7", name="林青")
    post = Post.objects.create(person=person, unit=bureau, title="质量科科长", start=BEGIN)
    return SimpleNamespace(**{k: v for k, v in locals().items() if k not in ("actor", "db")})
