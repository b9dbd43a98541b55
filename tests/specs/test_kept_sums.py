"""Do kept sums say what the records say, whatever was imported, corrected, joined or damaged in between?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.specs.lake import lay
from tests.specs.test_engines_agree import definition_in

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.compaction import compact
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.parts import Parts
from zhiheng.indicators import kept_sums
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.cells import additive
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.kept_sums import KeptSums

BODIES = (
    (
        "share",
        "population: \"outcome <> 'unjudged'\"\nmeasure: {kind: ratio, numerator: \"outcome = 'pass'\"}\napart: [programme, level]",
    ),
    ("share", 'measure: {kind: weighted_ratio, numerator: "good", weight: weight}'),
    ("number", "population: \"amount > 1 or level = 'county'\"\nevent: told\nmeasure: {kind: count}"),
    ("mean", "measure: {kind: sum, of: amount}\nwindow: to_end"),
    ("mean", "measure: {kind: mean, of: pieces}\nexclude:\n  - {id: poor, when: 'not good', zh: 差, en: poor}"),
    ("mean", "event: at\nmeasure: {kind: weighted_mean, of: amount, weight: weight}"),
)
PLACES = ("330102", "330105", "330402", "420102")
ASKED = (
    Asked((Period.year(2024), Period.year(2025)), PlaceLevel.COUNTY),
    Asked((Period.years(2024, 2025), Period.year(2025)), PlaceLevel.CITY, ("330100", "420100")),
    Asked((Period(date(2024, 12, 1), date(2025, 1, 31)),), PlaceLevel.NATION),
)
DAYS = st.integers(0, 1000).map(lambda days: date(2023, 12, 1) + timedelta(days=days))


def maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), of)


RECORDS = st.fixed_dictionaries(
    {
        "key": st.integers(0, 14).map("r{:02}".format),
        "day": DAYS,
        "told": maybe(DAYS),
        "at": maybe(DAYS.map(lambda day: datetime.combine(day, datetime.min.time()) + timedelta(hours=23))),
        "place": st.sampled_from(PLACES),
        "level": maybe(st.sampled_from(["national", "county"])),
        "programme": maybe(st.sampled_from(["supervision", "survey"])),
        "outcome": maybe(st.sampled_from(["pass", "fail", "unjudged"])),
        "good": maybe(st.booleans()),
        "amount": maybe(st.integers(-300, 1000).map(lambda n: Decimal(n) / 100)),
        "weight": maybe(st.integers(0, 3000).map(lambda n: Decimal(n) / 1000)),
        "pieces": maybe(st.integers(0, 5)),
    }
)
IMPORTS = st.lists(RECORDS, min_size=1, max_size=8, unique_by=lambda record: record["key"])
WORKS = st.one_of(IMPORTS, IMPORTS, IMPORTS, st.sampled_from(["join", "damage", "delete"]))
# What is done, of which definitions is asked then, and as known at which of the positions reached, in thousandths.
STEPS = st.lists(
    st.tuples(WORKS, st.sets(st.integers(0, len(BODIES) - 1), min_size=1, max_size=3), st.integers(0, 999)),
    min_size=2,
    max_size=7,
)


class Definitions(tuple[IndicatorDefinition, ...]):
    """Shown by their number: a counter-example need not print them."""

    def __repr__(self) -> str:
        return f"{len(self)} definitions"


@pytest.fixture(scope="module")
def defined(tmp_path_factory: pytest.TempPathFactory) -> tuple[IndicatorDefinition, ...]:
    root = tmp_path_factory.mktemp("rulebooks")
    found = Definitions(definition_in(root, indicator, f"{body}\ngrain: month\n") for indicator, body in BODIES)
    assert all(map(additive, found))
    return found


def agree(home: Home, defined: tuple[IndicatorDefinition, ...], position: int | None) -> None:
    """Each alone, for those of one indicator cannot be asked together."""
    for definition in defined:
        source = Source(home, definition.register, position)
        for asked in ASKED:
            expected = compute(DuckDBEngine(), source, [definition], asked)
            assert summed(source, definition, asked) == expected, (definition.id, position)


def summed(source: Source, definition: IndicatorDefinition, asked: Asked) -> tuple[ComputedValue, ...]:
    return compute(DuckDBEngine(), source, [definition], asked, sums=KeptSums(pays_from=0))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_sums_are_the_full_computation(
    defined: tuple[IndicatorDefinition, ...], steps: list[tuple[Any, set[int], int]]
) -> None:
    folder = Path(mkdtemp())
    try:
        home, position = Home(folder), 0
        for number, (work, few, earlier) in enumerate(steps, 1):
            position = taken(home, defined, work, number, position)
            if position:
                chosen = tuple(defined[n] for n in sorted(few))
                agree(home, chosen, None)
                agree(home, chosen, (position + 1) * earlier // 1000)
    finally:
        shutil.rmtree(folder)


def taken(home: Home, defined: tuple[IndicatorDefinition, ...], step: Any, number: int, position: int) -> int:
    """The step done; the position after it."""
    files = sorted(home.derived.rglob("*.sums"))
    if isinstance(step, list):
        return lay(home, defined[0].register, step, f"2026-02-{number:02}").position or position
    if step == "join" and position:
        entry = JournalEntry(f"join {number}", "spec", ImportState.BEGUN, f"2026-02-{number:02}T08:00:00+08:00", "示例", {})
        with duckdb.connect() as connection:
            return compact(home, "spec", connection, entry).position or position
    for file in files[::2]:
        if step == "damage":
            file.write_bytes(file.read_bytes()[:-1] + b"x")
        elif step == "delete":
            file.unlink()
    return position


RECORD: Mapping[str, Any] = {"place": "330102", "programme": "survey", "level": "county"}


def given_lake(tmp_path: Path, defined: tuple[IndicatorDefinition, ...]) -> tuple[Home, Source]:
    home, register = Home(tmp_path / "home"), defined[0].register
    years = (2023, 2024, 2025)
    first = [{**RECORD, "key": f"k{y}", "day": date(y, 5, 1), "outcome": "pass", "amount": Decimal(y)} for y in years]
    lay(home, register, first, "2026-02-01")
    return home, Source(home, register)


def counted_parts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which relations of records are read."""
    asked: list[str] = []
    for name in ("standing", "changes"):
        real = getattr(Parts, name)

        def told(self: Parts, years: Any, *rest: Any, name: str = name, real: Any = real) -> str:
            asked.append(f"{name} {sorted(years)}")
            return str(real(self, years, *rest))

        monkeypatch.setattr(Parts, name, told)
    return asked


