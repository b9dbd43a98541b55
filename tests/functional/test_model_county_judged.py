"""Does the model county's plan compile alike in every form, and do its figures bring up every verdict and every finding?"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhiheng.documents.readers import read
from zhiheng.evidence.intake import Intake, read_figures
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.reported import reported_values
from zhiheng.judgement.judging import judge
from zhiheng.judgement.self_report import judge_reported
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.model import Mention, Plan
from zhiheng.rules.catalogue import load_catalogue
from zhiheng.rules.rulebook import open_rulebook

COUNTY = Path(__file__).parents[2] / "examples" / "model_county"
AS_OF = date(2027, 2, 1)
READ_ALIKE = ("role", "comparator", "value_low", "value_high", "unit", "basis")


@pytest.fixture(scope="module")
def plans() -> Mapping[str, Plan]:
    book = open_rulebook()
    catalogue = load_catalogue(book)
    return {form: compile_plan(read(COUNTY / f"plan.{form}"), catalogue, book) for form in ("txt", "html", "docx")}


@pytest.fixture(scope="module")
def judged(plans: Mapping[str, Plan]) -> Mapping[str, Judgement]:
    intake = intake_of("figures.xlsx", plans["docx"])
    rule = open_rulebook().read("plan/progress", AS_OF)
    found = judge(plans["docx"], reported_values(intake.figures), AS_OF, rule)
    return {j.indicator + (f"@{j.target_id}" if j.indicator == "质量管理数字化示范企业" else ""): j for j in found}


def intake_of(name: str, plan: Plan) -> Intake:
    return read_figures(COUNTY / name, asked_figures(plan), plan.meta.region_name)


def targets(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (
            *(t.indicator, t.comparator_printed, t.comparator_judged, t.value_low, t.value_high, t.unit, t.year, t.basis),
            *(t.modality, t.baseline, t.own, dict(t.path), t.attribute, t.scope, [q.code for q in t.questions]),
        )
        for t in plan.targets
    ]


def tasks(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (t.number, t.title, t.parent_title, t.chapter, t.responsible_units, t.lead_units, t.supporting_units, t.inherited_units)
        for t in plan.tasks
    ]


@pytest.mark.parametrize("form", ["html", "docx"])
def test_web_and_word_form_compile_to_what_the_text_compiles_to(plans: Mapping[str, Plan], form: str) -> None:
    text, other = plans["txt"], plans[form]
    assert targets(other) == targets(text)
    assert tasks(other) == tasks(text)
    promises = [[(c.kind, c.indicator, c.text, c.year, c.modality) for c in p.commitments] for p in (text, other)]
    assert promises[0] == promises[1]
    titles = [[(h.level, h.number, h.title) for h in p.outline] for p in (text, other)]
    assert titles[0] == titles[1]


def agrees(mention: Mention, answer: Mapping[str, str]) -> bool:
    """Same value at the same place, read the same way, of an indicator whose name holds the other's."""
    names = mention.indicator, answer["indicator"]
    start, end = int(answer["char_start"]), int(answer["char_end"])
    return (
        mention.anchor.place.line == int(answer["line"])
        and mention.anchor.start < end
        and start < mention.anchor.end
        and min(names, key=len) in max(names, key=len)
        and all((getattr(mention, field) or "") == answer[field] for field in READ_ALIKE)
        and (mention.year is None or str(mention.year) == answer["year"] or not answer["year"])
    )


def test_every_answer_is_found_and_read_right(plans: Mapping[str, Plan]) -> None:
    with (COUNTY / "labels" / "plan.targets.csv").open(encoding="utf-8") as file:
        answers = list(csv.DictReader(file))
    with (COUNTY / "labels" / "plan.unscored.csv").open(encoding="utf-8") as file:
        free = {(int(r["line"]), r["text"]) for r in csv.DictReader(file)}
    mentions = [m for m in plans["txt"].mentions if (m.anchor.place.line, m.text) not in free]
    missed = [a for a in answers if not any(agrees(m, a) for m in mentions)]
    invented = [(m.indicator, m.text) for m in mentions if not any(agrees(m, a) for a in answers)]
    assert (missed, invented) == ([], [])


