"""A ratio per ten thousand keeps its value beside its counts on the way through the table of a run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.builders import a_figure, a_plan, a_progress_rule, a_target

from zhiheng.evidence.intake import figures_in
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.reported import reported_values
from zhiheng.judgement.judging import judge
from zhiheng.publication.findings import findings_of
from zhiheng.publication.writers.xlsx import table_workbook

NAME = "万台特种设备死亡人数"
PLAN = a_plan(a_target("0.08", "<", indicator=NAME, unit="人"))


def test_it_can_be_imported_again_and_judged_alike() -> None:
    figure = a_figure("2.0", 2025, indicator=NAME, unit="人", numerator=Decimal(3), denominator=Decimal(15000))
    values, as_of = reported_values([figure]), date(2026, 3, 1)
    judged = judge(PLAN, values, as_of, a_progress_rule())
    assert [(j.verdict.value, j.value and j.value.amount) for j in judged] == [("missed", 2)]
    table = table_workbook(findings_of(PLAN, judged, as_of=as_of), values)
    taken = figures_in(table, "table.xlsx", asked_figures(PLAN), "青岭县")
    assert taken.problems == ()
    assert judge(PLAN, reported_values(taken.figures), as_of, a_progress_rule())[0].verdict is judged[0].verdict
