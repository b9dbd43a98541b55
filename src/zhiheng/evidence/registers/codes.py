"""Which codes may stand in a field on which day, and which words mean them?

A list is a YAML file. Few codes stand in it with their other names; of many it names the CSV files beside it
(`code,name,level,start,end`). `ranked: highest_first` says that its order is a rank, so that 省级以上 can be asked. `start` is the
first day a code is valid, `end` the first day it is no longer. Without them a code has always been and is still valid.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zhiheng.base.errors import RuleError
from zhiheng.documents.fold import fold
from zhiheng.rules import fields
from zhiheng.rules.rulebook import Rulebook
from zhiheng.rules.strict_yaml import Table

_RANKED = "highest_first"


@dataclass(frozen=True, slots=True)
class Code:
    """One code; `start` included, `end` not."""

    code: str
    name: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, eq=False)
class CodeList:
    """A list of codes, each list once in a process; `confirmed` False when its source is not the primary text or it is not whole;
    `ranked`: from the highest to the lowest (国家 > 省 > 市 > 县)."""

    id: str
    name: str
    codes: tuple[Code, ...]
    confirmed: bool = True
    ranked: bool = False

    @cached_property
    def known(self) -> frozenset[str]:
        """The codes themselves, whenever valid."""
        return frozenset(code.code for code in self.codes)

    @cached_property
    def by_start(self) -> Mapping[str, tuple[Code, ...]]:
        """Codes by their first characters, from one to all but the last, in the order of the list."""
        found: dict[str, list[Code]] = {}
        for code in self.codes:
            for length in range(1, len(code.code)):
                found.setdefault(code.code[:length], []).append(code)
        return {start: tuple(codes) for start, codes in found.items()}

    def at_least(self, code: str) -> tuple[str, ...]:
        """That code and all above it in a ranked list, highest first."""
        order = [one.code for one in self.codes]
        return tuple(order[: order.index(code) + 1])

    @cached_property
    def words(self) -> Mapping[str, tuple[Code, ...]]:
        """Codes by every word that may stand for them, folded; several where a name was given twice over time."""
        found: dict[str, tuple[Code, ...]] = {}
        for code in self.codes:
            for word in dict.fromkeys(plain(w) for w in (code.code, code.name, code.english, *code.aliases) if w):
                found[word] = (*found.get(word, ()), code)
        return found


def plain(word: str) -> str:
    """A word as codes are compared: width and case folded, without blanks."""
    return "".join(fold(word).split()).lower()


def load_codes(rulebook: Rulebook, name: str) -> CodeList:
    """The list `codes/<name>` of the lowest layer that has it."""
    table = rulebook.table(f"codes.{name}")
    fields.require_keys(table, ["name"], ["codes", "rows", "citation", "source", "confirmed", "ranked"])
    codes = _from_table(table) if "codes" in table else ()
    for file in fields.texts(table, "rows"):
        content = rulebook.data(f"codes/{file}")
        if content is None:
            raise RuleError("evidence.no_such_code_rows", file=table.file, line=table.lines["rows"], rows=file)
        codes = (*codes, *_from_csv(content, f"codes/{file}"))
    if not codes:
        raise RuleError("rules.missing_key", file=table.file, line=table.line, key="codes")
    ranked = "ranked" in table and bool(fields.one_of(table, "ranked", [_RANKED]))
    return CodeList(name, fields.text(table, "name"), codes, fields.truth(table, "confirmed", default=True), ranked)


def _from_csv(content: str, file: str) -> Iterator[Code]:
    for number, row in enumerate(csv.DictReader(io.StringIO(content)), 2):
        try:
            yield Code(row["code"], row["name"], start=_day(row.get("start")), end=_day(row.get("end")))
        except (KeyError, ValueError) as fault:
            raise RuleError("evidence.bad_code_row", file=file, line=number, detail=str(fault)) from fault


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _from_table(table: Table) -> tuple[Code, ...]:
    rows = fields.tables(table, "codes")
    codes = tuple(_code(row) for row in rows)
    seen: dict[str, Code] = {}
    for code, row in zip(codes, rows, strict=True):
        for word in {plain(w) for w in (code.code, code.name, code.english, *code.aliases) if w}:
            other = seen.setdefault(word, code)
            if other.code != code.code:
                raise RuleError(
                    "evidence.code_word_twice", file=table.file, line=row.line, word=word, codes=[other.code, code.code]
                )
    return codes


def _code(row: Table) -> Code:
    fields.require_keys(row, ["code", "name"], ["english", "aliases", "start", "end"])
    return Code(
        fields.text(row, "code"),
        fields.text(row, "name"),
        fields.optional_text(row, "english") or "",
        fields.texts(row, "aliases"),
        fields.day(row, "start") if "start" in row else None,
        fields.day(row, "end") if "end" in row else None,
    )
