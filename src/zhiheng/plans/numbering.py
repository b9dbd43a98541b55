"""Which mark does a paragraph begin with, and how deep does it number?

Patterns run on folded text: brackets, dots and digits are half-width there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from zhiheng.base.numerals import decimal_string


class Style(IntEnum):
    """Kinds of marks, the usually outer before the usually inner one."""

    PART = 0  # 第一篇
    CHAPTER = 1  # 第一章, 第一部分
    SECTION = 2  # 第一节
    ARTICLE = 3  # 第一条
    CHINESE = 4  # 一、
    BRACKETED = 5  # (一)
    ARABIC = 6  # 1.
    BRACKETED_ARABIC = 7  # (1)
    BOX = 8  # 专栏1


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at `start:end` of a text (blanks around it included in neither), and where what it numbers begins.

    `doubtful`: digits follow (11.121人才项目), so it is a number only in a sequence.
    """

    style: Style
    value: int
    start: int
    end: int
    rest: int
    doubtful: bool = False


_NUMERAL = "[一二三四五六七八九十百零〇]{1,6}"


def _ordinal(group: str, tail: str) -> str:
    return rf"第 ?(?P<{group}>{_NUMERAL}|\d{{1,3}}) ?{tail}"


_STYLES = "|".join(
    (
        rf"(?P<chinese>{_NUMERAL}) ?[、.](?!{_NUMERAL}(?:[、.]|是))",
        rf"\( ?(?P<bracketed>{_NUMERAL}) ?\) ?[、.]?",
        r"(?P<arabic>\d{1,3})(?: ?[.、](?!\d)(?! ?\d+(?:\.\d+)?%)|\)(?=[^\d]))",
        r"\( ?(?P<inner>\d{1,2}) ?\) ?[、.]?",
        _ordinal("part", "[篇编](?![制写辑])"),
        _ordinal("chapter", "(?:章|部分)"),
        _ordinal("section", "节(?![约能水])"),
        _ordinal("article", "条(?=[ 【(]|$)"),
        rf"专栏 ?(?:(?P<box>\d{{1,3}}|{_NUMERAL})(?![一-鿿]?[项个])|(?=:))",
    )
)
_MARK = re.compile(rf"[ ]*(?P<lead>(?:#{{1,6}} +|\*\*|__)*)(?P<mark>{_STYLES})[ :：]*")
_OF_GROUP = {
    "chinese": Style.CHINESE, "bracketed": Style.BRACKETED, "arabic": Style.ARABIC, "inner": Style.BRACKETED_ARABIC,
    "part": Style.PART, "chapter": Style.CHAPTER, "section": Style.SECTION, "article": Style.ARTICLE, "box": Style.BOX,
}  # fmt: skip
# 11.121人才项目, but no value (1.5万亩) and no day (3.15消费者权益日).
_UNITS = "[万亿千百个项家件名位年月日时分元吨米亩公平立倍户处座条所场次]|人(?![才工民大])"
_DOUBTFUL = re.compile(rf" *(\d{{1,3}})\.(?=\d{{1,4}}[一-鿿“+])(?!15)(?!\d+(?:{_UNITS}|左右|以[上下内]|至|到))")
_CHARACTERS = ((0x3220, 10, Style.BRACKETED), (0x2488, 20, Style.ARABIC), (0x2474, 20, Style.BRACKETED_ARABIC))
# Where a title may be glued to what precedes it: behind the end of a sentence, or the first of a level behind the title above.
_GLUED = "|".join(
    (
        rf"(?<=[。!?;”\"》〕\]】) ])(?:{_NUMERAL}、|\({_NUMERAL}\)|第{_NUMERAL}[章节篇]|\d{{1,2}}\.[一-鿿“]|专栏 ?\d+[:： ])",
        r"(?<=[一-鿿])(?:\(一\)|1\.(?=[一-鿿“]))",
    )
)
_INNER = re.compile(f"(?={_GLUED})")


def leading_mark(folded: str, at: int = 0) -> Mark | None:
    """The mark that stands at the beginning (blanks and Markdown signs before it aside), if any."""
    found = _MARK.match(folded, at)
    if not found:
        if m := _DOUBTFUL.match(folded, at):
            return Mark(Style.ARABIC, int(m[1]), m.start(1), m.end(), m.end(), doubtful=True)
        return _one_character(folded, at)
    group, digits = next(((g, found[g]) for g in _OF_GROUP if found[g]), ("box", "0"))
    value = decimal_string(digits)
    if value is None:
        return None
    return Mark(_OF_GROUP[group], int(value), found.start("mark"), found.end("mark"), found.end())


def _one_character(folded: str, at: int) -> Mark | None:
    """Numbers that are a single character: ㈠ ⒈ ⑴."""
    start = at + len(folded[at:]) - len(folded[at:].lstrip())
    code = ord(folded[start]) if start < len(folded) else 0
    for first, count, style in _CHARACTERS:
        if first <= code < first + count:
            rest = start + 1 + len(folded[start + 1 :]) - len(folded[start + 1 :].lstrip())
            return Mark(style, code - first + 1, start, start + 1, rest)
    return None


def inner_marks(folded: str) -> list[Mark]:
    """Marks inside a paragraph, where a title may be glued to what precedes it; the caller sees whether they count on."""
    if len(folded) < 20:
        return []
    found = (leading_mark(folded, m.start()) for m in _INNER.finditer(folded, 1))
    return [mark for mark in found if mark]
