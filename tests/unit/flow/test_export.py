"""Records taken out of a register: columns, order, formats, positions, and what is said when it cannot be."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from tests.unit.evidence.every_kind import every_kind, lay_in

from zhiheng.base.errors import DataError, UsageError
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.export import export

ROW = {
    "number": "甲",
    "taken_on": date(2023, 5, 6),
    "told_at": datetime(2023, 5, 7, 8, 9, 10),
    "place": "330402",
    "level": "n",
    "amount": Decimal("12.500"),
    "change": Decimal("0.00000010"),
    "pieces": 10**16 + 1,
    "urgent": True,
    "holder": "=1+1",
    "remark": '一"\n二',
}
SHORT = {"number": "丙", "taken_on": date(2023, 5, 6), "place": "330402", "level": "c", "urgent": False}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return every_kind(tmp_path / "rulebook")


@pytest.fixture
def home(tmp_path: Path, register: Register) -> Home:
    found = Home(tmp_path / "home")
    lay_in(found, register, [ROW, SHORT])
    return found


def named(names: list[str], row: Any) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))


def test_text_has_the_mark_of_utf8_and_guards_what_a_spreadsheet_would_compute(
    home: Home, register: Register, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "out.csv"
    assert export(home, register, path).rows == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + "编号,抽样日期,报告时间".encode())
    with path.open(encoding="utf-8-sig", newline="") as stream:
        names, last, first = csv.reader(stream)
    found = named(names, first)
    assert (found["编号"], named(names, last)["编号"]) == ("甲", "丙"), "in order of key"
    assert (found["抽样日期"], found["报告时间"], found["抽样地区"]) == ("2023-05-06", "2023-05-07 08:09:10", "南湖区")
    assert (found["数量（千克）"], found["增减"], found["件数"]) == ("12.5", "0.0000001", "10000000000000001")
    assert (found["是否加急"], found["级别"], found["持有单位"], found["备注"]) == ("是", "国家", "'=1+1", '一"\n二')
    assert "天数" not in names, "derived fields are no columns of the form"
    assert [p.name for p in path.parent.iterdir()] == ["out.csv"]


def test_a_workbook_has_numbers_and_days_where_they_are_exact(home: Home, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export(home, register, path)
    sheet = openpyxl.load_workbook(path)["样品登记"]
    found = named([cell.value for cell in sheet[1]], sheet[3])
    assert (found["抽样日期"].value, found["抽样日期"].number_format) == (datetime(2023, 5, 6), "yyyy-mm-dd")
    assert found["报告时间"].value == ROW["told_at"]
    assert (found["数量（千克）"].value, found["件数"].value) == (12.5, "10000000000000001")
    assert (found["持有单位"].value, found["持有单位"].data_type, found["持有单位"].quotePrefix) == ("=1+1", "s", True)
    assert found["是否加急"].value == "是"


def test_lines_of_json_have_all_digits(home: Home, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    export(home, register, path)
    lines = [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines()]
    assert (lines[1]["增减"], lines[1]["件数"], lines[1]["是否加急"]) == (Decimal("0.0000001"), 10**16 + 1, True)
    assert (lines[1]["备注"], lines[0]["备注"], lines[0]["是否加急"]) == ('一"\n二', None, False)


def test_parquet_keeps_the_kinds(home: Home, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    export(home, register, path)
    found = pyarrow.parquet.read_table(path).to_pylist()[1]
    assert (found["抽样日期"], found["增减"], found["是否加急"]) == (ROW["taken_on"], ROW["change"], True)
    assert (found["级别"], found["持有单位"]) == ("国家", "=1+1")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_the_same_records_make_the_same_bytes(home: Home, register: Register, tmp_path: Path, ending: str) -> None:
    for name in ("a", "b"):
        export(home, register, tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_a_position_is_as_it_was_known(home: Home, register: Register, tmp_path: Path) -> None:
    lay_in(home, register, [{**SHORT, "remark": "改"}], "b")
    path = tmp_path / "out.jsonl"
    assert [export(home, register, path, position).rows for position in (0, 1, 2)] == [0, 2, 2]
    export(home, register, path, 1)
    assert "改" not in path.read_text(encoding="utf-8")
    export(home, register, path)
    assert "改" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_nothing_known_is_a_file_of_columns(register: Register, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    assert export(Home(tmp_path / "empty"), register, path).rows == 0
    assert path.is_file()


@pytest.mark.parametrize(
    ("name", "position", "code"), [("out.ods", None, "flow.export_ending"), ("out.csv", 9, "flow.no_such_position")]
)
def test_a_wrong_call_is_said(
    home: Home, register: Register, tmp_path: Path, name: str, position: int | None, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        export(home, register, tmp_path / name, position)
    assert caught.value.code == code
    assert not (tmp_path / name).exists()


def test_a_missing_file_of_the_lake_is_named(home: Home, register: Register, tmp_path: Path) -> None:
    gone = next(home.table(register.id).rglob("*.parquet"))
    gone.unlink()
    with pytest.raises(DataError) as caught:
        export(home, register, tmp_path / "out.csv")
    assert caught.value.code == "evidence.lake_file_missing"
    assert gone.name in str(caught.value.facts["file"])
