"""`zhiheng extract`: what a plan sets, as a table, JSON or the Excel form."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from zhiheng.base.errors import UsageError, ZhihengError
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.places import place_words
from zhiheng.cli.reporting import report_error, report_problems, tell, with_progress
from zhiheng.cli.tables import print_table
from zhiheng.flow.destinations import destinations
from zhiheng.flow.extract import Extracted, extract_all, internal_error
from zhiheng.plans.labels import label
from zhiheng.plans.model import Plan, Target
from zhiheng.publication.wording import target_words
from zhiheng.publication.writers.json import plan_bytes
from zhiheng.publication.writers.placing import put
from zhiheng.publication.writers.xlsx import form_workbook
from zhiheng.rules.messages import sentence

_SUFFIX = {"json": ".plan.json", "xlsx": ".plan.xlsx"}
_HEADS = (
    "cli.number_of_target", "cli.indicator", "cli.term", "cli.year", "cli.target", "cli.basis", "cli.modality", "cli.place",
    "cli.open",
)  # fmt: skip


def main(arguments: Namespace) -> int:
    """Extract every file; the worst exit code of those that could not be read."""
    paths = [Path(f) for f in arguments.files]
    targets = _targets(paths, arguments)
    worst = 0
    found = extract_all(paths, use_aliases=not arguments.no_aliases)
    for one, target in zip(
        with_progress(found, len(paths), sentence("cli.reading", {}, arguments.language)), targets, strict=True
    ):
        if one.plan is None:
            sys.stderr.write(one.trace)
            worst = max(worst, report_error(one.error or RuntimeError(), arguments.language))
            continue
        _told(one.plan, one.path, arguments.language)
        worst = max(worst, _rendered(one, one.plan, target, arguments))
    return worst


def _told(plan: Plan, path: Path, language: str) -> None:
    if not plan.mentions:
        tell("flow.no_mention", language, file=path.name)
    else:
        report_problems(plan.problems, language)


def _targets(paths: Sequence[Path], arguments: Namespace) -> Sequence[Path | None]:
    """Where each result goes: the file or folder asked for, beside us for Excel, stdout (None) for JSON and tables."""
    if arguments.format == "table" or (arguments.format == "json" and arguments.out is None):
        return [None] * len(paths)
    suffix = _SUFFIX[arguments.format]
    if arguments.out is not None:
        return destinations(paths, Path(arguments.out), suffix)
    if len(paths) > 1:
        raise UsageError("flow.out_needed", count=len(paths))
    return [Path(path.stem + suffix) for path in paths]


def _rendered(one: Extracted, plan: Plan, target: Path | None, arguments: Namespace) -> int:
    """Print or write one result; a fault of ours in it does not hold the other files."""
    if arguments.format == "table":
        _print_plan(plan, arguments.language)
        return 0
    try:
        content = plan_bytes(plan) if arguments.format == "json" else form_workbook(plan)
    except ZhihengError as error:
        return report_error(error, arguments.language)
    except Exception as fault:
        report_error(fault, arguments.language)
        return report_error(internal_error(one.path, fault), arguments.language)
    if target is None:
        hand_out(content)
    else:
        put(target, content)
        tell("flow.written", arguments.language, file=str(target))
    return 0


def _print_plan(plan: Plan, language: str) -> None:
    print_table(_HEADS, [_row(t, language) for t in plan.targets], language, plan.meta.title or plan.name)
    counts = {"mentions": len(plan.mentions), "targets": len(plan.targets)}
    counts |= {"commitments": len(plan.commitments), "tasks": len(plan.tasks)}
    say(sentence("cli.plan_counts", counts, language))


def _row(t: Target, language: str) -> tuple[object, ...]:
    basis, modality = (label(w) if language == "zh" else w.value for w in (t.basis, t.modality))
    term = "" if t.own else sentence("cli.earlier_term", {}, language)
    place = place_words(t.anchor, language)
    return t.id, t.indicator, term, t.year, target_words(t), basis, modality, place, "?" if t.questions else ""
