"""A target whose figures were refused, or do not suffice, is not told to have none."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.evidence.intake import figures_in, figures_template
from zhiheng.evidence.intake.refusals import refused_rows
from zhiheng.flow.story import story
from zhiheng.indicators.asked import asked_figures
from zhiheng.judgement.judging import judge
from zhiheng.judgement.refused import REFUSED, told_of_refusals
from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.findings import Lack, findings_of
from zhiheng.publication.narrative import overall
from zhiheng.publication.writers.docx import report_paper

AS_OF = date(2024, 3, 1)
PLAN = a_plan(
    a_target("95", indicator="甲产品合格率"),
    a_target("96", indicator="乙产品合格率", id="t2"),
    a_target("20", indicator="丙示范企业", id="t3", unit="家"),
)
VALUES = [a_value("12", 2023, indicator="丙示范企业", unit="家")]


def told(refused: dict[str, int]) -> tuple[str, list[Lack | None]]:
    judged = told_of_refusals(judge(PLAN, VALUES, AS_OF, a_progress_rule()), refused)
    findings = findings_of(PLAN, judged, as_of=AS_OF, refused=sum(refused.values()))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(report_paper(findings))).paragraphs)
    return text, [f.lacking for f in findings.own]


def test_what_is_lacking_stands_over_the_targets() -> None:
    text, lacking = told({"乙产品合格率": 2})
    assert lacking == [Lack.NOTHING, Lack.REFUSED, Lack.SHORT]
    for head in ("数据不足：尚无填报（1项）", "数据不足：填报的数据未通过校验（1项）", "数据不足：已有数据不足以评价（1项）"):
        assert head in text
    assert "填报的数据未通过校验（2行），不能判定" in text and "另有2行填报数据未通过校验" in text
    assert "暂无数据" not in text


def test_without_refused_rows_nothing_is_said_of_any() -> None:
    assert "未通过校验" not in told({})[0]


def test_a_target_that_can_be_judged_keeps_its_reason() -> None:
    values = [a_value("96", 2023, indicator="甲产品合格率"), *VALUES]
    judged = told_of_refusals(judge(PLAN, values, AS_OF, a_progress_rule()), {"甲产品合格率": 1})
    assert judged[0].reason != REFUSED


def test_refused_rows_are_told_by_indicator() -> None:
    asked = asked_figures(PLAN)
    book = load_workbook(io.BytesIO(figures_template(asked)))
    sheet = book["填报"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in sheet.iter_rows(min_row=4):
        if row[heads["指标"] - 1].value == "甲产品合格率" and row[heads["时期"] - 1].value == "2023年":
            row[heads["数值"] - 1].value = "约96"
    stream = io.BytesIO()
    book.save(stream)
    intake = figures_in(stream.getvalue(), "填报.xlsx", asked)
    assert (intake.refused, dict(refused_rows(intake, asked))) == (1, {"甲产品合格率": 1})


def test_the_story_tells_of_refused_rows(county_with_errors: tuple[Path, Path]) -> None:
    result = story(*county_with_errors, date(2027, 2, 1))
    refused = [j for j in result.judgements if j.reason == REFUSED]
    assert refused and {j.verdict for j in refused} == {Verdict.NO_EVIDENCE}


@pytest.fixture
def county_with_errors() -> tuple[Path, Path]:
    county = Path(__file__).parents[3] / "examples" / "model_county"
    return county / "plan.txt", county / "figures_with_errors.xlsx"


def test_binding_and_expected_indicators_are_counted() -> None:
    plan = a_plan(
        a_target("95", indicator="甲产品合格率", attribute="约束性"),
        a_target("96", indicator="乙产品合格率", id="t2", attribute="预期性"),
        a_target("20", indicator="丙示范企业", id="t3", unit="家"),
    )
    values = [a_value("96", 2023, indicator="甲产品合格率")]
    findings = findings_of(plan, judge(plan, values, AS_OF, a_progress_rule()), as_of=AS_OF)
    said = "按规划标明的属性分：约束性指标1项，其中已完成1项；预期性指标1项，其中数据不足1项；规划未标明属性的目标1项。"
    assert overall(findings)[-1] == said
    assert not any("属性" in s for s in overall(findings_of(a_plan(), [], as_of=AS_OF)))
