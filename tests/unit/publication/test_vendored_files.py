"""The vendored files are those that their README lists, digest by digest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "vendor.py"


def test_vendored_files_are_as_listed() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--local"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "vendored files: 5, faults: 0\n"
