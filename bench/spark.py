#!/usr/bin/env python3
"""How long does the same pass rate take on DuckDB and on Spark in this program, from lakes of one and ten million records?

Not part of `make bench`: `.venv-spark/bin/python bench/spark.py` after `make test-spark`. Values must be the same, or there is no table.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from measuring import best_of
from sampling_lake import file_and_lake, folder

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.engines.spark_engine import SparkEngine
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import load_definition
from zhiheng.rules.rulebook import open_rulebook

LAKES = (1_000_000, 10_000_000)
ASKED = Asked(tuple(Period.year(year) for year in range(2019, 2027)), PlaceLevel.COUNTY)
CATALOGUE = """\
group: 量度
english: Measures
indicators:
  items: {name: 量度项次, english: items, unit: "%", direction: higher, confirmed: false}
  samples: {name: 量度样品, english: samples, unit: "%", direction: higher, confirmed: false}
"""
DEFINITION = """\
about: {{zh: 合格率。, en: Pass rate.}}
register: sampling.industrial
exclude:
  - {{id: unjudged, when: "outcome is null or outcome = 'unjudged'", zh: 未判定, en: not judged}}
{subject}measure: {{kind: ratio, numerator: "outcome = 'pass'"}}
grain: month
decimals: 2
citation: {{doc: 示例, clause: 第一条}}
confirmed: true
"""
WORK = {"items": "", "samples": "subject: [programme, level, sample_number]\nholds_of: all\n"}


def defined(place: Path) -> Iterator[IndicatorDefinition]:
    """Two pass rates: of items, and of samples that pass with all their items."""
    files = {f"indicators/bench/{name}.yaml": DEFINITION.format(subject=subject) for name, subject in WORK.items()}
    for name, text in {**files, "catalogue/bench.yaml": CATALOGUE}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    book = open_rulebook(installation=place)
    yield from (load_definition(book, f"bench.{name}") for name in WORK)


def work(engine: Engine, home: Home, definition: IndicatorDefinition) -> Callable[[], tuple[ComputedValue, ...]]:
    """The values of every county and year, with the sets of records that count, as receipts need them."""
    return lambda: compute(engine, Source(home, definition.register), [definition], ASKED)


def main() -> int:
    began = time.perf_counter()
    spark = SparkEngine(sys.argv[1] if len(sys.argv) > 1 else "local[2]")
    print(f"{spark.name} on {spark.target}: session after {time.perf_counter() - began:.1f} s; {DuckDBEngine().name}")
    definitions = list(defined(folder() / "spark" / "rulebook"))
    for lake in LAKES:
        _, home, _ = file_and_lake(1_000, lake)
        for definition in definitions:
            first = time.perf_counter()
            found = work(spark, home, definition)()
            first = time.perf_counter() - first
            expected = work(DuckDBEngine(), home, definition)()
            assert [replace(value, engine="") for value in found] == [replace(value, engine="") for value in expected]
            seconds = [best_of(3, work(engine, home, definition)) for engine in (DuckDBEngine(), spark)]
            print(
                f"{lake:>12,} records, {definition.indicator.english:8} {len(found):4} values: DuckDB {seconds[0]:6.2f} s, "
                f"Spark {seconds[1]:6.2f} s (the first time {first:.2f} s)",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
