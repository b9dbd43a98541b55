"""Which lines of a page form a table without ruling lines?

Rows whose parts stand in the same columns, one below the other, with white bands between the columns that nothing crosses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from zhiheng.documents.readers.page_furniture import Rows
from zhiheng.documents.readers.page_lines import Stretch
from zhiheng.documents.readers.page_rules import Grid, Region
from zhiheng.documents.readers.page_tables import Drawn

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_BAND = 0.8  # ems of white between columns
_FARTHEST = 4.0  # ems from one row to the next of a table
_TIGHT = 0.75  # of the usual step: rows nearer than this are lines of one cell
_NEAR = 1.2  # of the least step between rows: a lone part farther away than this belongs to no cell above it
_TITLE = re.compile(r"表\s*[\d一二三四五六七八九十]|[附续]表|注[:：\d]|说明[:：]|[（(]?[一二三四五六七八九十]+[、)）]")
_SHORT = 20.0  # characters: cells of tables are shorter than lines of columns


def unruled_tables(rows: Rows) -> tuple[Rows, list[Drawn]]:
    """The rows outside unruled tables, and those tables."""
    if sum(len(row) >= _FEWEST_COLUMNS for row in rows) < _FEWEST_ROWS:
        return rows, []
    kept: Rows = []
    found: list[Drawn] = []
    i = 0
    while i < len(rows):
        end = _end_of_table(rows, i)
        table = _table(rows[i:end]) if end - i >= _FEWEST_ROWS else None
        if table is None:
            kept.append(rows[i])
            i += 1
        else:
            found.append(table)
            i = end
    return kept, found


def _end_of_table(rows: Rows, start: int) -> int:
    """Behind the last row that can belong to a table which begins at `start`."""
    if len(rows[start]) < _FEWEST_COLUMNS:
        return start
    columns = len(rows[start])
    usual = 0.0
    end = start + 1
    while end < len(rows):
        row = rows[end]
        step = row[0].top - rows[end - 1][0].top
        if step > _FARTHEST * row[0].size or len(_bands(rows[start : end + 1])) + 1 < columns:
            break
        if len(row) == 1 and (_TITLE.match(row[0].folded) or (usual and step > _NEAR * usual)):
            break
        if len(row) > 1:
            usual = step if not usual else min(usual, step)
        end += 1
    return end


def _bands(rows: Rows) -> list[float]:
    """Middles of the white bands between columns; empty when fewer than two are left."""
    spans = sorted((s.left, s.right) for row in rows for s in row)
    size = rows[0][0].size
    found: list[float] = []
    right = spans[0][1]
    for left, end in spans[1:]:
        if left - right > _BAND * size:
            found.append((left + right) / 2)
        right = max(right, end)
    return found if len(found) + 1 >= _FEWEST_COLUMNS else []


def _table(rows: Rows) -> Drawn | None:
    bands = _bands(rows)
    stretches = [s for row in rows for s in row]
    if not bands or sum(len(s.string) for s in stretches) > _SHORT * len(stretches):
        return None
    xs = (min(s.left for s in stretches), *bands, max(s.right for s in stretches))
    groups = _rows_of_cells(rows, xs)
    if sum(len({_column(s, xs) for row in group for s in row}) >= 2 for group in groups) < _FEWEST_ROWS:
        return None
    tops = [min(s.top for row in group for s in row) for group in groups]
    ys = (*tops, max(s.bottom for s in stretches))
    cells = []
    for r, group in enumerate(groups):
        for c in range(len(xs) - 1):
            lines = tuple(s for row in group for s in row if _column(s, xs) == c)
            cells.append((Region(r, c, r + 1, c + 1), lines))
    grid = Grid(xs, ys, tuple(region for region, _ in cells))
    return Drawn(grid, stretches[0].page, tuple(cells))


def _column(stretch: Stretch, xs: Sequence[float]) -> int:
    middle = (stretch.left + stretch.right) / 2
    return max(0, min(sum(middle > x for x in xs) - 1, len(xs) - 2))


def _rows_of_cells(rows: Rows, xs: Sequence[float]) -> list[Rows]:
    """Printed rows that are lines of the same cells, together: what begins no first cell and stands near goes on."""
    steps = [b[0].top - a[0].top for a, b in pairwise(rows)]
    full = [step for step, row in zip(steps, rows[1:], strict=True) if len(row) == len(xs) - 1]
    usual = median(full or steps)
    groups: list[Rows] = [[rows[0]]]
    for step, row in zip(steps, rows[1:], strict=True):
        goes_on = _column(row[0], xs) > 0 and len(row) < len(xs) - 1
        if goes_on or (step < _TIGHT * usual and len(row) < len(xs) - 1):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups
