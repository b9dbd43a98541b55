"""Only what the plan names answers for a target, and only whom it says to lead leads; every paper says the same."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from lxml import html
from sample import AS_OF, JUDGEMENTS, PLAN

from zhiheng.publication.answering import Part, parts_in
from zhiheng.publication.departments import departments
from zhiheng.publication.findings import NO_UNIT, findings_of
from zhiheng.publication.writers.docx import report_paper
from zhiheng.publication.writers.html import report_page
from zhiheng.publication.writers.report_annexes import annexes_of

FINDINGS = findings_of(PLAN, JUDGEMENTS, as_of=AS_OF)
UNKNOWN = findings_of(replace(PLAN, tasks=()), JUDGEMENTS, as_of=AS_OF)
TASK = PLAN.tasks[0]


def test_who_handed_a_figure_in_does_not_answer_for_the_target() -> None:
    assert {f.units for f in UNKNOWN.own} == {()}
    first = UNKNOWN.own[0]
    assert (first.answering, first.reporters) == (NO_UNIT, ("县市场监管局",))
    assert [(d.name, len(d.targets)) for d in departments(UNKNOWN)] == [(NO_UNIT, len(PLAN.targets))]
    text = "".join(p.text for p in docx.Document(io.BytesIO(report_paper(UNKNOWN))).paragraphs)
    assert "责任单位：未列明（填报单位：县经信局）。" in text
    rows = html.fromstring(report_page(UNKNOWN)).xpath("//section[@id='targets']//td[@class='unit']")
    assert rows[0].text_content() == "未列明填报单位：县市场监管局"


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ({"lead_units": (), "supporting_units": ()}, [Part.ANSWER, Part.ANSWER, Part.ANSWER]),
        ({"supporting_units": ()}, [Part.LEAD, Part.ANSWER, Part.ANSWER]),
        ({}, [Part.LEAD, Part.SUPPORT, Part.SUPPORT]),
    ],
)
def test_only_a_unit_that_the_plan_says_to_lead_leads(changed: dict[str, tuple[str, ...]], parts: list[Part]) -> None:
    assert list(parts_in(replace(TASK, **changed)).values()) == parts


def test_a_box_does_not_take_over_the_units_of_the_task_above_it() -> None:
    bare = replace(TASK, responsible_units=(), lead_units=(), supporting_units=(), inherited_units=("县教育局",))
    assert parts_in(bare) == {"县教育局": Part.ANSWER}
    assert parts_in(replace(bare, number="专栏1")) == {}


def test_the_table_of_units_the_annex_and_the_page_agree() -> None:
    annex = next(a for a in annexes_of(FINDINGS) if "分工" in a.name)
    heads = [str(c.head) for c in annex.columns]
    assert heads == ["序号", "任务", "牵头单位", "责任单位", "配合单位"]
    rows = [[str(cell) for cell in row] for row in annex.rows if not isinstance(row, str)]
    tables = docx.Document(io.BytesIO(report_paper(FINDINGS))).tables
    first = next(t for t in tables if t.rows[0].cells[0].text == "单位")
    on_paper = [[c.text for c in row.cells[1:5]] for row in first.rows[1:]]
    page = html.fromstring(report_page(FINDINGS)).xpath("//section[@id='departments']//tbody/tr")
    assert [[td.text_content() for td in row.xpath("td")][:4] for row in page] == on_paper
    for unit in departments(FINDINGS):
        for part in Part:
            column = heads.index(f"{part}单位")
            assert len(unit.tasks[part]) == sum(unit.name in row[column].split("、") for row in rows) or "、" in unit.name
