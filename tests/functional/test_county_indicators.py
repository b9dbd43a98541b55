"""Do the county's records, counted by the definitions in its lake, make the figures that EVIDENCE.md names?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from county_lake import COUNTY, PLACE, YEARS, make_lake

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.loading import definition_ids, load_definition
from zhiheng.indicators.receipt import Receipt
from zhiheng.rules.catalogue import load_catalogue
from zhiheng.rules.rulebook import open_rulebook

ROW = re.compile(
    r"^\| (?P<name>[^|]+?) \| (?P<register>[^|]+?) \|[^|]*\| (?P<years>[\d–]+) \| (?P<figures>[^|]+?) \|$", re.MULTILINE
)
LISTED = {m["name"]: m for m in ROW.finditer((COUNTY / "EVIDENCE.md").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[ComputedValue]]]:
    """The values of each indicator, year by year, computed register by register."""
    home = make_lake(tmp_path_factory.mktemp("county"))
    book = open_rulebook(None, home / "rulebook")
    found: dict[str, list[ComputedValue]] = {}
    definitions = [load_definition(book, name) for name in definition_ids(book)]
    asked = Asked(tuple(Period.year(year) for year in YEARS), PlaceLevel.COUNTY, (PLACE,))
    for register in {d.register.id: d.register for d in definitions}.values():
        own = [d for d in definitions if d.register.id == register.id]
        for value in compute(DuckDBEngine(), Source(Home(home), register), own, asked):
            found.setdefault(value.definition.id, []).append(value)
    yield found


def test_all_21_are_listed() -> None:
    assert len(LISTED) == 21


@pytest.mark.parametrize("name", LISTED)
def test_computed_is_what_is_listed(values: dict[str, list[ComputedValue]], name: str) -> None:
    """Numerator and denominator where the list has both, else the value to its decimals; every year of the list."""
    aligned = load_catalogue(open_rulebook(None, COUNTY / "rulebook")).align(name)
    assert aligned is not None
    row = LISTED[name]
    first, _, last = row["years"].partition("–")
    found = {value.period.start.year: value for value in values[aligned.indicator]}
    assert found[YEARS[0]].evidence.register == row["register"].split(",")[0]
    for year, figure in zip(range(int(first), int(last or first) + 1), row["figures"].split("; "), strict=True):
        value = found[year]
        assert value.absence is None, (year, value)
        if "/" in figure:
            assert f"{value.numerator}/{value.denominator}" == figure
        else:
            assert Fraction(value.printed or "") == Fraction(figure), (year, value)


def test_every_value_carries_what_a_receipt_needs(values: dict[str, list[ComputedValue]]) -> None:
    for value in (one for several in values.values() for one in several):
        counts = value.counts
        assert counts.records == counts.used + sum(left.records for left in counts.left_out)
        assert value.rows is not None
        assert value.rows.records == counts.used
        assert re.fullmatch("[0-9a-f]{64}", value.rows.digest)
        assert value.evidence.position
        assert value.evidence.files
        assert re.fullmatch("[0-9a-f]{64}", value.definition.digest)
        assert value.engine.startswith("duckdb ")


def test_zero_is_proven_only_by_declarations(values: dict[str, list[ComputedValue]]) -> None:
    for value in values["safety.larger_quality_accidents"]:
        assert (value.amount, value.complete) == (0, True)
        assert value.complete_evidence is not None
        assert value.complete_evidence.register == "incident_completeness"


def test_air_has_a_record_for_every_day(values: dict[str, list[ComputedValue]]) -> None:
    assert [(v.counts.due, v.counts.met) for v in values["air.pm25"]] == [(366, 366), (365, 365), (365, 365)]


def test_the_survey_has_the_interval_of_its_design(tmp_path_factory: pytest.TempPathFactory) -> None:
    """R's survey 4.1-1 over the same answers: svymean with id = 答卷编号, strata = 分层, weights = 权重, confint by degf."""
    home = make_lake(tmp_path_factory.mktemp("survey"))
    definition = load_definition(open_rulebook(None, home / "rulebook"), "satisfaction.public_services")
    asked = Asked((Period.year(2023),), PlaceLevel.COUNTY, (PLACE,))
    (value,) = compute(DuckDBEngine(), Source(Home(home), definition.register), [definition], asked)
    assert value.printed == "81.2"
    assert value.interval is not None
    assert value.sample is not None
    assert (value.interval.low, value.interval.high) == pytest.approx((80.7652821436052, 81.6147588680148), rel=1e-13)
    content: Any = Receipt(value).content
    assert [one["stratum"][1] for one in content["result"]["sample"]["strata"]] == ["乡镇", "城区"]
    assert (value.sample.degrees, [stratum.sums.units for stratum in value.sample.strata]) == (898, [500, 400])


def test_nothing_is_said_of_a_place_without_records(tmp_path: Path) -> None:
    book = open_rulebook(None, COUNTY / "rulebook")
    definition = load_definition(book, "air.pm25")
    asked = Asked((Period.year(2026),), PlaceLevel.COUNTY, (PLACE,))
    (value,) = compute(DuckDBEngine(), Source(Home(tmp_path), definition.register), [definition], asked)
    assert (value.amount, value.absence, value.evidence.position) == (None, "never_kept", None)
