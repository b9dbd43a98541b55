"""`zhiheng run`: plan and figures or records in, verdicts and papers out."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path

from rich.console import Console

from zhiheng.base.errors import UsageError
from zhiheng.base.problem import Problem, Severity
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.from_records import Evidence
from zhiheng.flow.run import RunResult, run_plan
from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.left_out import rows_left_out
from zhiheng.publication.wording import verdict_word
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import sentence


def main(arguments: Namespace) -> int:
    """Run the main job; 0 when the papers were written, also with refused rows; 1 when a figure says otherwise than the records."""
    as_of = arguments.as_of or date.today()  # noqa: DTZ011 - a face reads the clock once, in the office's own time
    with Console(stderr=True).status("…"):
        figures = Path(arguments.figures) if arguments.figures else None
        result = run_plan(Path(arguments.plan), figures, as_of=as_of, out=Path(arguments.out), evidence=_evidence(arguments))
    _told(result, arguments, as_of)
    if arguments.format == "json":
        hand_out(record_bytes(_record(result, as_of)))
    else:
        _print(result, as_of, arguments.language)
    return 1 if result.contradictions else 0


def _evidence(arguments: Namespace) -> Evidence | None:
    if not arguments.evidence:
        for name in ("place", "on"):
            if getattr(arguments, name):
                raise UsageError("cli.needs_evidence", option=f"--{name}")
        return None
    return Evidence(Home(Path(arguments.evidence).expanduser().absolute()), arguments.place, arguments.on)


def _told(result: RunResult, arguments: Namespace, as_of: date) -> None:
    language, begins = arguments.language, result.plan.meta.period_start
    if begins is not None and as_of < date(begins, 1, 1):
        facts = {"as_of": as_of, "begins": begins}
        report_problems([Problem("flow.before_plan", Severity.WARNING, facts)], language)
    report_problems([*result.plan.problems, *result.intake.problems, *result.similar, *result.contradictions], language)
    recorded = [v for v in result.values if v.receipt]
    if recorded:
        folder = Home(Path(arguments.evidence).expanduser().absolute()).receipts
        tell("flow.values_from_records", language, count=len(recorded), folder=str(folder))
    left_out = rows_left_out(result.plan)
    if left_out:
        tell("flow.targets_left_out", language, count=len(left_out), file=arguments.plan)
    if result.refused is not None:
        tell("flow.rows_refused", language, count=result.intake.refused, file=str(result.refused))
    elif arguments.figures and not result.intake.figures:
        tell("flow.no_figures", language, file=Path(arguments.figures).name)


def _print(result: RunResult, as_of: date, language: str) -> None:
    counts = Counter(j.verdict for j in result.judgements)
    each = [{"verdict": verdict_word(v, language), "count": counts[v]} for v in Verdict if counts[v]]
    said = tuple(sentence("cli.verdict_count", facts, language) for facts in each)
    facts = {"plan": result.plan.meta.title or result.plan.name, "as_of": as_of, "counts": said}
    say(sentence("cli.run_summary" if said else "cli.run_without_target", facts, language))
    for paper in (*result.papers, *([result.refused] if result.refused else [])):
        say(str(paper))


def _record(result: RunResult, as_of: date) -> dict[str, object]:
    counts = Counter(j.verdict for j in result.judgements)
    return {
        "as_of": as_of.isoformat(),
        "verdicts": {v.value: counts[v] for v in Verdict},
        "figures": {"taken": len(result.intake.figures), "refused": result.intake.refused, "skipped": result.intake.skipped},
        "papers": [str(p) for p in result.papers],
        "refused": str(result.refused) if result.refused else None,
        "from_records": sum(v.receipt is not None for v in result.values),
        "contradictions": [dict(problem.facts) for problem in result.contradictions],
    }
