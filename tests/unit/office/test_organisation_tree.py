"""Is the tree of units right on every day?"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from zhiheng.base.errors import UsageError
from zhiheng.office.work.actor import Actor
from zhiheng.office.work.organisations import move, rename, with_below

DAY, LATER = date(2025, 1, 1), date(2026, 6, 1)


def test_below_on_a_day(county: SimpleNamespace) -> None:
    everything = {county.government.pk, county.bureau.pk, county.institute.pk, county.town.pk}
    assert with_below([county.government.pk], DAY) == everything
    move(Actor(), county.institute, county.town, date(2026, 1, 1), "划转")
    assert with_below([county.bureau.pk], DAY) == {county.bureau.pk, county.institute.pk}
    assert with_below([county.bureau.pk], LATER) == {county.bureau.pk}
    assert with_below([county.town.pk], LATER) == {county.town.pk, county.institute.pk}


def test_no_rings(county: SimpleNamespace) -> None:
    with pytest.raises(UsageError) as fault:
        move(Actor(), county.government, county.institute, LATER, "试验")
    assert fault.value.code == "office.unit_in_a_ring"


def test_names_are_dated(county: SimpleNamespace) -> None:
    rename(Actor(), county.bureau, "青岭县市场监管局", date(2026, 1, 1), "机构改革")
    assert county.bureau.name_on(DAY) == "青岭县市场监督管理局"
    assert county.bureau.name_on(LATER) == "青岭县市场监管局"
    with pytest.raises(UsageError):
        rename(Actor(), county.bureau, "又一个名称", date(2026, 1, 1), "同一天不能再改")
