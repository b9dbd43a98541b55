"""Where under the installation's directory does everything of the lake lie?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path

import duckdb
from deltalake.exceptions import DeltaError

from zhiheng.base.errors import DataError

_FULL = (ENOSPC, EDQUOT)
_LOCKED = (EROFS, EACCES, EPERM)
_FULL_WORDS = ("no space left", "disk quota", "os error 28", "not enough disk space", "database or disk is full")
_LOCKED_WORDS = ("read-only file system", "permission denied", "os error 30", "os error 13", "readonly database")


@dataclass(frozen=True, slots=True)
class Home:
    """The installation's directory; `tables` where the lake to be read lies elsewhere, as a copy does."""

    root: Path
    tables: Path | None = None

    @property
    def lake(self) -> Path:
        """The Delta tables, one a register."""
        return self.tables or self.root / "lake"

    def table(self, register_id: str) -> Path:
        """The Delta table of a register."""
        return self.lake / register_id

    @property
    def ledger(self) -> Path:
        """The journal of imports."""
        return self.root / "imports.sqlite"

    def lock(self, register_id: str) -> Path:
        """The file that the one writer of a register holds."""
        return self.root / "locks" / f"{register_id}.lock"

    @property
    def originals(self) -> Path:
        """Files as they were handed in, named by their SHA-256."""
        return self.root / "files"

    @property
    def people(self) -> Path:
        """Personal fields, apart from the records."""
        return self.root / "people.sqlite"

    @property
    def keys(self) -> Path:
        """Secrets of the installation."""
        return self.root / "keys"

    @property
    def receipts(self) -> Path:
        """Signed receipts of computed values, named by their digest."""
        return self.root / "receipts"

    @property
    def mappings(self) -> Path:
        """Which columns are which fields, one folder a register."""
        return self.root / "mappings"

    @property
    def derived(self) -> Path:
        """What can be made again from the lake at any time, and deleted at any time."""
        return self.root / "derived"

    @property
    def scratch(self) -> Path:
        """Where work is laid out that is not part of the lake yet."""
        return self.root / "scratch"


@contextmanager
def disk_faults(home: Home) -> Iterator[None]:
    """What the disk refuses becomes an error with its sentence; what was not finished is not part of the lake."""
    try:
        yield
    except (OSError, duckdb.Error, DeltaError, MemoryError) as fault:
        words = str(fault).lower()
        number = fault.errno if isinstance(fault, OSError) else None
        if number in _FULL or any(w in words for w in _FULL_WORDS):
            raise DataError("evidence.disk_full", folder=str(home.root)) from fault
        if number in _LOCKED or any(w in words for w in _LOCKED_WORDS):
            raise DataError("evidence.lake_read_only", folder=str(home.root)) from fault
        raise
