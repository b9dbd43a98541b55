"""After records are changed at random, are the values those of SQL written by hand, and is what was known before still known?"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import pytest
from county_lake import PLACE, YEARS, make_lake, reporters
from county_sql import QUERIES, counted

from zhiheng.base.period import Period
from zhiheng.cli.main import main as zhiheng
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.compute import Wanted, computed
from zhiheng.flow.indicators import definitions
from zhiheng.flow.registers import registers
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.then_and_now import ChangeCause, then_and_now

K = 60
SEED = 20270301
WANTED = Wanted(tuple(Period.year(year) for year in YEARS), (PLACE,))


@dataclass(frozen=True)
class Changed:
    """The lake after the changes, the positions before them, and how many records of each register were corrected or added."""

    home: Path
    positions: Mapping[str, int]
    corrected: Mapping[str, int]

    @cached_property
    def values(self) -> Mapping[tuple[str, int], ComputedValue]:
        """As known now."""
        found = computed(Home(self.home), definitions(tuple(QUERIES), self.home), WANTED)
        return {(value.definition.id, value.period.start.year): value for value in found}

    def source(self, definition: IndicatorDefinition) -> Source:
        """As known before."""
        return Source(Home(self.home), definition.register, self.positions[definition.register.id], self.positions)

    @cached_property
    def values_before(self) -> Mapping[tuple[str, int], ComputedValue]:
        every = definitions(tuple(QUERIES), self.home)
        found = [
            v for one in every for asked in WANTED.asked() for v in compute(DuckDBEngine(), self.source(one), [one], asked)
        ]
        return {(value.definition.id, value.period.start.year): value for value in found}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    folder = tmp_path_factory.mktemp("changed")
    home = make_lake(folder)
    chance = Random(SEED)  # noqa: S311 - which records are changed
    by, corrected = reporters(), {}
    status = call(["lake", "status", "--home", str(home), "--json"])
    positions = {one["register"]: one["position"] for one in status["registers"]}
    for register in registers(sorted({register for register, _ in QUERIES.values()}), home):
        out = folder / f"{register.id}.jsonl"
        call(["export", register.id, "--out", str(out), "--home", str(home)])
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        again = folder / f"{register.id}.again.jsonl"
        again.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in altered(register, rows, chance)), "utf-8")
        told = call(["import", register.id, str(again), "--home", str(home), "--by", by[register.id], "--as-of", "2027-03-01",
                     "--out", str(folder), "--json"])  # fmt: skip
        corrected[register.id] = told["imports"][0]["corrected"] + told["imports"][0]["taken"]
    yield Changed(home, positions, corrected)


def call(words: list[str]) -> Any:
    """What the command prints as JSON; rows that its checks hand back are no fault here."""
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed, redirect_stderr(io.StringIO()) as said:
        code = zhiheng(words)
    assert code in (0, 1), said.getvalue()
    printed.seek(0)
    text = printed.read()
    return json.loads(text) if text.strip() else {}


def altered(register: Register, rows: list[dict[str, Any]], chance: Random) -> Iterator[Mapping[str, Any]]:
    """K records with fields taken over from other records, a tenth of them as new records under a key of their own."""
    names = {field.id: field.name for field in register.open_fields}
    head = names if names["place"] in rows[0] else {name: name for name in names}
    free = [head[name] for name in names if name not in register.key]
    texts = [head[name] for name in register.key if register.by_id[name].kind == "text"]
    for row in chance.sample(rows, min(K, len(rows))):
        given = {name: chance.choice(rows).get(name) for name in chance.sample(free, min(len(free), chance.randint(1, 3)))}
        key = {texts[-1]: f"{row[texts[-1]]}新"} if texts and chance.random() < 0.1 else {}
        yield {name: value for name, value in {**row, **given, **key}.items() if value is not None}


def test_records_were_really_changed(changed: Changed) -> None:
    assert all(count > 0 for count in changed.corrected.values()), changed.corrected
    before, after = changed.values_before, changed.values
    assert sum(before[key].rows != after[key].rows for key in after) > len(QUERIES)


@pytest.mark.parametrize("indicator", QUERIES)
def test_the_new_values_are_those_of_sql(changed: Changed, indicator: str) -> None:
    values = changed.values
    for year in YEARS:
        value = values[indicator, year]
        assert (value.numerator, value.denominator) == counted(changed.home, indicator, year), year


@pytest.mark.parametrize("indicator", QUERIES)
def test_what_was_known_before_is_still_known(changed: Changed, indicator: str) -> None:
    values = changed.values_before
    for year in YEARS:
        value = values[indicator, year]
        position = changed.positions[value.evidence.register]
        assert value.evidence.position == position
        assert (value.numerator, value.denominator) == counted(changed.home, indicator, year, position), year


def test_the_records_between_then_and_now_make_the_difference(changed: Changed) -> None:
    """For counts of records the numerator moves by those that came and went; each has its cause."""
    causes = set()
    pairs = [
        pair
        for one in definitions(("complaints.consumer_on_time", "air.good_days"), changed.home)
        for asked in WANTED.asked()
        for pair in then_and_now(
            DuckDBEngine(), (changed.source(one), one), (Source(Home(changed.home), one.register), one), asked
        )
    ]
    for pair in pairs:
        came = sum(record.counted_now for record in pair.changed) - sum(record.counted_then for record in pair.changed)
        held = sum(record.held_now or False for record in pair.changed) - sum(
            record.held_then or False for record in pair.changed
        )
        assert pair.now.denominator - pair.then.denominator == came  # type: ignore[operator]
        assert pair.now.numerator - pair.then.numerator == held  # type: ignore[operator]
        causes |= {record.cause for record in pair.changed}
        for record in pair.changed:
            assert (record.version_then is None) == (record.cause is ChangeCause.ADDED)
    assert causes == {ChangeCause.ADDED, ChangeCause.CORRECTED}
