"""`zhiheng diff`: what changed between two versions of a plan."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from zhiheng.cli.output import hand_out, say
from zhiheng.cli.places import place_words
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.cli.tables import print_table
from zhiheng.flow.diff import diff, written
from zhiheng.plans.differences.change import Differences
from zhiheng.publication.revision import detail_words, name_words, nature_word, subject_word, summary
from zhiheng.publication.writers.placing import put
from zhiheng.rules.messages import sentence

_HEADS = ("cli.subject", "cli.nature", "cli.name", "cli.what", "cli.place_old", "cli.place_new")


def main(arguments: Namespace) -> int:
    """Print or write the differences; 1 when there are any."""
    found = diff(Path(arguments.old), Path(arguments.new))
    for plan in (found.old, found.new):
        report_problems(plan.problems, arguments.language)
    kind, out = arguments.format, arguments.out
    if kind == "table" and out is None:
        _print(found, arguments.language)
    else:
        kind = "json" if kind == "table" else kind
        content = written(found, kind, date.today())  # noqa: DTZ011 - the day in the office's own zone
        if out is None and kind == "json":
            hand_out(content)
        else:
            target = Path(out or f"{Path(arguments.new).stem}.diff.{kind}")
            put(target, content)
            tell("flow.written", arguments.language, file=str(target))
    return 1 if found.changes else 0


def _print(found: Differences, language: str) -> None:
    if not found.changes:
        say(sentence("publication.no_changes", {}, language))
        return
    rows = [
        (
            subject_word(c.subject, language),
            " ".join(nature_word(n, language) for n in c.natures),
            name_words(c),
            "\n".join(detail_words(d, language) for d in c.details),
            *(place_words(side.anchor, language) if side else "" for side in (c.before, c.after)),
        )
        for c in found.changes
    ]
    print_table(_HEADS, rows, language)
    for said in summary(found, language):
        say(said)
