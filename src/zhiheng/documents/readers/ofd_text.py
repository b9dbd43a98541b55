"""Which characters does a text object of an OFD page print, and where? (GB/T 33190-2016, chapter 11)"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from zhiheng.documents.readers.glyph_codes import MEANINGLESS, usual
from zhiheng.documents.readers.matrices import SLANTED, Matrix
from zhiheng.documents.readers.ofd_parts import number
from zhiheng.documents.readers.page_turn import Turn
from zhiheng.documents.readers.pages import Run

_ABOVE, _BELOW = 0.88, 0.12  # ems above and below the base line
_NARROW = 0.5  # ems of a Latin character whose room the file does not say
_WIDE_FROM = "\u2e80"
_NEAR = 0.3  # ems between characters of one run
_SAME_LINE = 0.4


class Line(NamedTuple):
    """Characters that one text code prints, `boxes` on the sheet with y upwards: left, bottom, right, top of each."""

    string: str
    boxes: list[tuple[float, float, float, float]]
    size: float
    angle: int
    damaged: bool


def lines_of(element: etree._Element, matrix: Matrix) -> Iterator[Line]:
    """What a text object prints; `matrix` from its own coordinates to the points of the sheet."""
    size = number(element.get("Size", element.get("size")), 0.0)  # a library in use writes it small
    em = size * matrix.height
    if not 0 < em < 1e4:
        return
    stretch = number(element.get("HScale"), 1.0)
    reading = number(element.get("ReadDirection"), 0.0)
    angle = matrix.angle
    if reading and angle != SLANTED:
        angle = (angle - round(reading / 90)) % 4
    x = y = 0.0
    for code in element.iterchildren("{*}TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        string = usual(code.text or "")
        if not string:
            continue
        xs = _places(x, code.get("DeltaX"), len(string))
        ys = _places(y, code.get("DeltaY"), len(string))
        if len(xs) < len(string) and len(ys) < len(string):
            xs = _set_close(x, string, size * stretch)
        xs += [xs[-1]] * (len(string) - len(xs))
        ys += [ys[-1]] * (len(string) - len(ys))
        rights = _rights(string, xs, size * (stretch or 1.0))
        boxes = [
            matrix.box(left, base - _ABOVE * size, right, base + _BELOW * size)
            for left, right, base in zip(xs, rights, ys, strict=True)
        ]
        damaged = MEANINGLESS.search(string) is not None
        yield Line(string, boxes, em, angle, damaged)


def main_angle(lines: Iterable[Line]) -> int | None:
    """How most of the text runs, in quarters to the left; None without text."""
    counts: Counter[int] = Counter()
    for line in lines:
        counts[line.angle] += len(line.string)
    counts.pop(SLANTED, None)
    return counts.most_common(1)[0][0] if counts else None


def runs_of(lines: Iterable[Line], turn: Turn) -> Iterator[Run]:
    """The lines as they are read; what is printed aslant across the page is no text of the paper."""
    for line in lines:
        if line.angle == SLANTED:
            continue
        boxes = [turn.box(*box) for box in line.boxes]
        start = 0
        for i in range(1, len(boxes) + 1):
            if i == len(boxes) or not _is_beside(line.string[i - 1], boxes[i - 1], boxes[i], line.size):
                edges = array("f", [side for box in boxes[start:i] for side in box])
                yield Run(line.string[start:i], edges, line.size, line.damaged)
                start = i


def _is_beside(
    character: str,
    box: tuple[float, float, float, float],
    following: tuple[float, float, float, float],
    size: float,
) -> bool:
    """Whether a character stands in the line of the one before it, and near it unless that is a blank."""
    gap = following[0] - box[2]
    near = -_NEAR * size < gap and (gap < _NEAR * size or character.isspace())
    return near and following[0] >= box[0] and abs(following[3] - box[3]) < _SAME_LINE * size


def _places(start: float, steps: str | None, count: int) -> list[float]:
    """Where `count` characters stand; fewer when fewer steps are said. "g 3 2.5" are three steps of 2.5."""
    words = iter((steps or "").replace(",", " ").split())
    deltas: list[float] = []
    for word in words:
        if len(deltas) >= count - 1:
            break
        if word == "g":
            times = round(number(next(words, ""), 0.0))
            deltas += [number(next(words, ""), 0.0)] * max(0, min(times, count - 1 - len(deltas)))
        else:
            deltas.append(number(word, 0.0))
    return list(accumulate(deltas, initial=start))


def _set_close(start: float, string: str, size: float) -> list[float]:
    """Where characters stand that the file sets one behind the other and leaves to the font."""
    return list(accumulate((_room(c, size) for c in string[:-1]), initial=start))


def _rights(string: str, lefts: list[float], size: float) -> list[float]:
    """Where characters end: at the next one, unless that leaves more room than a character takes."""
    rights = []
    for i, (character, left) in enumerate(zip(string, lefts, strict=True)):
        step = lefts[i + 1] - left if i + 1 < len(lefts) else 0.0
        rights.append(left + (min(step, size) if step > 0 else _room(character, size)))
    return rights


def _room(character: str, size: float) -> float:
    return size if character >= _WIDE_FROM else _NARROW * size
