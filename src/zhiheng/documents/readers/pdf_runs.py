"""Which runs do the pieces of text make that a page of a PDF prints?"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhiheng.documents.readers.matrices import SLANTED
from zhiheng.documents.readers.page_turn import Turn
from zhiheng.documents.readers.pages import Run

_NEAR = 0.3  # ems between pieces of one run
_WIDEST = 2.2  # ems of a blank within a run


class Piece(NamedTuple):
    """Characters of one script side by side, on the sheet; `angle` in quarters to the left, `SLANTED` for any other.

    `spaced` when the file prints a blank before it.
    """

    string: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    angle: int
    damaged: bool
    line: int
    spaced: bool


def main_angle(pieces: Iterable[Piece]) -> int | None:
    """How most of the text runs, in quarters to the left; None without text."""
    counts: Counter[int] = Counter()
    for piece in pieces:
        counts[piece.angle] += len(piece.string)
    counts.pop(SLANTED, None)
    return counts.most_common(1)[0][0] if counts else None


def runs_of(pieces: Iterable[Piece], turn: Turn) -> Iterator[Run]:
    """The pieces as they are read; what is printed aslant across the page is no text of the paper."""
    held: list[Piece] = []
    for piece in pieces:
        if piece.angle == SLANTED:
            continue
        if held and not _is_beside(held[-1], piece):
            yield _run(held, turn)
            held = []
        held.append(piece)
    if held:
        yield _run(held, turn)


def _is_beside(last: Piece, piece: Piece) -> bool:
    """Whether a piece belongs to the run of the last one."""
    if last.line != piece.line or last.damaged != piece.damaged or last.angle != piece.angle or last.angle:
        return False
    height = max(last.size, piece.size)
    return (
        abs(last.size - piece.size) < 0.1 * height
        and abs(last.bottom + last.top - piece.bottom - piece.top) < 0.4 * height
        and piece.left > last.left
        and -0.5 * height < piece.left - last.right < (_WIDEST if piece.spaced else _NEAR) * height
    )


def _run(pieces: list[Piece], turn: Turn) -> Run:
    """Pieces side by side as one run, with the blanks between them that the file prints."""
    first = pieces[0]
    if len(pieces) == 1:
        return Run(first.string, _edges(first, turn), first.size, first.damaged)
    parts: list[str] = []
    edges: array[float] = array("f")
    for piece in pieces:
        own = _edges(piece, turn)
        if piece.spaced and parts:
            parts.append(" ")
            right = edges[-2]
            edges.extend((right, own[1], max(own[0], right), own[3]))
        parts.append(piece.string)
        edges += own
    return Run("".join(parts), edges, first.size, first.damaged)


def _edges(piece: Piece, turn: Turn) -> array[float]:
    """Left, top, right, bottom of each character of a piece, spread evenly."""
    left, top, right, bottom = turn.box(piece.left, piece.bottom, piece.right, piece.top)
    count = len(piece.string)
    edges = array("f", (left, top, right, bottom)) * count
    if count > 1:
        step = (right - left) / count
        ends = array("f", [left + step * i for i in range(1, count)])
        edges[4::4], edges[2:-4:4] = ends, ends
    return edges
