"""Which strips of characters does a plain text consist of, before anything is known about them?

A strip is what stands between two breaks. Characters that only carry typography (zero-width marks, pinyin set inside a
word) are left out of its text, which still knows where each of its characters stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhiheng.documents.fold import fold
from zhiheng.documents.readers.marks import HAN
from zhiheng.documents.tree import Piece, Place, Text

# Breaks inside a line of `content.split("\n")`: lone carriage returns, vertical tabs, form feeds, Unicode separators.
_BREAK = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_TONES = "\u0300-\u0304\u030c"
_SUSPECT = re.compile(f"[{_INVISIBLE}{_TONED}{_TONES}]")
_A, _E, _I, _O, _U, _V = (f"[{vowels}][{_TONES}]?" for vowels in ("aāáǎà", "eēéěè", "iīíǐì", "oōóǒò", "uūúǔùü", "üvǖǘǚǜ"))
_FINAL = (
    rf"(?:{_I}{_A}(?:{_O}|ng?)?|{_I}{_O}ng|{_I}(?:{_E}|{_U}|ng?)?|{_U}{_A}(?:{_I}|ng?)?|{_U}(?:{_O}|{_I}|{_E}|n)?"
    rf"|{_V}(?:{_E}|{_A}n|n)?|{_A}(?:{_I}|{_O}|ng?)?|{_E}(?:{_I}|r|ng?)?|{_O}(?:{_U}|ng)?)"
)
_SYLLABLE = rf"(?:f(?:{_A}(?:ng?)?|{_E}(?:{_I}|ng?)|{_O}{_U}?|{_U})|(?:zh|ch|sh|[bpmdtnlgkhjqxrzcsyw])?{_FINAL})"
_TONE_AHEAD = rf"(?=[^()（）{HAN}]*[{_TONED}{_TONES}])"
# A syllable counts as pinyin when it carries a tone: (km) and (min) are units.
_IN_BRACKETS = rf"(?<=[{HAN}])[(（]\s*{_TONE_AHEAD}{_SYLLABLE}(?:[' ]*{_SYLLABLE}){{0,5}}\s*[)）]"
_PINYIN = rf"{_IN_BRACKETS}|(?<=[{HAN}]){_TONE_AHEAD}{_SYLLABLE}(?=[{HAN}])"
_NOISE = re.compile(f"[{_INVISIBLE}]+|{_PINYIN}")


class Strip(NamedTuple):
    """`text` without outer blanks, `lead` the blanks before it on its `line`; `gap` breaks without text precede it."""

    text: Text
    lead: str
    line: int
    gap: int

    @property
    def folded(self) -> str:
        """What patterns are matched on."""
        return self.text.folded

    @property
    def raw(self) -> str:
        """The characters from the left edge of the page to the end of the text."""
        return self.lead + self.text.string

    @property
    def width(self) -> int:
        """Characters from the left edge of the page to the end of the text, typography included."""
        first, last = self.text.pieces[0], self.text.pieces[-1]
        return len(self.lead) + last.offset - first.offset + len(self.text) - last.at


def clean(text: Text) -> Text:
    """The text without the characters that only carry typography."""
    if _SUSPECT.search(text.string) is None:
        return text
    return text.without(m.span() for m in _NOISE.finditer(text.string))


def strip_of(text: Text, line: int, gap: int) -> Strip | None:
    """The strip of a line of any paper; None when it says nothing."""
    plain = clean(text).stripped()
    if not plain.string:
        return None
    return Strip(plain, text.string[: len(text.folded) - len(text.folded.lstrip())], line, gap)


def strips_of(content: str, lines: tuple[str, ...]) -> list[Strip]:
    """The strips of a text that say something."""
    noisy = _SUSPECT.search(content) is not None
    found, last = [], 0
    for row, (line, start, folded) in enumerate(_rows(content, lines)):
        plain = folded.strip()
        if not plain:
            continue
        first = start + len(folded) - len(folded.lstrip())
        text = Text(lines[line - 1][first : first + len(plain)], (Piece(0, Place(line), first),), plain)
        if noisy:
            text = clean(text).stripped()
            if not text.string:
                continue
        found.append(Strip(text, lines[line - 1][start:first], line, row - last))
        last = row + 1
    return found


def _rows(content: str, lines: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Line, start and folded characters of everything between two breaks."""
    broken = _BREAK.search(content) is not None
    for line, folded in enumerate(fold(content).split("\n"), 1):
        start = 0
        if broken:
            for mark in _BREAK.finditer(lines[line - 1]):
                yield line, start, folded[start : mark.start()]
                start = mark.end()
        yield line, start, folded[start:]
