"""The model county's records in a lake, made once for all tests that ask it."""

from __future__ import annotations

import importlib
import io
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType

from zhiheng.cli.main import main as zhiheng

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county"
PLACE = "990124"
YEARS = (2024, 2025, 2026)


@contextmanager
def county_records() -> Iterator[ModuleType]:
    """The module that writes the county's records."""
    sys.path.insert(0, str(COUNTY))
    try:
        yield importlib.import_module("records")
    finally:
        sys.path.remove(str(COUNTY))
        for name in [n for n in sys.modules if n == "records" or n.split(".")[0] == "county_records"]:
            sys.modules.pop(name)


def reporters() -> Mapping[str, str]:
    """Register → who reports it."""
    with county_records() as records:
        return {file.register: file.by for file in records.record_files()}


def make_lake(folder: Path) -> Path:
    """The folder of an installation that holds all records of the county."""
    home = folder / "home"
    shutil.copytree(COUNTY / "rulebook", home / "rulebook")
    with county_records() as records:
        files = records.record_files()
        records.write(folder / "records", files)
        for group in records.by_register(files):
            paths = [str(folder / "records" / file.name) for file in group]
            into = ["--home", str(home), "--by", group[0].by, "--as-of", "2027-02-01", "--out", str(folder), "--json"]
            with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
                assert zhiheng(["import", group[0].register, *paths, *into]) == 0
    return home
