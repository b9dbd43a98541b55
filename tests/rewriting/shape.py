"""The same text in another shape: width of marks, wrapped lines, traditional characters, one line."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from opencc import OpenCC
from tests.rewriting.labelled import Labelled, Piece, line_spans
from tests.rewriting.tables import cells_by_line, relaid

_HALF_TO_FULL = str.maketrans(",;:!?()%", "，；：！？（）％")
_FULL_TO_HALF = str.maketrans("，；：！？（）％", ",;:!?()%")
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_WIDTH = 35
_UNBROKEN = re.compile(r"[0-9A-Za-z.%]+|.", re.S)
_ROW = re.compile(r"\t|\|.*\||\S {3,}\S")
_NOT_FIRST = set("，。；：！？、）》”〉」』】,.;:!?)]％%")


def full_width(paper: Labelled) -> Labelled:
    """Marks in full width; between digits (12,600) they stay."""
    return _same_length(paper, _wide(paper.text)).relabelled(_wide, "indicator")


def _wide(text: str) -> str:
    return re.sub(r"(?<!\d)[,:]|[,:](?!\d)|[;!?()%]", lambda m: m[0].translate(_HALF_TO_FULL), text)


def half_width(paper: Labelled) -> Labelled:
    """Marks in half width."""
    return _same_length(paper, paper.text.translate(_FULL_TO_HALF)).relabelled(
        lambda w: w.translate(_FULL_TO_HALF), "indicator"
    )


def full_width_digits(paper: Labelled) -> Labelled:
    """Digits in full width too."""
    wide = full_width(paper)
    return _same_length(wide, wide.text.translate(_DIGITS)).relabelled(lambda w: w.translate(_DIGITS), "indicator")


def traditional(paper: Labelled) -> Labelled:
    """Traditional characters, in the labels too."""
    return _same_length(paper, _traditional(paper.text)).relabelled(_traditional)


def _same_length(paper: Labelled, text: str) -> Labelled:
    assert len(text) == len(paper.text)
    return replace(paper, text=text)


@lru_cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _traditional(words: str) -> str:
    """Character by character, so that a label is written as its text is."""
    return "".join(map(_traditional_character, words))


@lru_cache(maxsize=10_000)
def _traditional_character(character: str) -> str:
    one = str(_converter().convert(character))
    return one if len(one) == 1 else character


def wrapped(paper: Labelled, width: int = _WIDTH) -> Labelled:
    """Lines broken at a width, as a printed page is; numbers and words of letters stay whole, no mark begins a line.

    Rows of a table that stand on one line stay there.
    """
    pieces: list[Piece] = []
    for start, end in line_spans(paper.text):
        if _ROW.search(paper.text, start, end):
            pieces.append(Piece(start, min(end + 1, len(paper.text))))
            continue
        at, length = start, 0
        for m in _UNBROKEN.finditer(paper.text, start, end):
            if length + len(m[0]) > width and paper.text[m.start()] not in _NOT_FIRST and m.start() > at:
                pieces += [Piece(at, m.start()), Piece(m.start(), m.start(), "\n")]
                at, length = m.start(), 0
            length += len(m[0])
        pieces.append(Piece(at, min(end + 1, len(paper.text))))
    return paper.rebuilt([p for p in pieces if p.start < p.end or p.new])


def one_line(paper: Labelled) -> Labelled:
    """The whole paper in one line, a blank where a line or a cell ended."""
    paper = relaid(paper, cells_by_line)
    pieces: list[Piece] = []
    for start, end in line_spans(paper.text):
        if paper.text[start:end].strip():
            pieces += [Piece(start, end), Piece(end, end, " ")]
    return paper.rebuilt([p for p in pieces[:-1] if p.start < p.end or p.new])
