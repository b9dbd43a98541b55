"""Does a report say which targets of the plan's Excel form it does not speak of?"""

from __future__ import annotations

from dataclasses import replace

from sample import PLAN

from zhiheng.base.problem import Problem, Severity
from zhiheng.plans.model import Plan
from zhiheng.publication.left_out import left_out_words, rows_left_out


def refused(*problems: tuple[str, int | None, str]) -> Plan:
    told = [Problem(f"plan_form.{c}", Severity.ERROR, {}, "规划.xlsx", "目标", row, column) for c, row, column in problems]
    return replace(PLAN, problems=(*PLAN.problems, *told))


def test_nothing_left_out_nothing_said() -> None:
    assert rows_left_out(PLAN) == () and left_out_words(PLAN) == []
    warning = Problem("plan_form.without_value", Severity.WARNING, {}, "规划.xlsx", "目标", 3, "数值下限")
    task = Problem("plan_form.bad_cell", Severity.ERROR, {}, "规划.xlsx", "任务", 3, "承诺等级")
    assert left_out_words(replace(PLAN, problems=(warning, task))) == []


def test_rows_with_one_reason_stand_together() -> None:
    plan = refused(("bad_cell", 7, "口径"), ("bad_cell", 5, "口径"), ("empty_cell", 9, "指标"), ("bad_cell", 5, "完成年份"))
    assert rows_left_out(plan) == (5, 7, 9)
    assert left_out_words(plan) == [
        "规划表“规划.xlsx”中另有3项目标没有采用，不在统计之内：第5行“口径”填写有误、“完成年份”填写有误；"
        "第7行“口径”填写有误；第9行“指标”没有填写。请改正后重新生成本报告。"
    ]


def test_a_sheet_without_a_column_is_left_out_whole() -> None:
    said = left_out_words(refused(("no_column", 1, "口径")))
    assert said == ["规划表“规划.xlsx”的“目标”工作表缺少“口径”一栏，其中各项目标均没有采用，不在统计之内。"]
