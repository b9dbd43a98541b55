"""Which cells of a drawn table belong to one row?"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from zhiheng.documents.readers.marks import HEADING, ITEM
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.tree import Piece, Text

Row = list[Text | None]


class Line(NamedTuple):
    """A line of a table: its cells, empty ones included; in `strip.raw` they begin and end at `reach`."""

    strip: Strip
    cells: tuple[Text, ...]
    reach: tuple[tuple[int, int], ...] = ()


def rows_by_bars(found: list[Line]) -> list[Row]:
    """Rows between bars; none when the lines only happen to hold a bar."""
    rows = complete(_with_first_cells([line for line in found if line.cells]))
    return rows if len(rows) >= 2 and max(len(row) for row in rows) >= 2 else []


def _with_first_cells(found: list[Line]) -> list[Line]:
    """Where the head begins without a bar, a bar at the head of a line stands behind an empty first cell."""
    width = len(found[0].cells) if found else 0
    if not found or found[0].strip.folded[0] == "|":
        return found
    return [
        line._replace(cells=(line.strip.text.slice(0, 0), *line.cells))
        if line.strip.folded[0] == "|" and len(line.cells) == width - 1
        else line
        for line in found
    ]


def rows_by_tabs(found: list[Line]) -> list[Row]:
    """Rows between tabs. Several tabs in a row align columns when the rows agree without their empty cells, and only then."""
    if sum(len(line.cells) > 1 for line in found) < 2 or _is_numbered_text(found):
        return []
    found = _unquoted(found)
    if len({len(line.cells) for line in found}) > 1:
        packed = [[c for c in line.cells if c.string] for line in found]
        if len({len(row) for row in packed}) == 1:
            return [list(row) for row in packed]
    return complete(found)


def _is_numbered_text(found: list[Line]) -> bool:
    """Whether the tab only stands between a number and its paragraph, or a title and its page."""
    marks = 0
    for line in found:
        cells = [c.folded for c in line.cells if c.string]
        numbered = HEADING.match(line.strip.folded) or ITEM.match(line.strip.folded)
        marks += bool(len(cells) == 2 and numbered and (len(cells[0]) <= 5 or cells[1].isdigit()))
    return marks > len(found) // 2


def _unquoted(found: list[Line]) -> list[Line]:
    """Rows as a spreadsheet copies them: a quoted cell may hold breaks. They stay in the cell, as a break."""
    if sum(c.string.count('"') for line in found for c in line.cells) % 2:
        return found
    rows: list[Line] = []
    inside = False
    for line in found:
        cells = list(line.cells)
        if inside:
            last = Text.joined([rows[-1].cells[-1], _line_break(rows[-1].strip), cells[0]])
            rows[-1] = Line(line.strip, (*rows[-1].cells[:-1], last, *cells[1:]))
        else:
            rows.append(line)
        inside = sum(c.string.count('"') for c in rows[-1].cells) % 2 == 1
    return [line._replace(cells=tuple(_without_quotes(c) for c in line.cells)) for line in rows]


def _line_break(strip: Strip) -> Text:
    """The break behind the line, as a character of a cell."""
    last = strip.text.pieces[-1]
    return Text("\n", (Piece(0, last.place, last.offset + len(strip.text) - last.at),))


def _without_quotes(cell: Text) -> Text:
    quoted = len(cell) >= 2 and cell.string[0] == cell.string[-1] == '"'
    return cell.slice(1, len(cell) - 1).stripped() if quoted else cell


def complete(found: list[Line]) -> list[Row]:
    """Rows put together where a line ends inside a cell: the part before and the part behind make a row of the usual length.

    A lone cell before a row is a title across it, not its beginning.
    """
    width = Counter(len(line.cells) for line in found).most_common(1)[0][0] if found else 0
    rows: list[Row] = []
    for i, line in enumerate(found):
        cells: Row = list(line.cells)
        last = rows[-1] if rows else []
        if len(last) > 1 and last[-1] and last[-1].string and _brings(found, i, width - len(last)):
            last[-1] = Text.joined([t for t in (last[-1], cells[0]) if t])
            last.extend(cells[1:])
        else:
            rows.append(cells)
    return rows


def _brings(found: list[Line], i: int, missing: int) -> bool:
    """Whether line `i`, or a line of one cell there and the line after it, brings exactly the missing cells."""
    if missing <= 0:
        return False
    if len(found[i].cells) == missing + 1:
        return True
    return len(found[i].cells) == 1 and i + 1 < len(found) and len(found[i + 1].cells) == missing + 1
