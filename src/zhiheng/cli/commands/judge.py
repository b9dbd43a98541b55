"""`zhiheng judge`: a plan that reports its predecessor, judged from its own text."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from zhiheng.cli.reporting import report_problems, tell
from zhiheng.cli.tables import print_table
from zhiheng.flow.plan_source import open_plan
from zhiheng.judgement.self_report import judge_reported
from zhiheng.publication.wording import verdict_word
from zhiheng.publication.writers.json import reported_json


def main(arguments: Namespace) -> int:
    """Judge what the plan reports."""
    plan = open_plan(Path(arguments.file))
    verdicts = judge_reported(plan)
    report_problems(plan.problems, arguments.language)
    if not verdicts:
        tell("flow.nothing_reported", arguments.language, file=plan.name)
    if arguments.format == "json":
        sys.stdout.write(reported_json(plan, verdicts) + "\n")
        return 0
    rows = [(v.indicator, v.target_line, v.actual_line, verdict_word(v.verdict), v.sentence) for v in verdicts]
    print_table(("指标", "目标行", "实绩行", "判定", "理由"), rows, plan.meta.title or plan.name)
    return 0
