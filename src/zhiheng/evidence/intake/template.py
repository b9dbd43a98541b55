"""Which workbook is handed out to be filled in?

One row for each indicator and period, so that nothing has to be typed but the figures; read back by `reading.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from zhiheng.base.quantity import BASIS_LABELS
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.intake.columns import ASSIGNED_LABEL, PROOF_LABELS, REPORTED_LABEL, Column
from zhiheng.evidence.intake.draft import FILLED_IN
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.intake.reading import NOTES_SHEET

FIGURES_SHEET = "填报"
TARGET_HEADER = "规划目标"
_HEADER_ROW = 2
_SPARE_ROWS = 200
_NAME_WIDTH, _TEXT_WIDTH = 36, 84
_INPUT = "#FFF9E5"
_LAYOUT: tuple[tuple[Column | None, int], ...] = (
    (Column.INDICATOR, 38),
    (Column.PLACE, 12),
    (Column.PERIOD, 11),
    (None, 22),
    (Column.UNIT, 12),
    (Column.VALUE, 12),
    (Column.NUMERATOR, 12),
    (Column.DENOMINATOR, 12),
    (Column.BASIS, 10),
    (Column.SOURCE, 20),
    (Column.PROOF, 14),
    (Column.KIND, 16),
    (Column.NOTE, 24),
)
_HINT = "黄色格由填报人填写。单位为 % 的，填 97.1 表示 97.1%，不要填 0.971。有分子、分母的优先填分子、分母。没有数据的行留空。"
_NOTES = (
    ("一行一数", "每个指标、每个地区、每个时期填一行；同一指标同一时期不要填两行。可在表尾加行，指标名称从下拉框选。"),
    ("时期", "写 2025年、2025年上半年、2025年第1季度、2025年6月 或 2021—2025年。年度新增数写当年，累计数写截至该时期末的数。"),
    ("数值与单位", "按“单位”列填数。单位为 % 的填 97.1 或 97.1%。数值格只放一个数，不写“约”“以上”等字。"),
    (
        "分子、分母",
        "合格率等比率请同时填分子（如合格批次）和分母（如抽检批次），判定用两者的精确比值。按每万人、每亿元等计算的指标请直接填数值。",
    ),
    (
        "口径",
        "时点值：期末状态；数量：期末总数；累计：历年合计；新增：该时期内新发生的数；平均：该时期平均；下降：较基期降幅。",
    ),
    ("增长、下降类指标", "直接填增幅或降幅（降幅填正数，上升填负数）；如填期末水平，请把口径选为“时点值”，由基期值换算。"),
    ("零报告", "“零发生”指标填 0 时必须选择：部门已作零申报的选“已申报”，有台账可查的选“有台账证明”；没有依据的 0 不作证据。"),
    ("类别", "“填报值”是实际值；上级把任务数下达后，选“上级下达目标值”，数值可写成 ≥17 或 ≤5.5，说明达到哪一侧算完成。"),
    ("公式", "请把公式结果“粘贴为数值”后再导入；合并单元格请取消合并，每行都填。"),
)


def figures_template(expected: Iterable[Expected], title: str = "", region: str | None = None) -> bytes:
    """The workbook to fill in: sheet 填报 with its rows, sheet 填表说明 with the notes and the list of indicators."""
    asked = list(expected)
    book = OutgoingBook()
    sheet = book.sheet(FIGURES_SHEET)
    rows = [row for one in asked for row in _rows(one, region or "")]
    _write_head(book, sheet, f"{title}指标数据填报表")
    for number, row in enumerate(rows, _HEADER_ROW + 1):
        for column, (name, _) in enumerate(_LAYOUT):
            look: dict[str, Any] = {"border": 1, "text_wrap": name in (None, Column.INDICATOR)}
            if name in FILLED_IN:
                look["bg_color"] = _INPUT
            text = row.get(name, "")
            if text:
                book.write_text(sheet, number, column, text, **look)
            else:
                sheet.write_blank(number, column, None, book.look(**look))
    first = _write_notes(book, asked)
    _add_choices(sheet, _HEADER_ROW + len(rows) + _SPARE_ROWS, first, len(asked))
    return book.content()


def _rows(one: Expected, region: str) -> Iterable[dict[Column | None, str]]:
    common = {
        Column.INDICATOR: one.indicator,
        Column.PLACE: region,
        Column.UNIT: one.unit or "",
        Column.BASIS: BASIS_LABELS[one.basis] if one.basis else "",
        None: one.target,
    }
    for year in one.years:
        yield {**common, Column.PERIOD: f"{year}年", Column.KIND: REPORTED_LABEL}
    if one.pending and one.years:
        yield {**common, Column.PERIOD: f"{max(one.years)}年", Column.KIND: ASSIGNED_LABEL}


def _write_head(book: OutgoingBook, sheet: Any, title: str) -> None:
    last = len(_LAYOUT) - 1
    sheet.merge_range(0, 0, 0, last, "", book.look(bold=True, font_size=16, align="center"))
    book.write_text(sheet, 0, 0, title, bold=True, font_size=16, align="center")
    sheet.merge_range(1, 0, 1, last, "", book.look(text_wrap=True, font_color="#7F6000"))
    book.write_text(sheet, 1, 0, _HINT, text_wrap=True, font_color="#7F6000")
    sheet.set_row(0, 30)
    sheet.set_row(1, 34)
    for column, (name, width) in enumerate(_LAYOUT):
        header = name.value if name else TARGET_HEADER
        book.write_text(sheet, _HEADER_ROW, column, header, bold=True, border=1, align="center", bg_color="#D9E2F3")
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    book.on_a4(sheet)
    sheet.repeat_rows(_HEADER_ROW)


def _write_notes(book: OutgoingBook, asked: Sequence[Expected]) -> int:
    """The notes; returns the row (from 1) at which the list of indicators begins."""
    sheet = book.sheet(NOTES_SHEET)
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    book.on_a4(sheet)
    for row, (head, text) in enumerate(_NOTES):
        book.write_text(sheet, row, 0, head, bold=True, valign="top")
        book.write_text(sheet, row, 1, text, text_wrap=True, valign="top")
        sheet.set_row(row, book.height(text, _TEXT_WIDTH - 6))
    first = len(_NOTES) + 2
    book.write_text(sheet, first - 1, 0, "指标目录", bold=True, bottom=1)
    book.write_text(sheet, first - 1, 1, "单位", bold=True, bottom=1)
    for row, one in enumerate(asked, first):
        book.write_text(sheet, row, 0, one.indicator, text_wrap=True)
        book.write_text(sheet, row, 1, one.unit or "")
        sheet.set_row(row, book.height(one.indicator, _NAME_WIDTH))
    return first + 1


def _add_choices(sheet: Any, last_row: int, first_indicator: int, indicators: int) -> None:
    choices: dict[Column, object] = {
        Column.BASIS: list(BASIS_LABELS.values()),
        Column.PROOF: list(PROOF_LABELS.values()),
        Column.KIND: [REPORTED_LABEL, ASSIGNED_LABEL],
    }
    if indicators:
        choices[Column.INDICATOR] = f"='{NOTES_SHEET}'!$A${first_indicator}:$A${first_indicator + indicators - 1}"
    for number, (name, _) in enumerate(_LAYOUT):
        if name in choices:
            message = f"请从下拉框选择{name.value}。"
            options = {"validate": "list", "source": choices[name], "error_title": "填报提示", "error_message": message}
            sheet.data_validation(_HEADER_ROW + 1, number, last_row, number, options)
