"""Does a table of a rulebook file have the keys and kinds that its reader expects?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from zhiheng.base.errors import RuleError
from zhiheng.rules.strict_yaml import Rows, Table, Value

T = TypeVar("T")
_KINDS: dict[type, str] = {str: "string", int: "integer", bool: "boolean", date: "date", Table: "mapping", Rows: "list"}


def require_keys(table: Table, required: Collection[str], optional: Collection[str] = ()) -> None:
    """Refuse keys that nobody reads and say which key is missing."""
    for key in table:
        if key not in required and key not in optional:
            known = sorted({*required, *optional})
            raise RuleError("rules.unknown_key", file=table.file, line=table.lines[key], key=key, known=known)
    for key in required:
        if key not in table:
            raise RuleError("rules.missing_key", file=table.file, line=table.line, key=key)


def text(table: Table, key: str, default: str | None = None) -> str:
    """The non-empty text under `key`; `default` when the key is absent."""
    value = _get(table, key, str, default)
    if not value.strip():
        raise RuleError("rules.missing_key", file=table.file, line=table.lines.get(key, table.line), key=key)
    return value


def optional_text(table: Table, key: str) -> str | None:
    """The text under `key`, or None when the key is absent or null."""
    return None if table.get(key) is None else text(table, key)


def whole(table: Table, key: str) -> int:
    """The whole number under `key`."""
    return _get(table, key, int, None)


def truth(table: Table, key: str, default: bool | None = None) -> bool:
    """The truth value under `key`."""
    return _get(table, key, bool, default)


def day(table: Table, key: str) -> date:
    """The day under `key`."""
    return _get(table, key, date, None)


def inner(table: Table, key: str) -> Table:
    """The table under `key`."""
    return _get(table, key, Table, None)


def tables(table: Table, key: str) -> list[Table]:
    """The list of tables under `key`."""
    return _items(table, key, Table)


def texts(table: Table, key: str) -> tuple[str, ...]:
    """The list of texts under `key`; empty when the key is absent."""
    return tuple(_items(table, key, str)) if key in table else ()


def one_of(table: Table, key: str, words: Collection[str]) -> str:
    """The text under `key`, which must be one of `words`."""
    word = text(table, key)
    if word not in words:
        facts = {"key": key, "word": word, "known": sorted(words)}
        raise RuleError("rules.unknown_word", file=table.file, line=table.lines[key], **facts)
    return word


def _items(table: Table, key: str, kind: type[T]) -> list[T]:
    rows = _get(table, key, Rows, None)
    for line, item in zip(rows.lines, rows, strict=True):
        if not isinstance(item, kind):
            raise RuleError("rules.wrong_kind", file=table.file, line=line, key=key, expected=_KINDS[kind], found=_found(item))
    return list(rows)


def _get(table: Table, key: str, kind: type[T], default: T | None) -> T:
    if key not in table:
        if default is not None:
            return default
        raise RuleError("rules.missing_key", file=table.file, line=table.line, key=key)
    value: Value = table[key]
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    facts = {"key": key, "expected": _KINDS[kind], "found": _found(value)}
    raise RuleError("rules.wrong_kind", file=table.file, line=table.lines[key], **facts)


def _found(value: Value) -> str:
    return next((word for kind, word in _KINDS.items() if type(value) is kind), "null")
