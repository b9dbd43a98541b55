"""Values of indicators from the records of an installation: now, as known on a day, or both with what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.base.errors import UsageError
from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.positions import position_on
from zhiheng.flow.engine import chosen_engine
from zhiheng.indicators.asking import EVERYWHERE, Asked, PlaceLevel, fine_enough, level_of
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.kept_sums import KeptSums
from zhiheng.indicators.then_and_now import ThenAndNow, then_and_now


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: periods, and places by code (none: all records) or all places of a level."""

    periods: tuple[Period, ...]
    places: tuple[str, ...] = ()
    every: PlaceLevel | None = None

    def asked(self) -> tuple[Asked, ...]:
        """One question for each level of places; `UsageError` when nothing can be asked."""
        if not self.periods:
            raise UsageError("flow.no_period")
        if self.every is not None:
            return (Asked(self.periods, self.every),)
        by_level: dict[PlaceLevel, list[str]] = {}
        for code in dict.fromkeys(self.places or (EVERYWHERE,)):
            by_level.setdefault(level_of(code) if code else PlaceLevel.NATION, []).append(code)
        return tuple(Asked(self.periods, level, tuple(codes) if level else None) for level, codes in by_level.items())


def computed(
    home: Home,
    definitions: Sequence[IndicatorDefinition],
    wanted: Wanted,
    on: date | None = None,
    *,
    rows: bool = True,
    engine: Engine | None = None,
) -> tuple[ComputedValue, ...]:
    """The values as known at the end of the day `on`, by default now; by definition, place and period."""
    engine = engine or chosen_engine()
    # Kept sums are DuckDB's; whoever asks another engine wants that one to have counted.
    sums = KeptSums(engine) if isinstance(engine, DuckDBEngine) else None
    found: list[ComputedValue] = []
    for asked in wanted.asked():
        for group in _by_register(definitions):
            found += compute(engine, source_of(home, group, on), group, asked, rows=rows, sums=sums)
    order = {definition.id: number for number, definition in enumerate(definitions)}
    return tuple(sorted(found, key=lambda value: order[value.definition.id]))


def long_enough(definitions: Iterable[IndicatorDefinition], periods: Iterable[Period]) -> tuple[IndicatorDefinition, ...]:
    """The definitions that mean something for each of the periods."""
    spans = tuple(periods)
    return tuple(d for d in definitions if all(fine_enough(period, d.grain) for period in spans))


def compared(
    home: Home,
    definitions: Sequence[IndicatorDefinition],
    wanted: Wanted,
    then: date,
    on: date | None = None,
    *,
    engine: Engine | None = None,
) -> tuple[ThenAndNow, ...]:
    """Each value as known at the end of the day `then` and as known on `on` (by default now), with the records between them."""
    if wanted.every is not None:
        raise UsageError("flow.then_needs_places")
    counting = engine or chosen_engine()
    return tuple(
        one
        for definition in definitions
        for asked in wanted.asked()
        for one in then_and_now(
            counting,
            (source_of(home, (definition,), then), definition),
            (source_of(home, (definition,), on), definition),
            asked,
        )
    )


def source_of(home: Home, definitions: Sequence[IndicatorDefinition], on: date | None) -> Source:
    """The register of the definitions, and those that declare it complete, as known at the end of a day, by default now."""
    register = definitions[0].register
    if on is None:
        return Source(home, register)
    beside = {d.complete.register.id for d in definitions if d.complete is not None}
    positions = {name: position_on(home, name, on) or 0 for name in beside}
    return Source(home, register, position_on(home, register.id, on) or 0, positions)


def _by_register(definitions: Iterable[IndicatorDefinition]) -> Iterable[Sequence[IndicatorDefinition]]:
    found: dict[str, list[IndicatorDefinition]] = {}
    for definition in definitions:
        found.setdefault(definition.register.id, []).append(definition)
    return found.values()
