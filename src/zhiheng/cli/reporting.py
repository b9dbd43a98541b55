"""How do problems and progress appear on stderr?"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zhiheng.base.errors import InternalError, ZhihengError
from zhiheng.base.problem import Problem, Severity
from zhiheng.rules.messages import problem_sentence, sentence

T = TypeVar("T")


def report_error(error: Exception, language: str) -> int:
    """Print what stopped the work and return the exit code of its family."""
    if isinstance(error, ZhihengError):
        _print(Severity.ERROR, sentence(error.code, error.facts, language), language)
        return error.exit_code
    traceback.print_exception(error, file=sys.stderr)
    tell("flow.internal", language, kind=type(error).__name__)
    return InternalError.exit_code


def report_problems(problems: Iterable[Problem], language: str) -> None:
    """Print findings, one a line."""
    for problem in problems:
        _print(problem.severity, problem_sentence(problem, language), language)


def tell(code: str, language: str, **facts: object) -> None:
    """Print one sentence of the catalogue on stderr."""
    print(sentence(code, facts, language), file=sys.stderr)


def _print(severity: Severity, said: str, language: str) -> None:
    # What is told may quote a file of unknown hands; a cursor is moved by nobody but us.
    said = "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in said)
    tell(f"cli.severity_{severity.value}", language, said=said)


def with_progress(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """The items, with a bar on a terminal when there are many."""
    console = Console(stderr=True)
    if total < 5 or not console.is_terminal:
        yield from items
        return
    columns: Sequence[object] = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:  # type: ignore[arg-type]
        yield from progress.track(items, total=total)
