"""The model county's records in a lake, made once for all tests that ask it."""

from __future__ import annotations

import importlib
import io
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path

from zhiheng.cli.main import main as zhiheng

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county"
PLACE = "990124"
YEARS = (2024, 2025, 2026)


def make_lake(folder: Path) -> Path:
    """The folder of an installation that holds all records of the county."""
    home = folder / "home"
    shutil.copytree(COUNTY / "rulebook", home / "rulebook")
    sys.path.insert(0, str(COUNTY))
    try:
        records = importlib.import_module("records")
        files = records.record_files()
        records.write(folder / "records", files)
        for group in records.by_register(files):
            paths = [str(folder / "records" / file.name) for file in group]
            into = ["--home", str(home), "--by", group[0].by, "--as-of", "2027-02-01", "--out", str(folder), "--json"]
            with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
                assert zhiheng(["import", group[0].register, *paths, *into]) == 0
    finally:
        sys.path.remove(str(COUNTY))
        for name in [n for n in sys.modules if n == "records" or n.split(".")[0] == "county_records"]:
            sys.modules.pop(name)
    return home
