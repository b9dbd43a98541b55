"""Are the functions of the norms asked of groups by the rules of their days, and is what does not fit refused?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.specs.lake import lay
from tests.specs.register import rulebook_with

from zhiheng.base.errors import DataError, RuleError
from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.loading import definition_from, load_definition
from zhiheng.rules.rulebook import open_rulebook

AIR = """\
about: {zh: "由六项污染物判定的优良天数比例。", en: "Good days by the six pollutants."}
register: air.city_day
measure:
  kind: index
  per: [place, day]
  means: [so2, no2, co, o3_8h, pm10, pm25]
  by: air.good_day
  numerator: "result"
grain: month
decimals: 1
citation: {doc: HJ 633, clause: "4.2"}
confirmed: true
"""
SECTIONS = """\
about: {zh: "Ⅲ类以上断面占比。", en: "Sections in class III or better."}
register: water.section_reading
measure:
  kind: index
  per: [section]
  means: [permanganate, phosphorus, nitrogen]
  by: water.class_of_lakes
  numerator: "result <= 3"
decimals: 1
citation: {doc: GB 3838, clause: 表 1}
confirmed: true
"""


def value(folder: Path, indicator: str, text: str, rows: list[dict[str, Any]], period: Period) -> ComputedValue:
    home = Home(folder)
    file = folder / "rulebook" / "indicators" / f"{indicator.replace('.', '/')}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    definition = load_definition(open_rulebook(None, folder / "rulebook"), indicator)
    lay(home, definition.register, rows, "2026-04-01")
    asked = Asked((period,), PlaceLevel.COUNTY, ("330402",))
    (found,) = compute(DuckDBEngine(), Source(home, definition.register), [definition], asked)
    return found


def day_of(day: date, pm25: str | None) -> dict[str, Any]:
    names = {"so2": "10", "no2": "20", "co": "0.5", "o3_8h": "80", "pm10": "50", "pm25": pm25}
    amounts = {name: None if amount is None else Decimal(amount) for name, amount in names.items()}
    return {"place": "330402", "day": day, **amounts}


def test_a_day_is_judged_by_the_edition_of_its_day(tmp_path: Path) -> None:
    """75 µg/m³ of PM2.5 is an AQI of 100 by HJ 633—2012 and above it by HJ 633—2026, in force from 1 March 2026 on."""
    rows = [day_of(date(2026, 2, 28), "75"), day_of(date(2026, 3, 1), "75"), day_of(date(2026, 3, 2), "60")]
    found = value(tmp_path, "air.good_days", AIR, rows, Period(date(2026, 2, 1), date(2026, 3, 31)))
    assert (found.numerator, found.denominator, found.printed) == (2, 3, "66.7")
    assert [reading.rule for reading in found.rules].count("air.aqi") == 2


def test_a_day_without_an_index_is_told_not_judged(tmp_path: Path) -> None:
    rows = [day_of(date(2026, 3, 1), "30"), day_of(date(2026, 3, 2), None)]
    found = value(tmp_path, "air.good_days", AIR, rows, Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert (found.numerator, found.denominator, found.counts.groups_unclear) == (1, 1, 1)


def test_lakes_have_limits_of_their_own_and_nitrogen_is_only_told(tmp_path: Path) -> None:
    """GB 3838: 0.05 mg/l of phosphorus is class Ⅲ in a lake; 环办〔2011〕22号: total nitrogen does not decide."""
    amounts = [("A", "0.05", "9"), ("A", "0.05", "9"), ("B", "0.05", "0.1"), ("B", "0.051", "0.1")]
    rows = [
        {
            "place": "330402", "section": section, "measured_at": datetime(2026, 1, number), "permanganate": Decimal(2),
            "phosphorus": Decimal(phosphorus), "nitrogen": Decimal(nitrogen),
        }
        for number, (section, phosphorus, nitrogen) in enumerate(amounts, 1)
    ]  # fmt: skip
    found = value(tmp_path, "water.county_sections_good", SECTIONS, rows, Period.year(2026))
    assert (found.numerator, found.denominator) == (1, 2)
    assert {reading.rule for reading in found.rules} == {"water.surface_limits", "water.evaluation", "water.pollutant_priority"}


@pytest.mark.parametrize(
    ("indicator", "sound", "unsound", "code"),
    [
        ("air.good_days", "by: air.good_day", "by: air.good_days", "rules.unknown_word"),
        ("air.good_days", "per: [place, day]", "per: [place]", "indicators.groups_not_of_days"),
        ("air.good_days", "pm10, pm25]", "pm10, aqi]", "evidence.unknown_field"),
        ("air.good_days", 'numerator: "result"', 'numerator: "result <= 3"', "evidence.expression_wrong_kind"),
        ("air.good_days", 'numerator: "result"', 'numerator: "pm25 <= 3"', "evidence.expression_unknown_field"),
    ],
)
def test_a_function_that_does_not_fit_is_refused(tmp_path: Path, indicator: str, sound: str, unsound: str, code: str) -> None:
    with pytest.raises(RuleError) as fault:
        value(tmp_path, indicator, AIR.replace(sound, unsound), [], Period.year(2026))
    assert fault.value.code == code


def test_means_that_are_no_thousandths_are_refused_where_the_norm_takes_single_days(tmp_path: Path) -> None:
    rows = [day_of(date(2026, 3, 1), amount) | {"place": place} for place, amount in (("330402", "30.001"), ("330402", "30"))]
    text = AIR.replace("per: [place, day]", "per: [day]")
    rows[1]["place"] = "330411"
    home = Home(tmp_path)
    file = tmp_path / "rulebook" / "indicators" / "air" / "good_days.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    definition = load_definition(open_rulebook(None, tmp_path / "rulebook"), "air.good_days")
    lay(home, definition.register, rows, "2026-04-01")
    asked = Asked((Period.year(2026),), PlaceLevel.CITY, ("330400",))
    with pytest.raises(DataError) as fault:
        compute(DuckDBEngine(), Source(home, definition.register), [definition], asked)
    assert fault.value.code == "measures.too_many_decimals"


@pytest.mark.parametrize(
    "indicator", ["water.county_sections_good", "food_and_drugs.food_sampling_pass", "safety.food_accidents"]
)
def test_a_definition_can_be_made_from_what_a_receipt_carries(indicator: str) -> None:
    book = open_rulebook()
    installed = load_definition(book, indicator)
    carried = definition_from(book, indicator, installed.meaning["file"])
    assert (carried.digest, carried.layer) == (installed.digest, "receipt")


@pytest.mark.parametrize(("selection", "told"), [("selection: simple_random\n", True), ("", False)])
def test_an_interval_is_told_only_of_a_random_draw(tmp_path: Path, selection: str, told: bool) -> None:
    """0 of 20: R. G. Newcombe, Statistics in Medicine 17 (1998), gives 0 to 16.11 %."""
    book = rulebook_with(tmp_path / "rulebook", "share", selection + "measure: {kind: ratio, numerator: \"outcome = 'pass'\"}")
    definition = load_definition(book, "spec.share")
    rows = [{"key": f"{n}", "place": "330402", "day": date(2026, 1, 1), "outcome": "fail"} for n in range(20)]
    lay(Home(tmp_path), definition.register, rows, "2026-02-01")
    (found,) = compute(DuckDBEngine(), Source(Home(tmp_path), definition.register), [definition], Asked((Period.year(2026),)))
    assert (found.interval is not None) == told
    if found.interval is not None:
        assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (0.0, 16.11)
