"""How does a file that is too large for memory get into its place? Whole or not at all: written beside it, then renamed over it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhiheng.base.errors import UsageError

_IN_THE_WAY = (FileExistsError, NotADirectoryError)


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A file to write to; when the block ends well it takes the place of `path`, else nothing is left of it.

    `UsageError` when the disk refuses.
    """
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(handle)
        part = Path(name)
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(path)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def cannot_write(path: Path, fault: OSError) -> UsageError:
    """Why a place cannot be written to, as an error that says what to do."""
    if path.is_dir():
        return UsageError("publication.is_folder", file=str(path))
    if isinstance(fault, _IN_THE_WAY) and (file := next((p for p in path.parents if p.is_file()), None)):
        return UsageError("publication.folder_is_file", folder=str(file))
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return UsageError("publication.no_permission", file=str(path))
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return UsageError("publication.disk_full", file=str(path))
    return UsageError("publication.cannot_write", file=str(path), number=fault.errno)
