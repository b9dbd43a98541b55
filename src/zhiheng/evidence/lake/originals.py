"""Where is the file that a record came from, byte by byte as it was handed in?"""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.lake.locking import lives
from zhiheng.evidence.lake.table import digest_of, to_disk

_UNFINISHED = ".new"


def keep_original(home: Home, path: Path) -> str:
    """Keep a copy of the file under its SHA-256, which is returned; a file that is kept already stays as it is."""
    with disk_faults(home):
        home.originals.mkdir(parents=True, exist_ok=True)
        _clear_rests(home)
        fresh = home.originals / f".{os.getpid()}-{uuid.uuid4().hex}{_UNFINISHED}"
        try:
            shutil.copyfile(path, fresh)
            digest = digest_of(fresh)
            target = _place(home, digest)
            if not target.is_file():
                target.parent.mkdir(exist_ok=True)
                fresh.chmod(0o440)
                to_disk(fresh)
                fresh.replace(target)
                to_disk(target.parent)
        finally:
            fresh.unlink(missing_ok=True)
    return digest


def _clear_rests(home: Home) -> None:
    """Take away the copies that processes left which were killed over them; they may hold personal data."""
    for rest in home.originals.glob(f".*-*{_UNFINISHED}"):
        number = rest.name[1:].partition("-")[0]
        if number.isdigit() and not lives(int(number)):
            rest.unlink(missing_ok=True)


def original(home: Home, digest: str) -> Path | None:
    """The kept file of that digest; None when there is none."""
    place = _place(home, digest)
    return place if place.is_file() else None


def changed_originals(home: Home) -> tuple[str, ...]:
    """Digests of kept files whose bytes are others now."""
    kept = sorted(path for path in home.originals.glob("*/*") if path.is_file())
    return tuple(path.name for path in kept if digest_of(path) != path.name)


def _place(home: Home, digest: str) -> Path:
    return home.originals / digest[:2] / digest
