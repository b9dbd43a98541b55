"""How do the rows of a file come into the table `raw`, one text column a field, tidied and otherwise as typed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from zhiheng.base.units import spellings
from zhiheng.evidence.intake.sources.raw_table import BEYOND, MERGED, RawBatch
from zhiheng.evidence.intake.staging.writings import listed, narrow, quoted, shifted, tidied
from zhiheng.evidence.registers.model import FieldKind, Register

RAW, CELL_FAULTS = "raw", "cell_faults"
FILE, SHEET, ROW, FAULTY = "_file", "_sheet", "_row", "_faulty"
# Of a row whose unit is not the one in the header of the column that it is the unit of.
OTHER_UNIT = "evidence.unit_unlike_header"
# SQL of a row's number as a person counts; rows taken in at once stand below a header of one line and have none of their own.
NUMBER = f"coalesce({ROW}, rowid + 2)"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table go: field id → index of the column, constants, changed words, powers of ten,
    units of all rows by the field that tells them row by row, and whether there may be blanks other than spaces."""

    columns: Mapping[str, int]
    constants: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    powers: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    rare_blanks: bool = True

    def text(self, field_id: str, column: str) -> str:
        """SQL of the text of a field from SQL of its column."""
        sql = tidied(column, rare=self.rare_blanks)
        if field_id in self.powers:
            sql = shifted(sql, self.powers[field_id])
        changed = self.words.get(field_id)
        if changed:
            cases = " ".join(f"when {quoted(old)} then {quoted(new)}" for old, new in changed.items())
            sql = f"case {sql} {cases} else {sql} end"
        if field_id in self.units:
            sql = f"coalesce({sql}, {quoted(self.units[field_id])})"
        return sql

    def select(self, register: Register, column: Mapping[str, str]) -> str:
        """SQL of all text columns of the register, in order; `column` gives the SQL of those that the table has."""
        parts = []
        for one in register.fields:
            if one.id in column:
                parts.append(f'{self.text(one.id, column[one.id])} as "{one.id}"')
            else:
                constant = self.constants.get(one.id, self.units.get(one.id))
                parts.append(f'{"null" if constant is None else quoted(constant)}::varchar as "{one.id}"')
        return ", ".join(parts)


def make(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    """The tables `raw` and `cell_faults`, empty."""
    fields = ", ".join(f'"{field.id}" varchar' for field in register.fields)
    connection.execute(
        f"create or replace table {RAW} ({FILE} varchar, {SHEET} varchar, {ROW} bigint, {FAULTY} boolean, {fields})"
    )
    connection.execute(
        f"create or replace table {CELL_FAULTS} ({FILE} varchar, {SHEET} varchar, {ROW} bigint, field varchar, code varchar)"
    )


def add(
    connection: duckdb.DuckDBPyConnection, register: Register, layout: Layout, file: str, sheet: str, batch: RawBatch
) -> None:
    """The rows of a batch."""
    there = {index: field_id for field_id, index in layout.columns.items()}
    numbers = {field.id for field in register.fields if field.kind in (FieldKind.DECIMAL, FieldKind.INTEGER)}
    first = min(there, default=0)
    placed = ((i, first if code == BEYOND else column, code) for i, column, code in batch.faults)
    faults = [
        (batch.rows[i], there[column], code)
        for i, column, code in placed
        if column in there and (code != MERGED or there[column] in numbers)
    ]
    faulty = {row for row, _, _ in faults}
    columns = {
        "_row": pa.array(batch.rows, pa.int64()),
        "_faulty": pa.array([row in faulty for row in batch.rows] if faulty else [False] * len(batch.rows), pa.bool_()),
        **{f"c{index}": pa.array(batch.columns[index], pa.string()) for index in sorted(there)},
    }
    connection.register("batch", pa.table(columns))
    chosen = layout.select(register, {field_id: f"c{index}" for field_id, index in layout.columns.items()})
    connection.execute(f"insert into {RAW} select ? as {FILE}, ? as {SHEET}, _row, _faulty, {chosen} from batch", [file, sheet])
    connection.unregister("batch")
    if faults:
        _add_faults(connection, file, sheet, faults)


def mark_other_units(connection: duckdb.DuckDBPyConnection, layout: Layout, file: str, sheet: str) -> None:
    """Give the rows of a table that tell another unit than its header does the fault of it."""
    for name, unit in layout.units.items():
        if name in layout.columns:
            words = listed(tuple(word.lower() for word in spellings(unit)))
            told = narrow(f'"{name}"')
            other = f"lower(replace({told}, ' ', '')) not in {words}"
            where = f"{FILE} = {quoted(file)} and {SHEET} = {quoted(sheet)} and {other}"
            connection.execute(f"update {RAW} set {FAULTY} = true where {where}")
            connection.execute(
                f"insert into {CELL_FAULTS} select {FILE}, {SHEET}, {NUMBER}, {quoted(name)}, {quoted(OTHER_UNIT)} from {RAW} where {where}"
            )


def _add_faults(connection: duckdb.DuckDBPyConnection, file: str, sheet: str, faults: Sequence[tuple[int, str, str]]) -> None:
    rows, fields, codes = zip(*faults, strict=True)
    connection.register("batch", pa.table({"row": rows, "field": fields, "code": codes}))
    connection.execute(f"insert into {CELL_FAULTS} select ?, ?, row, field, code from batch", [file, sheet])
    connection.unregister("batch")
