"""Workbooks as people make them: each brings the right values, or its rows come back with the right sentence.

`tests/golden/intake/build.py` says how each was made.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from tests.golden.intake import build

from zhiheng.cli.main import main
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.reading import known_at
from zhiheng.flow.registers import registers

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Told:
    """What the command said of one file."""

    home: Path
    register: str
    code: int
    record: Mapping[str, Any]

    def found(self, severity: str) -> list[tuple[str, str | None, int | None, str | None]]:
        """Code, sheet, row and column of every finding of a severity."""
        problems = [p for p in self.record["problems"] if p["severity"] == severity]
        return [(p["code"].removeprefix("evidence."), p["sheet"], p["row"], p["column"]) for p in problems]

    @property
    def errors(self) -> list[tuple[str, str | None, int | None, str | None]]:
        return self.found("error")

    @property
    def warnings(self) -> list[tuple[str, str | None, int | None, str | None]]:
        return self.found("warning")

    def sentence(self, row: int) -> str:
        """What is said of a row."""
        return " ".join(p["sentence"] for p in self.record["problems"] if p["row"] == row)

    def facts(self, code: str) -> Mapping[str, Any]:
        (facts,) = (p["facts"] for p in self.record["problems"] if p["code"] == f"evidence.{code}")
        return dict(facts)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Rows, taken, refused."""
        return self.record["rows"], self.record["taken"], self.record["refused"]

    def records(self, columns: str) -> list[tuple[Any, ...]]:
        """Columns of the records, by sheet and row."""
        sql = known_at(Home(self.home), registers([self.register])[0])
        return duckdb.connect().execute(f"select {columns} from ({sql}) order by _sheet, _row").fetchall()


