"""Is what a machine cannot run named, and refused under STRICT=1?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sources import ROOT

TESTS = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    pass

def test_without_a_program():
    pytest.skip("needs a program that is nowhere")

@pytest.mark.xfail(strict=True)
def test_known_fault():
    raise AssertionError

def test_anywhere():
    pass
"""


def run(folder: Path, strict: str) -> subprocess.CompletedProcess[str]:
    """The tests above under the project's conftest, on a machine without any program."""
    (folder / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (folder / "test_gaps.py").write_text(TESTS, encoding="utf-8")
    environment = {**os.environ, "STRICT": strict, "PATH": str(folder)}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_gaps_are_named_before_the_closing_line(tmp_path: Path) -> None:
    done = run(tmp_path, "")
    assert done.returncode == 0, done.stdout
    assert "1 tests: not here: chromium" in done.stdout
    assert "1 tests: needs a program that is nowhere" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("1 passed, 2 skipped, 1 xfailed in")


def test_gaps_are_failures_under_strict(tmp_path: Path) -> None:
    done = run(tmp_path, "1")
    assert done.returncode == 1
    assert "left out under STRICT=1" in done.stdout
    last = done.stdout.rstrip().splitlines()[-1]
    assert last.startswith("1 failed, 1 passed, 1 xfailed, 1 error in"), last


@pytest.mark.parametrize("script", ["check", "docs", "golden"])
def test_scripts_say_what_they_do(script: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / f"{script}.py"), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and len(done.stdout) > 100
