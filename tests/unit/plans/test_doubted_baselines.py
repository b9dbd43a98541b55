"""Which targets are looser than where they start, and which are not?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from doubting import codes, words

from builders import a_mention, a_plan, a_target
from zhiheng.base.quantity import Basis
from zhiheng.plans.consistency.baselines import looser_doubts
from zhiheng.plans.consistency.doubt import Doubt
from zhiheng.plans.model import Role


def doubts(aim: str, base: str, comparator: str = ">=", *, start: dict[str, Any] | None = None, **fields: Any) -> list[Doubt]:
    m = a_mention(
        aim,
        comparator,
        line=1,
        context="目标行",
        **{k: v for k, v in fields.items() if k in ("indicator", "unit", "basis", "scope")},
    )
    given: dict[str, Any] = {"role": Role.BASELINE, "year": 2020, "context": "基期行", **fields, **(start or {})}
    known = ("role", "year", "context", "indicator", "unit", "basis", "scope", "comparator")
    r = a_mention(base, given.pop("comparator", "=="), line=2, **{k: v for k, v in given.items() if k in known})
    target = replace(
        a_target(aim, comparator, mentions=("m1",), context="目标行"), **{k: v for k, v in fields.items() if k != "scope"}
    )
    return list(looser_doubts(a_plan(target, mentions=(m, r))))


def test_a_looser_target_is_told_with_both_places() -> None:
    (found,) = doubts("93", "95")
    assert (words(found), found.facts["value"], found.facts["base"], found.facts["base_year"]) == (
        ["目标行", "基期行"],
        "93%",
        "95%",
        2020,
    )


@pytest.mark.parametrize(
    ("aim", "base", "comparator", "fields"),
    [
        ("95", "95", ">=", {}),
        ("96", "95", ">=", {}),
        ("33", "35", "<=", {}),
        ("93", "95", "==", {}),  # nothing says which side is good
        ("93", "95", ">=", {"own": False}),
        ("93", "95", ">=", {"path": {2024: "92", 2025: "93"}}),
        ("93", "95", ">=", {"start": {"year": 2026}}),
        ("93", "95", ">=", {"start": {"indicator": "别的合格率"}}),
        ("93", "95", ">=", {"start": {"unit": "家"}}),
        ("93", "95", ">=", {"start": {"basis": Basis.AVERAGE}}),
        ("93", "95", ">=", {"start": {"scope": "城区"}, "scope": "郊区"}),
        ("93", "95", ">=", {"start": {"comparator": "<="}}),
        ("20", "600", ">=", {"basis": Basis.COUNT, "unit": "项"}),
        ("20", "30", ">=", {"basis": Basis.NEW, "unit": "项"}),
        ("20", "30", ">=", {"basis": Basis.COUNT, "unit": "项", "indicator": "新增标准"}),
    ],
)
def test_what_is_not_looser(aim: str, base: str, comparator: str, fields: dict[str, Any]) -> None:
    assert doubts(aim, base, comparator, **fields) == []


@pytest.mark.parametrize(
    ("aim", "base", "comparator", "fields"),
    [
        ("36", "35", "<=", {}),
        ("28", "30", ">=", {"basis": Basis.COUNT, "unit": "家", "start": {"basis": Basis.CUMULATIVE}}),
        ("93", "95", ">=", {"start": {"scope": "全县"}, "scope": "城区"}),
    ],
)
def test_what_is_looser(aim: str, base: str, comparator: str, fields: dict[str, Any]) -> None:
    assert codes(doubts(aim, base, comparator, **fields)) == ["looser_than_base"]
