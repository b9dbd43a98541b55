"""The table of sources: one row an indicator, years as columns; every figure with its counts, period and place."""

from __future__ import annotations

from datetime import date

from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.judging import judge
from zhiheng.publication.findings import Findings, findings_of
from zhiheng.publication.writers.report_sources import source_tables


def found(*values: IndicatorValue) -> Findings:
    plan = a_plan(a_target("95", base="90"), a_target("97", base="90", id="t2", year=2030))
    return findings_of(plan, judge(plan, values, date(2024, 3, 1), a_progress_rule()), as_of=date(2024, 3, 1))


def test_one_row_holds_the_years_of_an_indicator() -> None:
    halves = a_value("91", "2021年上半年", source="甲局")
    ((name, columns, rows),) = source_tables(
        found(halves, a_value("92", 2021, source="甲局"), a_value("93", 2023, source="乙局"))
    )
    assert (name, [c.head for c in columns]) == (
        "数据来源",
        ["指标", "2021年", "2023年", "填报单位或台账", "填报文件、工作表、行"],
    )
    assert [list(row)[:4] for row in rows] == [["制造业产品质量合格率（%）", "91\n2021年1—6月\n92", "93", "甲局\n乙局"]]
    assert abs(sum(c.width for c in columns) - 225) < 0.01


def test_many_years_stand_in_several_tables() -> None:
    tables = list(source_tables(found(*(a_value("92", year) for year in range(2015, 2024)))))
    assert [name for name, _, _ in tables] == ["数据来源（2015—2019年）", "数据来源（2020—2023年）"]
    cells = [cell for _, _, rows in tables for cell in list(rows[0])[1:-2]]
    assert cells == ["92"] * 9


def test_without_figures_it_says_so() -> None:
    ((_, columns, rows),) = source_tables(found())
    assert rows == ["没有收到数据。"] and len(columns) == 1
