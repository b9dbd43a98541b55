"""What was known of a register at a position?

Files of the newest version are read whatever the position: rows carry from where they are known, so a compaction in
between changes nothing.
"""

from __future__ import annotations

from zhiheng.evidence.lake.columns import CORRECTS, KEY, KNOWN_FROM, PARTS, VERSION, sql_columns
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.table import opened, paths
from zhiheng.evidence.registers.model import Register


def known_at(home: Home, register: Register, position: int | None = None) -> str:
    """SQL of the records as known at a position, by default now; one row a key, the version that stood then."""
    rows = every_row(home, register)
    until = "" if position is None else f" and {KNOWN_FROM} <= {int(position)}"
    superseded = f"select {KEY}, {VERSION} - 1 as {VERSION} from rows where {CORRECTS}{until}"
    return (
        f"with rows as ({rows}) select * from rows r where true{until} "
        f"and not exists (select 1 from ({superseded}) s where s.{KEY} = r.{KEY} and s.{VERSION} = r.{VERSION})"
    )


def every_row(home: Home, register: Register) -> str:
    """SQL of all versions of all records."""
    columns = sql_columns(register)
    table = opened(home, register.id)
    files = paths(table) if table is not None else []
    if not files:
        empty = ", ".join(f'null::{kind} as "{name}"' for name, kind in columns.items())
        return f"select {empty} where false"
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    kinds = ", ".join(f"'{name}': {columns[name]}" for name in PARTS)
    read = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = true, hive_types = {{{kinds}}})"
    standing = {field.name for field in table.schema().fields} if table is not None else set()
    chosen = ", ".join(f'"{n}"' if n in standing else f'null::{kind} as "{n}"' for n, kind in columns.items())
    return f"select {chosen} from {read}"
