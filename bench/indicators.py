#!/usr/bin/env python3
"""How long do indicators over many records take, beside SQL written by hand for the same question?

BENCH_INDICATOR_ROWS lists the sizes of the lakes (1000000,10000000; 100000000 takes a quarter of an hour to lay down and 10 GB). Both sides
answer from the same files and must find the same numerators and denominators, or the run ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb
from indicators_lake import ITEMS, TWENTY, YEARS, BenchIndicator, defined, lake_of, one_more_month
from measuring import Measure, best_of, table
from sampling_lake import copied
from sampling_rows import REGISTER_ID

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.table import opened, paths
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.kept_sums import KeptSums

PERIODS = tuple(map(Period.year, YEARS))
Answers = set[tuple[str, str, int, int, int]]
Result = TypeVar("Result")


def indicators() -> list[Measure]:
    """The ratios for the last of the sizes, and what each size takes."""
    sizes = [int(size) for size in os.environ.get("BENCH_INDICATOR_ROWS", "1000000,10000000").split(",")]
    found = []
    for rows in sizes:
        home = lake_of(rows)
        found += [*_pass_rate(home, rows), *_twenty(home, rows), *_one_more_month(home, rows)]
    return found


def _pass_rate(home: Home, rows: int) -> Iterator[Measure]:
    """By county and year, of the versions that stand."""
    asked, (definition,) = Asked(PERIODS, PlaceLevel.COUNTY), defined([ITEMS])
    by_hand = _timed("pass rate by hand", lambda: _by_hand(home, [ITEMS], PlaceLevel.COUNTY))
    ours = _timed("pass rate", lambda: _answers(_computed(home, [definition], asked)))
    name = f"{rows:,} records: pass rate by county and year"
    _agree(name, ours[1], by_hand[1])
    yield Measure(f"{name} to SQL by hand", 1.2, ours[0] / by_hand[0], "×")
    yield Measure(name, rows / 1e6, ours[0], "s")


def _twenty(home: Home, rows: int) -> Iterator[Measure]:
    """Of one register at once, beside as many queries."""
    asked, definitions = Asked(PERIODS, PlaceLevel.PROVINCE), defined(TWENTY)
    by_hand = _timed("twenty by hand", lambda: _by_hand(home, TWENTY, PlaceLevel.PROVINCE), times=1)
    ours = _timed("twenty", lambda: _answers(_computed(home, definitions, asked)), times=2)
    name = f"{rows:,} records: {len(TWENTY)} indicators by province and year"
    _agree(name, ours[1], by_hand[1])
    yield Measure(f"{name} to {len(TWENTY)} queries", 0.3, ours[0] / by_hand[0], "×")


def _one_more_month(home: Home, rows: int) -> Iterator[Measure]:
    """After an import of a month, with what counts for receipts: kept sums beside all records."""
    asked, (definition,) = Asked(PERIODS, PlaceLevel.PROVINCE), defined([ITEMS])
    with tempfile.TemporaryDirectory(dir=home.root.parent) as place:
        lake = copied(home, Path(place) / "lake")
        first = _timed("sums made", lambda: _computed(lake, [definition], asked, rows=True, sums=KeptSums()), times=1)
        one_more_month(lake, rows)
        full = _timed("all records", lambda: _computed(lake, [definition], asked, rows=True))
        derived, aside = lake.derived, Path(place) / "aside"
        shutil.copytree(derived, aside)

        def more() -> Sequence[ComputedValue]:
            return _computed(lake, [definition], asked, rows=True, sums=KeptSums())

        seconds = []
        for _ in range(3):
            shutil.rmtree(derived)
            shutil.copytree(aside, derived)
            once, values = _timed("one more month", more, times=1)
            seconds.append(once)
        again, _ = _timed("nothing new", more)
        assert list(values) == list(full[1])
    name = f"{rows:,} records in ten years"
    yield Measure(f"{name}: all to one more month", 20, full[0] / min(seconds), "×", at_least=True)
    yield Measure(f"{name}: all to nothing new", 20, full[0] / again, "×", at_least=True)
    yield Measure(f"{name}: sums made for the first time to all", 2, first[0] / full[0], "×")


def _timed(name: str, work: Callable[[], Result], times: int = 3) -> tuple[float, Result]:
    found: list[Result] = []
    seconds = best_of(times, lambda: found.append(work()))
    print(f"  {name}: {seconds:.2f} s", file=sys.stderr)
    return seconds, found[-1]


def _computed(
    home: Home, definitions: Sequence[IndicatorDefinition], asked: Asked, *, rows: bool = False, sums: KeptSums | None = None
) -> Sequence[ComputedValue]:
    return compute(DuckDBEngine(), Source(home, definitions[0].register), definitions, asked, rows=rows, sums=sums)


def _answers(values: Iterable[ComputedValue]) -> Answers:
    found = [(v.definition.id.partition(".")[2], v.place[:6], v.period.start.year, v.numerator, v.denominator) for v in values]
    return {(name, place.rstrip("0"), year, int(n or 0), int(d)) for name, place, year, n, d in found if d}


def _by_hand(home: Home, wanted: Sequence[BenchIndicator], level: PlaceLevel) -> Answers:
    """Each in a query of its own, as somebody writes it who knows the lake."""
    listed = paths(opened(home, REGISTER_ID) or sys.exit("no lake"))
    every = ", ".join(f"'{file}'" for file in listed)
    correcting = ", ".join(f"'{file}'" for file in listed if "_corrects=true" in file)
    found: Answers = set()
    with duckdb.connect() as connection:
        for one in wanted:
            meant = one.population or "true"
            known = (
                f"select * from read_parquet([{every}]) r anti join (select _key, _version - 1 as _version from "
                f"read_parquet([{correcting}])) s using (_key, _version) where {meant} and {one.field} in ('pass', 'fail')"
            )
            place, year = f"left(place, {int(level)}) as place", "year(sampled_on) as year"
            counted = f"select {place}, {year}, {one.field} = 'pass' as good from ({known})"
            if one.samples:
                counted = f"select {place}, {year}, bool_and({one.field} = 'pass') as good from ({known}) group by 1, 2, programme, level, sample_number"
            query = f"select place, year, count(*) filter (good), count(*) from ({counted}) where year in {YEARS} group by all"
            found |= {(one.name, row[0].rstrip("0"), *map(int, row[1:])) for row in connection.execute(query).fetchall()}
    return found


def _agree(name: str, ours: Answers, by_hand: Answers) -> None:
    digests = [hashlib.sha256(json.dumps(sorted(one)).encode()).hexdigest()[:16] for one in (ours, by_hand)]
    assert digests[0] == digests[1], (name, sorted(ours ^ by_hand)[:4])
    print(f"{name}: {digests[0]} by both, {len(ours):,} values", file=sys.stderr)


if __name__ == "__main__":
    print(table(indicators()))
