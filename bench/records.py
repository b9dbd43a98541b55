"""How long does a file of records take into a large lake, beside the same work written by hand for one register?

BENCH_ROWS and BENCH_LAKE say how many rows and records (100,000 into 1,000,000), BENCH_FOLDER where the lake is kept between
runs. Each program runs in a process of its own; programs that do the same work must find the same, or the run ends.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from measuring import Measure
from sampling_lake import copied, file_and_lake
from sampling_rows import REGISTER_ID

HERE = Path(__file__).resolve().parent
YEAR, THEN = "2023", "9"  # position 9: before the last of the imports that filled the lake


def records(folder: Path) -> list[Measure]:
    """Importing, checking and reading of sampling rows, each as a ratio to a reference of the same result."""
    rows, lake = int(os.environ.get("BENCH_ROWS", "100000")), int(os.environ.get("BENCH_LAKE", "1000000"))
    file, home, expected = file_and_lake(rows, lake)
    size = f"{rows:,} rows"
    reference = _run("reference_import.py", home.table(REGISTER_ID), file, folder / "reference")
    ours = _run("record_side.py", "import", copied(home, folder / "lake").root, file)
    _agree(reference, ours)
    assert ours["counts"] == expected, (ours["counts"], expected)
    shutil.rmtree(folder / "lake")
    found = [
        Measure(f"import of {size} into {lake:,} to SQL by hand", 2, ours["seconds"] / reference["seconds"], "×"),
        Measure(f"import of {size} into {lake:,}", rows / 1e4, ours["seconds"], "s", reference["seconds"]),
        Measure(f"peak memory of it (by hand: {reference['peak']:,.0f} MB)", 1024, ours["peak"], "MB"),
        *_checking(folder, file, size),
    ]
    for then, said in ((), "now"), ((THEN,), "then"):
        by_hand = _run("reference_reading.py", home.table(REGISTER_ID), YEAR, *then)
        read = _run("record_side.py", "read", home.root, YEAR, *then)
        _agree(by_hand, read)
        found.append(Measure(f"a year of {lake:,} records as known {said}", 1.3, read["seconds"] / by_hand["seconds"], "×"))
    return found


def _checking(folder: Path, file: Path, size: str) -> list[Measure]:
    """A dry run into an empty lake beside pandera, when that is installed with pandas."""
    if not (importlib.util.find_spec("pandera") and importlib.util.find_spec("pandas")):
        return []
    pandera = _run("reference_pandera.py", "-", file)
    ours = _run("record_side.py", "check", folder / "empty", file)
    for name, count in pandera["counts"].items():
        assert ours["counts"][name] == count, (name, ours["counts"], pandera["counts"])
    return [Measure(f"pandera to checking of {size}", 5, pandera["seconds"] / ours["seconds"], "×", at_least=True)]


def _run(program: str, *arguments: object) -> dict[str, Any]:
    """What a program of this folder found; its own words go to the error stream."""
    done = subprocess.run(
        [sys.executable, str(HERE / program), *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _agree(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (one["counts"], one["digest"]) == (other["counts"], other["digest"]), (one, other)
