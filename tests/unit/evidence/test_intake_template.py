"""The workbook that is handed out, filled in and read back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidence.workbooks import ASKED, YEARS, cells, content

from zhiheng.evidence.expected import Expected
from zhiheng.evidence.figures import Proof
from zhiheng.evidence.intake import figures_in, figures_template

TEMPLATE = figures_template(ASKED, title="青岭县质量发展规划", region="青岭县")


def filled(values: dict[int, object], column: str = "数值", packed: bytes = TEMPLATE) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(packed))
    sheet = book["填报"]
    header = [c.value for c in sheet[3]]
    for row, value in values.items():
        sheet.cell(row, header.index(column) + 1).value = value
    return content(sheet)


def test_it_asks_for_every_indicator_and_period_with_its_unit():
    rows = cells(TEMPLATE, "填报")
    assert rows[0][0] == "青岭县质量发展规划指标数据填报表"
    assert rows[2] == [
        *("指标", "地区", "时期", "规划目标", "单位", "数值", "分子", "分母", "口径", "来源", "零报告方式", "类别", "备注")
    ]
    assert rows[3][:5] == ["制造业产品质量合格率", "青岭县", "2020年", "不低于93%", "%"]
    assert len(rows) == 3 + len(ASKED) * len(YEARS) + 1
    assert [r[11] for r in rows].count("上级下达目标值") == 1


def test_header_is_frozen_and_choices_drop_down():
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    sheet = book["填报"]
    assert sheet.freeze_panes == "B4"
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["K4"] == '"已申报,有台账证明"'
    assert lists["L4"] == '"填报值,上级下达目标值"'
    named = lists["A4"].split("!")[1].replace("$", "").split(":")
    assert [c[0].value for c in book["填表说明"][f"{named[0]}:{named[1]}"]] == [e.indicator for e in ASKED]
    assert book["填表说明"]["A1"].value == "一行一数"


def test_the_empty_template_brings_nothing_and_accuses_nobody():
    found = figures_in(TEMPLATE, "t.xlsx", ASKED, region="青岭县")
    assert (found.figures, found.problems) == ((), ())
    assert found.skipped == len(ASKED) * len(YEARS) + 1


def test_filled_in_it_comes_back():
    found = figures_in(filled({4: 92.1, 7: 93.25}), "t.xlsx", ASKED, region="青岭县")
    assert found.problems == ()
    assert [(f.period.label, str(f.value), f.unit, f.place) for f in found.figures] == [
        ("2020年", "92.1", "%", "青岭县"),
        ("2023年", "93.25", "%", "青岭县"),
    ]


def test_zero_report_and_handed_down_target_come_back():
    rows = cells(TEMPLATE, "填报")
    zero = next(i for i, r in enumerate(rows, 1) if r[0] == "重大质量安全事故")
    target = next(i for i, r in enumerate(rows, 1) if r[11] == "上级下达目标值")
    packed = filled({zero: "已申报"}, "零报告方式", filled({zero: 0, target: "≥15.5"}))
    found = figures_in(packed, "t.xlsx", ASKED, region="青岭县")
    assert found.problems == ()
    assert [(f.proof, f.assigned, f.bound) for f in found.figures] == [(Proof.DECLARED, False, None), (None, True, ">=")]


def test_equal_content_is_equal_to_the_byte():
    assert figures_template(ASKED, title="青岭县质量发展规划", region="青岭县") == TEMPLATE


def test_a_name_that_looks_like_a_formula_stays_a_text():
    packed = figures_template([Expected("=1+1", "家", years=(2025,))])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert figures_in(filled({4: 3}, packed=packed), "t.xlsx", [Expected("=1+1", "家", years=(2025,))]).figures


def test_a_plan_without_targets_has_an_empty_template():
    assert figures_in(figures_template([]), "t.xlsx", ASKED).figures == ()


@settings(max_examples=25, deadline=None)
@given(st.decimals(0, 100, places=3, allow_nan=False))
def test_what_is_typed_is_what_is_read(typed):
    text = f"{typed}%"
    found = figures_in(filled({4: text}), "t.xlsx", ASKED)
    assert found.figures[0].value == typed
    number = figures_in(filled({4: float(typed)}), "t.xlsx", ASKED)
    if typed > 1:
        assert number.figures[0].value == typed
