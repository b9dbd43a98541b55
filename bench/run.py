#!/usr/bin/env python3
"""Is it fast enough? Each measure with its absolute aim, and with the ratio to merely reading the same bytes.

A ratio says on any machine what a time says on this one only. `--strict` ends with 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from air import air
from bulky import papers
from indicators import indicators
from measuring import Measure, best_of, table
from records import records

from zhiheng.documents.readers import read_content
from zhiheng.flow.extract import extract_all
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "examples" / "model_county" / "plan.txt"
CHARACTERS = 13_000
FEW, MANY = 250, 1_000


def paper_of(characters: int) -> str:
    """The model county's plan, its tasks once more under further headings until it has the length of a city's plan."""
    text = PLAN.read_text(encoding="utf-8")
    chapter = text.index("三、主要任务\n")
    more = text[chapter + len("三、主要任务\n") :]
    while len(text) < characters:
        text += "\n四、其他任务\n" + more[: characters - len(text)]
    return text[:characters]


def one_plan(folder: Path) -> list[Measure]:
    path = folder / "plan.txt"
    path.write_text(paper_of(CHARACTERS), encoding="utf-8")
    known = knowledge()

    def compiled() -> object:
        return compile_plan(read_content(path.read_bytes(), path.name), known.catalogue, known.rulebook)

    compiled()
    reading = best_of(50, lambda: path.read_bytes().decode())
    return [Measure(f"one plan of {CHARACTERS:,} characters, warm", 60, best_of(15, compiled) * 1e3, "ms", reading * 1e3)]


def many_plans(folder: Path) -> list[Measure]:
    paths = []
    for number in range(MANY):
        paths.append(folder / f"plan{number:04}.txt")
        paths[-1].write_text(paper_of(CHARACTERS // 4), encoding="utf-8")

    def extracted(count: int, workers: int | None = None) -> tuple[float, float]:
        """Seconds by the clock, and seconds of work in all processes: the second does not grow when others want the machine."""
        began, busy = time.perf_counter(), _work_so_far()
        assert sum(found.plan is not None for found in extract_all(paths[:count], workers=workers)) == count
        return time.perf_counter() - began, _work_so_far() - busy

    reading = best_of(2, lambda: [path.read_bytes().decode() for path in paths])
    (_, few), (alone, _), (wall, many) = extracted(FEW), extracted(MANY, workers=1), extracted(MANY)
    cores = os.cpu_count() or 1
    return [
        Measure(f"extract of {MANY:,} files, for one file", 60, wall / MANY * 1e3, "ms", reading / MANY * 1e3),
        Measure(f"work for {MANY:,} files to {FEW} files", MANY / FEW * 1.15, many / few, ""),
        Measure(f"one worker to {cores}, {MANY:,} files", 1 if cores == 1 else 1.5, alone / wall, "", at_least=True),
    ]


def _work_so_far() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def start() -> list[Measure]:
    command = [str(Path(sys.executable).parent / "zhiheng"), "--help"]
    times = [best_of(1, lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(9)]
    bare = best_of(5, lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    return [Measure("zhiheng --help (ratio: to an empty Python)", 150, statistics.median(times) * 1e3, "ms", bare * 1e3)]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--strict", action="store_true")
    strict = ask.parse_args().strict
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        measures = [*start(), *one_plan(work), *many_plans(work), *papers(work), *records(work), *air(), *indicators()]
    print(table(measures))
    if busy > cores / 4:
        print(f"others wanted the machine (load {busy:.1f} on {cores} cores at the start): times by the clock say little")
    return 1 if strict and not all(m.kept for m in measures) else 0


if __name__ == "__main__":
    raise SystemExit(main())
