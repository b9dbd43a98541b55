"""How do the many small files of a register become few large ones, and no answer another?

One commit puts the joined files in the place of those they join. Rows stay as they are, with the position from which they are
known, so every reading at every position stays the same. The small files stay on the disk, since older entries of the log
name them, until somebody has them pruned.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import duckdb
from deltalake.transaction import RemoveAction

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.locking import writer
from zhiheng.evidence.lake.log import files_at, log_entries
from zhiheng.evidence.lake.rests import clear_rests, settle_open
from zhiheng.evidence.lake.table import LaidDown, digest_of, enter, log_entry, opened, place_file
from zhiheng.evidence.lake.verification import log_problems

# In bytes: files from SMALL on are left alone; a joined file takes in more until it would pass FULL.
SMALL, FULL = 64 << 20, 256 << 20
Files = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many files were joined into how many, how many rests of killed writers and superseded files went, and the
    position of the commit; None when there was nothing to join."""

    joined: int
    into: int
    rests: int
    pruned: int
    position: int | None


def compact(
    home: Home,
    register_id: str,
    connection: duckdb.DuckDBPyConnection,
    entry: JournalEntry,
    *,
    prune: bool = False,
    small: int = SMALL,
    full: int = FULL,
) -> Compacted:
    """Join the small files of each part in one commit, and with `prune` delete those that joined files stand for.

    A file that is not what its name says is not joined: its change would get a new and right digest. `DataError` names it.
    """
    with disk_faults(home), writer(home, register_id):
        settle_open(home, register_id)
        _demand_sound_log(home, register_id)
        rests = clear_rests(home, register_id)
        standing, _ = files_at(log_entries(home, register_id))
        groups = list(_groups(standing, small, full))
        position: int | None = None
        files: list[LaidDown] = []
        if groups:
            Journal(home).begin(entry)
            files, position = _joined(home, register_id, connection, entry, groups)
        pruned = _prune(home, register_id) if prune else 0
        return Compacted(sum(len(group) for group in groups), len(files), rests, pruned, position)


def _demand_sound_log(home: Home, register_id: str) -> None:
    for problem in log_problems(home, register_id):
        raise DataError(problem.code, **{**problem.facts, "file": problem.file})


def _groups(standing: Files, small: int, full: int) -> Iterator[Files]:
    """Files to be joined, part by part, in the order in which they came."""
    parts: dict[str, dict[str, tuple[int, int]]] = {}
    for name, (size, rows) in standing.items():
        if size < small:
            parts.setdefault(str(PurePosixPath(name).parent), {})[name] = (size, rows)
    for files in parts.values():
        group: dict[str, tuple[int, int]] = {}
        for name, (size, rows) in files.items():
            if group and sum(one for one, _ in group.values()) + size > full:
                yield from [group] if len(group) > 1 else []
                group = {}
            group[name] = (size, rows)
        yield from [group] if len(group) > 1 else []


def _joined(
    home: Home, register_id: str, connection: duckdb.DuckDBPyConnection, entry: JournalEntry, groups: list[Files]
) -> tuple[list[LaidDown], int]:
    work = home.scratch / f"{register_id}-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        files = [_join(home.table(register_id), connection, group, work / f"{n}.parquet") for n, group in enumerate(groups)]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    moment = int(datetime.fromisoformat(entry.at).timestamp() * 1000)
    gone = [RemoveAction(name, False, moment, size, _part(name)) for group in groups for name, (size, _) in group.items()]
    table = opened(home, register_id)
    if table is None:
        raise DataError("evidence.lake_unreadable", register=register_id)
    counts = {"joined": len(gone), "into": len(files)}
    position = enter(home, register_id, table, files, entry.id, {"at": entry.at, "by": entry.by, **counts}, gone)
    digest = digest_of(log_entry(home, register_id, position))
    Journal(home).settle(entry.id, ImportState.TAKEN, position, digest, counts)
    return files, position


def _join(table: Path, connection: duckdb.DuckDBPyConnection, group: Files, target: Path) -> LaidDown:
    sources = [table / name for name in group]
    for source in sources:
        if not source.is_file():
            raise DataError("evidence.lake_file_missing", file=str(source))
        if digest_of(source) != source.stem:
            raise DataError("evidence.lake_file_changed", file=str(source), expected=source.stem)
    listed = ", ".join("'" + str(source).replace("'", "''") + "'" for source in sources)
    place = str(target).replace("'", "''")
    connection.execute(
        f"copy (select * from read_parquet([{listed}], union_by_name = true, hive_partitioning = false)) "
        f"to '{place}' (format parquet, compression zstd)"
    )
    return place_file(target, Path(next(iter(group))).parent, table)


def _part(name: str) -> dict[str, str | None]:
    parts = (part.split("=", 1) for part in PurePosixPath(name).parent.parts)
    return {column: value for column, value in parts}  # noqa: C416 - the library wants values that may be missing


def _prune(home: Home, register_id: str) -> int:
    """Delete superseded files, once each joined file that stands for them has proven to be what its name says."""
    standing, named = files_at(log_entries(home, register_id))
    folder = home.table(register_id)
    superseded = [folder / name for name in sorted(named - set(standing)) if (folder / name).is_file()]
    for name in standing if superseded else ():
        file = folder / name
        if not file.is_file():
            raise DataError("evidence.lake_file_missing", file=str(file))
        if digest_of(file) != file.stem:
            raise DataError("evidence.lake_file_changed", file=str(file), expected=file.stem)
    for file in superseded:
        file.unlink()
    return len(superseded)
