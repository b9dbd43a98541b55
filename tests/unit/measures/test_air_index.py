"""IAQI and AQI of both editions, against the worked values of the norms and a reckoning in fractions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from air_cases import columns, days, rules
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import DataError, RuleError
from zhiheng.measures.air.index import index_by_day, index_of
from zhiheng.measures.air.model import AirState, Pollutant, Report
from zhiheng.measures.air.scales import index_rules, rule_for
from zhiheng.measures.exact import thousandths
from zhiheng.rules.rulebook import open_rulebook

OLD, NEW = rules()
# concentration / IAQI by the edition of 2012 / by that of 2026; "-" no IAQI, the other averaging time of the pollutant speaks
WORKED = """
PM25_24h
  1/2/2 10/15/15 12/18/18 35/50/50 35.5/52/52 36/52/52 50/69/80 60/82/100 60.5/82/100 61/83/101 75/100/114 76/102/115
  100/132/137 115/150/150 116/152/152 150/200/200 151/201/201 200/250/250 250/300/300 251/301/301 350/400/400
  400/434/434 500/500/500 520/500/500
PM10_24h
  49/49/49 50/50/50 51/51/51 100/75/86 120/85/100 121/86/101 150/100/112 151/101/112 200/125/131 250/150/150
  300/175/175 420/300/300 500/400/400 601/500/500
O3_8h
  99/50/50 100/50/50 101/51/51 130/75/75 160/100/100 161/101/101 180/119/119 215/150/150 216/151/151 265/200/200
  300/207/207 800/300/300 801/-/300
O3_1h
  160/50/50 161/52/52 200/100/100 201/101/101 300/150/150 400/200/200 801/301/301 1200/500/500
SO2_24h
  8/8/8 50/50/50 51/51/51 150/100/100 151/101/101 475/150/150 800/200/200
SO2_1h
  150/50/50 500/100/100 650/150/150 800/200/200 801/-/200
NO2_24h
  40/50/50 41/52/52 80/100/100 81/101/101 180/150/150 281/201/201
NO2_1h
  100/50/50 200/100/100 201/101/101 700/150/150 1200/200/200
CO_24h
  0.4/10/10 2.0/50/50 2.05/50/50 2.15/55/55 2.2/55/55 4.0/100/100 4.1/101/101 14.0/150/150
CO_1h
  5/50/50 10/100/100 10.1/101/101 35/150/150 65.4/218/218
