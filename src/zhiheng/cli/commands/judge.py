"""`zhiheng judge`: a plan that reports its predecessor, judged from its own text."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from zhiheng.cli.output import hand_out
from zhiheng.cli.places import place_words
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.cli.tables import print_table
from zhiheng.flow.plan_source import open_plan
from zhiheng.judgement.self_report import ReportedVerdict, judge_reported
from zhiheng.publication.wording import verdict_word
from zhiheng.publication.writers.json import reported_bytes
from zhiheng.rules.messages import sentence

_HEADS = ("cli.indicator", "cli.target_place", "cli.actual_place", "cli.verdict", "cli.reason")


def main(arguments: Namespace) -> int:
    """Judge what the plan reports."""
    plan, language = open_plan(Path(arguments.file)), arguments.language
    verdicts = judge_reported(plan)
    report_problems(plan.problems, language)
    if not verdicts:
        tell("flow.nothing_reported", language, file=plan.name)
    if arguments.format == "json":
        hand_out(reported_bytes(plan, verdicts))
    else:
        places = {t.id: place_words(t.anchor, language) for t in plan.targets}
        places |= {m.id: place_words(m.anchor, language) for m in plan.mentions}
        print_table(_HEADS, [_row(v, places, language) for v in verdicts], language, plan.meta.title or plan.name)
    return 0


def _row(v: ReportedVerdict, places: Mapping[str, str], language: str) -> tuple[object, ...]:
    why = sentence(v.reason, v.reason_facts, language)
    return v.indicator, places.get(v.target_id), places.get(v.actual_id or ""), verdict_word(v.verdict, language), why
