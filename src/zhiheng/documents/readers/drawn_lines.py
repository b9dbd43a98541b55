"""Which straight lines, upright or level, does a drawn path show?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from zhiheng.documents.readers.matrices import Point, bounds

THIN = 3.0  # points: a filled rectangle thinner than this is a line
MOST_SEGMENTS = 4_000  # of one path: beyond it, a drawing
MOST_RULES = 50_000  # of one page
_STRAIGHT = 0.6


def straight_lines(figures: Iterable[list[Point]], *, stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    """The lines of the connected straight parts of a path: least x, least y, most x, most y of each.

    A part thin as a stroke is one line; of another the sides are lines when they are `stroked`.
    """
    for figure in figures:
        left, bottom, right, top = bounds(figure)
        if min(right - left, top - bottom) <= THIN:
            yield left, bottom, right, top
        elif stroked:
            for (x0, y0), (x1, y1) in pairwise(figure):
                if abs(x1 - x0) <= _STRAIGHT or abs(y1 - y0) <= _STRAIGHT:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
