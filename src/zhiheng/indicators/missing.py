"""Which places and spans have no record that counts, where one is due?

A share or a mean of a city stands for all its counties, so those without a record that counts are told; counts tell none, for having no award
is no gap. Spans are those for which the definition says that a record is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import ibis.expr.types as ir

from zhiheng.base.period import Period
from zhiheng.evidence.engines.model import Engine, Source, records_table
from zhiheng.evidence.registers.model import Register
from zhiheng.indicators.asking import Asked, PlaceLevel, spans
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.definition import Grain, IndicatorDefinition, MeasureKind
from zhiheng.indicators.one_pass import COUNTS, PERIOD, PLACE, Pass

_PLACE, _SPAN = "_record_place", "_span"
_WITHOUT_PLACES = (MeasureKind.COUNT, MeasureKind.SUM)
_WIDER = (PlaceLevel.PROVINCE, PlaceLevel.CITY)

Cell = tuple[str, int]
Known = Mapping[Cell, list[tuple[str, date | None]]]


def with_missing(
    engine: Engine,
    source: Source,
    definition: IndicatorDefinition,
    asked: Asked,
    values: Iterable[ComputedValue],
    told: Callable[[], Known] | None = None,
) -> list[ComputedValue]:
    """The values with what is missing in each; nothing is asked where nothing can be, nor where `told` knows the places and spans
    of the records that count."""
    found = list(values)
    places = asked.level in _WIDER and definition.measure.kind not in _WITHOUT_PLACES and definition.register.place is not None
    gaps = any(_has_gaps(value) for value in found)
    if not any(value.counts.used for value in found) or not (places or gaps):
        return found
    known = _known(engine, source, definition, asked) if told is None else told()
    numbers = {period: number for number, period in enumerate(asked.periods)}
    return [
        replace(value, missing=tuple(_missing(value, known.get(_cell(value, asked, numbers), ()), places=places)))
        if value.counts.used
        else value
        for value in found
    ]


def _cell(value: ComputedValue, asked: Asked, numbers: Mapping[Period, int]) -> Cell:
    return value.place[: asked.level], numbers[value.period]


def _has_gaps(value: ComputedValue) -> bool:
    counts = value.counts
    return counts.due is not None and counts.met is not None and counts.met < counts.due and not value.definition.measure.per


def _missing(value: ComputedValue, known: Iterable[tuple[str, date | None]], *, places: bool) -> Iterator[str]:
    there = set(known)
    if places:
        reporting = {place for place, _ in there}
        yield from (
            code for code in _counties(value.definition.register, value.place, value.period.end) if code not in reporting
        )
    due = value.definition.due
    if due is not None and _has_gaps(value):
        days = {day for _, day in there}
        yield from _runs([span for span in spans(value.period, due) if span not in days], due)


def _known(engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked) -> Known:
    found: dict[Cell, list[tuple[str, date | None]]] = {}
    for row in engine.rows(_present(records_table(source.register), asked, definition), source):
        day = row.get(_SPAN)
        day = day.date() if isinstance(day, datetime) else day  # truncated days are moments to DuckDB
        found.setdefault((row[PLACE] or "", int(row[PERIOD])), []).append((row[_PLACE], day))
    return found


def _present(records: ir.Table, asked: Asked, definition: IndicatorDefinition) -> ir.Table:
    """The query for the places and spans of the records that count."""
    table = Pass(records, asked, (definition,), None).judged()
    table = table.filter((table["d0_fate"] == COUNTS) & (table[PERIOD] >= 0))
    place = definition.register.place
    found = {PLACE: table[PLACE], PERIOD: table[PERIOD], _PLACE: table[PLACE] if place is None else table[place]}
    if definition.due is not None:
        event = table[definition.event]
        day = event.date() if event.type().is_timestamp() else event
        found[_SPAN] = day.truncate("D" if definition.due is Grain.DAY else "M")
    return table.select(**found).distinct()


def _counties(register: Register, place: str, day: date) -> Iterator[str]:
    """The codes of counties under a wider place that are valid on the day."""
    codes = register.by_id[register.place].codes if register.place is not None else None
    prefix = place.rstrip("0") if len(place.rstrip("0")) % 2 == 0 else place.rstrip("0") + "0"
    for code in codes.by_start.get(prefix, ()) if codes is not None else ():
        valid = (code.start is None or code.start <= day) and (code.end is None or day < code.end)
        if valid and not code.code.endswith("00"):
            yield code.code


def _runs(missing: Iterable[date], due: Grain) -> Iterator[str]:
    """Days (or months) one after the other as their first and last: 2026-02-03/2026-02-05."""
    run: list[date] = []
    for span in missing:
        if run and span != _next(run[-1], due):
            yield _run(run, due)
            run = []
        run.append(span)
    if run:
        yield _run(run, due)


def _next(span: date, due: Grain) -> date:
    return span + timedelta(days=1) if due is Grain.DAY else (span.replace(day=28) + timedelta(days=4)).replace(day=1)


def _run(run: list[date], due: Grain) -> str:
    ends = [day.isoformat() if due is Grain.DAY else f"{day:%Y-%m}" for day in (run[0], run[-1])]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)
