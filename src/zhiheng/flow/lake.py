"""What do the registers' tables hold, are they sound, how are their files joined, and how does a person's data go?"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from zhiheng.base.errors import DataError, UsageError
from zhiheng.base.problem import Problem
from zhiheng.evidence.intake.staging.workplace import workplace
from zhiheng.evidence.lake.columns import CORRECTS, FILE, KEY
from zhiheng.evidence.lake.compaction import Compacted, compact
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.log import files_at, log_entries
from zhiheng.evidence.lake.originals import original
from zhiheng.evidence.lake.people import erase
from zhiheng.evidence.lake.reading import every_row
from zhiheng.evidence.lake.verification import log_problems, verify, verify_originals
from zhiheng.evidence.registers.model import Register

_COMPACTION = "compaction"
# Between the fields of a key, as the lake has it and as a person writes it.
_BETWEEN, _WRITTEN = "\x1f", "|"


@dataclass(frozen=True, slots=True)
class TableStatus:
    """What a register's table holds: records, versions of them, files with their size in bytes, position, the last
    import that was taken (when, by whom), and how many imports a crash left open."""

    register: str
    records: int
    versions: int
    files: int
    size: int
    position: int
    last_at: str | None
    last_by: str | None
    open: int


def kept_registers(home: Home, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """Registers that hold records, or those of them that are named; `UsageError` names one that holds none."""
    kept = sorted(folder.parent.name for folder in home.lake.glob("*/_delta_log")) if home.lake.is_dir() else []
    named = list(dict.fromkeys(wanted))
    for name in named:
        if name not in kept:
            raise UsageError("flow.nothing_kept", register=name, home=str(home.root), kept=kept)
    return tuple(named or kept)


def status(home: Home, register_id: str) -> TableStatus:
    """From log and journal alone: no row is read."""
    for problem in log_problems(home, register_id):
        raise DataError(problem.code, **{**problem.facts, "file": problem.file})
    entries = list(log_entries(home, register_id))
    files, _ = files_at(iter(entries))
    journal = [entry for entry in Journal(home).entries(register_id) if entry.told.get("work") != _COMPACTION]
    last = next((entry for entry in reversed(journal) if entry.state is ImportState.TAKEN), None)
    return TableStatus(
        register_id,
        sum(rows for name, (_, rows) in files.items() if f"{CORRECTS}=false/" in name),
        sum(rows for _, rows in files.values()),
        len(files),
        sum(size for size, _ in files.values()),
        max((entry.position for entry in entries), default=0),
        last.at if last else None,
        last.by if last else None,
        sum(entry.state is ImportState.BEGUN for entry in journal),
    )


def verified(home: Home, register_ids: Iterable[str], progress: Callable[[str], None]) -> Iterator[Problem]:
    """Findings of each register, then those of the kept originals."""
    for register_id in register_ids:
        progress(register_id)
        yield from verify(home, register_id)
    progress(home.originals.name)
    yield from verify_originals(home)


def compacted(home: Home, register_id: str, by: str, at: datetime, *, prune: bool) -> Compacted:
    """Join the small files of a register, in memory as bounded as an import's."""
    entry = JournalEntry(uuid.uuid4().hex, register_id, ImportState.BEGUN, at.isoformat(), by, {"work": _COMPACTION})
    with workplace(home) as connection:
        return compact(home, register_id, connection, entry, prune=prune)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many sets of personal fields went, and which kept originals still have them, by digest and name handed in."""

    gone: int
    originals: Mapping[str, str]


def erased(home: Home, register: Register, keys: Iterable[str], by: str, at: datetime, why: str) -> Erased:
    """Take away the personal fields of records, in all versions; `DataError` names a key that no record has.

    The files that the records came from are kept as they were handed in, personal fields included; they are told.
    """
    if not register.personal_fields:
        raise UsageError("flow.no_personal_fields", register=register.name)
    wanted = [_key(register, key) for key in keys]
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {KEY}, {FILE} from ({every_row(home, register)}) where list_contains(?, {KEY})",  # noqa: S608
            [wanted],
        ).fetchall()
    found = {key for key, _ in rows}
    for key in wanted:
        if key not in found:
            raise DataError("flow.no_such_record", register=register.name, key=key.replace(_BETWEEN, _WRITTEN))
    names = {
        digest: name for entry in Journal(home).entries(register.id) for digest, name in entry.told.get("files", {}).items()
    }
    kept = sorted({file for _, file in rows if original(home, file) is not None})
    gone = erase(home, register.id, wanted, by, at.isoformat(), why)
    return Erased(gone, {digest: names.get(digest, "") for digest in kept})


def _key(register: Register, written: str) -> str:
    """A key as the lake has it; codes may be written by their names."""
    values = written.split(_WRITTEN)
    fields = [register.by_id[name] for name in register.key]
    if len(values) != len(fields):
        raise UsageError("flow.key_parts", key=written, fields=[field.name for field in fields])
    return _BETWEEN.join(
        next((code.code for code in (field.codes.codes if field.codes else ()) if value.strip() == code.name), value.strip())
        for field, value in zip(fields, values, strict=True)
    )
