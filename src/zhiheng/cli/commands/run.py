"""`zhiheng run`: plan and figures in, verdicts and papers out."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path

from rich.console import Console

from zhiheng.cli.reporting import report_problems, tell
from zhiheng.flow.run import RunResult, run_plan
from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.wording import verdict_word


def main(arguments: Namespace) -> int:
    """Run the main job; 0 when the papers were written, also with refused rows."""
    as_of = arguments.as_of or date.today()  # noqa: DTZ011 - a face reads the clock once, in the office's own time
    with Console(stderr=True).status("…") as _:
        result = run_plan(Path(arguments.plan), Path(arguments.figures), as_of=as_of, out=Path(arguments.out))
    report_problems([*result.plan.problems, *result.intake.problems], arguments.language)
    if result.refused is not None:
        tell("flow.rows_refused", arguments.language, count=result.intake.refused, file=str(result.refused))
    counts = Counter(j.verdict for j in result.judgements)
    if arguments.format == "json":
        sys.stdout.write(json.dumps(_record(result, counts, as_of), ensure_ascii=False, indent=1) + "\n")
        return 0
    said = "，".join(f"{verdict_word(v)} {counts[v]}" for v in Verdict if counts[v])
    print(f"{result.plan.meta.title or result.plan.name}（截至 {as_of}）：{said or '没有可判定的目标'}")
    for paper in (*result.papers, *([result.refused] if result.refused else [])):
        print(paper)
    return 0


def _record(result: RunResult, counts: Counter[Verdict], as_of: date) -> dict[str, object]:
    return {
        "as_of": as_of.isoformat(),
        "verdicts": {v.value: counts[v] for v in Verdict},
        "figures": {"taken": len(result.intake.figures), "refused": result.intake.refused, "skipped": result.intake.skipped},
        "papers": [str(p) for p in result.papers],
        "refused": str(result.refused) if result.refused else None,
    }
