#!/usr/bin/env python3
"""How long does the AQI of many station days take, beside the same work in straight-line numpy?

BENCH_AIR_DAYS says how many (10,000,000). Each program runs in a process of its own; both must find the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from measuring import Measure, table

HERE = Path(__file__).resolve().parent


def air() -> list[Measure]:
    """The ratio to the straight-line program, and what a tenth of the rows costs."""
    count = int(os.environ.get("BENCH_AIR_DAYS", "10000000"))
    few, many = (_both(rows) for rows in (count // 10, count))
    name = f"AQI of {count:,} station days"
    print(f"{name}: {many[0]['digest'][:16]} by both", file=sys.stderr)
    return [
        Measure(f"{name} to straight-line numpy", 1.5, many[0]["seconds"] / many[1]["seconds"], "×"),
        Measure(name, count / 2e6, many[0]["seconds"], "s"),
        Measure(f"ten times {count // 10:,} station days", 12, many[0]["seconds"] / few[0]["seconds"], "×"),
    ]


def _both(count: int) -> tuple[dict[str, Any], dict[str, Any]]:
    ours, reference = (_run(program, count) for program in ("air_side.py", "reference_air.py"))
    assert ours["digest"] == reference["digest"], (ours, reference)
    return ours, reference


def _run(program: str, count: int) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(HERE / program), str(count)], check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    print(table(air()))