class Office:
    """An installation that takes workbooks in."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys

    def takes(self, name: str, register: str) -> Told:
        file = str(build.FOLDER / name)
        code = main(["import", register, file, "--by", "甲局", "--json"])
        (record,) = json.loads(self.capsys.readouterr().out)["imports"]
        return Told(self.home, register, code, record)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHIHENG_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path / "home", capsys)


def _contents(path: Path) -> Iterator[object]:
    """All that a workbook says: sheets, cells with their formats and stored results, merged blocks, what is hidden."""
    book, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    yield book.epoch
    for sheet in book.worksheets:
        yield sheet.title, sheet.sheet_state, sorted(str(block) for block in sheet.merged_cells.ranges)
        yield {name for name, one in sheet.column_dimensions.items() if one.hidden}
        yield {number for number, one in sheet.row_dimensions.items() if one.hidden}
        for place, cell in sorted(sheet._cells.items()):
            yield place, cell.value, cell.data_type, cell.number_format, results[sheet.title].cell(*place).value


def test_there_are_ten_and_each_is_what_its_builder_makes(tmp_path: Path) -> None:
    made = {path.name: list(_contents(path)) for path in build.write(tmp_path)}
    assert len(made) >= 10
    assert {path.name for path in build.FOLDER.glob("*.xlsx")} == set(made)
    for name, contents in made.items():
        assert list(_contents(build.FOLDER / name)) == contents, f"{name}: run tests/golden/intake/build.py"
    assert all(path.stat().st_size < 20_000 for path in build.FOLDER.glob("*.xlsx"))


def test_totals_and_notes_are_no_records_and_names_like_theirs_are(office: Office) -> None:
    told = office.takes("totals_row.xlsx", "reported_figure")
    assert (told.code, told.counts, told.errors) == (0, (4, 4, 0), [])
    assert told.warnings == [("totals_skipped", "汇总", 5, None), ("notes_skipped", "汇总", 9, None)]
    assert (told.facts("totals_skipped")["rows"], told.facts("notes_skipped")["rows"]) == ("5、8", "9、11")
    assert told.records("indicator, value, unit, note, _row") == [
        ("消费投诉办结件数", Decimal(120), "件", None, 3),
        ("消费投诉受理件数", Decimal(130), "件", "合计数见下", 4),
        ("总计划完成项数", Decimal(48), "项", "合计", 6),
        ("计量器具检定台件", Decimal(15), "台", None, 7),
    ]


def test_days_as_text_are_read_in_all_writings_and_halves_of_days_come_back(office: Office) -> None:
    told = office.takes("dates_as_text.xlsx", "sampling.industrial")
    good, bad = len(build.TEXT_DAYS), len(build.NO_DAYS)
    assert (told.code, told.counts) == (1, (good + bad + 6, good + 5, bad + 1))
    assert {day for (day,) in told.records("sampled_on")} == {date(2025, 3, 5)}
    assert [number for (number,) in told.records("sample_number")] == [
        *(f"T-{n}" for n in range(1, good + 1)),
        *("D-1", "D-2", "D-3", "D-4", "Z-1"),
    ]
    rows = [*range(good + 2, good + 2 + bad), good + bad + 7]
    assert told.errors == [("not_a_day", "抽检", row, "抽样日期") for row in rows]
    for row, text in zip(rows, (*build.NO_DAYS, "45721"), strict=True):
        assert f"抽检 第 {row} 行“抽样日期”写的是“{text}”，不是完整的日期" in told.sentence(row)


def test_days_counted_from_1904_are_the_days_that_were_shown(office: Office) -> None:
    told = office.takes("dates_1904.xlsx", "complaint")
    assert (told.code, told.counts) == (0, (3, 3, 0))
    assert told.records("case_number, received_on, closed_on::date") == [
        ("C-1", datetime(2025, 3, 5, 13, 30), date(2025, 3, 20)),
        ("C-2", datetime(2024, 2, 29), date(2024, 3, 1)),
        ("C-3", datetime(2025, 3, 5, 8, 30), None),
    ]


def test_full_width_digits_are_digits(office: Office) -> None:
    told = office.takes("full_width.xlsx", "engineering")
    assert (told.code, told.counts) == (1, (3, 1, 2))
    assert told.records("project, attempt, accepted_on, area, green_star, key_project, place") == [
        ("Ｐ－１", 1, date(2025, 6, 30), Decimal("12345.6"), 2, True, "330402")
    ]
    assert told.errors == [("other_unit_behind", "验收", 4, "绿色建筑星级"), ("below_least", "验收", 5, "建筑面积")]
    assert "写的是“３星”" in told.sentence(4)
    assert "写的是“－５”，小于可能的最小值 0平方米" in told.sentence(5)


def test_a_unit_in_the_header_or_above_the_table_counts_for_every_number(office: Office) -> None:
    told = office.takes("units_in_header.xlsx", "engineering")
    assert (told.code, told.counts, told.errors) == (0, (5, 5, 0), [])
    assert told.records("project, area, _sheet") == [
        ("P-1", Decimal("12345.6"), "万平方米"),
        ("P-5", Decimal(12_345_000), "万平方米"),
        ("P-6", Decimal("12.5"), "万平方米"),
        ("P-2", Decimal(25_000), "上方注明"),
        ("P-3", Decimal(300), "上方注明"),
    ]
    assert told.warnings == [("header_unit", "万亩", 1, None)]
    assert "“面积(万亩)”列的单位是 万亩，应为 平方米，两者不能按十的幂换算" in told.sentence(1)


def test_the_unit_of_figures_is_taken_from_the_header_and_never_against_the_row(office: Office) -> None:
    told = office.takes("unit_of_figures_in_header.xlsx", "reported_figure")
    assert (told.code, told.counts) == (1, (8, 6, 2))
    assert told.records("indicator, value, unit") == [
        ("产品质量合格率", Decimal("97.1"), "%"),
        ("食品合格率", Decimal("98.5"), "%"),
        ("耕地质量监测面积", Decimal("12.5"), "万亩"),
        ("质量工作经费", Decimal(120), "万元"),
        ("奖励资金", Decimal(80), "万元"),
        ("培训费用", Decimal("3.5"), "万 元"),
    ]
    assert told.errors == [("other_unit_behind", "合格率", 4, "数值"), ("unit_unlike_header", "表头和单位列", 4, "单位")]
    assert "“数值”写的是“3件”，数字后面的单位不是规定的%" in told.sentence(4)
    assert "“单位”写的是“元”，与表头或表上方写的单位不同" in told.sentence(4)


def test_what_is_hidden_is_taken_and_said_and_hidden_sheets_stay_out(office: Office) -> None:
    told = office.takes("hidden_parts.xlsx", "sampling.industrial")
    assert (told.code, told.counts) == (1, (4, 3, 1))
    assert told.records("sample_number, product, retest, _row") == [
        ("H-1", "电热水器", "pass", 3),
        ("H-2", "电热水器", None, 4),
        ("H-3", "电热水器", "pass", 5),
    ]
    assert sorted(told.warnings, key=str) == [
        ("column_ignored", "抽检结果", 2, "经办意见"),
        ("hidden_columns", "抽检结果", 2, None),
        ("hidden_rows", "抽检结果", 4, None),
        ("hidden_sheet", "_旧数据", None, None),
        ("hidden_sheet", "下拉选项", None, None),
    ]
    assert told.facts("hidden_columns")["headers"] == "产品名称、复检结论"
    assert told.facts("hidden_rows")["rows"] == "4、6"
    assert told.errors == [("word_unknown", "抽检结果", 6, "项目判定")]
    assert "写的是“还行”，不在代码表里" in told.sentence(6)


def test_formulas_are_never_taken_with_or_without_a_stored_result(office: Office) -> None:
    told = office.takes("formula_cells.xlsx", "reported_figure")
    assert (told.code, told.counts) == (1, (7, 1, 6))
    assert told.records("indicator, value, numerator, denominator, _row") == [("已粘贴为数值", Decimal("97.1"), 971, 1000, 6)]
    said = {3: ("数值", "=H3/I3"), 4: ("数值", "=ROUND(H4/I4*100,1)"), 5: ("数值", "=H5/I5"), 7: ("分母", "=25+25")}
    said[8] = ("时期末", "=DATE(2025,12,31)")
    assert told.errors == [
        *(("cell_formula", "填报", row, column) for row, (column, _) in said.items()),
        ("cell_error", "填报", 9, "数值"),
    ]
    for row, (column, formula) in said.items():
        assert f"第 {row} 行“{column}”是公式 {formula}。公式不计算、不采用" in told.sentence(row)
    assert "是表格错误值 #N/A" in told.sentence(9)
    assert told.warnings == [("rows_unfilled", "填报", 10, None)]
    assert told.facts("rows_unfilled")["count"] == 51


def test_a_share_is_the_same_however_its_percent_sign_is_made(office: Office) -> None:
    told = office.takes("percent_or_number.xlsx", "reported_figure")
    assert (told.code, told.counts) == (1, (13, 10, 3))
    share = Decimal("97.1")
    assert told.records("indicator, value, unit") == [
        ("百分比格式", share, "%"),
        ("数字", share, "%"),
        ("带百分号的文字", share, "%"),
        ("全角百分号", share, "％"),
        ("带空格的百分号", share, "%"),
        ("单位写百分比", share, "百分比"),
        ("没有填单位", share, "%"),
        ("二进制尾数", Decimal(30), "%"),
        ("超过百分之百", Decimal("100.5"), "%"),
        ("只有小数", Decimal("0.971"), "%"),
    ]
    assert told.warnings == [("check_fails", "合格率", 11, "数值")]
    assert "97.1% 应填 97.1，不填 0.971" in told.sentence(11)
    assert told.errors == [
        ("other_unit_behind", "合格率", 12, "数值"),
        ("not_a_decimal", "合格率", 13, "数值"),
        ("not_a_decimal", "合格率", 14, "数值"),
    ]
    assert "写的是“97.1%”，数字后面的单位不是规定的家" in told.sentence(12)
    assert "写的是“百分之九十七点一”，不是一个数" in told.sentence(13)


def test_rows_that_only_have_a_look_are_none(office: Office) -> None:
    told = office.takes("phantom_rows.xlsx", "sampling.industrial")
    assert (told.code, told.counts, told.record["problems"]) == (0, (3, 3, 0), [])
    assert told.records("sample_number, _row") == [("F-1", 2), ("F-2", 3), ("F-3", 4)]


CHILD = """
import sys, time
from pathlib import Path
began = time.monotonic()
from zhiheng.cli.main import main
code = main(["import", "sampling.industrial", sys.argv[1], "--by", "甲局"])
# Of this program alone: what getrusage tells begins with the memory of the one that started it.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(code, time.monotonic() - began, int(peak.split()[1]) * 1024)
"""


@pytest.mark.parametrize("columns", [1, pytest.param(len(build.SAMPLE), marks=pytest.mark.slow)])
def test_a_look_down_to_the_last_row_costs_little_memory_and_time(tmp_path: Path, columns: int) -> None:
    file = build.phantom_rows_to_the_end(tmp_path / "到底.xlsx", columns)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(file)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "ZHIHENG_HOME": str(tmp_path / "home"), "ZHIHENG_LANG": "zh"},
    )
    assert "共 3 行，新增 3" in done.stdout
    code, seconds, memory = done.stdout.splitlines()[-1].split()
    assert (code, done.stderr) == ("0", "")
    assert int(memory) < 512 * MEGABYTE  # 270 MB were measured, most of it the libraries
    assert float(seconds) < 60  # 5 to 7 s were measured on two shared cores


def test_a_header_of_several_rows_names_each_column_once(office: Office) -> None:
    told = office.takes("two_header_rows.xlsx", "reported_figure")
    assert (told.code, told.counts, told.errors) == (0, (2, 2, 0), [])
    assert told.records("indicator, value, numerator, denominator, unit, period, place, _row") == [
        ("产品质量合格率", Decimal("97.1"), 971, 1000, "%", "2025年", "330402", 5),
        ("食品合格率", Decimal("98.5"), 197, 200, "%", "2025年", "330421", 6),
    ]
    assert told.warnings == [("columns_claim_one", "分年度", 3, None)]
    assert "表头有几列都是“数值”" in told.sentence(3)


def test_every_sheet_is_read_below_its_notes_and_what_is_no_table_is_named(office: Office) -> None:
    told = office.takes("notes_and_sheets.xlsx", "sampling.industrial")
    assert (told.code, told.counts) == (1, (5, 3, 2))
    assert told.records("sample_number, place, _sheet, _row") == [
        ("S-3", "330421", "乙县", 5),
        ("S-1", "330402", "甲县", 5),
        ("S-2", "330402", "甲县", 6),
    ]
    key = "抽检计划、组织级别、抽样编号、检验项目"
    assert told.errors == [("key_twice", "乙县", 6, key), ("key_twice", "乙县", 7, key)]
    assert "第 7 行与第 6 行的抽检计划" in told.sentence(7)
    assert told.warnings == [("sheet_without_table", "封面", None, None), ("sheet_without_table", "通讯录", None, None)]


def test_what_came_back_can_be_mended_and_handed_in_again(office: Office) -> None:
    told = office.takes("formula_cells.xlsx", "reported_figure")
    back = openpyxl.load_workbook(str(told.record["hand_back"]))
    sheet = next(s for s in back.worksheets if any(c.value == "有结果的公式" for row in s.iter_rows() for c in row))
    values = {
        "=H3/I3": 97.1,
        "=ROUND(H4/I4*100,1)": 98.5,
        "=H5/I5": 0,
        "=25+25": 50,
        "=DATE(2025,12,31)": "2025-12-31",
        "#N/A": 50,
    }
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in values:
                cell.value = values[cell.value]
    back.save("改好.xlsx")
    again = office.takes(str(Path("改好.xlsx").resolve()), "reported_figure")
    assert (again.code, again.counts, again.errors) == (0, (6, 6, 0), [])
    assert dict(again.records("indicator, value"))["有结果的公式"] == Decimal("97.1")
    assert len(again.records("indicator")) == 7
