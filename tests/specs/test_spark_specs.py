"""Does Spark, in this program and by Spark Connect, say of every spec what its table says, and in every part what DuckDB says?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.specs.lake import lay
from tests.specs.spark import BOTH, CLASSIC, MARKS, spark
from tests.specs.tables import Spec
from tests.specs.test_engines_agree import ASKED, RECORDS, definition_in, definitions
from tests.specs.test_indicator_specs import SPECS, asked_of, laid_out, said

from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.behind import records_behind
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition

pytestmark = MARKS
_DRAWN = 30


def values(engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked) -> list[ComputedValue]:
    """The values, not saying which engine made them."""
    return [replace(value, engine="") for value in compute(engine, source, [definition], asked)]


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_spark_says_what_the_table_and_duckdb_say(spec: Spec, kind: str, tmp_path: Path) -> None:
    home, definition = laid_out(spec, tmp_path)
    source = Source(home, definition.register)
    found = [value for asked in asked_of(spec) for value in values(spark(kind), source, definition, asked)]
    assert found == [value for asked in asked_of(spec) for value in values(DuckDBEngine(), source, definition, asked)]
    assert [{name: said(value)[name] for name in spec.values[0]} for value in found] == list(spec.values)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The records that conditions nobody thought of are asked of; a third of them was corrected."""
    found = Home(tmp_path_factory.mktemp("spark") / "a [folder] 的 {name}")
    register = definition_in(found.root, "number", "measure: {kind: count}").register
    lay(found, register, [{**record, "amount": None, "level": "county"} for record in RECORDS[::3]], "2026-02-01")
    lay(found, register, RECORDS, "2026-03-01")
    return found


@settings(max_examples=_DRAWN, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(definitions())
def test_random_definitions_are_answered_alike(home: Home, drawn: tuple[str, str]) -> None:
    definition = definition_in(home.root, *drawn)
    source = Source(home, definition.register)
    for asked in ASKED:
        assert values(spark(CLASSIC), source, definition, asked) == values(DuckDBEngine(), source, definition, asked)


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("position", [None, 0, 1])
def test_a_position_is_read_and_the_same_records_stand_behind(home: Home, kind: str, position: int | None) -> None:
    body = "population: \"level <> 'national' or amount > 1\"\nmeasure: {kind: ratio, numerator: \"outcome = 'pass'\"}"
    definition = definition_in(home.root, "share", body)
    source = Source(home, definition.register, position)
    one, other = (values(engine, source, definition, ASKED[0]) for engine in (spark(kind), DuckDBEngine()))
    assert one == other
    behind = [list(records_behind(engine, source, definition, ASKED[0])) for engine in (spark(kind), DuckDBEngine())]
    assert behind[0] == behind[1]
    assert (position == 0) == (not behind[0])
