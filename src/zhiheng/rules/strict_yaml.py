"""What does a rulebook file say, when nothing in it may be read in two ways?

YAML lets a bare `0.95` become a binary float, `no` a truth value and a repeated key win silently. A rulebook must not, so
this reader accepts a small part of YAML and refuses the rest with file and line. Numbers are whole, or quoted strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from zhiheng.base.errors import RuleError

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
# What YAML 1.1, 1.2 or a person could take for a number: 0.95, 1e3, 007, 0x1F, 1_000, 12:30, .inf
_NUMBER_LIKE = re.compile(r"[-+]?(\.?[0-9][0-9_,.:]*([eE][-+]?[0-9]+)?|0[xXoObB][0-9a-fA-F_]+|\.(inf|nan))\Z", re.IGNORECASE)
_TRUTH_LIKE = frozenset(["yes", "no", "on", "off", "y", "n", "true", "false", "null"])
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}

Value = Any  # str | int | bool | date | None | Table | Rows; every reader narrows it and says what it expected


class Table(dict[str, Value]):
    """A mapping that knows in which file and on which line each key stands."""

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}


class Rows(list[Value]):
    """A sequence that knows in which file and on which line each item stands."""

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: list[int] = []


def load_table(text: str, file: str) -> Table:
    """The mapping that the text of `file` holds; any doubtful spelling is a `RuleError` with file and line."""
    parser = CParser(text)
    try:
        return _Reader(parser, file).document()
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        detail = getattr(fault, "problem", None) or getattr(fault, "reason", None) or str(fault)
        raise RuleError("rules.yaml_syntax", file=file, line=mark.line + 1 if mark else 1, detail=detail) from fault
    finally:
        parser.dispose()


class _Reader:
    """Builds tables from the events of the C parser: composed nodes would no longer know of anchors."""

    def __init__(self, parser: CParser, file: str) -> None:
        self.next: Callable[[], Any] = parser.get_event
        self.file = file

    def document(self) -> Table:
        self.next()
        start = self.next()
        first = self.next() if isinstance(start, DocumentStartEvent) else start
        if not isinstance(first, MappingStartEvent):
            raise self.fault("rules.yaml_not_a_table", first)
        table: Table = self.value(first)
        self.next()
        rest = self.next()
        if not isinstance(rest, StreamEndEvent):
            raise self.fault("rules.yaml_second_document", rest)
        return table

    def value(self, event: Any) -> Value:
        if event.anchor is not None:
            raise self.fault("rules.yaml_reference", event, name=event.anchor)
        if event.tag is not None:
            raise self.fault("rules.yaml_tag", event, tag=event.tag)
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        line = event.start_mark.line + 1
        return self.table(line) if isinstance(event, MappingStartEvent) else self.rows(line)

    def scalar(self, event: Any) -> Value:
        return event.value if event.style else _plain(event.value, self.file, event.start_mark.line + 1)

    def rows(self, line: int) -> Rows:
        rows = Rows(self.file, line)
        while not isinstance(event := self.next(), SequenceEndEvent):
            rows.lines.append(event.start_mark.line + 1)
            rows.append(self.value(event))
        return rows

    def table(self, line: int) -> Table:
        table = Table(self.file, line)
        while not isinstance(event := self.next(), MappingEndEvent):
            key = self.value(event) if isinstance(event, ScalarEvent) else None
            if not isinstance(key, str) or key == "<<":
                raise self.fault("rules.yaml_key_not_text", event, key=getattr(event, "value", "?"))
            if key in table:
                raise self.fault("rules.yaml_duplicate_key", event, key=key, first=table.lines[key])
            table.lines[key] = event.start_mark.line + 1
            table[key] = self.value(self.next())
        return table

    def fault(self, code: str, event: Any, **facts: object) -> RuleError:
        return RuleError(code, file=self.file, line=event.start_mark.line + 1, **facts)


def _plain(word: str, file: str, line: int) -> str | int | bool | date | None:
    """What an unquoted word means."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if not word or word == "~":
        raise RuleError("rules.yaml_empty_value", file=file, line=line)
    if word.lower() in _TRUTH_LIKE:
        raise RuleError("rules.yaml_truth_word", file=file, line=line, word=word)
    if not (word[0].isascii() and (word[0].isdigit() or word[0] in "-+.")):
        return word
    if _INTEGER.match(word):
        return int(word)
    if _DAY.match(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise RuleError("rules.yaml_no_such_day", file=file, line=line, word=word) from None
    if _NUMBER_LIKE.match(word):
        raise RuleError("rules.yaml_bare_number", file=file, line=line, word=word)
    return word
