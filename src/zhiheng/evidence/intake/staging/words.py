"""Which code does each word of a column mean, and from when until when?

The different words of a column are few: they are looked up one by one here, and the rows are joined to the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from zhiheng.evidence.intake.staging.writings import ABSENT
from zhiheng.evidence.registers.codes import Code, CodeList, plain
from zhiheng.evidence.registers.model import Field, FieldKind

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
# A class of GB/T 4754 with or without its section: C1311 → 13. Statistical codes of townships: 330402001000 → 330402.
_CLASS = re.compile(r"[a-t]?(\d{2})\d{0,2}")
_PEOPLES = (
    "(?:回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京)族|(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|"
    "仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族?"
)
_SELF_GOVERNED = re.compile(rf"(.+?)(?:{_PEOPLES})+自治([州县旗区])")
_SUFFIX = re.compile(r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|自治州|自治县|地区|省|市|盟|县|区)$")
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
    if finer:
        return listed.words.get(finer[1], ())
    return _by_short_name(listed).get(word, ()) if field.kind is FieldKind.PLACE else ()


@lru_cache(maxsize=4)
def _by_short_name(listed: CodeList) -> Mapping[str, tuple[Code, ...]]:
    """Places by their names without 省, 市, 县 and the like; of provinces and cities before those of counties."""
    found: dict[str, tuple[Code, ...]] = {}
    for upper in (True, False):
        level: dict[str, tuple[Code, ...]] = {}
        for code in listed.codes:
            if code.code.endswith("00") == upper:
                for short in _short_names(plain(code.name)):
                    level[short] = (*level.get(short, ()), code)
        found = {**level, **found}
    return found


def _short_names(name: str) -> set[str]:
    """`云溪县` → 云溪; `凉山彝族自治州` → 凉山, 凉山州."""
    self_governed = _SELF_GOVERNED.fullmatch(name)
    shorts = {_SUFFIX.sub("", name), *((self_governed[1], self_governed[1] + self_governed[2]) if self_governed else ())}
    return {short for short in shorts if len(short) > 1 and short != name}


def _over_time(word: str, found: tuple[Code, ...]) -> Iterator[Span]:
    days = sorted({FIRST, LAST, *(c.start for c in found if c.start), *(c.end for c in found if c.end)})
    for start, until in pairwise(days):
        valid = [c for c in found if (c.start or FIRST) <= start and (c.end or LAST) >= until]
        # Where a name went over from a former code to one of today, the day on the list is that of its revision.
        then = {c.code for c in valid if c.end is None} or {c.code for c in valid}
        if len(then) == 1:
            yield Span(word, then.pop(), WordState.SURE, start, until)
        else:
            yield Span(word, None, WordState.SEVERAL if then else WordState.NOT_THEN, start, until)
