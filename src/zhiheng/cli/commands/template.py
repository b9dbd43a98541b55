"""`zhiheng template figures`: the workbook that departments fill in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from zhiheng.cli.reporting import report_problems, tell
from zhiheng.flow.figures import template_of
from zhiheng.flow.plan_source import open_plan
from zhiheng.publication.writers.placing import put


def main(arguments: Namespace) -> int:
    """Write the workbook."""
    plan = open_plan(Path(arguments.plan))
    report_problems(plan.problems, arguments.language)
    target = put(Path(arguments.out), template_of(plan))
    tell("flow.written", arguments.language, file=str(target))
    return 0
