"""Rivers, basins, lakes and sources of drinking water, against the worked cases of the norms."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from water_cases import DAY, columns, lakes, rule

from zhiheng.base.errors import DataError, RuleError
from zhiheng.measures.water.classes import classes_of
from zhiheng.measures.water.kinds import lakes_by_name
from zhiheng.measures.water.lakes import lake_state, trophic_states
from zhiheng.measures.water.model import ClassCounts, billionths
from zhiheng.measures.water.rivers import RiverState, count_classes, count_classes_by, river_states, status_by_shares, trend
from zhiheng.measures.water.sources import source_meets, source_rate, supplementary_limits
from zhiheng.rules.rulebook import open_rulebook

RULE = rule()
BOOK = open_rulebook()


def counts(good: int, middling: int, worst: int) -> ClassCounts:
    return ClassCounts((0, 0, good, middling, 0, worst), 0)


def river(**amounts: list[str | None]) -> RiverState:
    given = columns(**amounts)
    length = len(next(iter(amounts.values())))
    found = classes_of(given, lakes(*[False] * length), RULE)
    return river_states(np.zeros(length, dtype=np.intp), 1, given, found)[0]


@pytest.mark.parametrize(
    ("good", "middling", "worst", "status"),
    [
        (15, 5, 0, "良好"), (14, 2, 4, "中度污染"), (18, 2, 0, "优"), (17, 3, 0, "良好"),
        (14, 3, 3, "轻度污染"), (12, 0, 8, "重度污染"), (18, 0, 2, "优"),
    ],
)  # fmt: skip
def test_many_sections_are_judged_by_shares(good: int, middling: int, worst: int, status: str) -> None:
    assert status_by_shares(counts(good, middling, worst), RULE) == status


def test_few_sections_are_judged_by_the_mean() -> None:
    found = river(ammonia=["0.4", "0.6", "1.8", "1.6"])
    assert (found.water_class, found.status) == (4, "轻度污染")
    assert [(p.name, p.multiple) for p in found.pollutants] == [("氨氮", Fraction(1, 10))]


def test_five_sections_are_many() -> None:
    found = river(ammonia=["0.4", "0.6", "1.8", "1.6", "2.5"], cod=["10", "35", "35", None, "10"])
    assert (found.water_class, found.status, found.counts.worst) == (None, "中度污染", Fraction(1, 5))
    assert [(e.name, e.share) for e in found.exceeding] == [("氨氮", Fraction(3, 5)), ("化学需氧量", Fraction(2, 5))]


def test_a_mean_on_the_limit_holds_it_exactly() -> None:
    assert river(phosphorus=["0.1", "0.2", "0.3"]).water_class == 3
    assert river(phosphorus=["0.1", "0.2", "0.300000001"]).water_class == 4


def test_rivers_side_by_side_and_one_without_anything() -> None:
    given = columns(cod=["10", "50", None])
    found = classes_of(given, lakes(False, False, False), RULE)
    states = river_states(np.array([1, 0, 2], dtype=np.intp), 3, given, found)
    assert [s.status for s in states] == ["重度污染", "优", None]
    assert [s.counts.without for s in states] == [0, 0, 1]


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(1, 6)), max_size=40))
def test_counts_of_groups_add_up(rows: list[tuple[int, int | None]]) -> None:
    classes = np.ma.masked_array([c or 0 for _, c in rows], mask=[c is None for _, c in rows], dtype=np.int8)
    parts = count_classes_by(np.array([g for g, _ in rows], dtype=np.intp), classes, 4)
    whole = count_classes(classes)
    assert [sum(p.by_class[k] for p in parts) for k in range(6)] == list(whole.by_class)
    assert whole.without + whole.evaluated == len(rows)
    assert whole.good is None or whole.good == Fraction(sum(1 for _, c in rows if c and c <= 3), whole.evaluated)


def test_published_ratio_of_good_sections() -> None:
    nation = ClassCounts((0, 0, 3240, 376, 0, 25), 12)
    assert nation.evaluated == 3641
    assert (f"{float(nation.good or 0) * 100:.1f}", f"{float(nation.worst or 0) * 100:.1f}") == ("89.0", "0.7")


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ((50, 50, 0), (60, 40, 0), "无明显变化"), ((50, 50, 0), (61, 39, 0), "有所好转"), ((50, 50, 0), (71, 29, 0), "明显好转"),
        ((50, 40, 10), (45, 39, 16), "有所下降"), ((50, 50, 0), (40, 45, 15), "明显下降"),
    ],
)  # fmt: skip
def test_trend_between_two_periods(before: tuple[int, int, int], after: tuple[int, int, int], word: str) -> None:
    found = trend(counts(*before), counts(*after), BOOK.read("water.trend", DAY))
    assert found is not None and found.word == word and not found.confirmed
    assert found.difference == found.good - found.worst


def test_no_trend_without_sections() -> None:
    assert trend(counts(0, 0, 0), counts(1, 0, 0), BOOK.read("water.trend", DAY)) is None


def test_a_lake_is_the_mean_of_its_points() -> None:
    points = np.array([7, 7, 7, 9], dtype=np.intp)
    found = lake_state(points, columns(phosphorus=["0.03", "0.03", "0.03", "0.08"], nitrogen=["3", "3", "3", "3"]), RULE)
    assert found.means["phosphorus"] == Fraction("0.055")
    assert (found.water_class, found.status, [p.multiple for p in found.pollutants]) == (4, "轻度污染", [Fraction(1, 10)])
    assert lake_state(points, columns(phosphorus=[None] * 4), RULE).water_class is None


def test_trophic_state() -> None:
    given = columns(
        chlorophyll=["20", "0", "20"], phosphorus=["0.05"] * 3, nitrogen=["1.0"] * 3,
        transparency=["0.8"] * 3, permanganate=["4.5", "4.5", None],
    )  # fmt: skip
    found = trophic_states(given, BOOK.read("water.trophic", DAY))
    assert not found.confirmed
    assert found.level.tolist() == ["轻度富营养", None, None]
    assert f"{found.index[0]:.1f}" == "51.4"
    r = {"chl": 1.0, "tp": 0.84, "tn": 0.82, "sd": -0.83, "mn": 0.83}
    tli = {
        "chl": 2.5 + 1.086 * math.log(20), "tp": 9.436 + 1.624 * math.log(0.05), "tn": 5.453,
        "sd": 5.118 - 1.94 * math.log(0.8), "mn": 0.109 + 2.661 * math.log(4.5),
    }  # fmt: skip
    by_floats = sum(10 * tli[k] * r[k] ** 2 for k in r) / sum(v * v for v in r.values())
    assert abs(float(found.index[0]) - by_floats) < 1e-9


def test_trophic_state_needs_all_five_items() -> None:
    with pytest.raises(RuleError):
        trophic_states(columns(phosphorus=["0.05"]), BOOK.read("water.trophic", DAY))


def test_sources_of_quzhou_in_june_2016() -> None:
    volumes = billionths(["300.3", "151", "151", "151", "151", "153", None])
    found = source_rate(lakes(*[True] * 7), volumes)
    assert (found.by_source, found.without_volume, found.volume) == (1, 1, Fraction("1057.3"))
    assert found.by_water == 1


def test_by_source_and_by_water_are_two_figures() -> None:
    found = source_rate(lakes(True, True, False, None), billionths(["500", "300", "200", "900"]))
    assert (found.by_source, found.by_water, found.not_judged) == (Fraction(2, 3), Fraction(4, 5), 1)
    empty = source_rate(lakes(None), billionths([None]))
    assert (empty.by_source, empty.by_water) == (None, None)


def test_a_source_meets_when_every_item_does() -> None:
    limits = supplementary_limits(BOOK.read("water.source_limits", DAY))
    found = classes_of(columns(ammonia=["1.0", "1.1", "0.5", None, None]), lakes(*[False] * 5), RULE)
    met = source_meets(found, columns(iron=["0.3", None, "0.31", "0.31", "0.1"]), limits)
    assert met.tolist() == [True, False, False, False, None]
    with pytest.raises(DataError):
        source_meets(found, columns(gold=["1"] * 5), limits)


def test_names_that_tell_a_lake_and_names_that_leave_it_open() -> None:
    said = [
        ("太湖", "西山", True), ("滇池", "观音山", True), ("丹江口水库", "坝上中(胡家岭)", True), ("海河", "海河大闸", False),
        ("长江", "南津关", False), ("黄河", "小浪底水库(小浪底)", None), ("", "西湖湖心", True), ("", "湖口", None),
        ("", "东湖", None), (None, "临江", None), ("滹沱河", "岗南水库", None),
    ]  # fmt: skip
    found = lakes_by_name([b for b, _, _ in said], [s for _, s, _ in said], BOOK.read("water.kind_by_name", DAY))
    assert found.tolist() == [lake for _, _, lake in said]
