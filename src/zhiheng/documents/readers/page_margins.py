"""Between which margins is a column of text set, and how far apart are its lines?"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from zhiheng.documents.readers.page_lines import Stretch

_LONG = 0.5
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and right edge of a column of text; `pitch` from line to line in ems, 0 when too few lines tell."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool = False


def margins_of(lines: Sequence[Stretch]) -> Margins | None:
    """The margins at which the long lines of a column begin and end; None for a column without lines."""
    if not lines:
        return None
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > _LONG * widest]
    size = _size(lines)
    left = _edge([line.left for line in long], size * 0.5)
    right = -_edge([-line.right for line in long], size * 1.2)
    return Margins(left, right, size, _pitch(lines, right, size), _is_indented(lines, left, right, size))


def _size(lines: Sequence[Stretch]) -> float:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.string)
    return counts.most_common(1)[0][0]


def _edge(values: list[float], slack: float) -> float:
    """The outermost value near which enough others lie: a lone line may stand out."""
    ordered = sorted(values)
    enough = min(max(_FEWEST, len(ordered) // 20), len(ordered))
    for i, value in enumerate(ordered):
        if i + enough - 1 < len(ordered) and ordered[i + enough - 1] - value <= slack:
            return value
    return ordered[0]


def _pitch(lines: Sequence[Stretch], right: float, size: float) -> float:
    """From full lines to the next, the usual distance: those lines belong to one paragraph more often than not."""
    steps = [
        round((b.bottom - a.bottom) / a.size, 2)
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and right - a.right < 1.5 * a.size and 0.8 * a.size < b.bottom - a.bottom < 4 * a.size
    ]
    if len(steps) < _FEWEST:
        return 0.0
    steps.sort()
    return median(steps[: max(1, len(steps) // 2 + 1)])


def _is_indented(lines: Sequence[Stretch], left: float, right: float, size: float) -> bool:
    """Whether paragraphs begin with blanks: lines set in, directly before lines at the margin."""
    begun = flush = 0
    for a, b in itertools.pairwise(lines):
        if b.left - left < 0.7 * size and right - a.right < 1.5 * size:
            flush += 1
            begun += 1.2 * size < a.left - left < 4.5 * size
    return begun >= 2 and begun * 8 >= flush
