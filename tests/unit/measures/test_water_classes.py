"""The class of a section, against the worked cases of the norms, a reckoning in fractions, and the printed table."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from water_cases import columns, lakes, rule

from zhiheng.base.errors import DataError, RuleError
from zhiheng.base.reading import Reading, RuleStanding
from zhiheng.measures.water.classes import class_of_means, classes_of
from zhiheng.measures.water.limits import water_rule
from zhiheng.measures.water.model import BILLION, LimitKind, SectionClasses, billionths
from zhiheng.measures.water.pollutants import in_order, main_pollutants
from zhiheng.rules.rulebook import open_rulebook

RULE = rule()
NORMS = Path(__file__).resolve().parents[4] / "shared" / "reference" / "norms.md"


def one(lake: bool | None = False, **amounts: str) -> SectionClasses:
    return classes_of(columns(**{name: [value] for name, value in amounts.items()}), lakes(lake), RULE)


def told(lake: bool = False, **amounts: str) -> list[tuple[str, str | None]]:
    """Main pollutants of one section as papers write them: name and multiple to two places."""
    given = columns(**{name: [value] for name, value in amounts.items()})
    found = main_pollutants(given, lakes(lake), classes_of(given, lakes(lake), RULE)).of(0)
    return [(p.name, None if p.multiple is None else f"{float(p.multiple):.2f}") for p in found]


def test_one_item_over_class_3() -> None:
    found = one(cod="22", ammonia="0.9", phosphorus="0.2", ph="7.5", oxygen="6")
    assert (found.classes.tolist(), found.status_of(0), found.deciding(0)) == ([4], "轻度污染", ("cod",))
    assert told(cod="22", ammonia="0.9", phosphorus="0.2", oxygen="6") == [("化学需氧量", "0.10")]


def test_items_of_one_class_go_by_their_multiple() -> None:
    given = {"ammonia": "1.35", "permanganate": "7.2", "phosphorus": "0.26"}
    assert one(**given).classes.tolist() == [4]
    assert told(**given) == [("氨氮", "0.35"), ("总磷", "0.30"), ("高锰酸盐指数", "0.20")]


def test_oxygen_is_reversed_and_has_no_multiple() -> None:
    assert one(oxygen="4.8").classes.tolist() == [4]
    assert told(oxygen="4.8") == [("溶解氧", None)]
    assert [one(oxygen=a).classes[0] for a in ("7.5", "7.499999999", "6", "5", "3", "2", "1.99")] == [1, 2, 2, 3, 4, 5, 6]


def test_nitrogen_does_not_count() -> None:
    river = one(nitrogen="3.0", ammonia="0.1")
    assert (river.classes.tolist(), river.items["nitrogen"].tolist(), river.measured.tolist()) == ([1], [None], [1])
    lake = one(True, nitrogen="3.0", coliform="50000", ammonia="0.1")
    assert (lake.classes.tolist(), lake.items["nitrogen"].tolist(), lake.items["coliform"].tolist()) == ([1], [6], [6])
    assert one(nitrogen="3.0").classes.tolist() == [None]


def test_lakes_have_limits_of_their_own_for_phosphorus() -> None:
    assert [one(side, phosphorus="0.06").classes[0] for side in (True, False)] == [4, 2]


def test_where_nobody_knows_river_or_lake_a_class_is_given_only_if_it_does_not_matter() -> None:
    amounts = columns(phosphorus=["0.06", "0.06", None, "0.01"], ammonia=["0.1", "1.2", "0.3", None])
    found = classes_of(amounts, lakes(None, None, None, None), RULE)
    assert (found.classes.tolist(), found.open.tolist()) == ([None, 4, 2, 1], [True, False, False, False])
    assert found.items["phosphorus"].tolist() == [None, None, None, 1]
    assert found.status_of(0) is None and found.deciding(0) == ()
    assert main_pollutants(amounts, lakes(None, None, None, None), found).of(0) == ()


def test_several_classes_with_one_limit_are_the_best_of_them() -> None:
    assert [one(cod=a).classes[0] for a in ("15", "15.1", "20.1", "40.1")] == [1, 3, 4, 6]
    assert [one(mercury=a).classes[0] for a in ("0.00005", "0.00006", "0.0002", "0.002")] == [1, 3, 4, 6]


def test_acidity_has_one_span() -> None:
    assert [one(ph=a).classes[0] for a in ("5.99", "6", "9", "9.000000001")] == [6, 1, 1, 6]


def test_saturated_water_is_of_class_1() -> None:
    given = columns(oxygen=["6.9", "6.9", "6.9"])
    full = billionths(["90", "89.9", None])
    assert classes_of(given, lakes(False, False, False), RULE, saturation=full).classes.tolist() == [1, 2, 2]


def test_heavy_metals_that_exceed_come_first() -> None:
    assert told(ammonia="2.5", cod="45", bod5="12", cyanide="0.3", lead="0.06") == [
        ("氰化物", "0.50"), ("铅", "0.20"), ("五日生化需氧量", "2.00"),
    ]  # fmt: skip
    assert told(ammonia="2.5", arsenic="0.06") == [("氨氮", "1.50"), ("砷", "0.20")]


def test_worse_classes_come_before_larger_multiples_and_items_without_a_multiple_last() -> None:
    assert told(oxygen="2.5", phosphorus="0.35", cod="31", permanganate="9") == [
        ("总磷", "0.75"), ("化学需氧量", "0.55"), ("溶解氧", None),
    ]  # fmt: skip


def test_an_amount_too_large_to_compare_its_multiple() -> None:
    with pytest.raises(DataError) as raised:
        told(mercury="20000000", permanganate="7")
    assert raised.value.code == "measures.too_large_to_be_exact"


def test_a_good_section_has_no_main_pollutants() -> None:
    assert told(cod="20", phosphorus="0.2") == []


def test_before_the_method_there_is_no_rule() -> None:
    with pytest.raises(RuleError):
        rule(date(2011, 3, 8))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"colour": ["1"]}, "measures.unknown_item"),
        ({"cod": ["-0.1"]}, "measures.negative_reading"),
        ({"cod": ["1", "2"]}, "measures.columns_differ_in_length"),
    ],
)
def test_columns_that_cannot_be_judged(given: dict[str, list[str]], code: str) -> None:
    with pytest.raises(DataError) as raised:
        classes_of(columns(**given), lakes(False), RULE)
    assert raised.value.code == code


@pytest.mark.parametrize("amount", ["0.0000000001", "99999999999"])
def test_amounts_that_would_not_be_exact(amount: str) -> None:
    with pytest.raises(DataError):
        billionths([amount])


ITEMS = sorted(RULE.items)
AMOUNTS = (
    st.none()
    | st.integers(0, 50 * BILLION)
    | st.sampled_from(sorted({v for i in RULE.items.values() if i.counted for v in i.river}))
)


def naive(name: str, amount: int, lake: bool) -> int:
    item = RULE.items[name]
    limits = item.lake if lake else item.river
    if not limits:
        return 0
    if item.kind is LimitKind.BETWEEN:
        return 1 if limits[0] <= amount <= limits[1] else 6
    for k, limit in enumerate(limits, 1):
        if (amount >= limit) if item.kind is LimitKind.AT_LEAST else (amount <= limit):
            return k
    return 6


@given(st.lists(st.tuples(st.booleans(), *[AMOUNTS] * len(ITEMS)), min_size=1, max_size=8))
def test_as_one_by_one(rows: list[tuple[int | None, ...]]) -> None:
    given_columns = {
        name: np.ma.masked_array([row[k] or 0 for row in rows], mask=[row[k] is None for row in rows], dtype=np.int64)
        for k, name in enumerate(ITEMS, 1)
    }
    found = classes_of(given_columns, lakes(*(bool(row[0]) for row in rows)), RULE)
    pollutants = main_pollutants(given_columns, lakes(*(bool(row[0]) for row in rows)), found)
    for at, row in enumerate(rows):
        amounts = {name: row[k] for k, name in enumerate(ITEMS, 1) if row[k] is not None}
        mine = {name: naive(name, amount, bool(row[0])) for name, amount in amounts.items() if amount is not None}
        counted = [c for name, c in mine.items() if RULE.items[name].counted and c]
        assert found.classes.tolist()[at] == (max(counted) if counted else None)
        assert found.measured[at] == len(counted)
        means = {name: Fraction(amount, BILLION) for name, amount in amounts.items() if amount is not None}
        worst, classes = class_of_means(means, bool(row[0]), RULE)
        assert worst == (max(counted) if counted else None)
        assert pollutants.of(at) == in_order(means, classes, bool(row[0]), RULE)


def test_limits_out_of_order_are_refused() -> None:
    book = open_rulebook()
    day = date(2024, 1, 1)
    limits, method, first = (book.read(f"water.{n}", day) for n in ("surface_limits", "evaluation", "pollutant_priority"))
    assert isinstance(limits, Reading) and limits.standing is RuleStanding.IN_FORCE
    for wrong in (["1", "2", "3", "4"], ["1", "2", "3", "5", "4"]):
        with pytest.raises(RuleError) as raised:
            water_rule(replace(limits, value={"cod": {"name": "化学需氧量", "at_most": wrong}}), method, first)
        assert raised.value.code == "measures.limits_not_in_order"


@pytest.mark.shared
@pytest.mark.skipif(not NORMS.is_file(), reason="the norms are not beside the project")
def test_limits_are_those_of_the_printed_table() -> None:
    """Row by row; the items are found by their Chinese names."""
    block = NORMS.read_text(encoding="utf-8").partition("no,item,I,II,III,IV,V")[2].partition("```")[0]
    names = {item.name.replace("（", "(").replace("）", ")"): item for item in RULE.items.values()} | {"pH": RULE.items["ph"]}
    seen = set()
    for row in csv.reader(block.strip().splitlines()[1:]):
        name = row[1].replace("(>=)", "")
        item = names.get(name) or names.get(name.replace("(河流)", "").replace("(湖库)", ""))
        if item is None or item.kind is LimitKind.BETWEEN:
            assert name in ("水温", "pH")
            continue
        seen.add(item.id)
        expected = tuple(int(Fraction(text) * BILLION) for text in row[2:7])
        assert (item.lake if "湖库" in name else item.river) == expected
        assert item.counted == (row[7] == "yes"), name
    assert seen == set(RULE.items) - {"ph"}
    assert sum(item.counted for item in RULE.items.values()) == 21
