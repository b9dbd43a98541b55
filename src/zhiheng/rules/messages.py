"""Which sentence says this, in Chinese or English?

Every code has its sentence in `rulebook/messages/<room>.yaml`, where the room is the part of the code before the dot.
A missing sentence or fact is our own fault: `strict_sentence` says so (tests use it), while `sentence` shows a person
what there is, because the trouble they ran into matters more than ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath

from zhiheng.base.errors import InternalError, RuleError, ZhihengError
from zhiheng.base.period import Period
from zhiheng.base.problem import Problem
from zhiheng.base.quantity import exact
from zhiheng.rules import fields
from zhiheng.rules.strict_yaml import Table, load_table

LANGUAGES = ("zh", "en")
BRIDGED: tuple[type[ZhihengError], ...] = (InternalError, RuleError)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ROOM = re.compile(r"[a-z_]+\Z")


def sentence(code: str, facts: Mapping[str, object], language: str = "zh") -> str:
    """The sentence of `code` filled with `facts`; when it is missing or lacks a fact, the code and the facts as they are.

    A code of no room of ours (a plan that came back from outside may carry any) is shown the same way.
    """
    try:
        if room_sentences(code.partition(".")[0]):
            return strict_sentence(code, facts, language)
    except BRIDGED:
        pass
    shown = "; ".join(f"{key}={_shown(value, language)}" for key, value in facts.items())
    return f"{code}: {shown}" if shown else code


def strict_sentence(code: str, facts: Mapping[str, object], language: str = "zh") -> str:
    """The sentence of `code` filled with `facts`; `InternalError` when code, language or a fact is missing."""
    said = room_sentences(code.partition(".")[0]).get(code)
    if said is None or language not in said:
        raise InternalError("rules.no_sentence", missing=code, language=language)
    lacking = sorted(set(_PLACEHOLDER.findall(said[language])) - set(facts))
    if lacking:
        raise InternalError("rules.fact_missing", sentence=code, missing=lacking)
    return _PLACEHOLDER.sub(lambda m: _shown(facts[m[1]], language), said[language])


def problem_sentence(problem: Problem, language: str = "zh") -> str:
    """The sentence of a problem; where it was found (file, sheet, row, column, line) counts among its facts."""
    where = {"file": problem.file, "sheet": problem.sheet, "row": problem.row, "column": problem.column, "line": problem.line}
    found = {key: value for key, value in where.items() if value is not None}
    return sentence(problem.code, {**found, **problem.facts}, language)


@lru_cache(maxsize=64)
def room_sentences(room: str) -> Mapping[str, Mapping[str, str]]:
    """All sentences of a room by code and language; empty when the room has no file."""
    source = files("zhiheng").joinpath("rulebook", "messages", f"{room}.yaml")
    if not _ROOM.match(room) or not source.is_file():
        return {}
    return _sentences(load_table(source.read_text(encoding="utf-8"), f"messages/{room}.yaml"), room)


def placeholders(said: str) -> frozenset[str]:
    """The facts that a sentence asks for."""
    return frozenset(_PLACEHOLDER.findall(said))


def _sentences(table: Table, room: str) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for code in table:
        entry = fields.inner(table, code)
        if code.partition(".")[0] != room:
            raise RuleError("rules.code_in_wrong_room", file=table.file, line=table.lines[code], key=code, room=room)
        fields.require_keys(entry, LANGUAGES)
        found[code] = {language: fields.text(entry, language) for language in LANGUAGES}
    return found


def _shown(value: object, language: str) -> str:
    match value:
        case bool():
            return {"zh": "是" if value else "否"}.get(language, "yes" if value else "no")
        case None:
            return {"zh": "（无）"}.get(language, "(none)")
        case Enum():
            return str(value.value)
        case Period():
            return value.label
        case date():
            return value.isoformat()
        case PurePath():
            return value.name
        case Fraction():
            return exact(value)
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return {"zh": "、"}.get(language, ", ").join(_shown(item, language) for item in items)
        case Mapping() if language in value:  # what the rulebook says in both languages
            return str(value[language])
        case _:
            return str(value)
