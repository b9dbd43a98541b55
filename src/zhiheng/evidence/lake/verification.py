"""Do the lake's files still say what they said, and is its log whole?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal
from zhiheng.evidence.lake.log import files_at, log_entries, read_entry
from zhiheng.evidence.lake.originals import changed_originals
from zhiheng.evidence.lake.table import digest_of, log_entry, opened, paths


def verify(home: Home, register_id: str) -> tuple[Problem, ...]:
    """Every changed or missing entry of a register's log; if there is none, every changed or missing file.

    A log that was changed may name other files, or not open at all, so the files are asked only of a sound one.
    """
    return log_problems(home, register_id) or (*_files(home, register_id), *_shortcut(home, register_id))


def verify_originals(home: Home) -> tuple[Problem, ...]:
    """Every kept file that is not, byte by byte, what was handed in."""
    return tuple(
        Problem(
            "evidence.original_changed", Severity.ERROR, {"expected": digest}, file=str(home.originals / digest[:2] / digest)
        )
        for digest in changed_originals(home)
    )


def log_problems(home: Home, register_id: str) -> tuple[Problem, ...]:
    """Every changed, missing or torn entry of a register's log."""
    return tuple(_log(home, register_id))


def torn_entry(home: Home, register_id: str) -> Path | None:
    """The newest entry, when it cannot be read and nobody was told of it: a loss of power left it so."""
    imports = Journal(home).entries(register_id)
    newest = max(_standing(home, register_id), default=0)
    file = log_entry(home, register_id, newest)
    told = any(entry.position == newest for entry in imports)
    begun = any(entry.state is ImportState.BEGUN for entry in imports)
    return file if begun and not told and file.is_file() and _damaged(file) else None


@contextmanager
def damage_named(home: Home, register_id: str) -> Iterator[None]:
    """When rows cannot be read because of a damaged file, the error names the file."""
    try:
        yield
    except duckdb.Error as fault:
        for problem in verify(home, register_id):
            raise DataError(problem.code, **{**problem.facts, "file": problem.file}) from fault
        raise


def _damaged(file: Path) -> bool:
    try:
        read_entry(file)
    except ValueError:
        return True
    return False


def _standing(home: Home, register_id: str) -> set[int]:
    return {int(file.stem) for file in log_entry(home, register_id, 0).parent.glob("*.json") if file.stem.isdigit()}


def _files(home: Home, register_id: str) -> Iterator[Problem]:
    for name in sorted(files_at(log_entries(home, register_id))[0]):
        file = home.table(register_id) / name
        if not file.is_file():
            yield Problem("evidence.lake_file_missing", Severity.ERROR, {}, file=str(file))
        elif digest_of(file) != file.stem:
            yield Problem("evidence.lake_file_changed", Severity.ERROR, {"expected": file.stem}, file=str(file))


def _shortcut(home: Home, register_id: str) -> Iterator[Problem]:
    """Checkpoints are what the library reads instead of a long log; they must say the same."""
    told = {str(home.table(register_id) / name) for name in files_at(log_entries(home, register_id))[0]}
    try:
        table = opened(home, register_id)
        same = set(paths(table) if table is not None else ()) == told
    except DataError:
        same = False
    if not same:
        folder = log_entry(home, register_id, 0).parent
        yield Problem("evidence.lake_shortcut_wrong", Severity.ERROR, {"register": register_id}, file=str(folder))


def _log(home: Home, register_id: str) -> Iterator[Problem]:
    """Entries that are not what the journal or the entry behind them says; one that is changed itself is no witness."""
    imports = Journal(home).entries(register_id)
    torn = torn_entry(home, register_id)
    told = {e.position: e.log_digest for e in imports if e.position is not None and e.log_digest is not None}
    standing = _standing(home, register_id)
    witness = None
    for position in sorted({*standing, *told}, reverse=True):
        file = log_entry(home, register_id, position)
        if file == torn:
            yield Problem("evidence.lake_log_torn", Severity.ERROR, {"position": position}, file=str(file))
            continue
        expected = told.get(position, witness)
        sound = file.is_file() and expected in (None, digest_of(file))
        if not sound:
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position}, file=str(file))
        witness = _previous(file) if sound else None
        if witness is not None and position - 1 not in standing and position - 1 not in told:
            missing = log_entry(home, register_id, position - 1)
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position - 1}, file=str(missing))


def _previous(file: Path) -> str | None:
    try:
        return read_entry(file).previous
    except ValueError:
        return None  # damaged: the entry behind it, or the journal, knows its digest
