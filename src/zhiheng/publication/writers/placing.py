"""How does a paper get into its place? Whole or not at all: written beside it, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from zhiheng.base.errors import UsageError


def put(path: Path, content: bytes) -> Path:
    """Write `content` to `path` so that no reader ever sees half of it."""
    handle, waiting = -1, ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(waiting).chmod(0o644)
        Path(waiting).replace(path)
    except OSError as fault:
        raise UsageError("publication.cannot_write", file=str(path), why=fault.strerror or str(fault)) from fault
    finally:
        if waiting:
            Path(waiting).unlink(missing_ok=True)
    return path
