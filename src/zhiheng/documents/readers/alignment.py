"""Under which column of a table aligned by blanks does a cell stand?

Columns are where the complete rows begin and end. The cells of other rows go, in order, to the columns they stand nearest to.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from statistics import median

from zhiheng.documents.readers.columns import Line, Row, complete
from zhiheng.documents.readers.marks import HEADING, PROSE, VALUE_CELL
from zhiheng.documents.tree import Text

Reach = tuple[float, float]

_WIDEST = 12
_MOST_UNEVEN = 1.5
_YEAR = re.compile(r"\D{0,4}(?:19|20)\d\d\s*年?\D*$")


def rows_by_blanks(found: list[Line]) -> list[Row]:
    """Rows between runs of blanks; none when the lines look like prose, names or particulars set wide."""
    counts = Counter(len(line.cells) for line in found if len(line.cells) > 1)
    width = max(counts, key=lambda n: (counts[n], n), default=0)
    number = sum(counts.values())
    valued = sum(any(VALUE_CELL.match(c.folded) for c in line.cells[1:]) for line in found)
    enough = number >= 2 and (valued >= number // 2 if width >= 3 else number >= 3 and valued >= number - 1)
    if not enough or any(HEADING.match(line.strip.folded) and PROSE.search(line.strip.folded) for line in found):
        return []
    # Rows that leave a cell empty may outnumber the complete ones.
    widest = max((n for n in counts if counts[n] > 1), default=width)
    by_position = next((rows for w in sorted({width, widest}, reverse=True) if (rows := _by_position(found, w))), [])
    return by_position or _by_kind(complete(found), width)


def _by_position(found: list[Line], width: int) -> list[Row]:
    """Rows by where cells stand on the page; none when they do not stand in columns."""
    if not 2 <= width <= _WIDEST:
        return []
    reach, columns = min((_columns(found, width, wide=wide) for wide in (2, 1)), key=lambda c: _unevenness(c[0], c[1], width))
    if _unevenness(reach, columns, width) > _MOST_UNEVEN:
        return []
    rows: list[Row] = []
    misfit = 0.0
    for line, spans in zip(found, reach, strict=True):
        if len(spans) > width:
            return []
        chosen = min(combinations(range(width), len(spans)), key=lambda ks, spans=spans: _misfit(spans, ks, columns))  # type: ignore[misc]
        misfit = max(misfit, _misfit(spans, chosen, columns) / len(spans)) if len(spans) < width else misfit
        row: Row = [None] * width
        for k, cell in zip(chosen, line.cells, strict=True):
            row[k] = cell
        rows.append(row)
    return _with_rests(rows) if misfit <= 4 else []


def _columns(found: list[Line], width: int, *, wide: int) -> tuple[list[list[Reach]], list[Reach]]:
    """Reach of every cell when a Chinese character takes `wide` positions, and the columns of the complete rows."""
    reach = [
        [(_positions(line.strip.raw[:a], wide), _positions(line.strip.raw[:b], wide)) for a, b in line.reach] for line in found
    ]
    whole = [spans for spans in reach if len(spans) == width]
    return reach, [(median(s[k][0] for s in whole), median(s[k][1] for s in whole)) for k in range(width)]


def _positions(string: str, wide: int) -> float:
    return float(len(string) if wide == 1 else sum(2 if c >= "\u2010" else 1 for c in string))


def _unevenness(reach: list[list[Reach]], columns: list[Reach], width: int) -> float:
    """How far, on average, the cells of complete rows stand from their columns."""
    whole = [spans for spans in reach if len(spans) == width]
    return sum(_misfit(spans, tuple(range(width)), columns) for spans in whole) / (width * len(whole))


def _misfit(spans: list[Reach], chosen: tuple[int, ...], columns: list[Reach]) -> float:
    """How far the cells stand from the chosen columns, by their left, right or middle, whichever fits."""
    return sum(
        min(abs(s - columns[k][0]), abs(e - columns[k][1]), abs(s + e - sum(columns[k])) / 2)
        for (s, e), k in zip(spans, chosen, strict=True)
    )


def _with_rests(rows: list[Row]) -> list[Row]:
    """Lines of words under filled cells are the rest of the row above; so is the second line of a head set in two."""
    laid: list[Row] = []
    head = 0
    while head < len(rows) and not any(_is_value(cell) for cell in rows[head]):
        head += 1
    for i, row in enumerate(rows):
        above = laid[-1] if laid else []
        second = i == 1 and head == 2 and sum(c is not None for c in above) > 1 and None in above and None not in row
        if above and (second or _is_rest(row, above)):
            laid[-1] = [Text.joined([t for t in pair if t]) if any(pair) else None for pair in zip(above, row, strict=True)]
        else:
            laid.append(row)
    return laid


def _is_value(cell: Text | None) -> bool:
    return bool(cell and VALUE_CELL.match(cell.folded) and not _YEAR.match(cell.folded))


def _is_rest(row: Row, above: Row) -> bool:
    filled = [k for k, cell in enumerate(row) if cell]
    words = not any(VALUE_CELL.match(cell.folded) for cell in row if cell)
    return words and row[0] is None and len(filled) <= len(row) // 2 and all(above[k] for k in filled)


def _by_kind(rows: list[Row], width: int) -> list[Row]:
    """Where blanks do not align: the cells of a short row go, in order, to the columns that hold such cells elsewhere."""
    whole = [row for row in rows if len(row) == width]
    seen = [{cell.string for row in whole[1:] if (cell := row[k])} for k in range(width)]
    valued = [2 * sum(bool(VALUE_CELL.match(c.folded)) for row in whole if (c := row[k])) > len(whole) for k in range(width)]

    def likeness(row: Row, chosen: tuple[int, ...]) -> int:
        pairs = [(cell, k) for cell, k in zip(row, chosen, strict=True) if cell]
        return sum(2 * (c.string in seen[k]) + (bool(VALUE_CELL.match(c.folded)) is valued[k]) for c, k in pairs)

    laid: list[Row] = []
    for row in rows:
        if not 1 < len(row) < width <= _WIDEST:
            laid.append(row)
            continue
        chosen = max(combinations(range(width), len(row)), key=lambda ks, row=row: likeness(row, ks))  # type: ignore[misc]
        laid.append([row[chosen.index(k)] if k in chosen else None for k in range(width)])
    return laid
