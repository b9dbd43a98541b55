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
    table = opened(home, register.id)
    files = paths(table) if table is not None else []
    until = "true" if position is None else f"{KNOWN_FROM} <= {int(position)}"
    # Corrections stand in files of their own, so that the many others are read once, and only for what is asked.
    corrections = _rows(register, [file for file in files if f"/{CORRECTS}=true/" in file])
    superseded = f"select {KEY}, {VERSION} - 1 as {VERSION} from ({corrections}) where {until}"
    return f"select * from ({_rows(register, files)}) r anti join ({superseded}) s using ({KEY}, {VERSION}) where {until}"


def every_row(home: Home, register: Register) -> str:
    """SQL of all versions of all records."""
    table = opened(home, register.id)
    return _rows(register, paths(table) if table is not None else [])


def _rows(register: Register, files: list[str]) -> str:
    columns = sql_columns(register)
    nothing = ", ".join(f'null::{kind} as "{name}"' for name, kind in columns.items())
    if not files:
        return f"select {nothing} where false"
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    kinds = ", ".join(f"'{name}': {columns[name]}" for name in PARTS)
    read = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = true, hive_types = {{{kinds}}})"
    # No file need have a field that the register got only now; the empty side has them all.
    chosen = ", ".join(f'"{name}"' for name in columns)
    return f"select {chosen} from (select {nothing} where false union all by name select * from {read})"
