"""A lake of ten million records, filled by ten imports; made once and kept where BENCH_FOLDER says, copied for every run."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import duckdb
from sampling_rows import IMPORTS, lay_out_pools, sampling_register, staged_import, write_file

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.keeping import keep

SEED = 20261127
# Counted up when rows or lake are made in another way: what was kept before is not taken then.
_EDITION = 2


def folder() -> Path:
    """Where what takes long to make is kept."""
    return Path(os.environ.get("BENCH_FOLDER") or Path(tempfile.gettempdir()) / f"zhiheng-bench-{os.getuid()}")


def file_and_lake(rows: int, lake: int) -> tuple[Path, Home, dict[str, int]]:
    """The file of `rows` rows, the lake of `lake` records (and a tenth of it as versions), and what is to be found."""
    place = folder() / f"{_EDITION}-{SEED}"
    place.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        lay_out_pools(connection, SEED)
        file = place / f"sampling-{rows}-into-{lake}.csv"
        expected = write_file(connection, sampling_register(), file, rows, lake)
        home = Home(place / f"lake-{lake}")
        if not home.root.is_dir():
            fresh = Home(place / f"lake-{lake}-{os.getpid()}")
            _fill(connection, fresh, lake)
            fresh.root.rename(home.root)
    return file, home, expected


def _fill(connection: duckdb.DuckDBPyConnection, home: Home, lake: int) -> None:
    register = sampling_register()
    for number in range(IMPORTS):
        connection.execute(f"create or replace table brought as {staged_import(register, number, lake)}")
        at = f"{2020 + number // 2}-0{1 + number % 2 * 5}-15T09:00:00+08:00"
        entry = JournalEntry(f"{number:032}", register.id, ImportState.BEGUN, at, "张三", {})
        keep(home, register, connection, "brought", entry)


def copied(home: Home, target: Path) -> Home:
    """A lake of one's own: files that never change are shared."""
    shutil.copytree(home.root, target, copy_function=_copy)
    return Home(target)


def _copy(source: str, target: str) -> None:
    if source.endswith(".parquet"):
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)
