"""The papers of a run together: all there, whole or not at all, saying the same."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from sample import AS_OF, JUDGEMENTS, NOTE, PLAN, VALUES

from zhiheng.base.errors import InternalError, UsageError
from zhiheng.base.period import Period
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.plans.model import Baseline, Commitment, CommitmentKind, Comparator, Modality
from zhiheng.plans.restore import plan_from_json
from zhiheng.publication.answering import Part
from zhiheng.publication.departments import departments
from zhiheng.publication.findings import findings_of
from zhiheng.publication.narrative import needed_words, overall
from zhiheng.publication.page import finding_record
from zhiheng.publication.wording import value_words
from zhiheng.publication.writers import run
from zhiheng.publication.writers.placing import cannot_write, put, put_all
from zhiheng.publication.writers.report_annexes import annexes_of
from zhiheng.publication.writers.run import run_papers
from zhiheng.rules.messages import strict_sentence

FINDINGS = findings_of(PLAN, JUDGEMENTS, as_of=AS_OF, figures_note=NOTE)
NAMES = ["report.docx", "table.xlsx", "report.html", "plan.json", "values.json", "verdicts.json"]


def test_a_run_leaves_six_papers_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    papers = run_papers(PLAN, VALUES, JUDGEMENTS, as_of=AS_OF, figures_note=NOTE)
    written = put_all({out / name: content for name, content in papers.items()})
    assert [p.name for p in written] == NAMES
    assert sorted(p.name for p in out.iterdir()) == sorted(NAMES)
    assert plan_from_json((out / "plan.json").read_text("utf-8")) == PLAN
    assert len(json.loads((out / "verdicts.json").read_text("utf-8"))["verdicts"]) == 28
    assert len(json.loads((out / "values.json").read_text("utf-8"))["values"]) == len(VALUES)


def test_the_same_run_leaves_the_same_bytes() -> None:
    once, again = (run_papers(PLAN, iter(VALUES), iter(JUDGEMENTS), as_of=AS_OF, figures_note=NOTE) for _ in range(2))
    assert [name for name in once if once[name] != again[name]] == []


def test_a_fault_in_one_paper_leaves_all_of_them_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise OverflowError

    monkeypatch.setattr(run, "table_workbook", fails)
    with pytest.raises(OverflowError):
        run_papers(PLAN, VALUES, JUDGEMENTS, as_of=AS_OF)
    (tmp_path / "table.xlsx").mkdir()
    (tmp_path / "table.xlsx" / "kept").touch()
    (tmp_path / "report.docx").write_bytes(b"old")
    blocked = {tmp_path / "report.docx": b"new", tmp_path / "missing" / "x": b"", tmp_path / "report.docx" / "y": b""}
    with pytest.raises(UsageError) as refused:
        put_all(blocked)
    assert refused.value.code == "publication.folder_is_file"
    assert (tmp_path / "report.docx").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["kept", "missing", "report.docx", "table.xlsx"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "no_permission"),
        (errno.ENOSPC, "disk_full"),
        (errno.EIO, "cannot_write"),
    ],
)
def test_what_keeps_a_paper_from_its_place_is_said_without_words_of_the_system(number: int, code: str) -> None:
    error = cannot_write(Path("somewhere") / "report.docx", OSError(number, "No such luck"))
    assert error.code == f"publication.{code}"
    for language in ("zh", "en"):
        said = strict_sentence(error.code, error.facts, language)
        assert "report.docx" in said and "No such luck" not in said


def test_a_paper_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    put(path, b"old")
    put(path, b"new")
    assert path.read_bytes() == b"new" and [p.name for p in tmp_path.iterdir()] == ["report.html"]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").touch()
    with pytest.raises(UsageError) as refused:
        put(tmp_path / "folder", b"x")
    assert refused.value.code == "publication.is_folder"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "report.html"]
    assert "folder" in strict_sentence(refused.value.code, refused.value.facts)


def test_targets_and_judgements_must_fit_together() -> None:
    for plan, judgements in ((PLAN, JUDGEMENTS[1:]), (replace(PLAN, targets=PLAN.targets[1:]), JUDGEMENTS)):
        with pytest.raises(InternalError) as refused:
            findings_of(plan, judgements, as_of=AS_OF)
        for language in ("zh", "en"):
            assert "t1" in strict_sentence(refused.value.code, refused.value.facts, language)


def test_the_latest_judgement_of_a_target_counts() -> None:
    older = replace(JUDGEMENTS[0], as_of=AS_OF.replace(year=2025), verdict=Verdict.MISSED)
    for order in ((older, *JUDGEMENTS), (*JUDGEMENTS, older)):
        assert findings_of(PLAN, order, as_of=AS_OF).own[0].verdict is Verdict.ON_TRACK


def test_counts_in_words_agree_with_the_verdicts() -> None:
    said = "".join(overall(FINDINGS))
    assert "已完成7项，进度正常9项，进度滞后5项，未完成2项；另有5项暂不能评价" in said
    assert "在能够评价的23项目标中，已完成和进度正常的共16项，占69.6%" in said


def test_promises_handed_down_are_judged_beside_the_targets() -> None:
    promise = Commitment(
        "c9",
        CommitmentKind.ASSIGNED,
        "能耗降低",
        "完成市下达任务",
        "能耗降低完成市下达任务。",
        2028,
        Modality.FIRM,
        PLAN.commitments[0].anchor,
    )
    judged = Judgement(
        "c9", "能耗降低", AS_OF, None, Verdict.PENDING_ASSIGNMENT, "judgement.pending", "“能耗降低”的目标由上级下达。"
    )
    found = findings_of(replace(PLAN, commitments=(promise,)), (*JUDGEMENTS, judged), as_of=AS_OF).own[-1]
    assert (found.goal, found.target, found.reason) == ("完成市下达任务", None, "目标由上级下达。")
    assert finding_record(found)["trend"]["actual"] == []


def test_targets_outside_the_tables_join_a_group_of_theirs() -> None:
    plan = replace(PLAN, targets=(*PLAN.targets[:-1], replace(PLAN.targets[0], id="t28", group=None, catalogue=None)))
    assert findings_of(plan, JUDGEMENTS, as_of=AS_OF).groups()["供给质量"][-1].judgement.target_id == "t28"
    lone = tuple(replace(t, group=None) for t in PLAN.targets)
    assert list(findings_of(replace(PLAN, targets=lone), JUDGEMENTS, as_of=AS_OF).groups()) == ["其他"]


@pytest.mark.parametrize(
    ("title", "tables", "area"),
    [
        ("质量强企工程", True, "其他"),
        ("提升工程建设服务", True, "工程服务"),
        ("夯实供给质量", True, "供给质量"),
        ("实施制造业提质行动", True, "其他"),
        ("实施制造业提质行动", False, "其他"),
        ("强化考核", False, "其他"),
        ("制造业品质", False, "制造业品质"),
    ],
)
def test_a_title_names_an_area_or_none(title: str, tables: bool, area: str) -> None:
    headings = (replace(PLAN.outline[0], title="总体要求"), replace(PLAN.outline[1], title=title))
    stray = replace(PLAN.targets[0], group=None, catalogue=None, indicator="另一指标")
    others = PLAN.targets[1:] if tables else ()
    judged = JUDGEMENTS if tables else JUDGEMENTS[:1]
    plan = replace(PLAN, targets=(stray, *others), outline=headings)
    found = findings_of(plan, judged, as_of=AS_OF)
    assert next(f.group for f in found.own if f.judgement.target_id == stray.id) == area


def test_a_row_of_a_table_that_sets_no_number_has_its_group_and_attribute() -> None:
    row = Commitment(
        id="c9",
        kind=CommitmentKind.ASSIGNED,
        indicator="能耗降低",
        text="完成市下达任务",
        context="环境质量 13 能耗降低 % 〔8.7〕 完成市下达任务 约束性",
        year=2028,
        modality=Modality.FIRM,
        anchor=PLAN.commitments[0].anchor,
    )
    judged = Judgement("c9", "能耗降低", AS_OF, None, Verdict.PENDING_ASSIGNMENT, "judgement.pending", "“能耗降低”待下达。")
    own = findings_of(replace(PLAN, commitments=(row,)), (*JUDGEMENTS, judged), as_of=AS_OF).own
    assert [(f.group, f.attribute) for f in own if f.commitment] == [("环境质量", "约束性")]


def test_departments_have_their_tasks_and_targets() -> None:
    known = {d.name: d for d in departments(FINDINGS)}
    assert [t.title for t in known["县市场监管局"].tasks[Part.LEAD]] == ["开展产品质量攻坚", "办好消费投诉"]
    assert [t.title for t in known["县经信局"].tasks[Part.SUPPORT]] == ["开展产品质量攻坚"]
    assert [t.title for t in known["县经信局"].tasks[Part.ANSWER]] == ["培育质量管理数字化示范企业"]
    assert known["各镇人民政府、街道办事处"].open_set
    assert sum(len(d.targets) for d in known.values()) >= len(PLAN.targets)


def test_steps_are_told_in_the_good_direction() -> None:
    by_name = {f.indicator: needed_words(f) for f in FINDINGS.own}
    assert (
        by_name["细颗粒物（PM2.5）年平均浓度"]
        == "今后每年需下降0.8微克/立方米，以往最好的一年下降0.8微克/立方米，按此可以达到。"
    )
    assert by_name["有效注册商标"].startswith("今后每年需增加0.07万件，以往最好的一年增加0.04万件，超出以往最好水平")
    assert by_name["地表水达到或好于Ⅲ类断面比例"].startswith("今后每年需提高1.1个百分点，以往各年没有改善")
    assert by_name["群众安全感"] == ""


def test_sums_are_drawn_as_running_totals_from_zero() -> None:
    finding = next(f for f in FINDINGS.own if f.indicator == "主导或参与编制国家、行业标准")
    assert finding.summed
    trend = finding_record(finding)["trend"]
    assert [(p["x"], p["y"], p["words"]) for p in trend["actual"]] == [(2024.0, 3.0, "3"), (2025.0, 11.0, "11")]
    assert trend["path"] == [{"x": 2023.0, "y": 0.0}, {"x": 2028.0, "y": 20.0}]


def test_the_path_of_the_plan_goes_before_a_straight_line() -> None:
    by_name = {f.indicator: finding_record(f)["trend"] for f in FINDINGS.own}
    explicit = by_name["房屋市政工程竣工验收合格率"]
    assert explicit["explicit"] and [p["x"] for p in explicit["path"]] == [2026.0, 2027.0]
    straight = by_name["制造业产品质量合格率"]
    assert straight["path"] == [{"x": 2023.0, "y": 93.6}, {"x": 2028.0, "y": 95.5}]
    assert straight["forecast"] and straight["forecast"]["low"] <= straight["forecast"]["y"] <= straight["forecast"]["high"]


def test_a_lower_bound_as_baseline_says_so() -> None:
    target = replace(PLAN.targets[0], baseline=Baseline("93", 2023, floor=True), comparator_judged=Comparator.ABOVE)
    found = findings_of(replace(PLAN, targets=(target, *PLAN.targets[1:])), JUDGEMENTS, as_of=AS_OF).own[0]
    assert found.baseline == "93%以上" and found.goal == "＞95.5%"


def test_a_figure_short_of_its_bound_is_not_printed_as_if_it_had_reached_it() -> None:
    counted = IndicatorValue(
        "竣工验收合格率",
        Period.year(2025),
        Fraction(4999900, 50000),
        "%",
        numerator=Fraction(49999),
        denominator=Fraction(50000),
        printed="100.0",
    )
    bound = Bound(Comparator.AT_LEAST, low=Fraction(100))
    assert value_words(counted, bound) == "99.998%"
    thirds = replace(counted, amount=Fraction(2999999, 30000), numerator=Fraction(2999999), denominator=Fraction(3000000))
    assert value_words(thirds, bound) == "99.99997%"
    target = replace(PLAN.targets[0], value_low="100", value_high=None, comparator_judged=Comparator.AT_LEAST)
    judged = replace(JUDGEMENTS[0], verdict=Verdict.MISSED, value=counted, observations=(counted,))
    plan = replace(PLAN, targets=(target, *PLAN.targets[1:]))
    found = findings_of(plan, (judged, *JUDGEMENTS[1:]), as_of=AS_OF)
    assert found.own[0].latest == ("99.998%", "2025年")
    page = finding_record(found.own[0])
    assert page["values"][0]["words"] == "99.998%" and "99.998%" in page["trend_words"]
    assert page["trend"]["actual"][0]["words"] == "99.998"
    sources = annexes_of(found)[-1]
    assert sources.rows[0][2] == "99.998\n49999／50000"


def test_a_figure_without_counts_is_printed_as_handed_in() -> None:
    value = IndicatorValue("满意度", Period.year(2025), Fraction("97.10"), "%", printed="97.10")
    assert value_words(value, Bound(Comparator.AT_LEAST, low=Fraction(95))) == "97.10%"
