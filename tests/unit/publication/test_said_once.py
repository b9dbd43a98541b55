"""What the report says once, in whole, and in the reader's terms: rule, direction, base, unit, who signs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from tests.builders import a_plan, a_progress_rule, a_target, a_value

from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.judgement.judging import judge
from zhiheng.publication.findings import Findings, findings_of
from zhiheng.publication.narrative import baseline_words
from zhiheng.publication.wording import target_words
from zhiheng.publication.writers.docx import report_paper
from zhiheng.publication.writers.html import report_page

AS_OF = date(2024, 3, 1)
RULE = a_progress_rule(confirmed=False)


def found(targets: tuple[Any, ...], *values: Any, **meta: Any) -> Findings:
    plan = a_plan(*targets)
    plan = replace(plan, meta=replace(plan.meta, **meta))
    return findings_of(plan, judge(plan, values, AS_OF, RULE), as_of=AS_OF)


def paragraphs(findings: Findings) -> list[Any]:
    return list(docx.Document(io.BytesIO(report_paper(findings))).paragraphs)


def test_that_nobody_confirmed_the_rule_is_said_once_and_brackets_do_not_nest() -> None:
    names = [f"{c}产品合格率" for c in "甲乙丙丁"]
    targets = tuple(a_target("95", base="90", indicator=n, id=f"t{i}") for i, n in enumerate(names))
    findings = found(targets, *(a_value("92", 2023, indicator=n) for n in names))
    assert findings.own[0].reason.endswith("按时序应为93%，已完成全程的40%，时间进度60%，严重慢于时序。")
    assert "尚未核定" in findings.own[0].judgement.sentence
    document = docx.Document(io.BytesIO(report_paper(findings)))
    texts = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert sum(text.count("尚未核定") for text in texts) == 1
    body = report_page(findings).split('<script type="application/json"')[0]
    assert body.count("尚未核定") == 1


def test_a_target_that_fell_back_has_its_sentence() -> None:
    findings = found(
        (a_target("100", base="100"), a_target("95", base="90", id="t2", indicator="乙率")),
        a_value("99", 2023),
        a_value("94", 2023, indicator="乙率"),
    )
    text = "".join(p.text for p in paragraphs(findings))
    assert "另有1项基期已符合目标、目前退到目标之外，按进度滞后评价：制造业产品质量合格率。" in text


@pytest.mark.parametrize(
    ("body", "day", "name"),
    [(None, 4.0, None), ("青岭县人民政府", 2.0, 3.0), ("青岭县质量强县工作领导小组办公室", 10.0, 2.0)],
)
def test_the_body_that_issued_the_plan_signs_above_the_day(body: str | None, day: float, name: float | None) -> None:
    last = [p for p in paragraphs(found((), issuing_body=body)) if p.text]
    at = next(i for i, p in enumerate(last) if p.text == "2024年3月1日")
    assert last[at].paragraph_format.right_indent.pt == day * 16
    if name is not None:
        assert (last[at - 1].text, last[at - 1].paragraph_format.right_indent.pt) == (body, name * 16)


def test_a_base_from_the_workbook_is_shown_where_progress_rests_on_it() -> None:
    (finding,) = found((a_target("95"),), a_value("90", 2020), a_value("93", 2023), period_start=2021).own
    assert (finding.baseline, baseline_words(finding)) == ("90%", "基期2020年为90%，")
    assert finding.moving
    (unknown,) = found((a_target("95"),), a_value("93", 2023), period_start=2021).own
    assert unknown.baseline == "—"


def test_a_fall_is_said_with_its_direction_on_both_sides() -> None:
    falls = a_target("12", "decrease_by", basis=Basis.REDUCTION, indicator="排放量")
    (finding,) = found((falls,), a_value("8.1", 2023, indicator="排放量", basis=Basis.REDUCTION)).own
    assert finding.latest == ("下降8.1%", "2023年")
    assert finding.reason.startswith("2023年为下降8.1%，目标是2025年下降12%以上，按时序应为下降7.2%")
    (risen,) = found((falls,), a_value("-2", 2023, indicator="排放量", basis=Basis.REDUCTION)).own
    assert risen.latest == ("增长2%", "2023年")


def test_events_have_their_unit_and_none_is_none() -> None:
    zero = a_target("0", "zero_events", unit=None, indicator="重大事故", basis=Basis.COUNT)
    (finding,) = found(
        (zero,), a_value("1", 2023, indicator="重大事故", unit=None, basis=Basis.COUNT, proof=Proof.DECLARED)
    ).own
    assert finding.reason == "要求零发生，2023年为1起，未完成。"
    assert target_words(a_target("0", "<=", unit="起", indicator="重大事故")) == "零发生"
    assert target_words(a_target("0.5", "<=", unit="起")) == "≤0.5起"
