"""Where do handed-in files lie? Among the installation's own under the digest of their bytes, never overwritten."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


def kept(data: bytes) -> str:
    """The digest under which the bytes lie from now on; the same bytes lie there once. An `OSError` leaves nothing half written."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = path.with_name(f".{digest[:16]}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):  # somebody was quicker; nothing is overwritten
            os.link(own, path)
    finally:
        own.unlink(missing_ok=True)
    return digest


def path_of(digest: str) -> Path:
    """The file of a digest; a `ValueError` for anything that is none, so that no name leads elsewhere."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    home: Path = settings.HOME
    return home / "files" / digest[:2] / digest


def content(digest: str) -> bytes:
    """The bytes; a `ValueError` when they are no longer those of the digest."""
    data = path_of(digest).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(digest)
    return data
