"""Who writes to a register? One at a time; the system lets go of the lock when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.home import Home, disk_faults

_PAUSE = 0.05
PATIENCE = 600.0


@contextmanager
def writer(home: Home, register_id: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the register for writing; after `patience` seconds of waiting for another writer an error says so."""
    path = home.lock(register_id)
    with disk_faults(home):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(handle, register_id, patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, register_id: str, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise DataError("evidence.register_busy", register=register_id, seconds=int(patience)) from None
            time.sleep(_PAUSE)


def lives(process: int) -> bool:
    """Whether a process of that number runs, whoever's it is."""
    with suppress(ProcessLookupError):
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        return True
    return False
