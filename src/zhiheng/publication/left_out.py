"""Which targets of a plan's Excel form do the papers not speak of, and why?"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.base.problem import Problem, Severity
from zhiheng.plans.form import TARGETS
from zhiheng.plans.model import Plan

_ROOM = "plan_form."
_WHOLE_SHEET = "plan_form.no_column"
_WRONG = "填写有误"
_WHY = {
    "plan_form.empty_cell": "没有填写",
    "plan_form.no_value": "没有填写",
    "plan_form.crossed_bounds": "大于数值上限",
    "plan_form.odd_year": "不合常理",
    "plan_form.same_id": "与前面的行重复",
}


def rows_left_out(plan: Plan) -> tuple[int, ...]:
    """The rows of the form's targets that were refused."""
    return tuple(sorted({p.row for p in _refusals(plan) if p.row is not None and p.code != _WHOLE_SHEET}))


def left_out_words(plan: Plan) -> list[str]:
    """What a report says of them; nothing when all were taken, or when the plan came from no form."""
    refusals = list(_refusals(plan))
    lacking = [f"“{p.column}”" for p in refusals if p.code == _WHOLE_SHEET]
    if lacking:
        return [f"{_form(refusals)}的“{TARGETS}”工作表缺少{'、'.join(lacking)}一栏，其中各项目标均没有采用，不在统计之内。"]
    rows = rows_left_out(plan)
    if not rows:
        return []
    why = "；".join(f"第{'、'.join(map(str, same))}行{reason}" for reason, same in _by_reason(refusals).items())
    return [f"{_form(refusals)}中另有{len(rows)}项目标没有采用，不在统计之内：{why}。请改正后重新生成本报告。"]


def _by_reason(refusals: list[Problem]) -> dict[str, list[int]]:
    said: dict[int, list[str]] = {}
    for p in refusals:
        said.setdefault(p.row or 0, []).append(f"“{p.column}”{_WHY.get(p.code, _WRONG)}")
    rows: dict[str, list[int]] = {}
    for row, reasons in sorted(said.items()):
        rows.setdefault("、".join(dict.fromkeys(reasons)), []).append(row)
    return rows


def _form(refusals: list[Problem]) -> str:
    file = next((p.file for p in refusals if p.file), "")
    return f"规划表“{file}”" if file else "规划表"


def _refusals(plan: Plan) -> Iterator[Problem]:
    for p in plan.problems:
        if p.severity is Severity.ERROR and p.sheet == TARGETS and p.code.startswith(_ROOM):
            yield p
