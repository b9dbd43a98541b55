"""In which order are the stretches of a page read?

From the top; where the page is set in two columns, the left one down to the next line that runs across both, then the right.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from zhiheng.documents.readers.page_furniture import Rows
from zhiheng.documents.readers.page_lines import Stretch
from zhiheng.documents.readers.page_tables import Drawn

_MIDDLE = (0.3, 0.7)
_FEWEST_LINES = 5
_FEWEST_CHARACTERS = 8
_FULL = 0.5
_SLACK = 2.0  # ems short of the gutter that still count as a full line
_OVERLAP = 0.5


class Placed(NamedTuple):
    """A part of a page in reading order; `columns` into which the text is set there."""

    part: Stretch | Drawn
    columns: int


def in_reading_order(rows: Rows, drawn: Sequence[Drawn]) -> list[Placed]:
    """Lines and tables of a page in the order in which they are read; parts of one row of one column are one line.

    Lines of a right column are moved to the left one (`left`, `right`; boxes stay), so that both have the same margins.
    """
    gutter = _gutter([stretch for row in rows for stretch in row])
    if gutter is None:
        whole: list[Stretch | Drawn] = [row[0] if len(row) == 1 else as_one(row) for row in rows]
        return [Placed(part, 1) for part in sorted([*whole, *drawn], key=lambda part: part.top)]
    return _in_columns(rows, drawn, gutter)


def _gutter(stretches: Sequence[Stretch]) -> float | None:
    """Where the gap between two columns of text lies; None for a page that is not set in two."""
    if len(stretches) < 2 * _FEWEST_LINES:
        return None
    left, right = min(s.left for s in stretches), max(s.right for s in stretches)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    starts = [s for s in stretches if low < s.left < high]
    best: tuple[int, float] | None = None
    for at in sorted({round(s.left) - 1.0 for s in starts}):
        beside = sum(at <= s.left <= at + 3 for s in starts)
        if beside >= 3 and (best is None or beside > best[0]):
            best = beside, at
    if best is None:
        return None
    at = best[1]
    before = [s for s in stretches if s.right <= at]
    behind = [s for s in stretches if s.left >= at]
    return at if _are_columns(before, behind) else None


def _are_columns(before: Sequence[Stretch], behind: Sequence[Stretch]) -> bool:
    """Whether both sides are running text beside each other: most lines full, tall as the other side."""
    if min(len(before), len(behind)) < _FEWEST_LINES:
        return False
    for side in (before, behind):
        if sum(len(s.string) for s in side) < _FEWEST_CHARACTERS * len(side):
            return False
        edge = max(s.right for s in side)
        if sum(s.right > edge - _SLACK * s.size for s in side) < _FULL * len(side):
            return False
    top = max(min(s.top for s in side) for side in (before, behind))
    bottom = min(max(s.bottom for s in side) for side in (before, behind))
    height = max(max(s.bottom for s in side) - min(s.top for s in side) for side in (before, behind))
    return bottom - top > _OVERLAP * height


def _in_columns(rows: Rows, drawn: Sequence[Drawn], gutter: float) -> list[Placed]:
    left = min((s.left for row in rows for s in row if s.right <= gutter), default=0.0)
    start = min((s.left for row in rows for s in row if s.left >= gutter), default=gutter)
    parts: list[tuple[float, int, Stretch | Drawn]] = []
    for row in rows:
        before = [s for s in row if s.right <= gutter]
        behind = [s for s in row if s.left >= gutter]
        if len(before) + len(behind) < len(row):
            whole = as_one(row) if len(row) > 1 else row[0]
            parts.append((whole.top, 0, whole))
            continue
        for side, column in ((before, 1), (behind, 2)):
            if side:
                line = as_one(side) if len(side) > 1 else side[0]
                if column == 2:
                    line = line._replace(left=line.left - start + left, right=line.right - start + left)
                parts.append((line.top, column, line))
    for table in drawn:
        within = 1 if table.grid.right <= gutter else 2 if table.grid.left >= gutter else 0
        parts.append((table.top, within, table))
    parts.sort(key=lambda part: part[0])
    found: list[Placed] = []
    sides: tuple[list[Placed], list[Placed]] = ([], [])
    for _, column, part in parts:
        if column:
            sides[column - 1].append(Placed(part, 2))
            continue
        found += [*sides[0], *sides[1], Placed(part, 1)]
        sides = ([], [])
    return [*found, *sides[0], *sides[1]]


def as_one(row: Sequence[Stretch], between: str = " ") -> Stretch:
    """The stretches of a row as one, a blank between them."""
    edges: array[float] = array("f")
    string: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for i, s in enumerate(row):
        if i:
            before = row[i - 1]
            string.append(between)
            edges.extend((before.right, before.top, max(before.right, s.left), before.bottom))
            length += 1
        marks += [(a + length, b + length) for a, b in s.marks]
        string.append(s.string)
        edges.extend(s.edges if s.edges.typecode == "f" else array("f", s.edges))
        length += len(s.string)
    body = max(row, key=lambda s: len(s.string))
    return Stretch(
        "".join(string),
        edges,
        row[0].left,
        body.top,
        max(s.right for s in row),
        body.bottom,
        body.size,
        row[0].page,
        row[0].row,
        tuple(marks),
    )
