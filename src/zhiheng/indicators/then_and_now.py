"""What was known of a value then, what is known now, and which records made the difference?

A record makes a difference when what it contributes is another: whether it counts, holds, decides, and with which amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhiheng.evidence.engines.model import Engine, Row, Source, records_table
from zhiheng.evidence.lake.columns import FILE, IMPORT, KEY, KNOWN_FROM, ROW, SHEET, VERSION
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.one_pass import COUNTS, rows_behind

_AT_ONCE = 1000
_NOT_CONTRIBUTED = frozenset([VERSION, KNOWN_FROM, IMPORT, FILE, SHEET, ROW])


class ChangeCause(StrEnum):
    """Why a record contributes something else: it was added later, corrected, is judged by another definition, or another record
    of its subject decides now."""

    ADDED = "added"
    CORRECTED = "corrected"
    DEFINITION = "definition"
    DISPLACED = "displaced"


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that made the difference: its key, its version then and now (None: not there), whether it counted, and where its
    version of now comes from (import, SHA-256 of the file, sheet, row; known from which position)."""

    key: str
    cause: ChangeCause
    version_then: int | None
    version_now: int | None
    counted_then: bool
    counted_now: bool
    held_then: bool | None
    held_now: bool | None
    import_id: str
    file: str
    sheet: str
    row: int
    known_from: int


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A value as known then and as known now, with the records between them, in order of key."""

    then: ComputedValue
    now: ComputedValue
    changed: tuple[ChangedRecord, ...]


def then_and_now(
    engine: Engine, then: tuple[Source, IndicatorDefinition], now: tuple[Source, IndicatorDefinition], asked: Asked
) -> tuple[ThenAndNow, ...]:
    """One comparison for each place and period asked; places must be named."""
    values = zip(*(compute(engine, source, (definition,), asked) for source, definition in (then, now)), strict=True)
    cells = [(prefix, number) for prefix in asked.prefixes or ("",) for number in range(len(asked.periods))]
    contributed = [_contributed(engine, *one, asked) for one in (then, now)]
    return tuple(
        ThenAndNow(was, becomes, tuple(_changed(engine, then, now, *(side.get(cell, {}) for side in contributed))))
        for (was, becomes), cell in zip(values, cells, strict=True)
    )


def _contributed(
    engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked
) -> Mapping[tuple[str, int], dict[str, Row]]:
    """Records that count or would but for a reason, by place and period, and there by key."""
    found: dict[tuple[str, int], dict[str, Row]] = {}
    for row in engine.rows(rows_behind(records_table(source.register), asked, definition), source):
        found.setdefault((row["_place"] or "", int(row["_period"])), {})[row[KEY]] = row
    return found


def _changed(
    engine: Engine,
    then: tuple[Source, IndicatorDefinition],
    now: tuple[Source, IndicatorDefinition],
    was: Mapping[str, Row],
    becomes: Mapping[str, Row],
) -> Iterator[ChangedRecord]:
    keys = sorted(key for key in {*was, *becomes} if _contribution(was.get(key)) != _contribution(becomes.get(key)))
    old, new = (_standing(engine, source, keys) for source, _ in (then, now))
    for key in keys:
        one, other = old.get(key), new.get(key)
        from_now = other if other is not None else one
        if from_now is None:
            continue
        yield ChangedRecord(
            key,
            _cause(one, other, same_definition=then[1].digest == now[1].digest),
            None if one is None else int(one[VERSION]),
            None if other is None else int(other[VERSION]),
            _counts(was.get(key)),
            _counts(becomes.get(key)),
            _held(was.get(key)),
            _held(becomes.get(key)),
            from_now[IMPORT],
            from_now[FILE],
            from_now[SHEET],
            int(from_now[ROW]),
            int(from_now[KNOWN_FROM]),
        )


def _contribution(row: Row | None) -> Any:
    """What a record gives; of those that do not count nothing matters but that they do not."""
    if row is None or row["fate"] != COUNTS:
        return None
    return tuple(sorted((name, str(value)) for name, value in row.items() if name not in _NOT_CONTRIBUTED))


def _cause(one: Row | None, other: Row | None, *, same_definition: bool) -> ChangeCause:
    if one is None:
        return ChangeCause.ADDED
    if other is None or one[VERSION] != other[VERSION]:
        return ChangeCause.CORRECTED
    return ChangeCause.DISPLACED if same_definition else ChangeCause.DEFINITION


def _standing(engine: Engine, source: Source, keys: Sequence[str]) -> Mapping[str, Row]:
    """The versions of records as known to a source, whatever they are of."""
    table, found = records_table(source.register), {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = table.filter(table[KEY].isin(keys[start : start + _AT_ONCE]))
        for row in engine.rows(wanted.select(KEY, VERSION, KNOWN_FROM, IMPORT, FILE, SHEET, ROW), source):
            found[row[KEY]] = row
    return found


def _counts(row: Row | None) -> bool:
    return row is not None and row["fate"] == COUNTS


def _held(row: Row | None) -> bool | None:
    return bool(row["holds"]) if row is not None and _counts(row) and row["holds"] is not None else None
