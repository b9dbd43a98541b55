"""`zhiheng compare`: plans of several places side by side."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from zhiheng.base.errors import UsageError
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_error, tell, with_progress
from zhiheng.cli.tables import print_table
from zhiheng.flow.compare import compare, written
from zhiheng.flow.extract import extract_all
from zhiheng.plans.comparison.model import Comparison, Demand
from zhiheng.plans.model import Plan
from zhiheng.publication.side_by_side import (
    ambition_words,
    caution_words,
    cell_remarks,
    columns,
    goal_words,
    obstacle_words,
    reason_words,
    resembling,
)
from zhiheng.publication.writers.placing import put
from zhiheng.rules.messages import sentence

_FEWEST = 2


def main(arguments: Namespace) -> int:
    """Print or write the comparison; a file that cannot be read is named, the others are compared all the same."""
    plans, worst = _plans([Path(f) for f in arguments.files], arguments.language)
    if len(plans) < _FEWEST:
        if worst:
            return worst
        raise UsageError("cli.too_few_plans", count=len(plans))
    comparison = compare(plans)
    kind, out = arguments.format, arguments.out
    if kind == "table" and out is None:
        _print(comparison, arguments.language)
        return worst
    kind = "json" if kind == "table" else kind
    content = written(comparison, kind, arguments.language)
    if out is None and kind == "json":
        hand_out(content)
    else:
        target = Path(out or f"compare.{kind}")
        put(target, content)
        tell("flow.written", arguments.language, file=str(target))
    return worst


def _plans(paths: list[Path], language: str) -> tuple[list[Plan], int]:
    plans, worst = [], 0
    for one in with_progress(extract_all(paths), len(paths), sentence("cli.reading", {}, language)):
        if one.plan is None:
            sys.stderr.write(one.trace)
            worst = max(worst, report_error(one.error or RuntimeError(), language))
        else:
            plans.append(one.plan)
    return plans, worst


def _print(comparison: Comparison, language: str) -> None:
    names = columns(comparison)
    rows = [(line.name, *(_words(line.cells[i], language) for i in comparison.used)) for line in comparison.shared]
    if rows:
        print_table(("cli.indicator",), rows, language, columns=[names[i] for i in comparison.used])
    pairs = [
        (line.name, found.name, obstacle_words(found.differ, language), reason_words(found, line, language))
        for line, found in resembling(comparison)
    ]
    if pairs:
        title = sentence("cli.resembling", {}, language)
        print_table(("cli.one", "cli.other", "cli.nature", "cli.why"), pairs, language, title)
    for said in caution_words(comparison, language):
        say(said)
    counts = {"plans": len(names), "shared": len(comparison.shared), "alone": len(comparison.alone)}
    say(sentence("cli.compared", counts, language))


def _words(cell: Demand | None, language: str) -> str:
    if cell is None:
        return "—"
    yearly = ambition_words(cell.ambition, cell.target.unit, language)
    if cell.ambition.yearly is not None:
        yearly = sentence("publication.per_year", {"amount": yearly}, language)
    return "\n".join((goal_words(cell), yearly, *cell_remarks(cell, language)))
