"""`zhiheng verify`: is a receipt ours, and do the records still make what it says?

One of five sentences for each receipt, and an exit code for each sentence; of several receipts the highest counts.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhiheng.base.errors import UsageError
from zhiheng.base.problem import Problem
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.receipt_home import receipt_home, receipt_keys
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.engine import chosen_engine
from zhiheng.flow.verify import Verifier
from zhiheng.plans.serial import problem_record
from zhiheng.publication.receipts.outcome import Outcome, Verification, outcome_sentence
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import problem_sentence

EXIT_CODES: Mapping[Outcome, int] = {
    Outcome.EQUAL: 0,
    Outcome.DIFFERENT: 10,
    Outcome.CHANGED: 11,
    Outcome.GONE: 12,
    Outcome.FOREIGN: 13,
}


def main(arguments: Namespace) -> int:
    """Say it; the exit code of the worst."""
    language, found = arguments.language, []
    verifiers: dict[tuple[Home, frozenset[str]], Verifier] = {}
    for name in arguments.receipts:
        path = Path(name)
        if not path.is_file():
            raise UsageError("cli.no_such_receipt", file=name)
        home = receipt_home(arguments, path)
        keys = receipt_keys(arguments, path, home)
        verifier = verifiers.setdefault((home, frozenset(keys)), Verifier(home, keys, chosen_engine(arguments.engine)))
        verification = verifier.verify(path)
        found.append((name, verification))
        if arguments.format != "json":
            say(
                outcome_sentence(verification, language)
                if len(arguments.receipts) == 1
                else _line(name, verification, language)
            )
            report_problems(verification.notes, language)
    if arguments.format == "json":
        hand_out(record_bytes({"receipts": [_record(name, one, language) for name, one in found]}))
    elif len(found) > 1:
        equal = sum(one.outcome is Outcome.EQUAL for _, one in found)
        tell("cli.verified", language, count=len(found), equal=equal, others=len(found) - equal)
    return max(EXIT_CODES[one.outcome] for _, one in found)


def _line(name: str, found: Verification, language: str) -> str:
    return f"{Path(name).stem[:16]}  {outcome_sentence(found, language)}"


def _record(name: str, found: Verification, language: str) -> dict[str, Any]:
    return {
        "file": name,
        "outcome": found.outcome.value,
        "exit_code": EXIT_CODES[found.outcome],
        "sentence": outcome_sentence(found, language),
        "digest": found.signed.digest,
        "key": found.key,
        "reasons": [_problem(problem, language) for problem in found.reasons],
        "notes": [_problem(problem, language) for problem in found.notes],
    }


def _problem(problem: Problem, language: str) -> dict[str, Any]:
    return {**problem_record(problem), "sentence": problem_sentence(problem, language)}
