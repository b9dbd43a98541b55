"""Which imports were begun, and what became of each?

The journal is the ledger's side of an import: a row is written before anything is laid down, and marked when the lake has
the commit. What a crash left open is settled from the lake's log, which alone decides.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhiheng.evidence.lake.home import Home, disk_faults

_SCHEMA = """
create table if not exists imports (
    id text primary key, register text not null, state text not null, at text not null, by text not null,
    told text not null, position integer, log_digest text, result text
)
"""


class ImportState(StrEnum):
    """What became of an import."""

    BEGUN = "begun"
    TAKEN = "taken"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One import: who, when (as told by the caller), files and mapping in `told`, counts in `result`, position in the lake."""

    id: str
    register: str
    state: ImportState
    at: str
    by: str
    told: Mapping[str, Any]
    position: int | None = None
    log_digest: str | None = None
    result: Mapping[str, Any] | None = None


class Journal:
    """The journal of an installation."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _faults(self._home):
            self._home.root.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._home.ledger, timeout=30, isolation_level=None)) as connection:
                # Not a write-ahead log: that could not even be read from a disk that is mounted read-only.
                connection.execute("pragma journal_mode = delete")
                connection.execute("pragma synchronous = full")
                connection.execute(_SCHEMA)
                yield connection

    def begin(self, entry: JournalEntry) -> None:
        """Write down that an import begins."""
        told = json.dumps(entry.told, ensure_ascii=False, sort_keys=True)
        with self._open() as c:
            c.execute(
                "insert into imports (id, register, state, at, by, told) values (?, ?, ?, ?, ?, ?)",
                (entry.id, entry.register, ImportState.BEGUN, entry.at, entry.by, told),
            )

    def settle(
        self, import_id: str, state: ImportState, position: int | None, digest: str | None, result: Mapping[str, Any]
    ) -> None:
        """Mark what became of an import."""
        said = json.dumps(result, ensure_ascii=False, sort_keys=True)
        with self._open() as c:
            c.execute(
                "update imports set state = ?, position = ?, log_digest = ?, result = ? where id = ?",
                (state, position, digest, said, import_id),
            )

    def entries(self, register_id: str | None = None) -> tuple[JournalEntry, ...]:
        """All imports, or those of one register, oldest first."""
        if not self._home.ledger.is_file():
            return ()
        sql = "select id, register, state, at, by, told, position, log_digest, result from imports"
        # What a killed writer left half done is taken back by the next reader, where it may write.
        how = "rw" if os.access(self._home.ledger, os.W_OK) else "ro"
        place = f"{self._home.ledger.absolute().as_uri()}?mode={how}"
        with _faults(self._home), closing(sqlite3.connect(place, uri=True, timeout=30)) as c:
            if not c.execute("select 1 from sqlite_master where name = 'imports'").fetchall():
                return ()  # whoever made the file was killed before the table
            rows = c.execute(
                sql + (" where register = ?" if register_id else "") + " order by rowid", [register_id] if register_id else []
            )
            return tuple(_entry(row) for row in rows)


@contextmanager
def _faults(home: Home) -> Iterator[None]:
    with disk_faults(home):
        try:
            yield
        except sqlite3.OperationalError as fault:
            raise OSError(str(fault)) from fault


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    import_id, register, state, at, by, told, position, digest, result = row
    return JournalEntry(
        import_id,
        register,
        ImportState(state),
        at,
        by,
        json.loads(told),
        position,
        digest,
        json.loads(result) if result else None,
    )