def test_tasks_have_the_units_that_the_answers_name(plans: Mapping[str, Plan]) -> None:
    with (COUNTY / "labels" / "plan.tasks.csv").open(encoding="utf-8") as file:
        answers = [(r["title"], r["parent_title"], r["responsible_units"]) for r in csv.DictReader(file)]
    assert [(t.title, t.parent_title, ";".join(t.responsible_units)) for t in plans["txt"].tasks] == answers


def test_the_plan_makes_every_kind_of_promise(plans: Mapping[str, Plan]) -> None:
    kinds = {c.kind.value for c in plans["docx"].commitments}
    assert kinds == {"trend", "assigned", "relative", "full_coverage", "first_ever", "total_removal"}


def test_the_predecessor_is_judged_as_its_own_table_says(plans: Mapping[str, Plan]) -> None:
    verdicts = {r.indicator: r.verdict for r in judge_reported(plans["docx"])}
    missed = [name for name, verdict in verdicts.items() if verdict is not Verdict.MET]
    assert (len(verdicts), missed) == (11, ["主导或参与编制国家、行业标准"])


def test_all_figures_are_good_and_marked_as_invented(plans: Mapping[str, Plan]) -> None:
    intake = intake_of("figures.xlsx", plans["docx"])
    assert intake.refused == 0
    assert all("示例数据" in f.note for f in intake.figures)


def test_every_verdict_occurs(judged: Mapping[str, Judgement]) -> None:
    assert {j.verdict for j in judged.values()} == set(Verdict)


@pytest.mark.parametrize(
    ("indicator", "verdict", "words"),
    [
        ("制造业产品质量合格率", Verdict.ON_TRACK, "1140/1200"),
        ("农产品质量安全例行监测合格率", Verdict.MET, "98.7"),
        ("药品抽检合格率", Verdict.MISSED, "98.7"),
        ("食品抽检合格率", Verdict.MET, "99.3"),
        ("房屋市政工程竣工验收合格率", Verdict.BEHIND, "99.96%（2599/2600）"),
        ("消费投诉按时办结率", Verdict.ON_TRACK, "96.8"),
        ("空气质量优良天数比例", Verdict.ON_TRACK, "321/365"),
        ("细颗粒物（PM2.5）年平均浓度", Verdict.BEHIND, "30.6"),
        ("地表水达到或好于Ⅲ类断面比例（县控以上）", Verdict.MET, "12/12"),
        ("万台特种设备死亡人数", Verdict.ON_TRACK, "0.09"),
        ("公共服务质量满意度", Verdict.NO_EVIDENCE, "没有"),
        ("制定县级地方标准", Verdict.UNCONFIRMED, "待确认"),
        ("市级行业计量服务站", Verdict.MISSED, "差1个"),
        ("检验检测中心", Verdict.NOT_COMPARABLE, "新增"),
        ("单位生产总值能耗降低", Verdict.ON_TRACK, "12.5"),
        ("主要污染物减排总量", Verdict.PENDING_ASSIGNMENT, "下达"),
        ("重大食品安全", Verdict.MET, "有完整台账证明"),
        ("较大以上质量安全事故", Verdict.MET, "部门申报"),
    ],
)
def test_the_verdict_and_its_sentence(judged: Mapping[str, Judgement], indicator: str, verdict: Verdict, words: str) -> None:
    judgement = judged[indicator]
    assert judgement.verdict is verdict, judgement.sentence
    assert words in judgement.sentence


def test_each_mistake_brings_up_the_sentence_that_its_note_names(plans: Mapping[str, Plan]) -> None:
    """A row whose note says `good` is read; every other row's finding is the one it names."""
    intake = intake_of("figures_with_errors.xlsx", plans["docx"])
    found: dict[tuple[str, int], set[str]] = {}
    for problem in intake.problems:
        found.setdefault((problem.sheet or "", problem.row or 0), set()).add(problem.code.removeprefix("evidence."))
    sheet = load_workbook(COUNTY / "figures_with_errors.xlsx", read_only=False)["填报"]
    notes = [(row, str(sheet.cell(row, 12).value)) for row in range(4, 60) if sheet.cell(row, 12).value]
    assert len(notes) > 30
    for row, note in notes:
        code = re.sub("^示例数据；", "", note)
        here = found.get(("填报", row), set())
        assert code in here if code != "good" else not here, (row, code, here)
    for name in ("missing_column", "column_twice", "sheet_without_header"):
        assert any(sheet == name and name in codes for (sheet, _), codes in found.items()), name
