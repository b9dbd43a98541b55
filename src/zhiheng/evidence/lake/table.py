"""How do rows enter a register's table, all or none, and which files make it up?

Parquet files are named by their SHA-256, so the log itself says what each file must contain. A row carries the position
from which it is known. A row of version n + 1 stands in the part `_corrects=true` and says by being there that version n is
superseded from its own position on: one commit, no second table.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.schema import Schema
from deltalake.transaction import AddAction, RemoveAction
from pyarrow.parquet import ParquetFile

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.columns import KNOWN_FROM, PARTS, arrow_schema, sql_columns
from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.registers.model import Register

# The log is the proof of what was known when; it is never shortened.
_KEPT = {"delta.logRetentionDuration": "interval 36500 days", "delta.enableExpiredLogCleanup": "false"}
# Under this name an entry of the log says who made it and why.
TOLD = "zhiheng"
# And there, of which files how many rows are superseded by it.
SUPERSEDES = "supersedes"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class LaidDown:
    """A Parquet file that lies in the table's folder but is not part of the table yet."""

    path: str
    size: int
    parts: Mapping[str, str]
    rows: int


def opened(home: Home, register_id: str) -> DeltaTable | None:
    """The table as it stands, None when nothing was ever taken in; `DataError` when its log cannot be understood."""
    try:
        return DeltaTable(home.table(register_id))
    except TableNotFoundError as fault:
        if any(log_entry(home, register_id, 0).parent.glob("*.json")):
            raise DataError("evidence.lake_unreadable", register=register_id) from fault
        return None
    except (DeltaError, ValueError) as fault:
        with disk_faults(home):
            raise DataError("evidence.lake_unreadable", register=register_id) from fault


def made(home: Home, register: Register, told: Mapping[str, Any]) -> DeltaTable:
    """The table, made or widened to the fields of the register; only for who holds the register."""
    schema = Schema.from_arrow(arrow_schema(register))
    table = opened(home, register.id)
    if table is None:
        home.lake.mkdir(parents=True, exist_ok=True)
        how = _properties(told, None)
        table = DeltaTable.create(
            home.table(register.id), schema, partition_by=list(PARTS), configuration=_KEPT, commit_properties=how
        )
        _entry_to_disk(home, register.id, 0)
        to_disk(home.lake)
        return table
    standing = {field.name: field for field in table.schema().fields}
    for field in schema.fields:
        if field.name in standing and standing[field.name].type != field.type:
            raise DataError("evidence.field_changed_kind", register=register.id, field=field.name)
    new = [field for field in schema.fields if field.name not in standing]
    if new:
        position = table.version() + 1
        previous = digest_of(log_entry(home, register.id, table.version()))
        table.alter.add_columns(new, commit_properties=_properties(told, previous))
        _entry_to_disk(home, register.id, position)
        table = DeltaTable(home.table(register.id))
    return table


def _properties(told: Mapping[str, Any], previous: str | None, *transactions: Transaction) -> CommitProperties:
    """What an entry says of itself and of the one before; the library must not write it as another position."""
    said = json.dumps({**told, "previous": previous}, ensure_ascii=False)
    return CommitProperties(custom_metadata={TOLD: said}, max_commit_retries=0, app_transactions=list(transactions))


def paths(table: DeltaTable) -> list[str]:
    """The Parquet files of the table's version."""
    return sorted(unquote(uri.removeprefix("file://")) for uri in table.file_uris())


def lay_down(home: Home, register: Register, connection: duckdb.DuckDBPyConnection, rows: str, position: int) -> list[LaidDown]:
    """Write the rows of the relation `rows` as files of the table, to be known from `position`."""
    target = home.table(register.id)
    work = home.scratch / f"{register.id}-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        chosen = ", ".join(f'{position}::BIGINT as "{n}"' if n == KNOWN_FROM else f'"{n}"' for n in sql_columns(register))
        parts = ", ".join(PARTS)
        connection.execute(
            f"copy (select {chosen} from {rows}) to '{_quoted(work)}' (format parquet, compression zstd, partition_by ({parts}))"
        )
        return [_placed(file, work, target) for file in sorted(work.rglob("*.parquet"))]
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _placed(file: Path, work: Path, target: Path) -> LaidDown:
    return place_file(file, file.parent.relative_to(work), target)


def place_file(file: Path, folder: Path, target: Path) -> LaidDown:
    """Move a finished Parquet file into the table's folder, named by its digest; it is on the disk when this returns."""
    name = folder / f"{digest_of(file)}.parquet"
    (target / folder).mkdir(parents=True, exist_ok=True)
    to_disk(file)
    shutil.move(file, target / name)
    for above in (target / folder, *(target / folder).parents):
        to_disk(above)
        if above == target:
            break
    parts = dict(part.split("=", 1) for part in folder.parts)
    size = (target / name).stat().st_size
    return LaidDown(name.as_posix(), size, parts, int(ParquetFile(target / name).metadata.num_rows))


def to_disk(path: Path) -> None:
    """Make a file or the names in a folder outlast a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _entry_to_disk(home: Home, register_id: str, position: int) -> None:
    entry = log_entry(home, register_id, position)
    to_disk(entry)
    to_disk(entry.parent)


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def log_entry(home: Home, register_id: str, position: int) -> Path:
    """The file of the log that made a position."""
    return home.table(register_id) / "_delta_log" / f"{position:020}.json"


def enter(
    home: Home,
    register_id: str,
    table: DeltaTable,
    files: list[LaidDown],
    import_id: str,
    told: Mapping[str, Any],
    instead_of: list[RemoveAction] | None = None,
) -> int:
    """Make the files part of the table in one commit, in place of others where they only join those; its position."""
    position = table.version() + 1
    fresh = instead_of is None
    actions: list[AddAction | RemoveAction] = [
        AddAction(f.path, f.size, f.parts, 0, fresh, json.dumps({"numRecords": f.rows})) for f in files
    ]
    actions += instead_of or []
    previous = digest_of(log_entry(home, register_id, position - 1))
    try:
        table.create_write_transaction(
            actions,
            "append",
            table.schema(),
            list(PARTS),
            commit_properties=_properties({**told, "import": import_id}, previous, Transaction(import_id, position)),
        )
    except CommitFailedError as fault:
        raise DataError("evidence.foreign_writer", register=register_id, position=position) from fault
    if log_entry(home, register_id, position).is_file() and DeltaTable(home.table(register_id)).version() == position:
        _entry_to_disk(home, register_id, position)
        return position
    raise DataError("evidence.foreign_writer", register=register_id, position=position)
