"""Is the program there that a test looks at papers with? Absent: skipped with the reason, failed under STRICT=1."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def needed(*names: str) -> str:
    """The path of the first program of these names."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        said = f"{' or '.join(names)} is not installed"
        if os.environ.get("STRICT") == "1":
            pytest.fail(said)
        pytest.skip(said)
    return found


def chromium() -> str:
    """Debian's browser."""
    return needed("chromium", "chromium-browser")


def office() -> str:
    """LibreOffice."""
    return needed("soffice", "libreoffice")


def profile(folder: Path) -> str:
    """A LibreOffice profile of its own, so that runs at the same time do not meet."""
    return f"-env:UserInstallation=file://{folder / 'office'}"
