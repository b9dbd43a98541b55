"""What was known of a register at a position?

Files of the newest version are read whatever the position: rows carry from where they are known, so a compaction in
between changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.evidence.lake.columns import CORRECTS, KEY, KNOWN_FROM, PARTS, VERSION, sql_columns
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.table import opened, paths
from zhiheng.evidence.registers.model import Register

IN_FILE = "_in_file"


def known_at(home: Home, register: Register, position: int | None = None) -> str:
    """SQL of the records as known at a position, by default now; one row a key, the version that stood then."""
    files, correcting = files_of(home, register)
    until = "true" if position is None else f"{KNOWN_FROM} <= {int(position)}"
    corrections = rows_of(register, correcting)
    superseded = f"select {KEY}, {VERSION} - 1 as {VERSION} from ({corrections}) where {until}"
    return f"select * from ({rows_of(register, files)}) r anti join ({superseded}) s using ({KEY}, {VERSION}) where {until}"


def files_of(home: Home, register: Register) -> tuple[list[str], list[str]]:
    """The Parquet files of all versions of all records, and those of them that correct others.

    Corrections stand in files of their own, so that the many others are read once, and only for what is asked.
    """
    table = opened(home, register.id)
    files = paths(table) if table is not None else []
    return files, [file for file in files if f"/{CORRECTS}=true/" in file]


def every_row(home: Home, register: Register, *, in_file: bool = False) -> str:
    """SQL of all versions of all records, with `in_file` the path of its file under `_in_file`."""
    return rows_of(register, files_of(home, register)[0], in_file=in_file)


def rows_of(register: Register, files: Sequence[str], *, in_file: bool = False) -> str:
    """SQL of the rows of these files of a register."""
    columns = {**sql_columns(register), **({IN_FILE: "VARCHAR"} if in_file else {})}
    nothing = ", ".join(f'null::{kind} as "{name}"' for name, kind in columns.items())
    if not files:
        return f"select {nothing} where false"
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    kinds = ", ".join(f"'{name}': {columns[name]}" for name in PARTS)
    read = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = true, hive_types = {{{kinds}}}"
    read += f", filename = '{IN_FILE}')" if in_file else ")"
    # No file need have a field that the register got only now; the empty side has them all.
    chosen = ", ".join(f'"{name}"' for name in columns)
    return f"select {chosen} from (select {nothing} where false union all by name select * from {read})"
