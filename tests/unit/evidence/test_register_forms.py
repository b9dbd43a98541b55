"""The workbook of a register that goes out to be filled in, and the one that comes back with what has to be mended."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.evidence.every_kind import every_kind

from zhiheng.base.errors import UsageError
from zhiheng.evidence.intake.forms.hand_back import HandedBack, write_hand_back
from zhiheng.evidence.intake.forms.register_template import register_template
from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.intake.matching import Names
from zhiheng.evidence.intake.sources.opening import tables
from zhiheng.evidence.registers.loading import load_register, register_ids
from zhiheng.evidence.registers.model import Register
from zhiheng.rules.rulebook import open_rulebook

NAMES = ["编号", "抽样日期", "报告时间", "抽样地区", "行业", "级别", "数量（千克）", "增减", "件数", "是否加急"]
NAMES += ["持有单位代码", "持有单位", "附件", "备注", "送样人", "出生日期"]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return every_kind(tmp_path / "rulebook")


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(sheet: Any) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def test_the_template_has_the_fields_and_says_how_they_are_filled_in(register: Register) -> None:
    book = opened(register_template(register))
    assert book.sheetnames == ["样品登记", "填表说明"]
    sheet = book["样品登记"]
    assert sheet["A1"].value == "样品登记填报表"
    assert "一行是一件样品。" in sheet["A2"].value
    assert [cell.value for cell in sheet[3]] == NAMES
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_required_columns_show_a_star_that_is_no_part_of_their_name(register: Register) -> None:
    sheet = opened(register_template(register))["样品登记"]
    starred = [cell.value for cell in sheet[3] if cell.number_format == '@"*"']
    assert starred == ["编号", "抽样日期", "抽样地区"]
    assert {cell.font.color.rgb for cell in sheet[3] if cell.value in starred} == {"FFC00000"}


def test_cells_keep_texts_as_typed_and_ask_for_what_fits(register: Register) -> None:
    sheet = opened(register_template(register))["样品登记"]
    formats = {cell.value: sheet.cell(4, cell.column).number_format for cell in sheet[3]}
    assert (formats["编号"], formats["抽样日期"], formats["报告时间"]) == ("@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")
    assert (formats["数量（千克）"], formats["行业"]) == ("General", "@")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["F4:F1048576"].formula1 == '"国家,县,区"'
    assert rules["J4:J1048576"].formula1 == '"是,否"'
    amount = rules["G4:G1048576"]
    assert (amount.type, amount.formula1, amount.errorStyle) == ("decimal", "0", "warning")
    assert "小数不超过 3 位" in amount.error
    assert "E4:E1048576" not in rules, "a long list is no drop-down"


def test_the_notes_say_everything_of_every_field(register: Register) -> None:
    notes = texts(opened(register_template(register))["填表说明"])
    rows = {row[0]: row for row in reversed(notes)}
    assert rows["编号"] == ["编号", "是", "文字，不超过 60 个字", "", "", "样品号"]
    assert rows["数量"][3:5] == ["千克", "0 至 999999999999999"]
    assert rows["件数"][4] == "不小于 -5"
    assert "编号都相同的" in rows["什么算同一条"][1]
    assert "送样人、出生日期" in rows["个人信息"][1]
    assert ["级别", "2020-01-01 至 2023-12-31", "县", "c", "", ""] in notes
    assert ["级别", "2024-01-01 起", "区", "d", "", ""] in notes
    assert ["报告时间", "整行退回", "报告早于抽样。请核对。"] in [row[:3] for row in notes]
    assert ["件数", "照收，给出提醒", "件数很多。请核对。"] in [row[:3] for row in notes]


@pytest.mark.parametrize("name", register_ids(open_rulebook()))
def test_the_template_of_every_register_is_read_back_as_its_columns(name: str, tmp_path: Path) -> None:
    register = load_register(open_rulebook(), name)
    path = tmp_path / "form.xlsx"
    path.write_bytes(register_template(register))
    names = Names(register, ColumnMapping())
    (table,) = tables(path, names.knows)
    match = names.match(table.headers)
    assert match.fits
    assert [column.field for column in match.columns] == list(register.fields)
    assert all(not batch.rows for batch in table.batches)
    said = " ".join(cell for sheet in opened(path.read_bytes()) for row in texts(sheet) for cell in row)
    assert "forms." not in said
    assert not re.search(r"\{\w+\}", said)


def a_refused_row(number: int, **texts: str) -> HandedBack:
    reasons = (f"第 {number} 行：日期看不懂。请写成 2024-01-05。", f"第 {number} 行：缺少编号。请补上。")
    return HandedBack("表", number, {"taken_on": "2024-13-05", **texts}, reasons)


def test_refused_rows_go_back_as_they_came_with_every_reason(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out" / "back.xlsx"
    rows = [
        a_refused_row(7, amount="12.50", change="很多", remark="一\n二", pieces="1e999999"),
        a_refused_row(9, holder="=1+1"),
    ]
    assert write_hand_back(path, register, rows) == 2
    sheet = opened(path.read_bytes())["样品登记"]
    header = [cell.value for cell in sheet[3]]
    assert header == [*NAMES, "错误说明"]
    first, second = (dict(zip(header, sheet[row], strict=True)) for row in (4, 5))
    assert (first["抽样日期"].value, first["数量（千克）"].value, first["增减"].value) == ("2024-13-05", 12.5, "很多")
    assert (first["备注"].value, first["件数"].value) == ("一\n二", "1e999999")
    assert first["错误说明"].value == "第 7 行：日期看不懂。请写成 2024-01-05。\n第 7 行：缺少编号。请补上。"
    assert first["错误说明"].alignment.wrap_text
    assert first["错误说明"].font.color.rgb == "FFC00000"
    assert (second["持有单位"].value, second["持有单位"].data_type) == ("=1+1", "s")
    assert second["持有单位"].quotePrefix
    assert list(path.parent.iterdir()) == [path]


def test_what_goes_back_is_read_as_it_came(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    given = {"number": "=A1", "taken_on": "2024.13.5", "amount": "0.1", "holder_code": "0012", "remark": "'x", "who": "-"}
    write_hand_back(path, register, [HandedBack("", 2, given, ("不对。",))])
    names = Names(register, ColumnMapping())
    (table,) = tables(path, names.knows)
    match = names.match(table.headers)
    (batch,) = table.batches
    read = {c.field.id: column[0] for c, column in zip(match.columns, batch.columns, strict=True) if c.field and column[0]}
    assert read == given
    assert not match.unknown
    assert not batch.faults


def test_a_sheet_that_is_full_is_followed_by_another(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    assert write_hand_back(path, register, (a_refused_row(n) for n in range(5)), full=2) == 5
    book = opened(path.read_bytes())
    assert book.sheetnames == ["样品登记", "样品登记(2)", "样品登记(3)"]
    assert [sheet.max_row for sheet in book] == [5, 5, 4]
    assert {sheet["A3"].value for sheet in book} == {"编号"}


def test_texts_longer_than_a_cell_are_cut(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    write_hand_back(path, register, [HandedBack("", 2, {"remark": "长" * 40_000}, ("太长。" * 20_000,))])
    row = [cell.value for cell in opened(path.read_bytes())["样品登记"][4]]
    assert (len(row[13]), len(row[-1])) == (32_767, 32_767)


def test_a_broken_supply_of_rows_leaves_the_old_file(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    path.write_text("old")

    def rows() -> Any:
        yield a_refused_row(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_hand_back(path, register, rows())
    assert path.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["back.xlsx", "rulebook"]


def test_a_place_that_cannot_be_written_is_said(register: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as caught:
        write_hand_back(tmp_path / "file" / "back.xlsx", register, [a_refused_row(1)])
    assert caught.value.code == "publication.folder_is_file"
