"""How does a paper get into its place? Whole or not at all: written beside it, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from zhiheng.evidence.intake.forms.placing import cannot_write


def put(path: Path, content: bytes) -> Path:
    """Write `content` to `path` so that no reader ever sees half of it."""
    return put_all({path: content})[0]


def put_all(contents: Mapping[Path, bytes], *, gone: Iterable[Path] = ()) -> list[Path]:
    """Write all of them beside their places, and only when each is written rename them; then remove those in `gone`."""
    with ExitStack() as waiting:
        written = [(_beside(path, content, waiting), path) for path, content in contents.items()]
        for part, path in written:
            try:
                part.replace(path)
            except OSError as fault:
                raise cannot_write(path, fault) from fault
    for path in gone:
        path.unlink(missing_ok=True)
    return list(contents)


def _beside(path: Path, content: bytes, waiting: ExitStack) -> Path:
    """The content in a file beside its place, removed again unless it is renamed before `waiting` closes."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        waiting.callback(Path(name).unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    return Path(name)
