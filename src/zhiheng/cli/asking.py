"""How is a command line read, explained and refused in the language of the person who wrote it?

argparse speaks English only; here its heads, its own options and its refusals have both languages. Words of `--help` stand
beside their option, as pairs, since opening the catalogue of messages would cost more than all the rest of `--help`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from typing import Any, NoReturn

Words = tuple[str, str]  # Chinese, English

# What argparse says in English → the code of our sentence; groups are its facts.
_REFUSALS = (
    (r"the following arguments are required: (?P<names>.+)", "cli.usage_required"),
    (r"unrecognized arguments: (?P<names>.+)", "cli.usage_unknown"),
    (r"argument (?P<name>\S+): expected one argument", "cli.usage_one_value"),
    (r"argument (?P<name>\S+): expected at least one argument", "cli.usage_some_value"),
    (r"argument (?P<name>\S+): invalid choice: (?P<found>.*) \(choose from (?P<choices>.+)\)", "cli.usage_choice"),
    (r"argument (?P<name>\S+): invalid day value: (?P<found>.+)", "cli.usage_day"),
    (r"argument (?P<name>\S+): ignored explicit argument (?P<found>.+)", "cli.usage_no_value"),
    (r"ambiguous option: (?P<found>.+) could match (?P<choices>.+)", "cli.usage_ambiguous"),
    (r"(?P<said>.+)", "cli.usage_other"),
)


def day(text: str) -> date:
    """A day as a person types it; argparse names this function when it is none."""
    return date.fromisoformat(text)


class Asking(argparse.ArgumentParser):
    """A command with its options; `said` picks the words of a pair in the language of the call."""

    def __init__(self, *, language: str, **how: Any) -> None:
        super().__init__(add_help=False, formatter_class=_look(language), **how)
        self.language = language
        self._named = self.add_argument_group(self.said(("要写的内容", "arguments")))
        self._options = self.add_argument_group(self.said(("选项", "options")))
        self.option("-h", "--help", action="help", words=("显示这份用法后退出", "show this and leave"))

    def said(self, words: Words) -> str:
        """The words in the language of the call."""
        return words[1] if self.language == "en" else words[0]

    def names(self, name: str, *, words: Words, **how: Any) -> None:
        """Something to be named without an option before it."""
        self._named.add_argument(name, help=self.said(words), **how)

    def option(self, *flags: str, words: Words, **how: Any) -> None:
        """An option."""
        self._options.add_argument(*flags, help=self.said(words), **how)

    def error(self, message: str) -> NoReturn:
        """Refuse the call: what is wrong, and how to see what is right."""
        messages = import_module("zhiheng.rules.messages")
        code, facts = _refusal(message)
        self.print_usage(sys.stderr)
        said = messages.sentence(code, {**facts, "command": self.prog}, self.language)
        self.exit(2, messages.sentence("cli.severity_error", {"said": said}, self.language) + "\n")


def _refusal(message: str) -> tuple[str, dict[str, object]]:
    pattern, code = next((pattern, code) for pattern, code in _REFUSALS if re.fullmatch(pattern, message, re.S))
    found = re.fullmatch(pattern, message, re.S)
    facts: dict[str, object] = found.groupdict() if found else {}
    for key in ("names", "choices"):
        if key in facts:
            facts[key] = [part.strip("'") for part in re.split(r",? ", str(facts[key]))]
    if "found" in facts:
        facts["found"] = str(facts["found"]).strip("'")
    return code, facts


def _look(language: str) -> Callable[..., argparse.HelpFormatter]:
    return argparse.HelpFormatter if language == "en" else _Chinese


class _Chinese(argparse.HelpFormatter):
    """The page of `--help` under Chinese heads."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        return re.sub(r"(?m)^([\u4e00-\u9fff]+):$", r"\1：", super().format_help())
