"""Which printed lines do the runs of a page make, and where are they parted by wide gaps?

A stretch is what stands in one line without a wide gap: a whole line of prose, one column's share of it, one cell of a table.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import NamedTuple

from zhiheng.documents.fold import fold
from zhiheng.documents.readers.pages import Run
from zhiheng.documents.readers.word_text import is_note_mark

DAMAGED = "\ufffd"
WIDE = 1.4  # ems; in justified lines and behind numbers of titles gaps stay below
_BLANKS = re.compile(r"\s+")
_TWICE = re.compile(r"(\S)\1")
_SAME_ROW = 0.4
_RAISED, _SMALLER = 0.15, 0.9
_LATIN_GAP = 0.16
# Ems beyond which a gap is a blank that the file does not print: beside no ideograph, beside one (between ideographs and
# figures office programs leave a quarter of an em), between two
_GAPS = (0.5, 0.28, 0.2)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_DOUBLE = 0.3
_NOT_WORD = "\u2010"
_NEAR = 8


class Stretch(NamedTuple):
    """Characters of one printed line from `left` to `right`; `edges` has the rectangle of each, `row` its line on the page.

    `marks` are the spans that only refer to notes.
    """

    string: str
    edges: array[float]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int
    row: int
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def folded(self) -> str:
        """What patterns are matched on."""
        return fold(self.string)


class _Set(NamedTuple):
    """A run, or a part of one, between blanks: where it stands."""

    string: str
    edges: array[float]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    spaced: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def stretches_of(runs: Iterable[Run], page: int) -> list[Stretch]:
    """The stretches of a page, row by row from the top, each row from the left."""
    pieces = [piece for run in runs for piece in _pieces(run)]
    pieces.sort(key=lambda p: p.top + p.bottom)
    found: list[Stretch] = []
    row: list[_Set] = []
    base: _Set | None = None
    number = 0
    for piece in pieces:
        if base is not None and abs(piece.middle - base.middle) < _SAME_ROW * max(base.size, piece.size):
            row.append(piece)
            if piece.size > base.size:
                base = piece
            continue
        if row:
            found += _stretches(row, page, number)
            number += 1
        row, base = [piece], piece
    if row:
        found += _stretches(row, page, number)
    return found


def _pieces(run: Run) -> list[_Set]:
    """The run without outer blanks, divided where blanks inside it are wide."""
    string, edges, size = run.string, run.edges, run.size
    if run.damaged:
        string = DAMAGED * len(string)
    start, end = len(string) - len(string.lstrip()), len(string.rstrip())
    if start >= end:
        return []
    found = []
    spaced = start > 0
    at = start
    for blanks in _BLANKS.finditer(string, start, end):
        a, b = blanks.span()
        if edges[4 * b] - edges[4 * a - 2] > WIDE * size:
            found.append(_set(string, edges, at, a, size, spaced=spaced))
            at, spaced = b, True
    found.append(_set(string, edges, at, end, size, spaced=spaced))
    return found


def _set(string: str, edges: array[float], start: int, end: int, size: float, *, spaced: bool) -> _Set:
    if start or end < len(string):
        string, edges = string[start:end], edges[4 * start : 4 * end]
    if _TWICE.search(string):
        string, edges = _once(string, edges)
    tops, bottoms = edges[1::4], edges[3::4]
    return _Set(string, edges, edges[0], min(tops), edges[-2], max(bottoms), size, spaced)


def _once(string: str, edges: array[float]) -> tuple[str, array[float]]:
    """Characters drawn a second time in the same place, to look bold, count once."""
    kept = [
        i
        for i, c in enumerate(string)
        if not i or c != string[i - 1] or edges[4 * i] - edges[4 * i - 4] > _DOUBLE * (edges[4 * i + 2] - edges[4 * i])
    ]
    if len(kept) == len(string):
        return string, edges
    apart: array[float] = array(edges.typecode)
    for i in kept:
        apart.extend(edges[4 * i : 4 * i + 4])
    return "".join(string[i] for i in kept), apart


def _stretches(row: list[_Set], page: int, number: int) -> list[Stretch]:
    """The pieces of one row, joined where nothing wide stands between them."""
    if len(row) == 1:
        p = row[0]
        return [Stretch(p.string, p.edges, p.left, p.top, p.right, p.bottom, p.size, page, number)]
    row.sort(key=lambda p: p.left)
    groups: list[list[_Set]] = []
    right = 0.0
    for piece in row:
        size = piece.size if not groups else max(piece.size, groups[-1][-1].size)
        if groups and piece.left - right <= WIDE * size and piece.left - right > -0.5 * size:
            groups[-1].append(piece)
            right = max(right, piece.right)
        elif groups and piece.left < right and _is_double(piece, groups[-1]):
            continue
        else:
            groups.append([piece])
            right = piece.right
    return [_joined(group, page, number) for group in groups]


def _is_double(piece: _Set, group: list[_Set]) -> bool:
    """Whether the piece is drawn over characters that are there already."""
    return any(
        piece.string in before.string
        for before in group
        if before.left - piece.size * _DOUBLE <= piece.left <= before.right
        and abs(before.top - piece.top) < piece.size * _DOUBLE
    )


def _joined(group: list[_Set], page: int, number: int) -> Stretch:
    if len(group) == 1:
        p = group[0]
        return Stretch(p.string, p.edges, p.left, p.top, p.right, p.bottom, p.size, page, number)
    body = max(group, key=lambda p: p.size * len(p.string))
    parts: list[str] = []
    edges: array[float] = array("f")
    marks: list[tuple[int, int]] = []
    length = 0
    before: _Set | None = None
    for piece in group:
        if before is not None:
            if piece.string == before.string and piece.left - before.left < _DOUBLE * piece.size:
                continue
            if _is_apart(before, piece):
                parts.append(" ")
                edges.extend((before.right, before.top, max(piece.left, before.right), before.bottom))
                length += 1
            if _is_raised(piece, body) and is_note_mark("".join(parts)[-_NEAR:].rstrip(), piece.string):
                marks.append((length, length + len(piece.string)))
        parts.append(piece.string)
        edges.extend(piece.edges if piece.edges.typecode == "f" else array("f", piece.edges))
        length += len(piece.string)
        before = piece
    right = max(p.right for p in group)
    return Stretch("".join(parts), edges, group[0].left, body.top, right, body.bottom, body.size, page, number, tuple(marks))


def _is_raised(piece: _Set, body: _Set) -> bool:
    return piece.size < _SMALLER * body.size and body.bottom - piece.bottom > _RAISED * body.size


def _is_apart(before: _Set, piece: _Set) -> bool:
    """Whether a blank stands between two pieces, though the file may not print it."""
    gap = (piece.left - before.right) / max(piece.size, before.size)
    if piece.spaced and gap > _LATIN_GAP:
        return True
    last, first = before.string[-1], piece.string[0]
    if last < _NOT_WORD and first < _NOT_WORD:
        return gap > _LATIN_GAP
    chinese = (_IDEOGRAPH.match(last) is not None) + (_IDEOGRAPH.match(first) is not None)
    return gap > _GAPS[chinese] + max(_spread(before), _spread(piece))


def _spread(piece: _Set) -> float:
    """How far apart, in ems, a justified line sets its characters; 0 when only one tells nothing."""
    count = len(piece.string)
    return max(0.0, (piece.right - piece.left) / count / piece.size - 1) if count > 1 else 0.0
