"""What do two programs that did the same work agree on? A digest of rows that does not depend on their order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
from sampling_rows import sampling_register

# Of the row beside its fields: everything that both programs must make alike.
_OURS = ("_key", "_version", "_digest", "_row", "_reporter", "_year", "_corrects")


def _columns() -> str:
    register = sampling_register()
    fields = [field.id for field in (*register.fields, *(one.field for one in register.derived))]
    return ", ".join(f'"{name}"::varchar' for name in (*fields, *_OURS))


def taken_rows(rows: str, connection: duckdb.DuckDBPyConnection | None = None) -> str:
    """The digest of a relation's rows."""
    asked = f"select count(*), bit_xor(hash({_columns()})), sum(hash({_columns()})) from ({rows})"
    count, crossed, total = (connection or duckdb.connect()).execute(asked).fetchall()[0]
    return f"{count}:{crossed or 0:016x}:{int(total or 0):x}"


def table_digest(table: pa.Table) -> str:
    """The digest of an Arrow table's rows."""
    with duckdb.connect() as connection:
        connection.register("told", table)
        return taken_rows("select * from told", connection)


def peak() -> float:
    """The most memory this process has had, in MB; not what `getrusage` tells, which counts the parent before the start."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024
