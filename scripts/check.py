#!/usr/bin/env python3
"""Is everything in order? Format, lint, types, rooms, generated pages, vendored files, then the tests.

Each step runs whatever the others said. The last line is pytest's closing line. With STRICT=1 in the environment, a test
that this machine cannot run is a failure; otherwise it is named before that line.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = [folder for folder in ("src", "tests", "bench", "scripts", "examples") if (ROOT / folder).is_dir()]

STEPS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy")],
    "format": [str(BIN / "ruff"), "format", "--check", *CODE],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", *CODE],
    "rooms": [str(BIN / "lint-imports")],
    "generated pages": [sys.executable, "scripts/docs.py", "--check"],
    "vendored files": [sys.executable, "scripts/vendor.py", "--local"],
}


def run_step(name: str) -> tuple[str, str]:
    """Name and, when it failed, what it said."""
    began = time.monotonic()
    done = subprocess.run(STEPS[name], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{name:16} {'failed' if done.returncode else 'ok':6} {time.monotonic() - began:5.1f} s", flush=True)
    return name, (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""


def run_tests(*, everything: bool, more: list[str]) -> tuple[int, str]:
    """Exit code of pytest and its closing line, which is held back so that it can be the last one."""
    chosen = ["--hypothesis-profile=search", "-m", "not spark"] if everything else ["-m", "not slow and not fuzz and not spark"]
    workers = str(min(os.cpu_count() or 1, 8))
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", *chosen, *more]
    held = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as tests:
        for line in tests.stdout or ():
            if held:
                print(held, end="", flush=True)
            held = line
    return tests.returncode, held.strip()


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--all", action="store_true", help="slow and fuzz tests too")
    ask.add_argument("pytest", nargs="*", help="passed on to pytest (after --)")
    wanted = ask.parse_args()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        failed = [(name, said) for name, said in pool.map(run_step, STEPS) if said]
    code, closing = run_tests(everything=wanted.all, more=wanted.pytest)
    for name, said in failed:
        print(f"\n── {name} failed\n{said}")
    if failed:
        print(f"\nfailed before the tests: {', '.join(name for name, _ in failed)}")
    others = ("spark: make test-spark",) if wanted.all else ("slow, fuzz: make test-all", "spark: make test-spark")
    print(f"not asked here: {'; '.join(others)}")
    print(closing)
    return 1 if failed or code else 0


if __name__ == "__main__":
    raise SystemExit(main())
