"""In which sentence of a paper does a number stand, cut short around it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.documents.tree import Anchor, Document, Place, Table, Text

_ENDS = re.compile("[。；;！？!?\n]")
_AROUND = 20  # characters that stay on either side of the number
_CUT = "…"
_JOINT = "｜"


@dataclass(frozen=True, slots=True)
class _Strip:
    """Characters of one place, from `offset` on, and where in `whole` (a paragraph, a row of a table) they stand."""

    offset: int
    length: int
    whole: str
    at: int


class Sentences:
    """The sentences of a paper, found by place."""

    def __init__(self, paper: Document) -> None:
        self._strips: dict[Place, list[_Strip]] = {}
        for text, whole, before in _wholes(paper):
            self._take(text, whole, before)

    def around(self, anchor: Anchor) -> str:
        """The sentence in which the span stands, shortened; empty when the paper has no such place."""
        for strip in self._strips.get(anchor.place, ()):
            if strip.offset <= anchor.start < strip.offset + strip.length:
                start = strip.at + anchor.start - strip.offset
                return _shortened(strip.whole, start, start + anchor.end - anchor.start)
        return ""

    def _take(self, text: Text, whole: str, before: int) -> None:
        for index, piece in enumerate(text.pieces):
            stop = text.pieces[index + 1].at if index + 1 < len(text.pieces) else len(text)
            strip = _Strip(piece.offset, stop - piece.at, whole, before + piece.at)
            self._strips.setdefault(piece.place, []).append(strip)


def _wholes(paper: Document) -> Iterator[tuple[Text, str, int]]:
    """Every text with the whole it is read in and where in it the text begins; a cell is read with its row."""
    for block in paper.blocks:
        if isinstance(block, Table):
            rows: dict[int, list[Text]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            for row in rows.values():
                said = [text for text in row if text.string.strip()]
                whole, at = _JOINT.join(text.string for text in said), 0
                for text in said:
                    yield text, whole, at
                    at += len(text) + len(_JOINT)
        else:
            yield block.text, block.text.string, 0


def _shortened(whole: str, start: int, end: int) -> str:
    first = max((m.end() for m in _ENDS.finditer(whole, 0, start)), default=0)
    behind = _ENDS.search(whole, end)
    last = behind.end() if behind else len(whole)
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    cut = " ".join(whole[left:right].split())
    return f"{_CUT if left > first else ''}{cut}{_CUT if right < last else ''}"
