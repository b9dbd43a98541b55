"""Can any file make a reader or the compiler fail without a sentence, hang, or eat the memory?

A few papers for each in every check, always the same; ten minutes for each under `make test-all` (`ZHIHENG_FUZZ_SECONDS`), then elsewhere each time.
The seed is told, and the paper that did it is kept.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from mutating import CHANGES

HERE = Path(__file__).parent
LONGEST = 60.0  # seconds for one paper on a busy machine: beyond it, a hang
STEP = 0.2
FEW = 30


def hunt(kind: str, seed: int, seconds: float, most: int = 10**9) -> int:
    """How many papers were tried; fails with the paper that should have been refused."""
    folder = Path(tempfile.mkdtemp(prefix=f"zhiheng-fuzz-{kind}-"))
    paper = folder / "paper"
    words = [sys.executable, str(HERE / "hunting.py"), kind, str(seed), str(seconds), str(most), str(folder)]
    with (
        (folder / "told").open("w+", encoding="utf-8") as stream,
        subprocess.Popen(words, stdout=stream, stderr=stream) as child,
    ):
        while child.poll() is None:
            time.sleep(STEP)
            if paper.exists() and time.time() - paper.stat().st_mtime > LONGEST:
                child.kill()
                pytest.fail(f"{kind}, seed {seed}: hangs with {paper}")
    told = (folder / "told").read_text(encoding="utf-8")
    fault = folder / "fault"
    if fault.exists():
        pytest.fail(f"{kind}, seed {seed}, {paper}:\n{fault.read_text(encoding='utf-8')}")
    assert child.returncode == 0, f"{kind}, seed {seed}, {paper}: ended with {child.returncode}\n{told[-2000:]}"
    return int((folder / "count").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_few_unsound_papers(kind: str) -> None:
    assert hunt(kind, seed=20261126, seconds=300, most=FEW) == FEW


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", CHANGES)
def test_ten_minutes_of_unsound_papers(kind: str) -> None:
    assert hunt(kind, seed=secrets.randbelow(2**31), seconds=float(os.environ.get("ZHIHENG_FUZZ_SECONDS", "600"))) > 0
