"""What does a rulebook file say, when nothing in it may be read in two ways?

YAML lets a bare `0.95` become a binary float, `no` a truth value and a repeated key win silently. A rulebook must not, so
this reader accepts a small part of YAML and refuses the rest with file and line. Numbers are whole, or quoted strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from zhiheng.base.errors import RuleError

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
# What YAML 1.1, 1.2 or a person could take for a number: 0.95, 1e3, 007, 0x1F, 1_000, 12:30, .inf
_NUMBER_LIKE = re.compile(r"[-+]?(\.?[0-9][0-9_,.:]*([eE][-+]?[0-9]+)?|0[xXoObB][0-9a-fA-F_]+|\.(inf|nan))\Z", re.IGNORECASE)
_TRUTH_LIKE = frozenset(["yes", "no", "on", "off", "y", "n", "true", "false", "null", "nil", "none"])
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_NO_TAG = "none"

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


class _Composer(CParser):
    """The C composer without YAML's guessing of types: an untagged node keeps the mark `_NO_TAG`."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return _NO_TAG

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def load_table(text: str, file: str) -> Table:
    """The mapping that the text of `file` holds; any doubtful spelling is a `RuleError` with file and line."""
    _refuse_references(text, file)
    composer = _Composer(text)
    try:
        node = composer.get_single_node()
    except yaml.YAMLError as fault:
        _refuse_syntax(fault, file)
    finally:
        composer.dispose()
    if not isinstance(node, yaml.MappingNode):
        raise RuleError("rules.yaml_not_a_table", file=file, line=1)
    return _table(node, file)


def _refuse_syntax(fault: yaml.YAMLError, file: str) -> NoReturn:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    detail = getattr(fault, "problem", None) or getattr(fault, "reason", None) or str(fault)
    raise RuleError("rules.yaml_syntax", file=file, line=mark.line + 1 if mark else 1, detail=detail) from fault


def _refuse_references(text: str, file: str) -> None:
    """Anchors and aliases leave no trace in composed nodes, so they are looked for where their marks occur at all."""
    if "&" not in text and "*" not in text:
        return
    try:
        for event in _events(text):
            if getattr(event, "anchor", None):
                raise RuleError("rules.yaml_reference", file=file, line=event.start_mark.line + 1, name=event.anchor)
    except yaml.YAMLError as fault:
        _refuse_syntax(fault, file)


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=yaml.CLoader)


def _value(node: yaml.Node, file: str) -> Value:
    line = node.start_mark.line + 1
    if node.tag != _NO_TAG:
        raise RuleError("rules.yaml_tag", file=file, line=line, tag=str(node.tag))
    if isinstance(node, yaml.MappingNode):
        return _table(node, file)
    if isinstance(node, yaml.SequenceNode):
        rows = Rows(file, line)
        for item in node.value:
            rows.append(_value(item, file))
            rows.lines.append(item.start_mark.line + 1)
        return rows
    if not isinstance(node, yaml.ScalarNode):
        raise RuleError("rules.yaml_syntax", file=file, line=line, detail=type(node).__name__)
    return str(node.value) if node.style else _plain(str(node.value), file, line)


def _table(node: yaml.MappingNode, file: str) -> Table:
    if node.tag != _NO_TAG:
        raise RuleError("rules.yaml_tag", file=file, line=node.start_mark.line + 1, tag=str(node.tag))
    table = Table(file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise RuleError("rules.yaml_key_not_text", file=file, line=line, key="?")
        key = key_node.value if key_node.style else _plain(key_node.value, file, line)
        if not isinstance(key, str) or key == "<<":
            raise RuleError("rules.yaml_key_not_text", file=file, line=line, key=str(key_node.value))
        if key in table:
            raise RuleError("rules.yaml_duplicate_key", file=file, line=line, key=key, first=table.lines[key])
        table[key] = _value(value_node, file)
        table.lines[key] = line
    return table


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
