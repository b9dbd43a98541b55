"""Which code does each word of a column mean, and from when until when?

The different words of a column are few: they are looked up one by one here, and the rows are joined to the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise

from zhiheng.evidence.intake.staging.writings import ABSENT
from zhiheng.evidence.registers.codes import Code, CodeList, plain
from zhiheng.evidence.registers.model import Field, FieldKind

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
# A class of GB/T 4754 with or without its section: C1311 → 13. Statistical codes of townships: 330402001000 → 330402.
_CLASS = re.compile(r"[a-t]?(\d{2})\d{0,2}")
_TOWNSHIP = re.compile(r"(\d{6})(?:\d{3}|\d{6})")


class WordState(IntEnum):
    """Whether it is sure what a word means on a day: one code, or that there is none."""

    SURE = 0
    UNKNOWN = 1
    NOT_THEN = 2
    SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Span:
    """What a word means from `start` to the day before `until`."""

    word: str
    code: str | None
    state: WordState
    start: date = FIRST
    until: date = LAST


def spans(field: Field, words: Iterable[str]) -> Iterator[Span]:
    """What each word means, over all days without a gap."""
    if field.codes is None:
        raise TypeError(field.id)
    for word in words:
        found = _codes(field, field.codes, plain(word))
        if not found:
            yield Span(word, None, WordState.SURE if word in ABSENT else WordState.UNKNOWN)
        else:
            yield from _over_time(word, found)


def _codes(field: Field, listed: CodeList, word: str) -> tuple[Code, ...]:
    """The codes a word may mean; of a finer code than the list holds, the one above it."""
    found = listed.words.get(word, ())
    if found or field.kind not in (FieldKind.PLACE, FieldKind.INDUSTRY):
        return found
    finer = (_TOWNSHIP if field.kind is FieldKind.PLACE else _CLASS).fullmatch(word)
    return listed.words.get(finer[1], ()) if finer else ()


def _over_time(word: str, found: tuple[Code, ...]) -> Iterator[Span]:
    days = sorted({FIRST, LAST, *(c.start for c in found if c.start), *(c.end for c in found if c.end)})
    for start, until in pairwise(days):
        then = {c.code for c in found if (c.start or FIRST) <= start and (c.end or LAST) >= until}
        if len(then) == 1:
            yield Span(word, then.pop(), WordState.SURE, start, until)
        else:
            yield Span(word, None, WordState.SEVERAL if then else WordState.NOT_THEN, start, until)
