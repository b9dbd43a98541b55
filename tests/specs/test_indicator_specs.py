"""Does every spec come out as its table says, from DuckDB over a lake and from plain loops, and do the two agree on all else?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.specs.lake import lay
from tests.specs.oracle import Answer, answer
from tests.specs.register import rulebook_with
from tests.specs.tables import Spec, specs

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.registers.loading import load_register
from zhiheng.indicators.asking import Asked, PlaceLevel, level_of
from zhiheng.indicators.completeness import covered
from zhiheng.indicators.computed import ComputedValue, times
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import load_definition
from zhiheng.indicators.rounding import printed
from zhiheng.stats.design import DesignEstimate, ratio_of

ENGINES: tuple[type[Engine], ...] = (DuckDBEngine,)
IMPORT_DAYS = ("2026-02-01", "2026-03-01")
SPECS = specs()


def asked_of(spec: Spec) -> tuple[Asked, ...]:
    """One question for each place."""
    periods = tuple(period for text in spec.periods if (period := Period.parse(text)))
    assert len(periods) == len(spec.periods)
    return tuple(
        Asked(periods, level_of(code) if code else PlaceLevel.NATION, (code,) if code else None) for code in spec.places
    )


def laid_out(spec: Spec, folder: Path) -> tuple[Home, IndicatorDefinition]:
    """The lake with the records of the spec, and its definition."""
    home = Home(folder / "home")
    book = rulebook_with(folder / "home" / "rulebook", spec.indicator, spec.definition, spec.decimals)
    definition = load_definition(book, f"spec.{spec.indicator}")
    for records, day in zip(spec.imports, IMPORT_DAYS, strict=False):
        lay(home, definition.register, records, day)
    if spec.declared:
        lay(home, load_register(book, "declared"), spec.declared, IMPORT_DAYS[0])
    return home, definition


def said(value: ComputedValue) -> Mapping[str, str]:
    """A computed value in the words of the table of values."""
    left_out = ", ".join(f"{left.reason} {left.records}" for left in value.counts.left_out)
    facts: dict[str, Any] = {
        "place": value.place or "all",
        "period": period_word(value.period),
        "value": value.printed if value.absence is None else value.absence.value,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "left out": left_out,
        "missing": ", ".join(value.missing),
        "interval": interval_word(value),
        "degrees": value.sample.degrees if value.sample else None,
    }
    counts = {name: getattr(value.counts, name) for name in ("seen", "records", "used", "unclear", "undated", "due", "met")}
    counts["groups unclear"] = value.counts.groups_unclear
    return {name: "" if fact is None else str(fact) for name, fact in {**facts, **counts}.items()}


def interval_word(value: ComputedValue) -> str:
    """The bounds with six decimals, or why there is no interval."""
    if value.interval is not None:
        return f"{value.interval.low:.6f} to {value.interval.high:.6f}"
    return value.sample.absence.value if value.sample and value.sample.absence else ""


def period_word(period: Period) -> str:
    """The period as the specs write it."""
    start = period.start
    words = (f"{start.year}", f"{start.year}Q{(start.month + 2) // 3}", f"{start:%Y-%m}")
    return next(word for word in words if Period.parse(word) == period)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_an_engine_says_what_the_table_says(spec: Spec, engine: type[Engine], tmp_path: Path) -> None:
    home, definition = laid_out(spec, tmp_path)
    source = Source(home, definition.register)
    values = [value for asked in asked_of(spec) for value in compute(engine(), source, [definition], asked)]
    found = [said(value) for value in values]
    assert [{name: row[name] for name in spec.values[0]} for row in found] == list(spec.values)
    known = {record["key"]: record for records in spec.imports for record in records}.values()
    for value in values:
        agree(value, oracle(spec, definition, list(known), value))


def oracle(spec: Spec, definition: IndicatorDefinition, known: list[Mapping[str, Any]], value: ComputedValue) -> Answer:
    """What plain loops say for the same place and period."""
    declared = None
    if definition.complete is not None:
        own = [row for row in spec.declared if row["place"] == value.place]
        declared = all(
            covered([(row["first"], row["last"]) for row in own if row["kind"] == kind], value.period)
            for kind in definition.complete.kinds
        )
    return answer(definition, known, value.place, value.period, declared=declared)


def agree(value: ComputedValue, expected: Answer) -> None:
    """Everything the two can both say."""
    assert (value.absence.value if value.absence else None) == expected.absence
    if value.evidence.position is None:
        return
    counts = value.counts
    assert {left.reason: left.records for left in counts.left_out} == expected.left_out
    assert (counts.seen, counts.records, counts.used) == (expected.seen, expected.records, expected.used)
    assert (counts.unclear, counts.undated, counts.groups_unclear) == (
        expected.unclear, expected.undated, expected.groups_unclear,
    )  # fmt: skip
    assert (value.numerator, value.denominator) == (expected.numerator, expected.denominator)
    amount = None if expected.amount is None else expected.amount * times(value.definition)
    assert value.amount == amount
    shown = None if amount is None else printed(amount, value.definition.decimals, value.definition.rounding)
    assert value.printed == shown
    if value.sample is not None:
        sums = [stratum.sums for stratum in value.sample.strata]
        found = ratio_of(sums) if sums else None
        said_of_it = (found.variance, found.degrees) if isinstance(found, DesignEstimate) else value.sample.absence
        assert said_of_it == expected.spread
