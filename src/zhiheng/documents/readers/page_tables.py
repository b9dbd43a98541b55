"""What stands in the cells that ruling lines draw on a page?"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zhiheng.documents.readers.page_lines import Stretch, stretches_of
from zhiheng.documents.readers.page_margins import Margins
from zhiheng.documents.readers.page_paragraphs import is_full
from zhiheng.documents.readers.page_rules import Grid, Region
from zhiheng.documents.readers.pages import Run
from zhiheng.documents.tree import Boxes, Piece, Place, Text

_WORD = 3
_CELL_SLACK = -0.1  # lines of cells are not justified: one ends where the next character would just have crossed the edge


class Drawn(NamedTuple):
    """A table as it stands on one page: its cells in `rows` and `columns` counted from 0, empty ones included."""

    grid: Grid
    page: int
    cells: tuple[tuple[Region, tuple[Stretch, ...]], ...]

    @property
    def top(self) -> float:
        """Where the table begins on the page."""
        return self.grid.top

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.grid.bottom


def divided(runs: Iterable[Run], grids: Sequence[Grid]) -> tuple[list[Run], list[list[Run]]]:
    """The runs outside all grids, and those inside each."""
    outside: list[Run] = []
    inside: list[list[Run]] = [[] for _ in grids]
    for run in runs:
        edges = run.edges
        if not edges:
            continue
        x, y = (edges[0] + edges[-2]) / 2, (edges[1] + edges[3]) / 2
        for k, grid in enumerate(grids):
            if grid.left <= x <= grid.right and grid.top <= y <= grid.bottom:
                inside[k].append(run)
                break
        else:
            outside.append(run)
    return outside, inside


def drawn_of(grid: Grid, runs: Iterable[Run], page: int) -> Drawn:
    """The cells of a grid with what is printed in them."""
    width = len(grid.xs) - 1
    region_at = [0] * (width * (len(grid.ys) - 1))
    for k, region in enumerate(grid.regions):
        for r in range(region.row, region.row_end):
            for c in range(region.column, region.column_end):
                region_at[r * width + c] = k
    held: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        y = (run.edges[1] + run.edges[3]) / 2
        row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
        for column, part in _by_columns(run, grid.xs):
            held[region_at[row * width + column]].append(part)
    return Drawn(grid, page, tuple((region, tuple(stretches_of(held[k], page))) for k, region in enumerate(grid.regions)))


def _by_columns(run: Run, xs: tuple[float, ...]) -> Iterable[tuple[int, Run]]:
    """The run cut where lines down cross it."""
    last = len(xs) - 2

    def column(i: int) -> int:
        middle = (run.edges[4 * i] + run.edges[4 * i + 2]) / 2
        return min(max(bisect_right(xs, middle) - 1, 0), last)

    first, end = column(0), column(len(run.string) - 1)
    if first == end:
        return [(first, run)]
    found: list[tuple[int, Run]] = []
    start = 0
    for i in range(1, len(run.string) + 1):
        if i == len(run.string) or column(i) != first:
            found.append((first, Run(run.string[start:i], run.edges[4 * start : 4 * i], run.size, run.damaged)))
            start = i
            first = column(i) if i < len(run.string) else 0
    return found


def cell_text(lines: Sequence[Stretch], place: Place, left: float, right: float, padding: float) -> Text:
    """The lines of a cell as one text: those broken for want of room joined, others one below the other."""
    string: list[str] = []
    edges: array[float] = array("f")
    left_out: list[tuple[int, int]] = []
    length = 0
    last: Stretch | None = None
    for line in lines:
        if last is not None:
            between = _between(last, line, Margins(left + padding, right - padding, line.size, 0.0))
            if between:
                string.append(between)
                edges.extend((last.right, last.top, last.right, last.bottom))
                length += 1
        left_out += [(length + a, length + b) for a, b in line.marks]
        string.append(line.string)
        edges.extend(line.edges if line.edges.typecode == "f" else array("f", line.edges))
        length += len(line.string)
        last = line
    whole = Place(page=place.page, table=place.table, row=place.row, column=place.column, boxes=Boxes(edges))
    text = Text("".join(string), (Piece(0, whole, 0),))
    return text.without(left_out) if left_out else text


def _between(last: Stretch, line: Stretch, margins: Margins) -> str:
    """What parts two lines of a cell: nothing where a word was cut, a blank inside a row or between words, else a break."""
    if last.row == line.row:
        return " "
    if last.string[-1].isdigit() and line.string[0].isdigit() and len(line.string) >= len(last.string):
        return "\n"  # a figure is cut only where it is longer than its cell is wide
    words = last.string[-1].isascii() and line.string[0].isascii() and last.string[-1].isalpha() and line.string[0].isalpha()
    # Characters set one below the other
    upright = len(last.string) <= 1 and len(line.string) <= 1 and margins.right - margins.left < _WORD * line.size
    if upright or is_full(last, line, margins, _CELL_SLACK):
        return " " if words else ""
    return "\n"


def padding_of(drawn: Drawn) -> float:
    """How far text keeps from the lines down: the least distance found in cells with several lines, else in any."""
    found = [
        min(s.left - drawn.grid.xs[region.column], drawn.grid.xs[region.column_end] - s.right)
        for region, lines in drawn.cells
        for s in lines
    ]
    return max(0.0, min(found, default=0.0))
