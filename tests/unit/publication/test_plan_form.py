"""The plan's Excel form: out and in again the same plan, a person's edits taken, wrong ones told with their place."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from plan_strategies import plans
from python_calamine import load_workbook
from sample import PLAN

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.base.quantity import Basis
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.contract import EXTRACT
from zhiheng.plans.form import MARK
from zhiheng.plans.form_reading import Grid, is_form, plan_from_form
from zhiheng.plans.model import Comparator, Plan, Target, TargetKind
from zhiheng.plans.restore import plan_from_json
from zhiheng.plans.serial import plan_json
from zhiheng.publication.writers.xlsx import form_workbook
from zhiheng.rules.messages import problem_sentence, strict_sentence


def grids(content: bytes) -> dict[str, Grid]:
    book = load_workbook(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def edited(change: Callable[[Any], None], plan: Plan = PLAN) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan after a person changed the workbook and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(plan)))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return plan_from_form(grids(saved.getvalue()), "form.xlsx")


def setting(row: int, **cells: Any) -> Callable[[Any], None]:
    """Write into cells of the target sheet, by header."""

    def change(book: Any) -> None:
        sheet = book["目标"]
        headers = [c.value for c in sheet[1]]
        for header, value in cells.items():
            sheet.cell(row, headers.index(header) + 1).value = value

    return change


def test_sample_comes_back_the_same() -> None:
    plan, problems = plan_from_form(grids(form_workbook(PLAN)))
    assert plan == PLAN
    assert [p.code for p in problems] == ["plan_form.without_value"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_any_plan_comes_back_the_same(plan: Plan) -> None:
    found, problems = plan_from_form(grids(form_workbook(plan)))
    assert found == plan
    assert not [p for p in problems if p.severity is Severity.ERROR]


def test_texts_longer_than_a_cell_come_back_whole() -> None:
    long = "质量\n" * 30_000 + "_x0041_\x01" * 9_000
    plan = replace(PLAN, tasks=(replace(PLAN.tasks[0], text=long), *PLAN.tasks[1:]))
    assert plan_from_form(grids(form_workbook(plan)))[0] == plan


def test_the_marking_sheet_comes_first() -> None:
    names = list(grids(form_workbook(PLAN)))
    assert names[0] == MARK and is_form(names) and not is_form(["Sheet1"])


def test_edits_of_a_row_are_taken() -> None:
    plan, _ = edited(setting(2, 数值下限=96.5, 完成年份="2027年", 口径="平均", 判定方式="≥", 单位="％"))
    target = plan.targets[0]
    assert (target.value_low, target.year, target.basis, target.unit) == ("96.5", 2027, Basis.AVERAGE, "％")
    assert target.comparator_judged is Comparator.AT_LEAST
    assert plan.targets[1:] == PLAN.targets[1:]


def test_clearing_the_question_answers_it() -> None:
    row = next(i for i, t in enumerate(PLAN.targets) if t.questions)
    plan, _ = edited(setting(row + 2, 待确认=None, 判定方式="不高于"))
    target = plan.targets[row]
    assert target.questions == () and target.comparator_judged is Comparator.AT_MOST
    assert target.judged_by == "by_hand"


def test_a_new_row_needs_little() -> None:
    plan, problems = edited(setting(30, 指标="夜间照明投诉", 判定方式="零发生", 口径="数量", 完成年份=2028))
    new = plan.targets[-1]
    assert (new.id, new.kind, new.value_low, new.own) == ("F30", TargetKind.ZERO_EVENTS, "0", True)
    assert new.comparator_printed is Comparator.ZERO_EVENTS and new.anchor is None
    assert [p.severity for p in problems] == [Severity.WARNING]


def test_deleted_rows_and_blank_rows_are_no_targets() -> None:
    plan, _ = edited(lambda book: book["目标"].delete_rows(3, 2))
    assert [t.id for t in plan.targets][:2] == ["t1", "t4"]


def test_dates_typed_as_dates_stay_days() -> None:
    def change(book: Any) -> None:
        from datetime import datetime

        row = next(r for r in book[MARK].iter_rows() if r[0].value == "成文日期")
        row[1].value = datetime(2024, 3, 16)

    assert edited(change)[0].meta.adopted_date == "2024-03-16"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"数值下限": "97.1%"}, "plan_form.bad_cell", "数值下限"),
    ({"判定方式": "大概"}, "plan_form.bad_cell", "判定方式"),
    ({"口径": None}, "plan_form.empty_cell", "口径"),
    ({"完成年份": "明年"}, "plan_form.bad_cell", "完成年份"),
    ({"完成年份": 20280}, "plan_form.bad_cell", "完成年份"),
    ({"完成年份": 2150}, "plan_form.odd_year", "完成年份"),
    ({"判定方式": "不高于"}, "plan_form.no_value", "数值上限"),
    ({"判定方式": "区间", "数值上限": 90}, "plan_form.crossed_bounds", "数值下限"),
    ({"编号": "t2"}, "plan_form.same_id", "编号"),
    ({"年度路径": "去年多一点"}, "plan_form.bad_cell", "年度路径"),
    ({"指标": "  "}, "plan_form.empty_cell", "指标"),
    ({"待确认代码": "[1]"}, "plan_form.bad_cell", "待确认代码"),
]


@pytest.mark.parametrize(("cells", "code", "column"), WRONG)
def test_wrong_edits_are_told_with_their_place(cells: dict[str, Any], code: str, column: str) -> None:
    plan, problems = edited(setting(2, **cells))
    faults = [p for p in problems if p.severity is Severity.ERROR]
    assert [(p.code, p.file, p.sheet, p.column) for p in faults] == [(code, "form.xlsx", "目标", column)]
    assert faults[0].row == (3 if code == "plan_form.same_id" else 2)
    assert len(plan.targets) == 27
    for language in ("zh", "en"):
        assert "{" not in problem_sentence(faults[0], language)


def test_a_share_for_a_percentage_is_asked_about() -> None:
    plan, problems = edited(setting(2, 数值下限=0.955))
    assert "plan_form.share_for_percent" in [p.code for p in problems]
    assert plan.targets[0].value_low == "0.955"


def test_a_lost_mention_is_a_warning() -> None:
    plan, problems = edited(setting(2, 目标出处="m1；m99"))
    assert plan.targets[0].mentions == ("m1", "m99")
    lost = next(p for p in problems if p.code == "plan_form.unknown_mention")
    assert lost.severity is Severity.WARNING and lost.facts["id"] == "m99"


def rename(old: str, new: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[old].title = new

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (rename(MARK, "别的"), "plan_form.no_mark"),
        (rename("目标", "别的"), "plan_form.no_targets_sheet"),
        (lambda book: book[MARK].delete_rows(2), "plan_form.version"),
    ],
)
def test_what_is_no_form_is_refused(change: Callable[[Any], None], code: str) -> None:
    with pytest.raises(DataError) as refused:
        edited(change)
    assert refused.value.code == code
    for language in ("zh", "en"):
        assert strict_sentence(code, refused.value.facts, language)


def test_a_lost_column_is_told_once() -> None:
    plan, problems = edited(setting(1, 指标="名称"))
    assert plan.targets == ()
    assert [p.code for p in problems] == ["plan_form.no_column"]


def test_texts_that_look_like_formulas_stay_texts() -> None:
    hostile: tuple[Target, ...] = tuple(
        replace(t, indicator=name) for t, name in zip(PLAN.targets, ("=1+1", "+1", "-1", "@SUM(A1)"), strict=False)
    )
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(replace(PLAN, targets=hostile))))
    cells = [row[2] for row in book["目标"].iter_rows(min_row=2, max_row=5)]
    assert [c.value for c in cells] == ["=1+1", "+1", "-1", "@SUM(A1)"]
    assert all(c.data_type == "s" and c.quotePrefix for c in cells)


@pytest.mark.parametrize("name", ["t1", "p2_division", "p8_traps"])
def test_compiled_plans_come_back_the_same_by_both_ways(name: str) -> None:
    plan = open_plan(Path(__file__).parents[2] / "fixtures" / "genre" / f"{name}.txt")
    assert plan.targets and plan_from_json(plan_json(plan)) == plan
    Draft202012Validator(EXTRACT).validate(json.loads(plan_json(plan)))
    found, problems = plan_from_form(grids(form_workbook(plan)))
    assert found == plan and not [p for p in problems if p.severity is Severity.ERROR]
