"""What is taken out of a register and handed in again is what was there: import(export(x)) = x, in every format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidence.every_kind import every_kind, lay_in

from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.lake.columns import KEY
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.people import erase, pseudonyms, recall, remember
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.registers.loading import load_register
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.export import export
from zhiheng.flow.intake import ImportReport, Order, import_file
from zhiheng.rules.rulebook import open_rulebook

ENDINGS = ("xlsx", "csv", "jsonl", "parquet")
TODAY = date(2026, 11, 27)
Row = Mapping[str, Any]
PIECES = [
    "=",
    "+",
    "-",
    "@",
    "'",
    '"',
    ",",
    ";",
    "|",
    "\n",
    "\t",
    " ",
    "\\",
    "%",
    "#N/A",
    "1.50",
    "1e5",
    "_x0041_",
    "中",
    "ａ",
    "$",
    "&<>",
]
WORDS = [
    "无",
    "N/A",
    "合计",
    "注：见附件",
    "TRUE",
    "否",
    "0012",
    "2024-01-05",
    "-5",
    "+5%",
    "=1+1",
    "'=1",
    "''@x",
    "'",
    "-",
    "—",
    "/",
    '="01"',
]


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts as an import keeps them, dangerous ones among them: without blanks around."""
    made = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).map(str.strip).filter(bool)
    other = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
    return st.one_of(st.sampled_from(WORDS), made, other).map(lambda text: text[:most].strip() or "空")


def decimals(places: int, least: int, most: int) -> st.SearchStrategy[Decimal]:
    whole = st.integers(least * 10**places, most * 10**places - 1)
    return st.one_of(whole, st.integers(0, 10)).map(lambda number: Decimal(number).scaleb(-places))


def moments(day: date) -> st.SearchStrategy[datetime]:
    start = datetime(day.year, day.month, day.day)
    seconds = st.integers(0, 10**8).map(lambda n: timedelta(seconds=n))
    return st.one_of(
        st.just(start), seconds.map(start.__add__), st.integers(0, 10**14).map(lambda n: start + timedelta(microseconds=n))
    )


@st.composite
def samples(draw: st.DrawFn) -> Row:
    taken = draw(st.dates(date(1850, 1, 1), TODAY) | st.dates(date(2019, 12, 1), date(2024, 3, 1)))
    levels = (
        ["n"] + (["c"] if date(2020, 1, 1) <= taken < date(2024, 1, 1) else []) + (["d"] if taken >= date(2024, 1, 1) else [])
    )
    maybe = {
        "told_at": moments(taken),
        "industry": st.sampled_from(["A", "01", "13", "C"]),
        "level": st.sampled_from(levels),
        "amount": decimals(3, 0, 10**14),
        "change": decimals(8, -(10**18), 10**18),
        "pieces": st.integers(-5, 10**18 - 1),
        "urgent": st.booleans(),
        "holder_code": st.sampled_from(["91330402MA2CUWHX0X", "91110000000000000E"]),
        "holder": texts(500),
        "paper": texts(500),
        "remark": texts(2000),
    }
    row: dict[str, Any] = {"taken_on": taken, "place": draw(st.sampled_from(["330402", "110105", "220104", "330000"]))}
    return row | {name: draw(values) for name, values in maybe.items() if draw(st.booleans())}


def numbered(rows: Sequence[Row]) -> list[Row]:
    """Rows with keys that differ, some of which a spreadsheet could compute."""
    return [{"number": f"{'=+-@样'[i % 5]}{i:02}号", **row} for i, row in enumerate(rows)]


def known(home: Home, register: Register) -> list[tuple[Any, ...]]:
    fields = ", ".join(f'"{field.id}"' for field in register.open_fields)
    with duckdb.connect() as connection:
        return connection.execute(f"select {fields} from ({known_at(home, register)}) order by {KEY}").fetchall()


def take_in(home: Home, register: Register, path: Path) -> ImportReport:
    now = datetime(2026, 11, 27, 8, tzinfo=UTC)
    return import_file(home, Order(register, path, ColumnMapping(), "所", now, TODAY))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=3)
@given(st.lists(samples(), min_size=1, max_size=20).map(numbered))
def test_every_kind_of_value_returns(tmp_path_factory: pytest.TempPathFactory, ending: str, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("returns")
    register = every_kind(folder / "rulebook")
    one, two, path = Home(folder / "one"), Home(folder / "two"), folder / f"out.{ending}"
    lay_in(one, register, rows)
    assert export(one, register, path).rows == len(rows)
    report = take_in(two, register, path)
    assert (report.kept.new, report.refused) == (len(rows), 0), report.problems
    assert known(two, register) == known(one, register)
    export(two, register, path)
    assert take_in(two, register, path).kept.unchanged == len(rows)


INDUSTRIAL = {
    "programme": "pass_rate_survey",
    "level": "county",
    "sample_number": "2026-001",
    "sampled_on": date(2026, 3, 5),
    "place": "330402",
    "producer": "=云溪量具厂",
    "industry": "13",
    "product": "游标卡尺",
    "specification": "+0.02 mm",
    "item": "示值误差",
    "value": "-0.01",
    "limit": "'±0.02",
    "outcome": "pass",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_samples_of_industry_return(tmp_path: Path, ending: str) -> None:
    register = load_register(open_rulebook(), "sampling.industrial")
    rows = [{**INDUSTRIAL, "item": item, "outcome": found} for item, found in (("硬度", "fail"), ("标志", "unjudged"))]
    one, two, path = Home(tmp_path / "one"), Home(tmp_path / "two"), tmp_path / f"out.{ending}"
    lay_in(one, register, [INDUSTRIAL, *rows])
    export(one, register, path)
    assert take_in(two, register, path).kept.new == 3
    assert known(two, register) == known(one, register)


@pytest.mark.parametrize("ending", ENDINGS)
def test_personal_fields_leave_while_they_are_there(tmp_path: Path, ending: str) -> None:
    register = every_kind(tmp_path / "rulebook")
    home, path = Home(tmp_path / "home"), tmp_path / f"out.{ending}"
    told = {"who": "=王小明", "born_on": "1990-01-05"}
    payload = json.dumps(told, ensure_ascii=False, sort_keys=True)
    (name,) = pseudonyms(home, register.id, ["甲"], [payload])
    remember(home, register.id, [("甲", name, payload)])
    row = {"taken_on": date(2026, 1, 5), "place": "330402"}
    lay_in(home, register, [{"number": "甲", **row, "_person": name}, {"number": "乙", **row}])
    done = export(home, register, path)
    assert (done.rows, done.persons, done.erased) == (2, 1, 0)
    other = Home(tmp_path / "other")
    take_in(other, register, path)
    with duckdb.connect() as connection:
        found = connection.execute(f"select _person from ({known_at(other, register)}) where number = '甲'").fetchall()
    assert list(recall(other, register.id, [found[0][0]]).values()) == [told]
    erase(home, register.id, ["甲"], "所", "2026-02-01", "本人要求")
    done = export(home, register, path)
    assert (done.rows, done.persons, done.erased) == (2, 0, 1)
    assert "王小明" not in path.read_bytes().decode("utf-8", "replace")
