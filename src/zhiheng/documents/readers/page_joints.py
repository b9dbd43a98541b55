"""Which table goes on on the next page, and which of its rows and cells were cut?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhiheng.documents.readers.page_lines import Stretch
from zhiheng.documents.readers.page_margins import Margins
from zhiheng.documents.readers.page_rules import Region
from zhiheng.documents.readers.page_tables import Drawn, cell_text, padding_of
from zhiheng.documents.tree import Cell, Place, Table, Text

_SAME = 4.0
_MOST_HEAD_ROWS = 4

Part = Stretch | list[Drawn]


def joined_over_pages(parts: Iterable[tuple[Part, Margins]]) -> Iterator[tuple[Part, Margins]]:
    """The parts in order, every table together with those on the following pages that continue it."""
    waiting: tuple[list[Drawn], Margins] | None = None
    for part, margins in parts:
        if waiting and isinstance(part, list) and _continues(waiting[0][-1], part[0]):
            waiting[0].append(part[0])
            continue
        if waiting:
            yield waiting
            waiting = None
        if isinstance(part, list):
            waiting = [*part], margins
        else:
            yield part, margins
    if waiting:
        yield waiting


def _continues(last: Drawn, following: Drawn) -> bool:
    """Whether a table is the rest of the one before: on the next page, with the same columns."""
    if following.page != last.page + 1:
        return False
    xs, others = last.grid.xs, following.grid.xs
    if len(xs) == len(others):
        return all(abs(a - b) <= _SAME for a, b in zip(xs, others, strict=True))
    return False


def as_table(drawn: Sequence[Drawn], number: int) -> Table:
    """The table that stands on one page or goes on over several."""
    cells: list[Cell] = []
    row = 0
    first: list[Cell] = []
    for k, part in enumerate(drawn):
        found, height = _cells(part, number, row)
        if k:
            head = _repeated_head(first, found, row)
            found = [_moved(cell, -head) for cell in found if cell.row - row >= head]
            height -= head
            joined = _cut_row(cells, found, row, drawn[k - 1])
            if joined is not None:
                cells, found = joined
                found = [_moved(cell, -1) for cell in found]
                height -= 1
            cells, found = _spanning(cells, found, row)
        else:
            first = found
        cells += found
        row += height
    return Table(tuple(cell for cell in cells if cell.text.string), number)


def _cells(part: Drawn, number: int, first_row: int) -> tuple[list[Cell], int]:
    """Cells of one page, rows without any text left out of the count."""
    grid, padding = part.grid, padding_of(part)
    found = []
    for region, lines in part.cells:
        place = Place(page=part.page, table=number, row=first_row + region.row + 1, column=region.column + 1)
        text = cell_text(lines, place, grid.xs[region.column], grid.xs[region.column_end], padding)
        found.append(_cell(text, region, first_row))
    return found, len(grid.ys) - 1


def _cell(text: Text, region: Region, first_row: int) -> Cell:
    return Cell(text, first_row + region.row, region.column, region.row_end - region.row, region.column_end - region.column)


def _moved(cell: Cell, rows: int) -> Cell:
    """The cell `rows` further down, its place too."""
    if not rows:
        return cell
    pieces = tuple(p.__class__(p.at, _placed(p.place, rows), p.offset) for p in cell.text.pieces)
    return Cell(Text(cell.text.string, pieces, cell.text.folded), cell.row + rows, cell.column, cell.row_span, cell.column_span)


def _placed(place: Place, rows: int) -> Place:
    return Place(page=place.page, table=place.table, row=(place.row or 1) + rows, column=place.column, boxes=place.boxes)


def _repeated_head(first: Sequence[Cell], found: Sequence[Cell], row: int) -> int:
    """How many rows at the head of a continuation repeat those of the beginning."""

    def said(cells: Sequence[Cell], start: int) -> dict[int, list[tuple[int, str]]]:
        rows: dict[int, list[tuple[int, str]]] = {}
        for cell in cells:
            if cell.row - start < _MOST_HEAD_ROWS and cell.text.string:
                rows.setdefault(cell.row - start, []).append((cell.column, "".join(cell.text.folded.split())))
        return rows

    above, below = said(first, 0), said(found, row)
    head = 0
    while head < _MOST_HEAD_ROWS and above.get(head) and above.get(head) == below.get(head):
        head += 1
    spans = [cell.row - row + cell.row_span for cell in found if cell.row - row < head and cell.text.string]
    return max(spans, default=0)


def _cut_row(cells: list[Cell], found: list[Cell], row: int, last: Drawn) -> tuple[list[Cell], list[Cell]] | None:
    """Cells and rest when the first row of a continuation only ends cells of the last row before it."""
    begun = {c.column: i for i, c in enumerate(cells) if c.row + c.row_span == row and c.text.string}
    rests = [c for c in found if c.row == row]
    filled = [c for c in rests if c.text.string]
    if not filled or any(c.row_span > 1 for c in filled) or any(c.column not in begun for c in filled):
        return None
    if 2 * len(filled) > len(rests) or all(c.column != min(begun) for c in rests):
        return None
    if any(c.column == min(begun) and not _was_full(cells[begun[c.column]], c, last) for c in filled):
        return None  # the name of a group, or of the next row
    joined = list(cells)
    for cell in filled:
        above = joined[begun[cell.column]]
        text = Text.joined([above.text, _moved(cell, above.row - cell.row).text])
        joined[begun[cell.column]] = Cell(text, above.row, above.column, above.row_span, above.column_span)
    return joined, [c for c in found if c.row != row]


def _was_full(begun: Cell, rest: Cell, last: Drawn) -> bool:
    """Whether the first character of the rest would have had no room behind what the cell begins with."""
    boxes = begun.text.pieces[-1].place.boxes, rest.text.pieces[0].place.boxes
    if boxes[0] is None or boxes[1] is None:
        return False
    (*_, right, _), (left, _, end, *_) = boxes[0].edges, boxes[1].edges
    return right + end - left > last.grid.xs[begun.column + begun.column_span] - padding_of(last)


def _spanning(cells: list[Cell], found: list[Cell], row: int) -> tuple[list[Cell], list[Cell]]:
    """An empty cell over several rows at the head of a continuation is the rest of the merged cell above it."""
    begun = {c.column: i for i, c in enumerate(cells) if c.row + c.row_span == row and c.text.string}
    rest = [c for c in found if not (c.row == row and not c.text.string and c.column in begun and c.row_span > 1)]
    joined = list(cells)
    for cell in found:
        if cell not in rest:
            i = begun[cell.column]
            above = joined[i]
            joined[i] = Cell(above.text, above.row, above.column, above.row_span + cell.row_span, above.column_span)
    return joined, rest
