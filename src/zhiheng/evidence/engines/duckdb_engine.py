"""What does DuckDB answer, on this machine, from the Parquet files of the lake?"""

from __future__ import annotations

import tempfile

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhiheng.evidence.engines.model import RECORDS, WORD_DIGITS, WORDS, Row, Source
from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.lake.verification import damage_named


@ibis.udf.scalar.builtin(name="hex")  # type: ignore[untyped-decorator]
def _hexadecimal(data: bytes) -> str:  # type: ignore[empty-body]
    """Two digits a byte."""


def _set_up(connection: duckdb.DuckDBPyConnection) -> None:
    """What is too much for memory goes to the folder for temporary files; nothing but answers is printed."""
    connection.execute("set temp_directory = ?", [tempfile.gettempdir()])
    connection.execute("set enable_progress_bar = false")


class DuckDBEngine:
    """The engine that every installation has."""

    @property
    def name(self) -> str:
        """Name and version."""
        return f"duckdb {duckdb.__version__}"

    def rows(self, query: ir.Table, source: Source) -> list[Row]:
        """What the query answers."""
        sql = str(ibis.to_sql(query, dialect="duckdb"))
        home, register = source.home, source.register
        with disk_faults(home), damage_named(home, register.id), duckdb.connect() as connection:
            _set_up(connection)
            connection.execute(f"create view {RECORDS} as {known_at(home, register, source.position)}")
            cursor = connection.execute(sql)
            names = [str(column[0]) for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def table(self, query: ir.Table, home: Home, register_id: str, relation: str) -> pa.Table:
        """What the query answers of a relation of records, SQL, in the place of a register's records."""
        with disk_faults(home), damage_named(home, register_id), duckdb.connect() as connection:
            _set_up(connection)
            connection.execute(f"create view {RECORDS} as {relation}")
            return connection.sql(str(ibis.to_sql(query, dialect="duckdb"))).to_arrow_table()

    def words(self, digest: ir.Value) -> tuple[ir.IntegerValue, ...]:
        """By way of the digits: `0x…` is a whole number to DuckDB."""
        digits: ir.StringValue = _hexadecimal(digest)
        starts = range(0, WORDS * WORD_DIGITS, WORD_DIGITS)
        return tuple((ibis.literal("0x") + digits.substr(start, WORD_DIGITS)).cast("int64") for start in starts)
