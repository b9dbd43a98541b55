"""Which ruling lines of a page form grids, and which cells do they leave?

Lines that touch nothing (an underline, the red line of a letterhead) form no grid.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zhiheng.documents.readers.pages import Rule

_TOUCH = 3.0  # points: lines of cells with borders of their own stand this far apart
_SHORTEST = 4.0
_OPEN_SIDE = 12.0
_MOST = 4_000  # a drawing has more, a table that a person reads has not


class Span(NamedTuple):
    """A line across at `at`, from `start` to `end`; for lines down, the same with the axes exchanged."""

    at: float
    start: float
    end: float


class Region(NamedTuple):
    """A cell: the rows and columns it covers, counted from 0, ends excluded."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines down at `xs` and across at `ys`, and the `regions` that lines part from each other."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def left(self) -> float:
        """Where the outermost line down stands."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Where the last line down stands."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Where the uppermost line across stands."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Where the lowest line across stands."""
        return self.ys[-1]


def across_and_down(rules: Sequence[Rule]) -> tuple[list[Span], list[Span]]:
    """The lines of a page, the parts of one line put together; none of a drawing of thousands."""
    across, down = [], []
    for left, top, right, bottom in rules:
        if right - left >= bottom - top:
            across.append(Span((top + bottom) / 2, left, right))
        else:
            down.append(Span((left + right) / 2, top, bottom))
    lines = _whole(across), _whole(down)
    return ([], []) if len(lines[0]) + len(lines[1]) > _MOST else lines


def _whole(spans: Iterable[Span]) -> list[Span]:
    """Spans on one line that touch or overlap, as one."""
    found: list[Span] = []
    for group in _clustered(sorted(spans)):
        at = sum(s.at for s in group) / len(group)
        group.sort(key=lambda s: s.start)
        start, end = group[0].start, group[0].end
        for span in group[1:]:
            if span.start > end + _TOUCH:
                found.append(Span(at, start, end))
                start = span.start
                end = span.end
            end = max(end, span.end)
        found.append(Span(at, start, end))
    return [s for s in found if s.end - s.start >= _SHORTEST]


def _clustered(ordered: list[Span]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for span in ordered:
        if groups and span.at - groups[-1][0].at <= _TOUCH:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def grids_of(across: list[Span], down: list[Span], count_cells: Callable[[int], None]) -> list[Grid]:
    """Grids from the top; `count_cells` refuses too many cells."""
    found = []
    for rows, columns in _touching(across, down, count_cells):
        if len(rows) >= 2 and columns:
            grid = _grid(rows, columns, count_cells)
            if grid is not None:
                found.append(grid)
    return sorted(found, key=lambda g: (g.top, g.left))


def _touching(across: list[Span], down: list[Span], count_cells: Callable[[int], None]) -> list[tuple[list[Span], list[Span]]]:
    """Lines across and down that touch each other, directly or over others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    ordered = sorted(range(len(down)), key=lambda i: down[i].at)
    places = [down[i].at for i in ordered]
    for a, line in enumerate(across):
        first = bisect_left(places, line.start - _TOUCH)
        last = bisect_right(places, line.end + _TOUCH)
        crossed = [i for i in ordered[first:last] if down[i].start - _TOUCH <= line.at <= down[i].end + _TOUCH]
        for i in crossed:
            parent[root(len(across) + i)] = root(a)
    groups: dict[int, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for a, line in enumerate(across):
        groups[root(a)][0].append(line)
    for i, line in enumerate(down):
        groups[root(len(across) + i)][1].append(line)
    return list(groups.values())


def _grid(across: list[Span], down: list[Span], count_cells: Callable[[int], None]) -> Grid | None:
    left, right = min(s.start for s in across), max(s.end for s in across)
    ends = [v for s in down for v in (s.start, s.end)]
    xs = _places([s.at for s in down], left, right, _OPEN_SIDE)
    ys = _places([s.at for s in across], min(ends), max(ends), _OPEN_SIDE)
    if len(xs) < 2 or len(ys) < 2:
        return None
    count_cells((len(xs) - 1) * (len(ys) - 1))
    walls_down = _walls(down, xs)
    walls_across = _walls(across, ys)
    return Grid(tuple(xs), tuple(ys), tuple(_regions(xs, ys, walls_down, walls_across)))


def _places(values: list[float], first: float, last: float, open_side: float) -> list[float]:
    """Places of lines in order; where the lines across reach beyond the outermost line down, the table is open there."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    if not found or found[0] - first > open_side:
        found.insert(0, first)
    if last - found[-1] > open_side:
        found.append(last)
    return found


def _walls(spans: list[Span], places: list[float]) -> list[list[tuple[float, float]]]:
    """For every place, the stretches along which a line stands there."""
    walls: list[list[tuple[float, float]]] = [[] for _ in places]
    for span in spans:
        k = bisect_left(places, span.at - _TOUCH)
        if k < len(places):
            walls[k].append((span.start, span.end))
    return [sorted(w) for w in walls]


def _stands(wall: list[tuple[float, float]], at: float) -> bool:
    k = bisect_right(wall, (at, float("inf"))) - 1
    return k >= 0 and any(end >= at for _, end in wall[max(0, k - 1) : k + 1])


def _regions(
    xs: list[float],
    ys: list[float],
    walls_down: list[list[tuple[float, float]]],
    walls_across: list[list[tuple[float, float]]],
) -> list[Region]:
    """Cells, row by row: from a corner as far right, then as far down, as no line stands in the way."""
    width, height = len(xs) - 1, len(ys) - 1
    middles_x = [(a + b) / 2 for a, b in itertools.pairwise(xs)]
    middles_y = [(a + b) / 2 for a, b in itertools.pairwise(ys)]
    taken = array("b", bytes(width * height))
    found = []
    for r in range(height):
        for c in range(width):
            if taken[r * width + c]:
                continue
            end = c + 1
            while end < width and not taken[r * width + end] and not _stands(walls_down[end], middles_y[r]):
                end += 1
            low = r + 1
            while (
                low < height
                and not any(taken[low * width + k] or _stands(walls_across[low], middles_x[k]) for k in range(c, end))
                and not any(_stands(walls_down[k], middles_y[low]) for k in range(c + 1, end))
            ):
                low += 1
            for i in range(r, low):
                for k in range(c, end):
                    taken[i * width + k] = 1
            found.append(Region(r, c, low, end))
    return found
