#!/usr/bin/env python3
"""How were the ugly workbooks of this folder made? `build.py` writes them again, each as somebody would make it by hand.

All places, units and figures are invented; the codes of places are those of GB/T 2260. A workbook that is a test of length
(`phantom_rows_to_the_end`) is made when it is needed: as a file it would be larger than all others together.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parent
LAST_ROW = 1_048_576
_DAY = (2026, 1, 5, 8, 0, 0)
_SAVED = datetime(*_DAY)
_THIN = Side(style="thin")
_BOXED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="D9D9D9")
Row = Sequence[object]

FIGURE = ("序号", "指标", "地区", "时期", "时期末", "类别", "数值", "单位", "填报单位", "备注")
SAMPLE = ("抽检计划", "组织级别", "抽样编号", "抽样日期", "报告日期", "抽样地区", "产品名称", "检验项目", "项目判定")
PROJECT = ("项目编号", "项目名称", "单体或分户", "工程类别", "验收类别", "第几次验收", "验收日期", "验收结论")


def a_figure(number: object, indicator: str, value: object, unit: object = "%", note: object = None) -> list[object]:
    """A row under FIGURE."""
    return [number, indicator, "330402", "2025年", "2025-12-31", "填报值", value, unit, "甲县市场监管局", note]


def a_sample(number: str, sampled: object, reported: object = None, outcome: str = "合格") -> list[object]:
    """A row under SAMPLE."""
    return ["监督抽查", "省级", number, sampled, reported, "330402", "电热水器", "泄漏电流", outcome]


def a_project(number: object, accepted: object = "2025-06-30", attempt: object = 1) -> list[object]:
    """A row under PROJECT."""
    return [number, "滨河安置房", "1号楼", "房屋建筑", "竣工验收", attempt, accepted, "合格"]


def a_table(sheet: Worksheet, header: Row, rows: Iterable[Row], *, title: str = "", above: Sequence[str] = ()) -> int:
    """Title over the whole width, lines of notes, a grey header with borders, the rows; the row of the header."""
    width = len(header)
    for text in (title, *above):
        if text:
            at = sheet.max_row + (sheet.max_row > 1 or sheet["A1"].value is not None)
            sheet.cell(at, 1, text).alignment = Alignment(horizontal="center" if text == title else "left")
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    top = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, text in enumerate(header, 1):
        cell = sheet.cell(top, column, text)
        cell.font, cell.fill, cell.border = Font(bold=True), _GREY, _BOXED
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    for number, row in enumerate(rows, top + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value).border = _BOXED
    return top


def totals_row() -> bytes:
    """Subtotals between the rows, a total and an average at the end, and who filled the table in below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    top = a_table(
        sheet,
        FIGURE,
        [
            a_figure(1, "消费投诉办结件数", 120, "件"),
            a_figure(2, "消费投诉受理件数", 130, "件", "合计数见下"),
            ["小计", None, None, None, None, None, 250, "件", None, None],
            a_figure(3, "总计划完成项数", 48, "项", "合计"),
            a_figure(4, "计量器具检定台件", 15, "台"),
            [None, "合  计", None, None, None, None, "=SUM(G5,G6)", None, None, None],
        ],
        title="2025年质量工作数据汇总表",
    )
    last = sheet.max_row
    sheet.merge_cells(start_row=top + 3, start_column=1, end_row=top + 3, end_column=6)
    for row in (top + 3, last):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    sheet.cell(last + 1, 1, "注：本表数据截至2025年12月31日。")
    sheet.merge_cells(start_row=last + 1, start_column=1, end_row=last + 1, end_column=len(FIGURE))
    for column, text in ((1, "填表人：张某"), (4, "审核人：李某"), (8, "联系电话：0000-0000")):
        sheet.cell(last + 3, column, text)
    return packed(book)


TEXT_DAYS = (
    "2025-03-05",
    "2025-3-5",
    "2025/3/5",
    "2025/03/05 09:30",
    "2025.3.5",
    "2025．3．5",
    "20250305",
    "2025年3月5日",
    "2025年03月05号",
    " 2025 年 3 月 5 日 ",
    "２０２５年３月５日",
    "2025年3月5日\u3000",
    "2025-03-05T00:00:00",
)
NO_DAYS = ("2025年3月", "3月5日", "25.3.5", "3/5/2025", "2025-02-30", "三月上旬", "2025.3.5-3.8")


