"""Which columns do the sound rows bring to the lake? Values, derived values, key, digest, where each came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from inspect import Parameter, Signature
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from zhiheng.evidence.intake.staging.checking import AT, CHECKED, Checked
from zhiheng.evidence.intake.staging.raw_rows import FILE, ROW, SHEET
from zhiheng.evidence.intake.staging.repeats import REPEATED
from zhiheng.evidence.intake.staging.writings import quoted
from zhiheng.evidence.lake.columns import DIGEST, KEY, PERSON, REPORTER, YEAR, sql_columns
from zhiheng.evidence.lake.payload import payload_digest
from zhiheng.evidence.registers.model import Derived, Register
from zhiheng.measures import MEASURES
from zhiheng.measures.model import Column

STAGED, PERSONS = "staged", "persons"
_AT_ONCE = 50_000
Pseudonyms = Callable[[list[str], list[str]], list[str]]


def lay_out(
    connection: duckdb.DuckDBPyConnection, register: Register, checked: Checked, reporter: str, pseudonyms: Pseudonyms
) -> int:
    """Make the view `staged` of the rows to be taken; how many they are.

    `pseudonyms` gives the names under which personal fields are kept apart, from keys and payloads.
    """
    sound = f"{checked.sound} and {AT} not in (select {AT} from {REPEATED})"
    _name_persons(connection, register, sound, pseudonyms)
    kinds = sql_columns(register)
    given = [field.id for field in register.open_fields]
    derived = [_derived(connection, one, kinds) for one in register.derived]
    values = ", ".join([*(f'"{name}"' for name in given), *derived])
    connection.execute(
        f"create or replace view {STAGED} as select {values}, {KEY}, "
        f"{payload_digest(register, 'p.person')} as {DIGEST}, "
        f"{FILE}, {SHEET}, {ROW}::integer as {ROW}, {quoted(reporter)} as {REPORTER}, p.person as {PERSON}, {YEAR} "
        f"from {CHECKED} c left join {PERSONS} p using ({AT}) where {sound}"
    )
    return int(connection.execute(f"select count(*) from {CHECKED} where {sound}").fetchall()[0][0])


def _name_persons(connection: duckdb.DuckDBPyConnection, register: Register, sound: str, pseudonyms: Pseudonyms) -> None:
    connection.execute(f"create or replace table {PERSONS} ({AT} bigint, key varchar, person varchar, payload varchar)")
    names = [field.id for field in register.personal_fields]
    if not names:
        return
    cursor = connection.cursor()
    some = " or ".join(f'"{name}" is not null' for name in names)
    values = ", ".join(f'"{name}"::varchar' for name in names)
    cursor.execute(f"select {AT}, {KEY}, {values} from {CHECKED} where {sound} and ({some})")
    while rows := cursor.fetchmany(_AT_ONCE):
        keys = [row[1] for row in rows]
        payloads = [_payload(names, row[2:]) for row in rows]
        found = pa.table({AT: [row[0] for row in rows], "key": keys, "person": pseudonyms(keys, payloads), "payload": payloads})
        connection.register("named", found)
        connection.execute(f"insert into {PERSONS} select * from named")
        connection.unregister("named")


def _payload(names: list[str], values: tuple[str | None, ...]) -> str:
    said = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def persons(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str, str]]]:
    """Key, pseudonym and payload of the rows with personal fields, in batches."""
    cursor = connection.cursor()
    cursor.execute(f"select key, person, payload from {PERSONS}")
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def _derived(connection: duckdb.DuckDBPyConnection, one: Derived, kinds: Mapping[str, str]) -> str:
    """SQL of a derived field, by the function of `measures` that its register names."""
    name = f"derive_{one.field.id}"
    function = MEASURES[one.by].function

    def columns(*arguments: Any) -> pa.Array:
        return _as_arrow(function(*(_as_masked(argument) for argument in arguments)))

    # DuckDB counts the parameters by their signature.
    columns.__signature__ = Signature([Parameter(n, Parameter.POSITIONAL_ONLY) for n in one.of])  # type: ignore[attr-defined]
    with suppress(duckdb.Error):
        connection.remove_function(name)
    taken: Any = [kinds[n] for n in one.of]
    how: Any = {"type": "arrow", "null_handling": "special"}
    connection.create_function(name, columns, taken, kinds[one.field.id], **how)
    return f'{name}({", ".join(f"{chr(34)}{n}{chr(34)}" for n in one.of)}) as "{one.field.id}"'


def _as_masked(column: Any) -> Column:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    missing = np.asarray(array.is_null())
    plain = array.fill_null(0) if pa.types.is_integer(array.type) or pa.types.is_boolean(array.type) else array
    return np.ma.masked_array(plain.to_numpy(zero_copy_only=False), mask=missing)


def _as_arrow(column: Column) -> pa.Array:
    return pa.array(np.ma.getdata(column), mask=np.ma.getmaskarray(column))
