"""How large a paper does this installation read, and by which LibreOffice? From the environment, read once a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from zhiheng.base.errors import UsageError
from zhiheng.documents.readers import Limits

PREFIX = "ZHIHENG_LIMIT_"
OFFICE = "ZHIHENG_SOFFICE"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment: which limit it sets, in which unit, and the most that can be set."""

    limit: str
    unit: int = 1
    most: int = 1_000_000_000


SETTINGS: Mapping[str, Setting] = {
    f"{PREFIX}FILE_MB": Setting("file_bytes", _MEGABYTE, most=10_000),
    f"{PREFIX}UNPACKED_MB": Setting("unpacked_bytes", _MEGABYTE, most=100_000),
    f"{PREFIX}RATIO": Setting("ratio", most=100_000),
    f"{PREFIX}ENTRIES": Setting("entries"),
    f"{PREFIX}CHARACTERS": Setting("characters"),
    # Deeper than this the parsers themselves give up.
    f"{PREFIX}DEPTH": Setting("depth", most=250),
    f"{PREFIX}CELLS": Setting("cells"),
    f"{PREFIX}PAGES": Setting("pages", most=100_000),
    f"{PREFIX}CONVERT_SECONDS": Setting("convert_seconds", most=86_400),
    f"{PREFIX}CONVERT_MB": Setting("convert_bytes", _MEGABYTE, most=1_000_000),
}


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits of this installation."""
    return limits_in(os.environ)


def limits_in(environment: Mapping[str, str]) -> Limits:
    """The limits that an environment sets, the others by default; a wrong value or an unknown name is an error."""
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in SETTINGS)
    if unknown:
        raise UsageError("flow.unknown_limit", variable=unknown[0], known=tuple(SETTINGS))
    given = {name: environment[name].strip() for name in SETTINGS if environment.get(name, "").strip()}
    amounts: dict[str, Any] = {SETTINGS[name].limit: _amount(name, text) for name, text in given.items()}
    return replace(Limits(**amounts), office=_office(environment.get(OFFICE, "").strip()))


def _office(program: str) -> str:
    """The program that the installation names; empty when it names none."""
    if program and not os.access(program, os.X_OK):
        raise UsageError("flow.no_such_program", variable=OFFICE, value=program)
    return program


def _amount(name: str, text: str) -> int:
    setting = SETTINGS[name]
    plain = text.isascii() and text.isdecimal() and len(text) < 12
    if not plain or not 1 <= int(text) <= setting.most:
        raise UsageError("flow.wrong_limit", variable=name, value=text, most=setting.most)
    return int(text) * setting.unit
