"""Where is a table kept that was made from the lake, and is what lies there still what was kept?

Nothing here is evidence. A file that is damaged, of another making, or gone is as if it had never been: whoever asks makes it again. It
is put in its place whole, so that who reads at the same time finds the old one, the new one, or none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_BODY, _END = "body", b"\n"
_LONGEST_HEAD = 16 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept table: what was said of it, and the bytes of its body, which its digest was held against."""

    head: Mapping[str, Any]
    body: bytes

    @property
    def table(self) -> pa.Table:
        """The rows."""
        return pq.read_table(pa.BufferReader(self.body), use_threads=False)


def kept_tables(folder: Path) -> Iterator[Kept]:
    """The sound ones in a folder, the newest first."""
    files = sorted(_files(folder), reverse=True)
    for _, path in files:
        found = _read(path)
        if found is not None:
            yield found


def keep_table(folder: Path, head: Mapping[str, Any], table: pa.Table, most: int) -> None:
    """Keep a table; of a folder's the `most` newest stay. A disk that takes nothing is no fault: the table can be made again."""
    body = pa.BufferOutputStream()
    pq.write_table(table, body, compression="zstd")
    data = body.getvalue().to_pybytes()
    digest = hashlib.sha256(data).hexdigest()
    said = json.dumps({**head, _BODY: digest}, ensure_ascii=False, sort_keys=True).encode()
    name = hashlib.sha256(said).hexdigest()
    fresh = folder / f".{name}-{os.getpid()}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(said + _END + data)
            fresh.replace(folder / f"{name}.sums")
        finally:
            fresh.unlink(missing_ok=True)
        for _, path in sorted(_files(folder), reverse=True)[most:]:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[int, Path]]:
    if folder.is_dir():
        for path in folder.glob("*.sums"):
            with suppress(OSError):
                yield path.stat().st_mtime_ns, path


def _read(path: Path) -> Kept | None:
    try:
        with path.open("rb") as stream:
            line = stream.readline(_LONGEST_HEAD)
            body = stream.read()
        head = json.loads(line)
    except (OSError, ValueError):
        return None
    if hashlib.sha256(line.rstrip(_END)).hexdigest() != path.stem:
        return None
    return Kept(head, body) if isinstance(head, dict) and head.get(_BODY) == hashlib.sha256(body).hexdigest() else None
