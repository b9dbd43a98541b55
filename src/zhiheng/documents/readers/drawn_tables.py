"""Which lines of a text draw a table with tabs, bars or runs of blanks?

Tables set out one cell a line carry no such marks; they stay lines, and `plans` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhiheng.documents.readers.alignment import rows_by_blanks
from zhiheng.documents.readers.columns import Line, Row, rows_by_bars, rows_by_tabs
from zhiheng.documents.readers.marks import CAPTION, DATE
from zhiheng.documents.readers.separators import Spans, by_bars, by_blanks, by_tabs, has_bar, has_run, has_tab
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.tree import Cell, Table

_TRIES = 8
Reader = Callable[[Strip], Spans | None]
_KINDS: tuple[tuple[Callable[[Strip], bool], Reader, Callable[[list[Line]], list[Row]]], ...] = (
    (has_bar, by_bars, rows_by_bars),
    (has_tab, by_tabs, rows_by_tabs),
    (has_run, by_blanks, rows_by_blanks),
)


def find_tables(strips: list[Strip], numbers: Iterator[int]) -> Iterator[Strip | Table]:
    """The strips in order, every run of lines that draws a table replaced by the table, numbered in turn."""
    at = 0
    rejected = [_Rejected() for _ in _KINDS]
    while at < len(strips):
        rows, end = _table_at(strips, at, rejected)
        yield Table(_cells(rows), next(numbers)) if rows else strips[at]
        at = end


@dataclass(slots=True)
class _Rejected:
    """How many times lines up to `end` were no table: the first few may be something else, not hundreds."""

    end: int = 0
    times: int = 0

    def skips(self, at: int) -> bool:
        return at < self.end and self.times >= _TRIES

    def note(self, end: int) -> None:
        self.times = self.times + 1 if end == self.end else 1
        self.end = end


def _table_at(strips: list[Strip], at: int, rejected: list[_Rejected]) -> tuple[list[Row], int]:
    """Rows of the table that begins at strip `at` and where it ends; no rows when none begins there."""
    for (applies, reads, lays), before in zip(_KINDS, rejected, strict=True):
        if applies(strips[at]) and not before.skips(at):
            found = _collect(strips, at, reads)
            rows = lays(found)
            if rows:
                return rows, at + len(found)
            before.note(at + len(found))
    return [], at + 1


def _collect(strips: list[Strip], at: int, reads: Reader) -> list[Line]:
    """Lines that follow each other and have cells; short lines between two of them may be rests of cells."""
    found: list[Line] = []
    pending: list[Line] = []
    for i in range(at, len(strips)):
        strip = strips[i]
        if found and strip.gap > 1:
            break
        spans = reads(strip)
        if spans is not None:
            found += [*pending, _line(strip, spans)]
            pending = []
        elif found and (_quote_is_open([*found, *pending]) or (len(pending) < 2 and _may_be_inside(strip))):
            pending.append(_line(strip, ((0, len(strip.raw)),)))
        else:
            break
    return found


def _quote_is_open(found: list[Line]) -> bool:
    """Whether the last line ends inside a quoted cell, as a spreadsheet copies a cell with breaks."""
    return len(found) < 500 and '"' in found[-1].strip.raw and sum(line.strip.raw.count('"') for line in found) % 2 == 1


def _may_be_inside(strip: Strip) -> bool:
    folded = strip.folded
    plain = "。" not in folded and not folded.startswith("#")
    return len(folded) <= 40 and plain and not CAPTION.match(folded) and not DATE.match(folded)


def _line(strip: Strip, spans: Spans) -> Line:
    lead, raw = len(strip.lead), strip.raw
    cells = tuple(strip.text.slice(max(a - lead, 0), max(b - lead, 0)).stripped() for a, b in spans)
    reach = tuple((b - len(raw[a:b].lstrip()), a + len(raw[a:b].rstrip())) for a, b in spans)
    return Line(strip, cells, reach)


def _cells(rows: list[Row]) -> tuple[Cell, ...]:
    """Cells with something in them; a lone cell in a table of three columns or more is a title across the row."""
    width = max(len(row) for row in rows)
    cells = []
    for r, row in enumerate(rows):
        across = len(row) == 1 and width >= 3
        cells += [
            Cell(text, r, k, column_span=width if across else 1)
            for k, text in enumerate(row)
            if text is not None and text.string
        ]
    return tuple(cells)
