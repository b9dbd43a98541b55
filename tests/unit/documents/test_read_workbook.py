"""Workbooks."""

from __future__ import annotations

import time
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sample_papers import R, S, packed, refused, relations, table

from zhiheng.documents.readers import read_content
from zhiheng.documents.readers.number_formats import shown
from zhiheng.documents.tree import Document, Place


def read_sheets(sheets: str = "", *, workbook: str = "", strings: str = "", styles: str = "") -> Document:
    sheet = '<sheet name="指标" r:id="rId1"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "sheet1.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{workbook}<sheets>{sheet}</sheets></workbook>',
        "xl/sheet1.xml": f'<worksheet xmlns="{S}">{sheets}</worksheet>',
        "xl/strings.xml": f'<sst xmlns="{S}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
    }
    return read_content(packed(parts), "plan.xlsx")


def saved(book: Workbook) -> Document:
    buffer = BytesIO()
    book.save(buffer)
    return read_content(buffer.getvalue(), "plan.xlsx")


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("95", "General", "95"),
        ("95.0", "General", "95"),
        ("0.30000000000000004", "General", "0.3"),
        ("94.399999999999991", "General", "94.4"),
        ("1E-3", "General", "0.001"),
        ("0.97", "0%", "97%"),
        ("0.9705", "0.0%", "97.1%"),
        ("0.971", "0.00%", "97.10%"),
        ("95", "0.00", "95.00"),
        ("83.2", "0.0#", "83.2"),
        ("83", "0.0#", "83.0"),
        ("83", "#.##", "83"),
        ("1046", "#,##0", "1,046"),
        ("1234567", '0,"千"', "1235千"),
        ("12.5", '0.0"亿元"', "12.5亿元"),
        ("0.125", "0.00", "0.13"),
        ("-0.125", "0.00", "-0.13"),
        ("-0.001", "0.0", "0.0"),
        ("-3.5", "0.0;(0.0)", "(3.5)"),
        ("0", '0;-0;"—"', "—"),
        ("7", "000", "007"),
        ("8", "[Red]0_ ;[Blue]-0", "8"),
        ("15", r"0\℃", "15℃"),
        ("96", '"≥"0', "≥96"),
        ("5", "@", "5"),
        ("0", "0;-0;", ""),
        ("9", '0"元/吨"', "9元/吨"),
        ("1.5E+20", "0.00", "150000000000000000000"),
        ("0.5", "# ?/?", "0.5"),
        ("45000", 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        ("45000", "yyyy/m/d", "2023/3/15"),
        ("45000.5", "yyyy-mm-dd hh:mm", "2023-03-15 12:00"),
        ("45000", "mmm-yy", "Mar-23"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("1E9", "yyyy/m/d", "1000000000"),
        ("不详", "0.00", "不详"),
        ("NaN", "0.00", "NaN"),
    ],
)
def test_numbers_as_shown(stored: str, code: str, printed: str) -> None:
    assert shown(stored, code) == printed


def test_days_since_1904() -> None:
    assert shown("43538", "yyyy/m/d", since_1904=True) == "2023/3/15"


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    st.sampled_from(["General", "0.00", "#,##0.0", "0%", '0.0"分"', ";;;", "yyyy", "0;0"]),
)
def test_no_format_fails(value: Any, code: str) -> None:
    assert isinstance(shown(str(value), code), str)


def test_kinds_of_cells() -> None:
    document = read_sheets(
        '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>目标</t></is></c>'
        '<c r="D2" t="str"><f>A1</f><v>公式</v></c></row>'
        '<row r="4"><c r="B4" t="b"><v>1</v></c><c r="C4" s="1"><v>0.97</v></c>'
        '<c r="D4" t="e"><v>#DIV/0!</v></c><c r="E4"><f>1+1</f></c></row>'
        '<row><c t="s"><v>99</v></c><c><v>5</v></c></row></sheetData>',
        strings="<si><r><t>指</t></r><r><t>标</t></r><rPh><t>zhǐ</t></rPh></si>",
        styles='<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>',
    )
    assert table(document) == [["指标", "目标", "公式"], ["", "", ""], ["TRUE", "97.0%", "#DIV/0!"], ["5", "", ""]]
    assert next(document.texts()).anchor().place == Place(table=1, sheet="指标", row=2, column=2)
    assert [t.anchor().place for t in document.texts()][-1] == Place(table=1, sheet="指标", row=5, column=2)


def test_1904_workbooks() -> None:
    document = read_sheets(
        '<sheetData><row r="1"><c r="A1" s="0"><v>43538</v></c></row></sheetData>',
        workbook='<workbookPr date1904="1"/>',
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
    )
    assert table(document) == [["2023/3/15"]]


def test_merged_cells_hidden_sheets_and_dates() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "主要指标"
    sheet.append(["青岭县主要指标", None, None])
    sheet.append(["产品", "合格率", 0.95])
    sheet.append([None, "抽检率", 98.5])
    sheet.append([None, "基准日", date(2027, 3, 15)])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("E1:Z900")
    sheet["C2"].number_format = "0%"
    sheet["C4"].number_format = "yyyy/m/d"
    book.create_sheet("草稿").append(["不看"])
    book["草稿"].sheet_state = "hidden"
    book.create_sheet("空表")
    book.create_sheet("附表").append(["年份", 2030])
    document = saved(book)
    assert table(document, 1) == [
        ["青岭县主要指标"] * 3,
        ["产品", "合格率", "95%"],
        ["产品", "抽检率", "98.5"],
        ["产品", "基准日", "2027/3/15"],
    ]
    assert table(document, 2) == [["年份", "2030"]]
    assert [t.anchor().place.sheet for t in document.texts()][-1] == "附表"
    assert len(document.blocks) == 2


def test_ten_thousand_empty_rows_cost_nothing() -> None:
    def a_book(rows: int) -> bytes:
        buffer = BytesIO()
        book = xlsxwriter.Workbook(buffer)
        sheet = book.add_worksheet("指标")
        border = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["指标", "目标"])
        sheet.write_row(1, 0, ["合格率", 95])
        for r in range(2, rows):
            for c in range(8):
                sheet.write_blank(r, c, None, border)
        book.close()
        return buffer.getvalue()

    data = a_book(10_000)
    started = time.perf_counter()
    assert table(read_content(data, "plan.xlsx")) == [["指标", "目标"], ["合格率", "95"]]
    assert time.perf_counter() - started < 1.0


def test_a_lone_cell_far_away_is_refused_rather_than_filled() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "指标", "远"
    buffer = BytesIO()
    book.save(buffer)
    assert refused(buffer.getvalue(), "plan.xlsx").code == "documents.too_many_cells"
