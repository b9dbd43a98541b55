"""`zhiheng check`: what a person has to settle before a plan is used."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from zhiheng.cli.output import hand_out, say
from zhiheng.cli.places import place_words
from zhiheng.cli.tables import print_table
from zhiheng.flow.check import Check, check_plan, organisations
from zhiheng.flow.plan_source import open_paper
from zhiheng.plans.consistency.doubt import Doubt, Kind, Passage
from zhiheng.plans.consistency.serial import CHECK_SCHEMA, doubt_record
from zhiheng.plans.model import Plan, Standing
from zhiheng.plans.serial import number_record, plain, problem_record
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import problem_sentence, sentence

_SHOWN, _MOST = 60, 4  # characters of a passage, and passages, in a column


def main(arguments: Namespace) -> int:
    """Print the findings; 1 when there are any."""
    opened = open_paper(Path(arguments.file))
    listed = organisations(Path(arguments.organisations), opened.plan) if arguments.organisations else None
    plan, check = opened.plan, check_plan(opened.plan, opened.paper, listed)
    if arguments.format == "json":
        hand_out(record_bytes(_record(plan, check, arguments.language)))
    else:
        _print(plan, check, arguments.language)
    return 1 if check.findings else 0


def _record(plan: Plan, check: Check, language: str) -> dict[str, object]:
    coverage = plan.coverage
    return {
        "schema": CHECK_SCHEMA,
        "file": plan.name,
        "coverage": {"total": coverage.total, **{s.value: coverage.count(s) for s in Standing}},
        "not_understood": [{**number_record(u.number), "sentence": u.sentence} for u in check.not_understood],
        "questions": [
            {
                "target": t.id,
                "indicator": t.indicator,
                "code": q.code,
                "question": sentence(q.code, q.facts, language),
                "facts": plain(q.facts),
            }
            for t, q in check.questions
        ],
        "unmatched": list(check.unmatched),
        "doubts": [doubt_record(d, sentence(d.code, d.facts, language)) for d in check.doubts],
        "problems": [{**problem_record(p), "sentence": problem_sentence(p, language)} for p in check.problems],
    }


def _print_doubts(doubts: Sequence[Doubt], language: str) -> None:
    """One table a kind: what is to be settled, and every place with the words there."""
    say(sentence("cli.doubts", {"count": len(doubts)}, language))
    for kind in Kind:
        found = [d for d in doubts if d.kind is kind]
        rows = [(sentence(d.code, d.facts, language), _places(d, language)) for d in found]
        if rows:
            title = sentence(f"cli.doubts_{kind}", {"count": len(rows)}, language)
            print_table(("cli.doubt", "cli.places"), rows, language, title)


def _places(doubt: Doubt, language: str) -> str:
    """The passages, one a line."""
    shown = [_place(p, language) for p in doubt.places[:_MOST]]
    return "\n".join([*shown, *(["…"] if len(doubt.places) > _MOST else [])])


def _place(passage: Passage, language: str) -> str:
    text = " ".join(passage.text.split())
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"{place_words(passage.anchor, language)} {cut}".strip()


def _print(plan: Plan, check: Check, language: str) -> None:
    coverage = plan.coverage
    counts = [coverage.count(s) for s in (Standing.MENTION, Standing.EXCLUDED, Standing.NOT_UNDERSTOOD)]
    facts = {"total": coverage.total, "mention": counts[0], "excluded": counts[1], "open": counts[2]}
    say(sentence("flow.coverage", facts, language))
    if check.not_understood:
        rows = [(place_words(u.number.anchor, language), u.number.text, u.sentence) for u in check.not_understood]
        heads = ("cli.place", "cli.number", "cli.stands_in")
        width = 3 if any(u.sentence for u in check.not_understood) else 2  # a plan that came as data has no sentences
        shown = [row[:width] for row in rows]
        print_table(heads[:width], shown, language, sentence("cli.not_understood", {}, language))
    if check.questions:
        asked = [(t.id, t.indicator, sentence(q.code, q.facts, language)) for t, q in check.questions]
        heads = ("cli.target", "cli.indicator", "cli.question")
        print_table(heads, asked, language, sentence("cli.not_stated", {}, language))
    if check.doubts:
        _print_doubts(check.doubts, language)
    if check.unmatched:
        names = [(name,) for name in check.unmatched]
        print_table(("cli.indicator",), names, language, sentence("cli.not_in_catalogue", {}, language))
    for problem in check.problems:
        say(problem_sentence(problem, language))
