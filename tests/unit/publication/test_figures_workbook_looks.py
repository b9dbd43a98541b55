"""The workbook handed out and the one handed back can be printed and read: whole texts, frames, one page wide."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from tests.builders import a_plan, a_target

from zhiheng.evidence.intake import figures_in, figures_template, write_rejects
from zhiheng.indicators.asked import asked_figures

ASKED = asked_figures(
    a_plan(a_target("25", unit="家", indicator="示范企业"), a_target("29", "<=", id="t2", unit="微克", indicator="浓度"))
)


def test_the_notes_print_whole_and_the_goal_has_sign_and_year() -> None:
    book = load_workbook(io.BytesIO(figures_template(ASKED)))
    notes = book["填表说明"]
    assert (notes.page_setup.orientation, notes.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    for row in range(1, 10):
        text = notes.cell(row, 2).value
        lines = -(-2 * len(text) // 84)
        assert notes.row_dimensions[row].height >= 15 * lines and notes.cell(row, 2).alignment.wrap_text
    sheet = book["填报"]
    goals = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=4) if row[0].value}
    assert goals == {"示范企业": "≥25家（2025年）", "浓度": "≤29微克（2025年）"}


def test_rows_handed_back_stand_in_frames_and_are_not_cut() -> None:
    book = load_workbook(io.BytesIO(figures_template(ASKED)))
    sheet = book["填报"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    note = "由各镇街逐级汇总后报送，尚待复核" * 4
    sheet.cell(4, heads["数值"]).value, sheet.cell(4, heads["备注"]).value = "约20", note
    stream = io.BytesIO()
    book.save(stream)
    back = load_workbook(io.BytesIO(write_rejects(figures_in(stream.getvalue(), "填报.xlsx", ASKED)) or b""))["填报"]
    row = list(back[4])
    assert all(cell.border.left.style == "thin" for cell in row)
    at = heads["备注"] - 1
    assert row[at].value == note and row[at].alignment.wrap_text
    assert back.row_dimensions[4].height >= 15 * (2 * len(note) // 13)
    assert back.print_title_rows == "$3:$3"
