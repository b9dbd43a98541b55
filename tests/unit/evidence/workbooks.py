"""Workbooks as people hand them in."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from zhiheng.base.quantity import Basis
from zhiheng.evidence.expected import Expected

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
PASS_RATE = Expected(
    "制造业产品质量合格率", "%", Basis.LEVEL, YEARS, aliases=("制造业合格率",), scale=Decimal(93), target="不低于93%"
)
AWARDS = Expected("县政府质量奖获奖组织(累计)", "家", Basis.CUMULATIVE, YEARS, scale=Decimal(37))
ACCIDENTS = Expected("重大质量安全事故", "起", Basis.COUNT, YEARS, zero_events=True)
GROWTH = Expected("规模以上工业增加值增长", "%", None, YEARS, scale=Decimal(6), change=True)
ENERGY = Expected("单位产值能耗下降", "%", Basis.REDUCTION, YEARS, scale=Decimal("15.5"), change=True, pending=True)
DEATHS = Expected("万台特种设备死亡人数", "人", Basis.LEVEL, YEARS, scale=Decimal("0.08"))
ASKED = (PASS_RATE, AWARDS, ACCIDENTS, GROWTH, ENERGY, DEATHS)
HEADER = ("指标", "地区", "时期", "数值", "分子", "分母", "单位", "口径", "来源", "零报告方式", "类别", "备注")


def a_row(
    indicator: str = "制造业产品质量合格率", period: object = "2023年", value: object = 93.2, **cells: object
) -> list[object]:
    """A row under HEADER; further cells by header."""
    given = {"指标": indicator, "时期": period, "数值": value, **cells}
    return [given.get(name) for name in HEADER]


def a_sheet(*rows: list[object], header: tuple[str, ...] = HEADER) -> Worksheet:
    """A sheet 填报 with title, note and header; its workbook is `sheet.parent`."""
    sheet = openpyxl.Workbook().active
    sheet.title = "填报"
    sheet.append(["2025年质量指标填报表"])
    sheet.merge_cells("A1:L1")
    sheet.append(["填表前请看说明"])
    sheet.append(list(header))
    for row in rows:
        sheet.append(row)
    return sheet


def content(sheet: Worksheet) -> bytes:
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return stream.getvalue()


def cells(packed: bytes, name: str | None = None) -> list[list[object]]:
    """All cells of a workbook's sheet as openpyxl sees them (a formula would be one here)."""
    book = openpyxl.load_workbook(io.BytesIO(packed))
    return [list(row) for row in (book[name] if name else book.worksheets[0]).iter_rows(values_only=True)]
