"""By which commit and which files does a register stand at a position?

Files are named by their SHA-256, so their names are their digests.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from zhiheng.base.errors import UsageError
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.log import files_at, log_entries
from zhiheng.evidence.lake.table import digest_of, log_entry, opened


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """A register at a position: SHA-256 of the log's entry and of every file. Position None: nothing was ever taken in."""

    register: str
    position: int | None
    log_digest: str | None = None
    files: tuple[str, ...] = ()


def standing_at(home: Home, register_id: str, position: int | None = None) -> RegisterStanding:
    """The register at the position, None for now; `UsageError` for one that was not reached."""
    table = opened(home, register_id)
    newest = table.version() if table is not None else 0
    if position is not None and not 0 <= position <= newest:
        raise UsageError("flow.no_such_position", register=register_id, position=position, newest=newest)
    if table is None:
        return RegisterStanding(register_id, None)
    at = newest if position is None else position
    files, _ = files_at(entry for entry in log_entries(home, register_id) if entry.position <= at)
    digests = tuple(sorted(PurePosixPath(name).stem for name in files))
    return RegisterStanding(register_id, at, digest_of(log_entry(home, register_id, at)), digests)
