"""Zhiheng's side of the measures of records: `import HOME FILE`, `check HOME FILE`, `read HOME YEAR [POSITION]`.

A process of its own each, that prints one line: seconds, peak memory, what was found, and a digest of the rows.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
from digests import peak, table_digest, taken_rows
from sampling_rows import OURS, sampling_register

from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.reading import known_at
from zhiheng.flow.intake import Order, import_file

AS_OF = date(2026, 11, 27)


def imported(root: Path, file: Path, *, dry_run: bool) -> dict[str, object]:
    """All of `zhiheng import`: the original kept, rows checked and taken, the workbook of the refused rows written."""
    home, register = Home(root), sampling_register()
    back = None if dry_run else root / "back.xlsx"
    order = Order(register, file, ColumnMapping(), OURS, datetime.now(UTC), AS_OF, dry_run=dry_run, hand_back=back)
    steps: list[tuple[str, float]] = []
    began = time.perf_counter()
    report = import_file(home, order, lambda step, _: steps.append((step, time.perf_counter())))
    seconds, memory = time.perf_counter() - began, peak()
    starts = {step: at - began for step, at in reversed(steps)}
    kept = report.kept
    counts = {
        "refused": report.refused,
        "repeated": report.repeated,
        "unchanged": kept.unchanged,
        "asked": kept.asked,
        "corrected": kept.corrected,
        "new": kept.new,
    }
    digest = (
        ""
        if kept.position is None
        else taken_rows(f"select * from ({known_at(home, register)}) where _known_from = {kept.position}")
    )
    return {"seconds": seconds, "peak": memory, "counts": counts, "digest": digest, "steps": starts}


def read(root: Path, year: int, position: int | None) -> dict[str, object]:
    home, register = Home(root), sampling_register()
    with duckdb.connect() as connection:
        began = time.perf_counter()
        table = connection.sql(f"select * from ({known_at(home, register, position)}) where _year = {year}").to_arrow_table()
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "peak": peak(), "counts": {"rows": table.num_rows}, "digest": table_digest(table)}


def main() -> None:
    work, root, rest = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    if work == "read":
        print(json.dumps(read(root, int(rest[0]), int(rest[1]) if len(rest) > 1 else None)))
        return
    print(json.dumps(imported(root, Path(rest[0]), dry_run=work == "check")))


if __name__ == "__main__":
    main()