def dates_as_text() -> bytes:
    """A column of days: typed as text in every way, as numbers, and as days in the formats of Excel and WPS."""
    book = Workbook()
    sheet = book.active
    sheet.title = "抽检"
    texts = [a_sample(f"T-{n}", text) for n, text in enumerate(TEXT_DAYS, 1)]
    wrong = [a_sample(f"N-{n}", text) for n, text in enumerate(NO_DAYS, 1)]
    real = [a_sample(f"D-{n}", date(2025, 3, 5)) for n in range(1, 5)]
    number = [a_sample("Z-1", 20250305), a_sample("Z-2", 45721)]
    top = a_table(sheet, SAMPLE, [*texts, *wrong, *real, *number])
    formats = ("yyyy/m/d", 'yyyy"年"m"月"d"日";@', "[$-804]yyyy/m/d dddd", "m/d/yy h:mm")
    begin = top + len(texts) + len(wrong)
    for offset, shown in enumerate(formats, 1):
        sheet.cell(begin + offset, 4).number_format = shown
    for row in range(top + 1, begin + 1):
        sheet.cell(row, 4).number_format = "@"
    return packed(book)


def dates_1904() -> bytes:
    """A workbook that began on an old Macintosh: its days count from 1904. One of them was typed as text."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "投诉"
    a_table(
        sheet,
        ("登记编号", "类型", "收到日期", "办结日期", "发生地", "办理结果"),
        [
            ("C-1", "投诉", datetime(2025, 3, 5, 13, 30), date(2025, 3, 20), "330402", "调解成功"),
            ("C-2", "投诉", datetime(2024, 2, 29), date(2024, 3, 1), "330402", "调解成功"),
            ("C-3", "举报", "2025年3月5日 8时30分", None, "330402", None),
        ],
    )
    return packed(book)


def full_width() -> bytes:
    """Typed with the Chinese keyboard in full width: digits, points, signs, brackets, names of columns."""
    book = Workbook()
    sheet = book.active
    sheet.title = "验收"
    header = ("项目编号", "项目名称", "单体　或分户", "工程类别", "验收类别", "第几次验收", "验收日期", "验收结论")
    more = ("建筑面积（平方米）", "绿色建筑星级", "重点工程", "所在地区")
    rows = [
        (*a_project("Ｐ－１", "２０２５年６月３０日", "１"), "１２，３４５．６", "２", "是", "３３０４０２"),
        (*a_project("P-2", "２０２５－０６－３０", "２"), "１２３４５．６０平方米", "３星", "否", "330402"),
        (*a_project("P-3", "２０２５／６／３０", "３"), "－５", "", "√", "330402"),
    ]
    a_table(sheet, (*header, *more), rows, title="建设工程验收情况（２０２５年）")
    return packed(book)


def units_in_header() -> bytes:
    """Areas in ten thousand square metres, in a unit that no power of ten leads from, and figures whose unit stands on top."""
    book = Workbook()
    sheet = book.active
    sheet.title = "万平方米"
    a_table(
        sheet,
        (*PROJECT, "建筑面积（万㎡）", "所在地区"),
        [
            (*a_project("P-1"), 1.23456, "330402"),
            (*a_project("P-5"), "1,234.5", "330402"),
            (*a_project("P-6"), "12.5平方米", "330402"),
        ],
    )
    wide = book.create_sheet("上方注明")
    a_table(
        wide,
        (*PROJECT, "建筑面积", "所在地区"),
        [(*a_project("P-2"), 2.5, "330402"), (*a_project("P-3"), "300平方米", "330402")],
        title="建设工程验收情况",
        above=("填报单位：甲县建设局        单位：万平方米",),
    )
    mu = book.create_sheet("万亩")
    a_table(mu, (*PROJECT, "面积(万亩)", "所在地区"), [(*a_project("P-4"), 0.5, "330402")])
    return packed(book)


def unit_of_figures_in_header() -> bytes:
    """Figures whose unit is said once: in the header, above the table, in the header and row by row."""
    book = Workbook()
    plain = (*FIGURE[:6], "数值（%）", *FIGURE[8:])
    sheet = book.active
    sheet.title = "合格率"
    said = (("产品质量合格率", 97.1), ("食品合格率", "98.5%"), ("万人投诉量", "3件"))
    a_table(sheet, plain, [_without(a_figure(n, name, value), 7) for n, (name, value) in enumerate(said, 1)])
    both = book.create_sheet("表头和单位列")
    a_table(
        both,
        (*FIGURE[:6], "数值(万元)", *FIGURE[7:]),
        [
            a_figure(1, "质量工作经费", 120, "万元"),
            a_figure(2, "奖励资金", 80, None),
            a_figure(3, "检测费用", 350000, "元"),
            a_figure(4, "培训费用", "３．５", "万 元"),
        ],
    )
    above = book.create_sheet("表上方")
    a_table(
        above,
        (*FIGURE[:7], *FIGURE[8:]),
        [_without(a_figure(1, "耕地质量监测面积", 12.5), 7)],
        title="耕地质量监测",
        above=("（单位：万亩）",),
    )
    return packed(book)


def _without(row: list[object], at: int) -> list[object]:
    return row[:at] + row[at + 1 :]


def hidden_parts() -> bytes:
    """Filtered rows, a hidden column with values, a hidden list, and a sheet that only a program can show again."""
    book = Workbook()
    sheet = book.active
    sheet.title = "抽检结果"
    rows = [
        (*a_sample("H-1", "2025-03-05"), "不合格项复检", "合格"),
        (*a_sample("H-2", "2025-03-06"), None, None),
        (*a_sample("H-3", "2025-03-07", outcome="不合格"), None, "合格"),
        (*a_sample("H-4", "2025-03-08", outcome="还行"), None, None),
    ]
    top = a_table(sheet, (*SAMPLE, "经办意见", "复检结论"), rows, title="2025年抽检结果")
    sheet.column_dimensions["K"].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet.auto_filter.ref = f"A{top}:K{sheet.max_row}"
    sheet.row_dimensions[top + 2].hidden = True
    sheet.row_dimensions[top + 4].hidden = True
    for name, state in (("下拉选项", "hidden"), ("_旧数据", "veryHidden")):
        extra = book.create_sheet(name)
        a_table(extra, SAMPLE, [a_sample("OLD-1", "2020-01-01")])
        extra.sheet_state = state
    return packed(book)


def formula_cells() -> bytes:
    """Shares computed in the sheet, with and without a stored result; running numbers too; rows prepared down to row 60."""
    book = Workbook()
    sheet = book.active
    sheet.title = "填报"
    header = (*FIGURE[:7], "分子", "分母", *FIGURE[7:])
    stored: dict[str, object] = {}
    top = a_table(sheet, header, [], title="2025年指标填报表")

    def put(row: int, indicator: str, value: object, parts: tuple[object, object], note: object = None) -> None:
        for column, cell in enumerate(
            [*a_figure(f"=ROW()-{top}", indicator, value)[:7], *parts, "%", "甲县市场监管局", note], 1
        ):
            sheet.cell(row, column, cell)
        stored[f"A{row}"] = row - top

    put(top + 1, "有结果的公式", f"=H{top + 1}/I{top + 1}", (971, 1000))
    sheet.cell(top + 1, 7).number_format = "0.0%"
    stored[f"G{top + 1}"] = 0.971
    put(top + 2, "没有结果的公式", f"=ROUND(H{top + 2}/I{top + 2}*100,1)", (985, 1000))
    put(top + 3, "错误值", f"=H{top + 3}/I{top + 3}", (5, None))
    stored[f"G{top + 3}"] = "#DIV/0!"
    put(top + 4, "已粘贴为数值", 97.1, (971, 1000))
    put(top + 5, "分母是公式", 96, (48, "=25+25"))
    stored[f"I{top + 5}"] = 50
    put(top + 6, "时期末是公式", 95, (None, None))
    sheet.cell(top + 6, 5, "=DATE(2025,12,31)").number_format = "yyyy-mm-dd"
    stored[f"E{top + 6}"] = 46022
    put(top + 7, "粘贴来的错误值", "#N/A", (1, 2))
    sheet.cell(top + 7, 7).data_type = "e"
    for row in range(top + 8, 61):
        sheet.cell(row, 1, f"=ROW()-{top}")
        sheet.cell(row, 7, f'=IF(H{row}="","",H{row}/I{row})')
        stored[f"A{row}"], stored[f"G{row}"] = row - top, ""
    return packed(book, {sheet.title: stored})


def percent_or_number() -> bytes:
    """97.1% in every way there is, and what cannot be told to be one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "合格率"
    shown: list[tuple[str, object, str, object]] = [
        ("百分比格式", 0.971, "0.0%", "%"),
        ("数字", 97.1, "General", "%"),
        ("带百分号的文字", "97.1%", "@", "%"),
        ("全角百分号", "９７．１％", "@", "％"),
        ("带空格的百分号", "97.1 %", "@", "%"),
        ("单位写百分比", 0.971, "0.00%", "百分比"),
        ("没有填单位", 0.971, "0%", None),
        ("二进制尾数", 0.1 + 0.2, "0.0%", "%"),
        ("超过百分之百", 1.005, "0.0%", "%"),
        ("只有小数", 0.971, "General", "%"),
        ("单位是家", 0.971, "0.0%", "家"),
        ("汉字", "百分之九十七点一", "@", "%"),
        ("两个数", "97.1%（98.2%）", "@", "%"),
    ]
    top = a_table(sheet, FIGURE, [a_figure(n, name, value, unit) for n, (name, value, _, unit) in enumerate(shown, 1)])
    for row, (_, _, look, _) in enumerate(shown, top + 1):
        sheet.cell(row, 7).number_format = look
    return packed(book)


