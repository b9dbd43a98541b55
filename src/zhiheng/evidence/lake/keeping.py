"""What becomes of staged rows: new, unchanged, corrected, or reported by somebody else?

Staged rows have every column of the table but version, position, import and part. One key comes at most once among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import duckdb

from zhiheng.evidence.lake.columns import CORRECTS, DIGEST, IMPORT, KEY, KNOWN_FROM, REPORTER, VERSION, sql_columns
from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.locking import writer
from zhiheng.evidence.lake.reading import IN_FILE, every_row
from zhiheng.evidence.lake.rests import clear_rests, settle_open
from zhiheng.evidence.lake.table import SUPERSEDES, digest_of, enter, lay_down, log_entry, made
from zhiheng.evidence.lake.verification import damage_named
from zhiheng.evidence.registers.model import Register

STANDING, SETTLED, PLACED = "standing", "settled", "placed"


@dataclass(frozen=True, slots=True)
class Kept:
    """Counts of what became of the rows, and the position from which they are known; None when nothing changed."""

    new: int
    unchanged: int
    corrected: int
    asked: int
    position: int | None


def keep(home: Home, register: Register, connection: duckdb.DuckDBPyConnection, staged: str, entry: JournalEntry) -> Kept:
    """Take the staged rows into the lake, all or none, and mark it in the journal.

    A row of another reporter than the one whose version stands is not merged; it is counted as asked and stays in the
    relation `placed` with its standing version.
    """
    with disk_faults(home), writer(home, register.id):
        if settle_open(home, register.id):
            clear_rests(home, register.id)
        journal = Journal(home)
        journal.begin(entry)
        with damage_named(home, register.id):
            _place(home, register, connection, staged, entry.id)
        changed = f"(select * from {PLACED} where fate in ('new', 'corrected'))"
        result = _fates(connection)
        position = None
        if result["new"] or result["corrected"]:
            told = {"at": entry.at, "by": entry.by}
            table = made(home, register, told)
            files = lay_down(home, register, connection, changed, table.version() + 1)
            gone = _superseded(home, register, connection)
            position = enter(home, register.id, table, files, entry.id, {**told, **result, SUPERSEDES: gone})
        _mark(home, register, journal, entry.id, position, result)
        return Kept(**result, position=position)


def foresee(home: Home, register: Register, connection: duckdb.DuckDBPyConnection, staged: str) -> Kept:
    """What would become of the staged rows now; nothing is written."""
    with disk_faults(home), damage_named(home, register.id):
        _place(home, register, connection, staged, "")
        return Kept(**_fates(connection), position=None)


def _fates(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counts = dict(connection.execute(f"select fate, count(*) from {SETTLED} group by fate").fetchall())
    return {fate: int(counts.get(fate, 0)) for fate in ("new", "unchanged", "corrected", "asked")}


def _place(home: Home, register: Register, connection: duckdb.DuckDBPyConnection, staged: str, import_id: str) -> None:
    """The relation `placed`: every staged row with its fate, digest and version, against what stands now."""
    quoted = import_id.replace("'", "''")
    connection.execute(
        f"create or replace table {STANDING} as select {KEY}, max({VERSION}) as version, "
        f"arg_max({DIGEST}, {VERSION}) as digest, arg_max({REPORTER}, {VERSION}) as reporter, "
        f"arg_max({IN_FILE}, {VERSION}) as in_file from ({every_row(home, register, in_file=True)}) semi join {staged} using ({KEY}) group by {KEY}"
    )
    # Digests are made once; whoever asks for some of the rows finds them by what was settled.
    connection.execute(
        f"create or replace table {SETTLED} as select s.{KEY}, s.{DIGEST}, (coalesce(t.version, 0) + 1)::INTEGER as {VERSION}, "
        f"t.version is not null as {CORRECTS}, case when t.version is null then 'new' when t.digest = s.{DIGEST} then 'unchanged' "
        f"when t.reporter is distinct from s.{REPORTER} then 'asked' else 'corrected' end as fate "
        f"from {staged} s left join {STANDING} t using ({KEY})"
    )
    settled = (DIGEST, VERSION, CORRECTS)
    given = ", ".join(f's."{n}"' for n in sql_columns(register) if n not in (*settled, KNOWN_FROM, IMPORT))
    found = ", ".join(f"f.{n}" for n in settled)
    connection.execute(
        f"create or replace view {PLACED} as select {given}, {found}, '{quoted}' as {IMPORT}, f.fate "
        f"from {staged} s join {SETTLED} f using ({KEY})"
    )


def _superseded(home: Home, register: Register, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows of which files the corrections supersede; files are named from the folder of the table."""
    rows = connection.execute(
        f"select in_file, count(*) from {STANDING} semi join (select {KEY} from {SETTLED} where fate = 'corrected') using ({KEY}) "
        f"group by in_file order by in_file"
    ).fetchall()
    return {PurePath(file).relative_to(home.table(register.id)).as_posix(): int(count) for file, count in rows}


def _mark(
    home: Home, register: Register, journal: Journal, import_id: str, position: int | None, result: Mapping[str, Any]
) -> None:
    digest = None if position is None else digest_of(log_entry(home, register.id, position))
    journal.settle(import_id, ImportState.TAKEN, position, digest, result)
