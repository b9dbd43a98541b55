"""How do the rows of a file come into the table `raw`, one text column a field, tidied and otherwise as typed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from zhiheng.evidence.intake.sources.raw_table import BEYOND, MERGED, RawBatch
from zhiheng.evidence.intake.staging.writings import quoted, shifted, tidied
from zhiheng.evidence.registers.model import FieldKind, Register

RAW, CELL_FAULTS = "raw", "cell_faults"
FILE, SHEET, ROW, FAULTY = "_file", "_sheet", "_row", "_faulty"
# SQL of a row's number as a person counts; rows taken in at once stand below a header of one line and have none of their own.
NUMBER = f"coalesce({ROW}, rowid + 2)"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table go: field id → index of the column, constants, changed words, powers of ten,
    and whether there may be blanks other than spaces."""

    columns: Mapping[str, int]
    constants: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    powers: Mapping[str, int]
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
        return sql

    def select(self, register: Register, column: Mapping[str, str]) -> str:
        """SQL of all text columns of the register, in order; `column` gives the SQL of those that the table has."""
        parts = []
        for field in register.fields:
            if field.id in column:
                parts.append(f'{self.text(field.id, column[field.id])} as "{field.id}"')
            else:
                constant = self.constants.get(field.id)
                parts.append(f'{"null" if constant is None else quoted(constant)}::varchar as "{field.id}"')
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


def _add_faults(connection: duckdb.DuckDBPyConnection, file: str, sheet: str, faults: Sequence[tuple[int, str, str]]) -> None:
    rows, fields, codes = zip(*faults, strict=True)
    connection.register("batch", pa.table({"row": rows, "field": fields, "code": codes}))
    connection.execute(f"insert into {CELL_FAULTS} select ?, ?, row, field, code from batch", [file, sheet])
    connection.unregister("batch")
