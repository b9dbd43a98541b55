"""Are the county's indicators the same on Spark, do receipts made by either engine verify on the other, and is a fault told?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from county_lake import PLACE, YEARS, make_lake
from tests.specs.spark import BOTH, MARKS, spark

from zhiheng.base.errors import DataError
from zhiheng.base.period import Period
from zhiheng.cli.main import main
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.loading import definition_ids, load_definition
from zhiheng.rules.rulebook import open_rulebook

pytestmark = MARKS
ASKED = Asked(tuple(Period.year(year) for year in YEARS), PlaceLevel.COUNTY, (PLACE,))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's installation."""
    return make_lake(tmp_path_factory.mktemp("county"))


def values(engine: Engine, home: Path) -> list[ComputedValue]:
    """All defined indicators of the county, year by year, register by register."""
    book = open_rulebook(None, home / "rulebook")
    definitions = [load_definition(book, name) for name in definition_ids(book)]
    found: list[ComputedValue] = []
    for register in {d.register.id: d.register for d in definitions}.values():
        own = [d for d in definitions if d.register.id == register.id]
        found += compute(engine, Source(Home(home), register), own, ASKED)
    return found


@pytest.mark.parametrize("kind", BOTH)
def test_every_indicator_of_the_county_is_the_same(home: Path, kind: str) -> None:
    found, expected = values(spark(kind), home), values(DuckDBEngine(), home)
    assert [replace(value, engine="") for value in found] == [replace(value, engine="") for value in expected]
    named = {value.definition.id for value in found if value.absence is None}
    assert len(named) >= 21
    assert all(value.engine.startswith("spark 4.0.") for value in found)


@pytest.mark.parametrize("kind", BOTH)
def test_receipts_of_one_engine_are_equal_on_the_other(
    home: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHIHENG_SPARK", spark(kind).target)
    receipts = home / "receipts"
    made = {}
    for maker, other in (("spark", "duckdb"), ("duckdb", "spark")):
        before = set(receipts.glob("*.json")) if receipts.is_dir() else set()
        where = ["--period", "2026", "--place", PLACE, "--home", str(home), "--receipts", "--engine", maker]
        assert main(["compute", "食品抽检合格率", "消费投诉按时办结率", *where]) == 0
        files = sorted(str(path) for path in set(receipts.glob("*.json")) - before)
        made[maker] = [json.loads(Path(file).read_text(encoding="utf-8"))["content"] for file in files]
        if files:
            assert main(["verify", *files, "--home", str(home), "--engine", other]) == 0
    assert {content["made_by"]["engine"].split()[0] for content in made["spark"]} <= {"spark"}
    capsys.readouterr()


def test_a_damaged_or_missing_file_is_named(tmp_path: Path) -> None:
    home = make_lake(tmp_path)
    book = open_rulebook(None, home / "rulebook")
    definition = load_definition(book, "air.pm25")
    file = next(Home(home).table(definition.register.id).rglob("*.parquet"))
    whole = file.read_bytes()
    for damage, code in ((whole[: len(whole) // 2], "evidence.lake_file_changed"), (None, "evidence.lake_file_missing")):
        file.unlink()
        if damage is not None:
            file.write_bytes(damage)
        for kind in BOTH:
            with pytest.raises(DataError) as caught:
                compute(spark(kind), Source(Home(home), definition.register), [definition], ASKED)
            assert caught.value.code == code
            assert str(file) in str(caught.value.facts["file"])
        if damage is None:
            file.write_bytes(whole)
