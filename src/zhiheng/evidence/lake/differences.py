"""What did an import change, and which of its rows were reported by somebody else? Asked of the relation `placed`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.columns import KEY, ROW, SHEET, VERSION
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.keeping import PLACED, STANDING
from zhiheng.evidence.lake.reading import every_row
from zhiheng.evidence.registers.model import Field, Register

_AT_ONCE = 5_000
_SHOWN = "shown_corrections"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record that changed."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A record that got a new version: its key in words, where the new one stood, and what changed; nothing where only
    personal fields did."""

    key: Mapping[str, str]
    sheet: str
    row: int
    changes: tuple[Change, ...]


def corrections(home: Home, register: Register, connection: duckdb.DuckDBPyConnection, most: int) -> tuple[Correction, ...]:
    """The first corrections of the import, in the order of its rows."""
    names = [field.id for field in register.open_fields]
    new = ", ".join(f'p."{name}"::varchar' for name in names)
    old = ", ".join(f'o."{name}"::varchar' for name in names)
    connection.execute(
        f"create or replace table {_SHOWN} as select * from {PLACED} where fate = 'corrected' "
        f"order by {SHEET}, {ROW} limit {int(most)}"
    )
    rows = connection.execute(
        f"select p.{SHEET}, p.{ROW}, {new}, {old} from {_SHOWN} p "
        f"join (select * from ({every_row(home, register)}) semi join {_SHOWN} using ({KEY})) o "
        f"on o.{KEY} = p.{KEY} and o.{VERSION} = p.{VERSION} - 1 order by p.{SHEET}, p.{ROW}"
    ).fetchall()
    return tuple(_correction(register, names, row) for row in rows)


def _correction(register: Register, names: list[str], row: tuple[object, ...]) -> Correction:
    sheet, number, *values = row
    new, old = values[: len(names)], values[len(names) :]
    texts = {name: str(value) for name, value in zip(names, new, strict=True) if value is not None}
    changes = tuple(
        Change(register.by_id[name].name, _text(register.by_id[name], was), _text(register.by_id[name], now))
        for name, was, now in zip(names, old, new, strict=True)
        if was != now
    )
    key = {register.by_id[name].name: register.by_id[name].said(texts[name]) for name in register.key}
    return Correction(key, str(sheet), int(str(number)), changes)


def _text(field: Field, value: object) -> str | None:
    return None if value is None else field.said(str(value))


def asked(
    home: Home, register: Register, connection: duckdb.DuckDBPyConnection, file: str
) -> Iterator[tuple[Problem, Mapping[str, str]]]:
    """Each row that another reporter's record stands against, with its values as text."""
    names = [field.id for field in register.open_fields]
    cursor = connection.cursor()
    cursor.execute(
        f"select p.{SHEET}, p.{ROW}, s.reporter, {', '.join(f'p.{chr(34)}{n}{chr(34)}::varchar' for n in names)} "
        f"from {PLACED} p join {STANDING} s using ({KEY}) where p.fate = 'asked' order by p.{SHEET}, p.{ROW}"
    )
    while rows := cursor.fetchmany(_AT_ONCE):
        for sheet, row, reporter, *values in rows:
            texts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            facts = {"reporter": reporter, "key": "、".join(register.by_id[n].said(texts[n]) for n in register.key)}
            yield Problem("evidence.reported_by_other", Severity.ERROR, facts, file, sheet, row), texts
