"""Which strips of characters does a plain text consist of, before anything is known about them?

A strip is what stands between two breaks, without the characters that only carry typography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhiheng.documents.fold import fold
from zhiheng.documents.readers.typography import SUSPECT, clean
from zhiheng.documents.tree import Piece, Place, Text

# Breaks inside a line of `content.split("\n")`: lone carriage returns, vertical tabs, form feeds, Unicode separators.
_BREAK = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")


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
        if first.place is not last.place:  # printed lines put together
            return len(self.lead) + len(self.text)
        return len(self.lead) + last.offset - first.offset + len(self.text) - last.at


def strip_of(text: Text, line: int, gap: int) -> Strip | None:
    """The strip of a line of any paper; None when it says nothing."""
    plain = clean(text).stripped()
    if not plain.string:
        return None
    return Strip(plain, text.string[: len(text.folded) - len(text.folded.lstrip())], line, gap)


def strips_of(content: str, lines: tuple[str, ...]) -> list[Strip]:
    """The strips of a text that say something."""
    noisy = SUSPECT.search(content) is not None
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
