"""`zhiheng extract`: what a plan sets, as a table, JSON or the Excel form."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from zhiheng.base.errors import UsageError
from zhiheng.cli.reporting import report_error, report_problems, tell, with_progress
from zhiheng.cli.tables import print_table
from zhiheng.flow.extract import Extracted, extract_all
from zhiheng.plans.model import Plan
from zhiheng.plans.serial import plan_json
from zhiheng.publication.wording import target_words
from zhiheng.publication.writers.placing import put
from zhiheng.publication.writers.xlsx import form_workbook

_SUFFIX = {"json": ".plan.json", "xlsx": ".plan.xlsx"}


def main(arguments: Namespace) -> int:
    """Extract every file; the worst exit code of those that could not be read."""
    paths = [Path(f) for f in arguments.files]
    if arguments.format == "xlsx" and arguments.out is None and len(paths) > 1:
        raise UsageError("flow.out_needed", count=len(paths))
    worst = 0
    found = extract_all(paths, use_aliases=not arguments.no_aliases)
    for one in with_progress(found, len(paths), "extract"):
        if one.plan is None:
            worst = max(worst, report_error(one.error or RuntimeError(), arguments.language))
            continue
        _told(one.plan, one.path, arguments.language)
        _render(one, one.plan, arguments, many=len(paths) > 1)
    return worst


def _told(plan: Plan, path: Path, language: str) -> None:
    if not plan.mentions:
        tell("flow.no_mention", language, file=path.name)
    else:
        report_problems(plan.problems, language)


def _render(one: Extracted, plan: Plan, arguments: Namespace, *, many: bool) -> None:
    if arguments.format == "table":
        _print_plan(plan)
        return
    content = plan_json(plan).encode() if arguments.format == "json" else form_workbook(plan)
    target = _target(one.path, arguments, many=many)
    if target is None:
        sys.stdout.write(content.decode().rstrip("\n") + "\n")
    else:
        put(target, content)
        tell("flow.written", arguments.language, file=str(target))


def _target(path: Path, arguments: Namespace, *, many: bool) -> Path | None:
    """Where the result goes: the file or folder asked for, beside us for Excel, stdout for JSON."""
    suffix = _SUFFIX[arguments.format]
    if arguments.out is None:
        return None if arguments.format == "json" else Path(path.stem + suffix)
    out = Path(arguments.out)
    return out / (path.stem + suffix) if many or out.is_dir() else out


def _print_plan(plan: Plan) -> None:
    rows = [
        (t.id, t.indicator, "" if t.own else "上期", t.year, target_words(t), t.basis.value, t.modality.value, t.anchor and t.anchor.place.line, "？" if t.questions else "")
        for t in plan.targets
    ]  # fmt: skip
    print_table(("编号", "指标", "期", "年份", "目标", "口径", "语气", "行", "待确认"), rows, plan.meta.title or plan.name)
    counts = (len(plan.mentions), len(plan.targets), len(plan.commitments), len(plan.tasks))
    print(f"数值 {counts[0]} 处，目标 {counts[1]} 项，无数字承诺 {counts[2]} 项，任务 {counts[3]} 项")