def phantom_rows() -> bytes:
    """Three samples and borders that somebody dragged down: whole columns have a style, the very last row is formatted."""
    book = Workbook()
    sheet = book.active
    sheet.title = "抽检"
    a_table(sheet, SAMPLE, [a_sample(f"F-{n}", "2025-03-05") for n in (1, 2, 3)])
    for column in range(1, len(SAMPLE) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 12
        sheet.cell(LAST_ROW, column).border = _BOXED
    for row in range(900, 1200):
        sheet.cell(row, 1, "  ").border = _BOXED
    sheet.cell(20, 3, "")
    return packed(book)


def phantom_rows_to_the_end(target: Path, columns: int = len(SAMPLE)) -> Path:
    """The same with borders on every cell of every row down to the last that Excel has."""
    book = Workbook()
    sheet = book.active
    sheet.title = "抽检"
    a_table(sheet, SAMPLE, [a_sample(f"F-{n}", "2025-03-05") for n in (1, 2, 3)])
    style = re.compile(rb'<c r="C4" s="(\d+)"')
    with zipfile.ZipFile(io.BytesIO(packed(book))) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if not name.startswith("xl/worksheets/sheet"):
                copy.writestr(_entry(name), content)
                continue
            found = style.search(content)
            look = found[1].decode() if found else "0"
            head, end, tail = content.partition(b"</sheetData>")
            with copy.open(_entry(name), "w") as stream:
                stream.write(head)
                for first in range(5, LAST_ROW + 1, 4096):
                    rows = range(first, min(first + 4096, LAST_ROW + 1))
                    stream.write("".join(_empty_row(row, columns, look) for row in rows).encode())
                stream.write(end + tail)
    return target


def _empty_row(row: int, columns: int, look: str) -> str:
    cells = "".join(f'<c r="{get_column_letter(c)}{row}" s="{look}"/>' for c in range(1, columns + 1))
    return f'<row r="{row}" spans="1:{columns}" ht="14.25" customHeight="1">{cells}</row>'


def two_header_rows() -> bytes:
    """Groups of columns over their names, names over two rows, units in a third row; and one value column a year."""
    book = Workbook()
    sheet = book.active
    sheet.title = "两行表头"
    _grouped(sheet, ("数值", "分子", "分母"), units=("%", "批次", "批次"))
    rows: list[Row] = [
        (1, "产品质量合格率", "330402", "2025年", "2025-12-31", "填报值", 97.1, 971, 1000, "%", "甲县市场监管局"),
        (2, "食品合格率", "330421", "2025年", "2025-12-31", "填报值", 98.5, 197, 200, "%", "乙县市场监管局"),
    ]
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("D5:D6")
    years = book.create_sheet("分年度")
    _grouped(years, ("数值", "数值"), names=("2024年", "2025年"))
    years.append([1, "产品质量合格率", "330402", "2025年", "2025-12-31", "填报值", 96.4, 97.1, "%", "甲县市场监管局"])
    return packed(book)


def _grouped(sheet: Worksheet, lower: Sequence[str], *, units: Sequence[str] = (), names: Sequence[str] = ()) -> None:
    """A title, then a header of two or three rows."""
    left, right = ("序号", "指标", "地区", "时期", "时期末", "类别"), ("单位", "填报单位")
    width = len(left) + len(lower) + len(right)
    sheet.append(["2025年质量指标完成情况"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    upper = list(names) or ["完成情况", *[None] * (len(lower) - 1)]
    sheet.append([*left, *upper, *right])
    sheet.append([*[None] * len(left), *lower])
    depth = 4 if units else 3
    if units:
        sheet.append([*[None] * len(left), *units])
    for column in (*range(1, len(left) + 1), width - 1, width):
        sheet.merge_cells(start_row=2, start_column=column, end_row=depth, end_column=column)
    if not names:
        sheet.merge_cells(start_row=2, start_column=len(left) + 1, end_row=2, end_column=len(left) + len(lower))


def notes_and_sheets() -> bytes:
    """A workbook of all counties: one sheet each, notes above, a cover, an empty sheet, a table of something else."""
    book = Workbook()
    cover = book.active
    cover.title = "封面"
    cover["C5"] = "2025年工业产品监督抽查结果汇总"
    cover["C8"] = "填报单位：甲市市场监管局"
    for name, place, numbers in (("甲县", "330402", (1, 2)), ("乙县", "330421", (3, 4))):
        sheet = book.create_sheet(name)
        rows = [[*a_sample(f"S-{n}", "2025-03-05")[:5], place, "电热水器", "泄漏电流", "合格"] for n in numbers]
        if place == "330421":
            rows.append([*a_sample("S-4", "2025-03-05")[:5], place, "电水壶", "泄漏电流", "不合格"])
        a_table(
            sheet,
            SAMPLE,
            rows,
            title=f"{name}2025年监督抽查结果",
            above=(
                "填表说明：1.抽样编号不得重复；2.抽样日期按抽样单填写；3.项目判定填合格或不合格。",
                f"填报单位：{name}市场监管局",
            ),
        )
    book.create_sheet("空表")
    other = book.create_sheet("通讯录")
    a_table(other, ("姓名", "单位", "电话"), [("张某", "甲县市场监管局", "0000-0000")])
    return packed(book)


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    f"{make.__name__}.xlsx": make
    for make in (
        totals_row,
        dates_as_text,
        dates_1904,
        full_width,
        units_in_header,
        unit_of_figures_in_header,
        hidden_parts,
        formula_cells,
        percent_or_number,
        phantom_rows,
        two_header_rows,
        notes_and_sheets,
    )
}


def packed(book: Workbook, stored: Mapping[str, Mapping[str, object]] | None = None) -> bytes:
    """The file, the same every time; `stored` gives sheet → cell → the result that Excel keeps beside a formula."""
    book.properties.created = book.properties.modified = _SAVED
    book.properties.creator = "填报人"
    first, last = io.BytesIO(), io.BytesIO()
    book.save(first)
    parts = {f"xl/worksheets/sheet{at}.xml": (stored or {}).get(name, {}) for at, name in enumerate(book.sheetnames, 1)}
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content
                )
            copy.writestr(_entry(name), _with_results(content.decode(), parts[name]) if parts.get(name) else content)
    return last.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _with_results(xml: str, stored: Mapping[str, object]) -> str:
    def told(found: re.Match[str]) -> str:
        cell, style, formula = found[1], found[2] or "", found[3]
        if cell not in stored:
            return found[0]
        result = stored[cell]
        kind = "" if not isinstance(result, str) else ' t="e"' if result.startswith("#") else ' t="str"'
        return f'<c r="{cell}"{style}{kind}><f>{formula}</f><v>{result}</v></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>', told, xml)


def write(folder: Path) -> Iterator[Path]:
    """Write all workbooks; where each lies."""
    for name, make in WORKBOOKS.items():
        target = folder / name
        target.write_bytes(make())
        yield target


if __name__ == "__main__":
    for written in write(FOLDER):
        print(f"{written.name}: {written.stat().st_size:,} bytes")
