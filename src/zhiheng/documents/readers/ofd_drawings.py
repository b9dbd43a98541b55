"""Which lines and pictures does an OFD page draw? (GB/T 33190-2016, chapters 9 and 10)"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from zhiheng.documents.readers.drawn_lines import MOST_SEGMENTS, straight_lines
from zhiheng.documents.readers.matrices import Matrix, Point
from zhiheng.documents.readers.ofd_parts import number, numbers

_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def lines_of(element: etree._Element, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path, upright or level, on the sheet: left, bottom, right, top."""
    stroked = element.get("Stroke", "true") != "false"
    if not stroked and element.get("Fill", "false") != "true":
        return
    yield from straight_lines(_figures(element.findtext("{*}AbbreviatedData") or "", matrix), stroked=stroked)


def picture_of(element: etree._Element, outer: Matrix) -> tuple[float, float, float, float]:
    """The rectangle of the sheet that a picture covers: left, bottom, right, top."""
    found = numbers(element.get("Boundary"))
    if len(found) != 4:
        return 0.0, 0.0, 0.0, 0.0
    left, top, width, height = found
    return outer.box(left, top, left + width, top + height)


def _figures(path: str, matrix: Matrix) -> Iterator[list[Point]]:
    """The connected straight parts of a path; a curve ends one."""
    words = path.replace(",", " ").split()
    if len(words) > 3 * MOST_SEGMENTS:
        return
    figure: list[Point] = []
    first: Point | None = None
    i = 0
    while i < len(words):
        operator = words[i]
        count = _OPERANDS.get(operator)
        if count is None or i + count >= len(words) + (count == 0):
            break
        operands = [number(word, 0.0) for word in words[i + 1 : i + 1 + count]]
        i += 1 + count
        point = matrix.at(operands[-2], operands[-1]) if count else first
        if operator not in "LC":
            if len(figure) > 1:
                yield figure
            figure = []
            first = point if operator in "SM" else first
        if point is not None and (operator != "C" or len(figure) > 2):
            figure.append(point)
    if len(figure) > 1:
        yield figure