"""


def worked() -> list[tuple[str, str, str, str]]:
    found, name = [], ""
    for line in WORKED.strip().splitlines():
        if not line.startswith(" "):
            name = line
        else:
            found += [(name.lower(), *row.split("/")) for row in line.split()]
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("edition", [0, 1], ids=["2012", "2026"])
@pytest.mark.parametrize(("scale", "written", "old", "new"), worked())
def test_worked_values_of_the_norms(edition: int, scale: str, written: str, old: str, new: str) -> None:
    editions = [rules(report)[edition] for report in Report]
    rule, item = next((r, i) for r in editions for i in r.items if i.scale.name == scale and not i.only_beyond)
    found = index_of(columns(**{item.name: [written]}), rule).iaqi[item.pollutant]
    expected = (old, new)[edition]
    assert found.tolist() == [None if expected == "-" else int(expected)]


def test_all_worked_values_are_there() -> None:
    assert len(worked()) == 95


@pytest.mark.parametrize(
    ("day", "amounts", "aqi", "primary", "level"),
    [
        ("2026-02-28", "8 40 0.9 120 95 70", 94, "pm25", "良"),
        ("2026-03-01", "8 40 0.9 120 95 70", 110, "pm25", "轻度污染"),
        ("2026-03-01", "8 30 0.6 160 120 60", 100, "o3 pm10 pm25", "良"),
        ("2026-03-01", "8 30 0.6 95 45 30", 48, "", "优"),
    ],
)
def test_worked_days_of_the_norms(day: str, amounts: str, aqi: int, primary: str, level: str) -> None:
    written = dict(zip(("so2", "no2", "co", "o3_8h", "pm10", "pm25"), amounts.split(), strict=True))
    found = index_by_day(days(day), columns(**{k: [v] for k, v in written.items()}), rules())
    assert found.aqi.tolist() == [aqi]
    assert " ".join(found.primary_of(0)) == primary
    assert found.rules[found.rule[0]].level_names[int(found.level[0]) - 1] == level
    assert found.state[0] == AirState.COMPLETE


STEPS = (0, 50, 100, 150, 200, 300, 400, 500)


def iaqi_in_fractions(points: list[int], amount: Fraction, decimals: int) -> int | None:
    """The formula of HJ 633 as it is printed, in fractions; None above a scale that ends below 500."""
    c = Fraction(round(amount * 10**decimals), 10**decimals)
    if c > points[-1]:
        return None
    for low, high, below, above in zip(points, points[1:], STEPS, STEPS[1:], strict=False):
        if c <= high:
            return ceil(Fraction(above - below, high - low) * (c - low) + below)
    raise AssertionError


@pytest.mark.parametrize("report", Report)
def test_every_concentration_has_the_value_of_the_printed_formula(report: Report) -> None:
    for rule in rules(report):
        reading = open_rulebook().read("air.aqi", rule.first)
        for item in rule.items:
            points = [int(p) for p in reading.item("scales", item.scale.name, "points")]  # type: ignore[union-attr]
            step = 10**item.scale.decimals
            places = range(1, item.scale.top + 1)
            expected = [iaqi_in_fractions(points, Fraction(place, step), item.scale.decimals) for place in places]
            assert item.scale.iaqi[1 : item.scale.top + 1].tolist() == expected


AMOUNT = st.none() | st.integers(0, 3_000_000)


@given(st.lists(st.tuples(st.sampled_from(["2025-06-01", "2026-06-01"]), *[AMOUNT] * 6), min_size=1, max_size=30))
def test_rows_together_are_as_rows_alone(rows: list[tuple[str, *tuple[int | None, ...]]]) -> None:
    names = ("so2", "no2", "co", "o3_8h", "pm10", "pm25")
    scaled = [[None if v is None else f"{v / 1000:.3f}" for v in row[1:]] for row in rows]
    together = index_by_day(
        days(*(r[0] for r in rows)), columns(**{n: [s[k] for s in scaled] for k, n in enumerate(names)}), rules()
    )
    for at, (row, one) in enumerate(zip(rows, scaled, strict=True)):
        rule = rule_for(rules(), date.fromisoformat(row[0]))
        alone = index_of(columns(**{n: [one[k]] for k, n in enumerate(names)}), rule)
        assert alone.aqi.tolist()[0] == together.aqi.tolist()[at]
        assert alone.state[0] == together.state[at]
        assert alone.primary_of(0) == together.primary_of(at)
        reading = open_rulebook().read("air.aqi", rule.first)
        for item in rule.items:
            if item.name in names and one[names.index(item.name)] is not None:
                points = [int(p) for p in reading.item("scales", item.scale.name, "points")]  # type: ignore[union-attr]
                said = iaqi_in_fractions(points, Fraction(one[names.index(item.name)]), item.scale.decimals)
                held = item.scale.iaqi[-2] if said is None else max(said, 1 if row[0] > "2026-03" else 0)
                assert together.iaqi[item.pollutant].tolist()[at] == (None if held == -1 else held)


def day(rule=NEW, *, unmonitored=(), **written):  # type: ignore[no-untyped-def]
    plain = {"so2": 8, "no2": 30, "co": "0.6", "o3_8h": 95, "pm10": 45, "pm25": 30, **written}
    return index_of(columns(**{k: [v] for k, v in plain.items()}), rule, unmonitored=unmonitored)


def test_with_a_pollutant_missing_the_others_count_above_100_only() -> None:
    quiet, dirty = day(pm25=None), day(pm25=None, o3_8h=161)
    assert (quiet.aqi.tolist(), quiet.state[0], quiet.level.tolist()) == ([None], AirState.WITHHELD, [None])
    assert quiet.iaqi[Pollutant.O3].tolist() == [48]
    assert quiet.primary_of(0) == ()
    assert (dirty.aqi.tolist(), dirty.state[0]) == ([101], AirState.PARTIAL)
    assert day(pm25=None, o3_8h=160).aqi.tolist() == [None]
    assert day(OLD, pm25=None).aqi.tolist() == [48]
    assert day(OLD, pm25=None).state[0] == AirState.PARTIAL


def test_a_pollutant_that_no_column_holds_is_missing_and_one_left_out_by_plan_is_not() -> None:
    without = columns(so2=[8], no2=[30], o3_8h=[95], pm10=[45], pm25=[30])
    assert index_of(without, NEW).state[0] == AirState.WITHHELD
    assert index_of(without, NEW, unmonitored={Pollutant.CO}).aqi.tolist() == [48]


def test_nothing_measured_is_no_index() -> None:
    found = day(so2=None, no2=None, co=None, o3_8h=None, pm10=None, pm25=None)
    assert (found.aqi.tolist(), found.state[0], found.primary_of(0)) == ([None], AirState.NO_DATA, ())


def test_beyond_the_eight_hour_scale_the_hour_speaks_in_2012_and_the_scale_holds_in_2026() -> None:
    assert day(OLD, o3_8h=801).state[0] == AirState.BEYOND
    assert day(OLD, o3_8h=801).aqi.tolist() == [None]
    assert day(OLD, o3_8h=801, o3_1h=900).aqi.tolist() == [350]
    assert day(NEW, o3_8h=801).aqi.tolist() == [300]


def test_beyond_the_hourly_scale_of_sulphur_dioxide_its_day_speaks() -> None:
    old, new = rules(Report.HOURLY)
    hour = {"no2": [30], "co": ["0.6"], "o3": [95], "pm10_24h": [45], "pm25_24h": [30]}
    assert index_of(columns(so2=[801], **hour), old).state[0] == AirState.BEYOND
    assert index_of(columns(so2=[801], so2_24h=[900], **hour), old).aqi.tolist() == [213]
    assert index_of(columns(so2=[700], so2_24h=[900], **hour), old).aqi.tolist() == [167]
    now = {"no2": [30], "co": ["0.6"], "o3": [95], "pm10": [45], "pm25": [30]}
    assert index_of(columns(so2=[801], **now), new).aqi.tolist() == [200]


def test_clean_air_is_1_in_2026_and_0_before() -> None:
    nothing = {"so2": 0, "no2": 0, "co": 0, "o3_8h": 0, "pm10": 0, "pm25": 0}
    assert day(OLD, **nothing).aqi.tolist() == [0]
    assert day(NEW, **nothing).aqi.tolist() == [1]


def test_good_days_are_those_up_to_100() -> None:
    found = index_of(columns(so2=[8, 8], no2=[8, 8], co=[1, 1], o3_8h=[160, 161], pm10=[9, 9], pm25=[9, 9]), NEW)
    assert found.good().tolist() == [True, False]
    assert day(pm25=None).good().tolist() == [None]


def test_a_day_without_a_rule_is_refused() -> None:
    with pytest.raises(RuleError) as fault:
        index_by_day(days("2026-03-01", "2015-12-31"), columns(pm25=[1, 1]), rules())
    assert fault.value.code == "measures.no_rule_for_day"


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        ({"pm25": [-1]}, "measures.negative_amount"),
        ({"pm2_5": [1]}, "measures.unknown_item"),
        ({"pm25": [1], "pm10": [1, 2]}, "measures.columns_differ_in_length"),
        ({}, "measures.columns_differ_in_length"),
    ],
)
def test_what_makes_no_sense_is_refused(amounts: dict[str, list[int]], code: str) -> None:
    with pytest.raises(DataError) as fault:
        index_of(columns(**amounts), NEW)
    assert fault.value.code == code


def test_a_masked_amount_may_hold_anything() -> None:
    column = np.ma.masked_array(np.array([-5, 30_000], dtype=np.int64), mask=[True, False])
    assert index_of({"pm25": column}, OLD).aqi.tolist() == [None, 43]
    assert index_of({"pm25": thousandths([])}, OLD).aqi.tolist() == []


def test_many_rows_are_worked_through_in_pieces() -> None:
    whole = np.arange(100_000, dtype=np.int64) % 300
    found = index_of({"pm25": np.ma.masked_array(whole * 1000)}, OLD)
    table = next(i.scale.iaqi for i in OLD.items if i.name == "pm25")
    assert (found.aqi == table[whole]).all()


def test_break_points_must_rise() -> None:
    reading = open_rulebook().read("air.aqi", date(2026, 3, 1))
    missing = open_rulebook().read("air.aqi_missing", date(2026, 3, 1))
    value = {**reading.value, "scales": {"pm25_24h": {"decimals": 0, "above": "hold", "points": (0, 60, 35)}}}  # type: ignore[dict-item]
    with pytest.raises(RuleError) as fault:
        index_rules([replace(reading, value=value)], [missing], Report.DAILY)  # type: ignore[arg-type]
    assert fault.value.code == "measures.scale_not_rising"
