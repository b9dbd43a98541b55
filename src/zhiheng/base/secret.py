"""A secret of the installation's own: made once, readable by the service only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 48


def secret_in(path: Path) -> str:
    """The secret in the file; made when there is none yet. Two processes that come at once get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        own = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(_BYTES))
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text("ascii").strip()
