"""Which mistakes do people make in a figures workbook? One row (or sheet) for each, all figures invented.

Every row's note names the code of the sentence it is to bring up; rows marked `good` are read in spite of their neighbours.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from reported import DAY, HEADER, PLACE
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

EMPTY_ROWS = 10_000
GOOD = "good"

RATE, PM, ONTIME, AIR = "制造业产品质量合格率", "细颗粒物（PM2.5）年平均浓度", "消费投诉按时办结率", "空气质量优良天数比例"
AWARD, HELP, FOOD, BUILT = "县级以上政府质量奖获奖单位（累计）", "质量技术帮扶", "重大食品安全", "房屋市政工程竣工验收合格率"


@dataclass(frozen=True)
class Formula:
    """A formula with the result that was stored beside it."""

    text: str
    result: object


# Stands as an error without its formula, as a copy "as values" leaves it.
ERROR_VALUE = Formula("=NA()", "#N/A")
ERROR_CELL = re.compile(rb"<f>NA\(\)</f>")


def _row(code: str, indicator: str, period: object, value: object = None, **more: object) -> tuple[str, dict[str, object]]:
    """A row and the code of its sentence; `more` are other columns under their headers."""
    return code, {"指标": indicator, "地区": PLACE, "时期": period, "数值": value, "来源": "示例部门", "类别": "填报值"} | more


ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    _row(GOOD, RATE, "2025", 94.6, 单位="%"),
    _row("unknown_indicator", "工业产品监督抽查合格率", "2025", 96.2, 单位="%"),
    _row("missing_indicator", "", "2025", 96.2, 单位="%"),
    _row("missing_period", RATE, "", 94.6, 单位="%"),
    _row("unreadable_period", RATE, "去年", 94.6, 单位="%"),
    _row("period_outside_plan", RATE, "2019", 92.4, 单位="%"),
    _row("missing_value", RATE, "2024", None, 单位="%"),
    _row("text_for_number", PM, "2024", "约三十二", 单位="微克/立方米"),
    _row("formula", PM, "2025", Formula("=AVERAGE(31.2,32.2)", 31.7), 单位="微克/立方米"),
    _row("date_for_number", PM, "2026", datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None), 单位="微克/立方米"),
    _row("error_value", ONTIME, "2024", ERROR_VALUE, 单位="%"),
    _row("fraction_for_percent", ONTIME, "2025", 0.962, 单位="%"),
    _row("percent_over_100", ONTIME, "2026", 974, 单位="%"),
    _row("bound_in_value", AIR, "2024", "87%以上", 单位="%"),
    _row("unit_mismatch", AIR, "2025", 318, 单位="天"),
    _row("negative", AWARD, "2024", -2, 单位="家"),
    _row("not_whole", AWARD, "2025", 18.5, 单位="家"),
    _row("half_ratio", RATE, "2026", None, 分子=1140, 单位="%"),
    _row("zero_denominator", BUILT, "2024", None, 分子=0, 分母=0, 单位="%"),
    _row("numerator_over_denominator", BUILT, "2025", None, 分子=1400, 分母=1388, 单位="%"),
    _row("counts_contradict", BUILT, "2026", 98.1, 分子=1451, 分母=1452, 单位="%"),
    _row("unit_in_count", AIR, "2026", None, 分子="0.0321万", 分母=365, 单位="%"),
    _row("unknown_basis", HELP, "2024", 132, 单位="家次", 口径="大概"),
    _row("basis_differs", AWARD, "2026", 2, 单位="家", 口径="新增"),
    _row("unknown_kind", HELP, "2025", 125, 单位="家次", 类别="估计"),
    _row("unknown_proof", FOOD, "2024", 0, 单位="起", 零报告方式="听说没有"),
    _row("zero_without_proof", FOOD, "2025", 0, 单位="起"),
    _row("proof_without_zero", FOOD, "2026", 1, 单位="起", 零报告方式="已申报"),
    _row("other_place", HELP, "2026", 90, 单位="家次", 地区="望川县"),
    _row(GOOD, "食品抽检合格率", "2025", 99.1, 单位="%"),
    _row("duplicate_row", "食品抽检合格率", "2025", 99.1, 单位="%"),
    _row("contradicting_rows", "药品抽检合格率", "2025", 98.7, 单位="%"),
    _row("contradicting_rows", "药品抽检合格率", "2025", 99.7, 单位="%"),
    _row(GOOD, "装配式建筑占新建建筑面积比例", "2025", 24.8, 单位="%", 来源="=报表!B2"),
    _row("merged_cell", "省级质量标杆企业", "2024", 1, 单位="家"),
    _row("merged_cell", "省级质量标杆企业", "2025", None, 单位="家"),
)
# Sheets of their own, by the code of their sentence: header, then one row.
SHEETS: dict[str, tuple[tuple[str, ...], tuple[object, ...]]] = {
    "missing_column": (("指标", "数值", "单位", "备注"), (RATE, 94.6, "%", "示例数据；missing_column")),
    "column_twice": (("指标", "时期", "数值", "完成值", "备注"), (RATE, "2025", 94.6, 95.1, "示例数据；column_twice")),
    "sheet_without_header": (("填报说明", ""), ("本表为示例数据；sheet_without_header", "")),
}


def workbook() -> bytes:
    """figures_with_errors.xlsx; the same rows give the same bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "有错误的填报表（示例数据）", "author": "虚构示例", "created": DAY})
        _main_sheet(book)
        for name, (header, row) in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
            sheet.write_row(1, 0, row)
    return _with_error_value(out)


def _with_error_value(book: BytesIO) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, ERROR_CELL.sub(b"", source.read(info)), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _main_sheet(book: Workbook) -> None:
    sheet = book.add_worksheet("填报")
    sheet.merge_range(0, 0, 0, len(HEADER) - 1, "有错误的填报表：全部为虚构的示例数据，备注写明每行要演示的错误")
    _merged_header(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, (code, cells) in enumerate(ROWS, 3):
        for column, name in enumerate(HEADER):
            value = f"示例数据；{code}" if name == "备注" else cells.get(name)
            _write(sheet, number, column, value, day)
    last = 3 + len(ROWS)
    sheet.merge_range(last - 2, 3, last - 1, 3, 1)
    grey = book.add_format({"bg_color": "#F2F2F2"})
    for number in range(last, last + EMPTY_ROWS):
        sheet.set_row(number, None, grey)
    for column, width in enumerate((34, 9, 8, 9, 9, 9, 12, 8, 12, 12, 16, 36)):
        sheet.set_column(column, column, width)


def _merged_header(sheet: Worksheet) -> None:
    """分子 and 分母 under one merged title, all other names merged over two rows: how offices draw a header."""
    for column, name in enumerate(HEADER):
        if name == "分子":
            sheet.merge_range(1, column, 1, column + 1, "比率的分子与分母")
        if name in ("分子", "分母"):
            sheet.write(2, column, name)
        else:
            sheet.merge_range(1, column, 2, column, name)


def _write(sheet: Worksheet, row: int, column: int, value: object, day: Any) -> None:
    match value:
        case None | "":
            pass
        case Formula(text=text, result=result):
            sheet.write_formula(row, column, text, None, result)
        case datetime():
            sheet.write_datetime(row, column, value, day)
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write_number(row, column, value)
