"""Which column of a department's table is which field of the register, and what is the same for all its rows?

Found by names; what names cannot say a person says once, and it is kept under a name for the next table of that shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhiheng.base.errors import DataError, RuleError, UsageError
from zhiheng.evidence.registers.model import Register
from zhiheng.rules import fields
from zhiheng.rules.strict_yaml import Table, load_table

_NAME = re.compile(r"[\w.-]{1,80}")


@dataclass(frozen=True)
class ColumnMapping:
    """What a person said of the tables of one shape.

    `columns`: header → field; `ignored`: headers that are left; `constants`: field → text of all rows that have no such column;
    `words`: field → words of the table → words of the register.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def record(self) -> Mapping[str, object]:
        """As plain data."""
        return {
            "columns": dict(self.columns),
            "ignored": list(self.ignored),
            "constants": dict(self.constants),
            "words": {name: dict(words) for name, words in self.words.items()},
        }

    def widened(self, other: ColumnMapping) -> ColumnMapping:
        """This mapping with what another says as well; the other has the last word."""
        words = {name: {**self.words.get(name, {}), **other.words.get(name, {})} for name in {*self.words, *other.words}}
        ignored = dict.fromkeys([*(h for h in self.ignored if h not in other.columns), *other.ignored])
        columns = {h: name for h, name in {**self.columns, **other.columns}.items() if h not in ignored}
        return ColumnMapping(columns, tuple(ignored), {**self.constants, **other.constants}, words)


def check_mapping(mapping: ColumnMapping, register: Register) -> None:
    """Every field it names is one of the register; `UsageError` otherwise."""
    for name in (*mapping.columns.values(), *mapping.constants, *mapping.words):
        if name not in register.by_id:
            known = "、".join(f.name for f in register.fields)
            raise UsageError("evidence.no_such_field", field=name, register=register.id, known=known)


def saved_mapping(folder: Path, register: Register, name: str) -> ColumnMapping | None:
    """The mapping of that name; None when there is none."""
    path = _path(folder, register, name)
    if not path.is_file():
        return None
    try:
        mapping = _read(load_table(path.read_text(encoding="utf-8"), str(path)))
        check_mapping(mapping, register)
    except (RuleError, UsageError, UnicodeDecodeError) as fault:
        raise DataError("evidence.mapping_broken", file=str(path), detail=str(fault)) from fault
    return mapping


def save_mapping(folder: Path, register: Register, name: str, mapping: ColumnMapping) -> Path:
    """Keep a mapping under a name; where it lies."""
    path = _path(folder, register, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["# Which column is which field; may be mended by hand."]
    for key, value in mapping.record().items():
        lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)
    return path


def _path(folder: Path, register: Register, name: str) -> Path:
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise UsageError("evidence.mapping_name", name=name)
    return folder / register.id / f"{name}.yaml"


def _read(table: Table) -> ColumnMapping:
    fields.require_keys(table, ["columns"], ["ignored", "constants", "words"])
    words = fields.inner(table, "words") if "words" in table else {}
    return ColumnMapping(
        _texts(fields.inner(table, "columns")),
        fields.texts(table, "ignored"),
        _texts(fields.inner(table, "constants")) if "constants" in table else {},
        {name: _texts(fields.inner(words, name)) for name in words} if isinstance(words, Table) else {},
    )


def _texts(table: Table) -> Mapping[str, str]:
    return {key: fields.text(table, key) for key in table}