def test_only_the_parts_that_an_import_touches_are_computed(
    tmp_path: Path, defined: tuple[IndicatorDefinition, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A correction that moves a record to another year touches both years, and no third."""
    home, source = given_lake(tmp_path, defined)
    asked = counted_parts(monkeypatch)
    agree(home, defined[:1], None)
    assert asked == ["standing [2023, 2024, 2025]"]
    asked.clear()
    agree(home, defined[:1], None)
    assert asked == []
    lay(home, source.register, [{**RECORD, "key": "k2023", "day": date(2025, 1, 1), "outcome": "fail"}], "2026-02-02")
    agree(home, defined[:1], None)
    assert asked == ["changes [2023, 2025]"]
    asked.clear()
    agree(home, defined[:1], 1)
    assert asked == []


def test_changed_evidence_is_never_answered_from_what_was_kept(
    tmp_path: Path, defined: tuple[IndicatorDefinition, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = given_lake(tmp_path, defined)
    agree(home, defined[:1], None)
    asked = counted_parts(monkeypatch)
    (file,) = (home.table("spec") / "_year=2024").rglob("*.parquet")
    os.utime(file, ns=(1, 1))
    agree(home, defined[:1], None)
    assert asked == ["standing [2024]"]
    asked.clear()
    log = home.table("spec") / "_delta_log" / f"{1:020}.json"
    log.write_text(log.read_text("utf-8").replace("2026-02-01T08", "2026-02-01T09"), "utf-8")
    agree(home, defined[:1], None)
    assert asked == ["standing [2023, 2024, 2025]"]


def test_a_lake_that_cannot_be_written_is_computed_all_the_same(
    tmp_path: Path, defined: tuple[IndicatorDefinition, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = given_lake(tmp_path, defined)
    home.derived.write_text("not a folder")
    agree(home, defined[:2], None)


def test_few_records_are_counted_themselves(tmp_path: Path, defined: tuple[IndicatorDefinition, ...]) -> None:
    home, source = given_lake(tmp_path, defined)
    compute(DuckDBEngine(), source, defined[:1], ASKED[0], sums=KeptSums())
    assert not home.derived.exists()
    assert kept_sums.PAYS_FROM > 1
