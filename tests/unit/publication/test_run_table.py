"""table.xlsx of a run: every target, fit to print, no formulas, and its figures can be imported again."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import openpyxl
from sample import AS_OF, JUDGEMENTS, NOTE, PLAN, VALUES

from zhiheng.base.period import Period
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.figures import RowRef
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.reading import figures_in
from zhiheng.indicators.value import IndicatorValue
from zhiheng.publication.findings import findings_of
from zhiheng.publication.writers.xlsx import HISTORY, TABLE, table_workbook

FINDINGS = findings_of(PLAN, JUDGEMENTS, as_of=AS_OF, figures_note=NOTE)
EXPECTED = [
    Expected(
        t.indicator,
        t.unit,
        t.basis,
        tuple(range(2023, 2029)),
        change=t.basis == "reduction",
        zero_events=t.kind == "zero_events",
    )
    for t in PLAN.targets
]


def test_every_target_has_its_row_and_verdict() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(FINDINGS)))[TABLE]
    headers = [c.value for c in sheet[3]]
    assert {c.value for c in (Column.INDICATOR, Column.PERIOD, Column.VALUE, Column.SOURCE)} <= set(headers)
    named = [row[headers.index("指标")].value for row in sheet.iter_rows(min_row=4)]
    said = [row[headers.index("评价")].value for row in sheet.iter_rows(min_row=4)]
    assert named == [t.indicator for t in PLAN.targets]
    marked = [row[headers.index("属性")].value for row in sheet.iter_rows(min_row=4)]
    assert marked == [t.attribute for t in PLAN.targets]
    assert {"已完成", "进度正常", "进度滞后", "未完成", "待上级下达", "数据不足", "不可比", "口径待确认"} == set(said)


def test_it_is_set_up_for_print() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(FINDINGS)))[TABLE]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth) == (
        "landscape",
        "9",
        None,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("D4", "$3:$3")


def test_its_figures_can_be_imported_again() -> None:
    taken = figures_in(table_workbook(FINDINGS), "table.xlsx", EXPECTED, "青岭县")
    assert [p for p in taken.problems if p.severity == "error"] == []
    given = {(v.indicator, v.period, v.numerator, v.denominator, v.source) for v in VALUES}
    assert {(f.indicator, f.period, f.numerator, f.denominator, f.source) for f in taken.figures} == given
    amounts = {(v.indicator, v.period): v.amount for v in VALUES if v.numerator is None}
    assert {(f.indicator, f.period): Fraction(f.value) for f in taken.figures if f.value is not None} == amounts


def test_two_targets_of_one_indicator_hand_their_figure_in_once() -> None:
    twin = replace(PLAN.targets[0], id="t99", year=2026)
    judged = replace(JUDGEMENTS[0], target_id="t99")
    found = findings_of(replace(PLAN, targets=(*PLAN.targets, twin)), (*JUDGEMENTS, judged), as_of=AS_OF)
    taken = figures_in(table_workbook(found), "table.xlsx", EXPECTED, "青岭县")
    assert len(taken.figures) == len(VALUES)


def test_hostile_texts_leave_as_texts_and_long_fractions_exactly() -> None:
    value = IndicatorValue(
        "=cmd|'/c calc'!A1", Period.year(2024), Fraction(1, 3), "@x", source="+1", origin=RowRef("f", "s", 2)
    )
    judged = replace(JUDGEMENTS[0], indicator="=1+1", sentence="-2+3", value=value, observations=(value,))
    plan = replace(PLAN, targets=(replace(PLAN.targets[0], indicator="=1+1"),))
    book = openpyxl.load_workbook(io.BytesIO(table_workbook(findings_of(plan, [judged], as_of=AS_OF))))
    cells = [c for row in book[TABLE].iter_rows() for c in row if c.value is not None]
    assert all(c.data_type in "sn" for c in cells)
    assert all(c.quotePrefix for c in cells if str(c.value)[:1] in "=+-@" and c.data_type == "s")
    assert "1/3" in [c.value for c in cells]


def test_equal_content_gives_equal_bytes() -> None:
    assert table_workbook(FINDINGS) == table_workbook(FINDINGS)


def test_other_periods_stand_in_a_sheet_of_their_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table_workbook(FINDINGS)))
    assert book.sheetnames == [TABLE, HISTORY]
    assert book[HISTORY].max_row - 1 == len(VALUES) - sum(j.value is not None for j in JUDGEMENTS)


def test_values_no_target_was_judged_by_leave_too() -> None:
    handed = IndicatorValue("制造业产品质量合格率", Period.year(2028), Fraction(96), "%", assigned=True, bound=">=")
    taken = figures_in(table_workbook(FINDINGS, [handed, *VALUES]), "table.xlsx", EXPECTED, "青岭县")
    assert len(taken.figures) == len(VALUES) + 1
    assert [(f.value, f.bound) for f in taken.figures if f.assigned] == [(96, ">=")]
