"""Refused rows come back in the same layout and can be handed in again once mended."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidence.workbooks import ASKED, HEADER, a_row, a_sheet, cells, content

from zhiheng.evidence.intake import figures_in, write_rejects
from zhiheng.evidence.intake.outgoing import OutgoingBook


def handed_back(*rows, sheet=None):
    found = write_rejects(figures_in(content(sheet or a_sheet(*rows)), "f.xlsx", ASKED))
    assert found is not None
    return found


def test_nothing_refused_nothing_handed_back():
    assert write_rejects(figures_in(content(a_sheet(a_row())), "f.xlsx", ASKED)) is None


def test_only_refused_rows_come_back_under_the_same_header_with_their_reasons():
    back = handed_back(a_row(period=2022), a_row(value=101), a_row(value=0.971, period=2021), a_row(period=2020))
    title, note, header, first, second = cells(back)
    assert title[0] == "2025年质量指标填报表"
    assert note[0] == "填表前请看说明"
    assert tuple(header) == (*HEADER, "错误")
    assert (first[3], second[3]) == (101, 0.971)
    assert "第 5 行 D 列" in first[-1]
    assert "97.1" in second[-1]
    assert openpyxl.load_workbook(io.BytesIO(back)).active.merged_cells.ranges


def test_mended_in_place_it_is_accepted():
    book = openpyxl.load_workbook(io.BytesIO(handed_back(a_row(value=101), a_row(value="九成", period=2021))))
    book.active["D4"], book.active["D5"] = 99.1, 90
    again = figures_in(content(book.active), "f.xlsx", ASKED)
    assert (again.problems, [str(f.value) for f in again.figures]) == ((), ["99.1", "90"])


def test_not_mended_it_comes_back_with_one_column_of_reasons():
    once = handed_back(a_row(value=101))
    twice = write_rejects(figures_in(once, "f.xlsx", ASKED))
    assert twice is not None
    assert [row[:12] for row in cells(twice)] == [row[:12] for row in cells(once)]
    assert tuple(cells(twice)[2]) == (*HEADER, "错误")


def test_a_formula_leaves_as_text():
    back = handed_back(a_row(value="=SUM(A1:A9)"), a_row(value=101, 来源="@cmd", 备注="+1-2", 单位="%"))
    book = openpyxl.load_workbook(io.BytesIO(back)).active
    assert book["D4"].value == "=SUM(A1:A9)"
    with zipfile.ZipFile(io.BytesIO(back)) as archive:
        assert all(b"<f>" not in archive.read(n) for n in archive.namelist())
    for at in ("D4", "I5", "L5"):
        assert book[at].data_type == "s"
        assert book[at].quotePrefix, at


@settings(max_examples=25, deadline=None)
@given(st.sampled_from("=+-@"), st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), max_size=12))
def test_no_text_ever_leaves_as_a_formula(mark, rest):
    sheet = a_sheet(a_row(value=101))
    sheet["I4"].value = mark + rest
    sheet["I4"].data_type = "s"
    with zipfile.ZipFile(io.BytesIO(handed_back(sheet=sheet))) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_merged_cells_come_back_apart_with_their_content_in_each_row():
    sheet = a_sheet(a_row(period=2022), a_row(period=2023))
    sheet.merge_cells("A4:A5")
    back = handed_back(sheet=sheet)
    assert [row[0] for row in cells(back)[3:]] == ["制造业产品质量合格率"] * 2
    again = figures_in(back, "f.xlsx", ASKED)
    assert (len(again.figures), again.problems) == (2, ())


def test_several_sheets_keep_their_names():
    sheet = a_sheet(a_row(value=101))
    for name, value in (("补报", 93), ("更正", "无")):
        other = sheet.parent.create_sheet(name)
        other.append(list(HEADER))
        other.append(a_row(period=2022, value=value))
    assert openpyxl.load_workbook(io.BytesIO(handed_back(sheet=sheet))).sheetnames == ["填报", "更正"]


def test_a_text_file_comes_back_as_a_workbook():
    found = figures_in("指标,时期,数值\n制造业产品质量合格率,2023,=1+1\n".encode(), "f.csv", ASKED)
    back = write_rejects(found)
    assert back is not None
    assert cells(back)[1][2] == "=1+1"
    assert [p.code for p in figures_in(back, "f.xlsx", ASKED).problems] == ["evidence.formula"]


def test_a_sheet_without_a_needed_column_comes_back_whole():
    sheet = openpyxl.Workbook().active
    sheet.append(["指标", "数值"])
    sheet.append(["制造业产品质量合格率", 93.2])
    back = handed_back(sheet=sheet)
    assert cells(back)[1][:2] == ["制造业产品质量合格率", 93.2]
    assert "时期" in cells(back)[1][2]


def test_sheet_names_that_excel_does_not_allow():
    book = OutgoingBook()
    for name in ("一/二", "一:二", "'长'" + "名" * 40, "", "表", "表"):
        book.sheet(name)
    names = openpyxl.load_workbook(io.BytesIO(book.content())).sheetnames
    assert names[:2] == ["一_二", "一_二(2)"]
    assert len(set(names)) == 6
    assert all(len(name) <= 31 for name in names)
