"""`zhiheng check`: what a person has to settle before a plan is used."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from zhiheng.cli.tables import print_table
from zhiheng.flow.check import Check, check_plan
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Plan, Standing
from zhiheng.plans.serial import number_record, plain, problem_record
from zhiheng.rules.messages import problem_sentence, sentence


def main(arguments: Namespace) -> int:
    """Print the findings; 1 when there are any."""
    plan = open_plan(Path(arguments.file))
    check = check_plan(plan)
    if arguments.format == "json":
        sys.stdout.write(json.dumps(_record(plan, check), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(plan, check, arguments.language)
    return 1 if check.findings else 0


def _record(plan: Plan, check: Check) -> dict[str, object]:
    coverage = plan.coverage
    return {
        "file": plan.name,
        "coverage": {"total": coverage.total, **{s.value: coverage.count(s) for s in Standing}},
        "not_understood": [number_record(n) for n in check.not_understood],
        "questions": [
            {
                "target": t.id,
                "indicator": t.indicator,
                "code": q.code,
                "question": sentence(q.code, q.facts),
                "facts": plain(q.facts),
            }
            for t, q in check.questions
        ],
        "unmatched": list(check.unmatched),
        "problems": [{**problem_record(p), "sentence": problem_sentence(p)} for p in check.problems],
    }


def _print(plan: Plan, check: Check, language: str) -> None:
    coverage = plan.coverage
    counts = [coverage.count(s) for s in (Standing.MENTION, Standing.EXCLUDED, Standing.NOT_UNDERSTOOD)]
    print(
        sentence(
            "flow.coverage", {"total": coverage.total, "mention": counts[0], "excluded": counts[1], "open": counts[2]}, language
        )
    )
    if check.not_understood:
        print_table(("行", "数字"), [(n.anchor.place.line, n.text) for n in check.not_understood], "没读懂的数字")
    if check.questions:
        rows = [(t.id, t.indicator, sentence(q.code, q.facts, language)) for t, q in check.questions]
        print_table(("目标", "指标", "要确认什么"), rows, "文本没有说明的口径")
    if check.unmatched:
        print_table(("指标",), [(name,) for name in check.unmatched], "指标目录里没有对应的名称")
    for problem in check.problems:
        print(problem_sentence(problem, language))
