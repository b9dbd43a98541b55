"""Where are the rows of one import worked on? In a database of its own under the scratch folder, gone afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.evidence.lake.locking import lives

# Bounds the memory of an import; what is more goes to disk.
_MEMORY = "512MB"
_PREFIX = "import-"


@contextmanager
def workplace(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty database on disk; rests of imports that died are cleared away."""
    with disk_faults(home):
        home.scratch.mkdir(parents=True, exist_ok=True)
        _clear(home.scratch)
        folder = home.scratch / f"{_PREFIX}{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            with duckdb.connect(str(folder / "work.duckdb")) as connection:
                connection.execute(f"set memory_limit = '{_MEMORY}'")
                connection.execute("set temp_directory = ?", [str(folder / "spill")])
                yield connection
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _clear(scratch: Path) -> None:
    for rest in scratch.glob(f"{_PREFIX}*"):
        number = rest.name.removeprefix(_PREFIX)
        if number.isdigit() and int(number) != os.getpid() and not lives(int(number)):
            shutil.rmtree(rest, ignore_errors=True)
