"""The tables of a paper in another layout: cells a line, tabs, bars, columns of blanks, glued, or drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from unicodedata import east_asian_width

from tests.rewriting.labelled import Labelled, Piece, line_spans

Cell = list[tuple[int, int]]  # the lines a cell stands on; none when it is empty
Grid = list[list[Cell]]


@dataclass(frozen=True)
class OneCellALine:
    """A table set out one cell a line: its lines, the lines of each cell of its head, and the columns of a row.

    `g` a group that holds until the next, `s` a serial number, `i` the indicator, `u` a unit that may be missing, `v` a value,
    `o` anything else.
    """

    first: int
    last: int
    head: tuple[int, ...]
    columns: str


CELL_LINES = {
    "s1_jiaxing_13th": (OneCellALine(65, 179, (1, 1, 1), "giv"),),
    "s4_haiyan_14th": (OneCellALine(37, 207, (1, 1, 1, 2, 1), "givvo"), OneCellALine(263, 502, (1, 1, 1, 1, 1), "siuvv")),
}


@dataclass(frozen=True)
class Drawn:
    """A table found in a text: where it stands and its cells, the head first."""

    start: int
    end: int
    grid: Grid


def tables(paper: Labelled) -> list[Drawn]:
    """The tables of a paper whose cells can be told apart."""
    spans = line_spans(paper.text)
    if '\t"' in paper.text:  # cells of several lines in quotes
        return []
    if paper.name in CELL_LINES:
        return [_one_cell_a_line(paper, spans, t) for t in CELL_LINES[paper.name]]
    return list(_separated(paper, spans))


def _one_cell_a_line(paper: Labelled, spans: Sequence[tuple[int, int]], table: OneCellALine) -> Drawn:
    lines = [s for s in spans[table.first - 1 : table.last] if paper.text[slice(*s)].strip()]
    at = 0
    head: list[Cell] = []
    for count in table.head:
        head.append(lines[at : at + count])
        at += count
    return Drawn(lines[0][0], lines[-1][1], [head, *_rows(paper, lines[at:], table.columns)])


def _rows(paper: Labelled, lines: Sequence[tuple[int, int]], columns: str) -> Iterator[list[Cell]]:
    """Rows put together from lines of which the labels tell the indicators and the values."""
    names = {m.row["indicator"] for m in paper.marks if m.row["source"] == "table"}
    filled = [m.start for m in paper.marks if m.row["source"] == "table"]

    def kind(line: tuple[int, int]) -> str:
        if any(line[0] <= at < line[1] for at in filled):
            return "v"
        return "i" if paper.text[slice(*line)].strip() in names else "o"

    kinds = "".join(map(kind, lines))
    wanted, extra = columns.count("v"), columns.count("o")
    pattern = re.compile(f"(?P<before>o*?)(?P<i>i+)(?P<u>o?)(?P<v>v+)(?P<after>o{{{extra}}})")
    for m in pattern.finditer(kinds):
        part = {name: list(lines[m.start(name) : m.end(name)]) for name in ("before", "i", "u", "v", "after")}
        for k, indicator in enumerate(part["i"]):
            values = part["v"][k * wanted : (k + 1) * wanted]
            cells = {"g": part["before"] if k == 0 else [], "s": part["before"], "i": [indicator], "u": part["u"]}
            row: list[Cell] = []
            for c in columns:
                row.append([values.pop(0)] if c == "v" else part["after"][:1] if c == "o" else cells[c])
            yield row


def _separated(paper: Labelled, spans: Sequence[tuple[int, int]]) -> Iterator[Drawn]:
    """Tables with tabs or bars between the cells, one row a line."""
    run: list[tuple[int, int]] = []
    for span in (*spans, (len(paper.text), len(paper.text))):
        line = paper.text[slice(*span)]
        if line.count("\t") > 1 or line.count("|") > 2:
            run.append(span)
            continue
        grid = [cells for row in run if (cells := _cells(paper.text, *row))]
        if len(grid) > 2 and len({len(r) for r in grid}) == 1 and "指标" in paper.text[slice(*run[0])]:
            yield Drawn(run[0][0], run[-1][1], grid)
        run = []


def _cells(text: str, start: int, end: int) -> list[Cell]:
    line = text[start:end]
    if re.fullmatch(r"[\s|:：-]+", line):
        return []
    mark = "\t" if "\t" in line else "|"
    if mark == "|":
        end -= len(line) - len(line.rstrip().removesuffix("|"))
        start += len(line) - len(line.lstrip().removeprefix("|"))
    cells: list[Cell] = []
    at = start
    for m in re.finditer(rf"[^{mark}]*(?:{re.escape(mark)}|$)", text[start:end]):
        word = m[0].rstrip(mark)
        a = at + m.start() + len(word) - len(word.lstrip())
        b = a + len(word.strip())
        if m.start() < end - start or m[0]:
            cells.append([(a, b)] if a < b else [])
    return cells[: text[start:end].count(mark) + 1]


def relaid(paper: Labelled, layout: Callable[[Grid, Labelled], list[Piece]]) -> Labelled:
    """The paper with each table in another layout."""
    pieces: list[Piece] = []
    at = 0
    for table in tables(paper):
        pieces += [Piece(at, table.start), *layout(table.grid, paper)]
        at = table.end
    return paper.rebuilt([p for p in (*pieces, Piece(at, len(paper.text))) if p.start < p.end or p.new])


def _said(words: str) -> Piece:
    return Piece(0, 0, words)


def _parts(cell: Cell) -> list[Piece]:
    return [Piece(a, b) for a, b in cell]


def cells_by_line(grid: Grid, _: Labelled) -> list[Piece]:
    """One cell a line."""
    return _joined([c for row in grid for c in row if c], "\n")


def cells_by_blank_line(grid: Grid, _: Labelled) -> list[Piece]:
    """One cell a line, a blank line between."""
    return _joined([c for row in grid for c in row if c], "\n\n")


def by_tabs(grid: Grid, _: Labelled) -> list[Piece]:
    """A row a line, tabs between the cells."""
    return _lines([_joined(row, "\t") for row in grid])


def by_bars(grid: Grid, _: Labelled) -> list[Piece]:
    """A row a line between bars, a rule under the head."""
    rows = [[_said("| "), *_joined(row, " | "), _said(" |")] for row in grid]
    rows.insert(1, [_said("|" + " --- |" * len(grid[0]))])
    return _lines(rows)


def by_bare_bars(grid: Grid, _: Labelled) -> list[Piece]:
    """A row a line, bars between the cells only."""
    return _lines([_joined(row, "|") for row in grid])


def by_blanks(grid: Grid, paper: Labelled) -> list[Piece]:
    """Columns set apart by runs of blanks, as in a text copied from a page."""
    widths = [max(_width(paper, row[i]) for row in grid) for i in range(len(grid[0]))]
    rows = []
    for row in grid:
        pieces: list[Piece] = []
        for cell, width in zip(row, widths, strict=True):
            pieces += [*_parts(cell), _said(" " * (width - _width(paper, cell) + 3))]
        rows.append(pieces[:-1])
    return _lines(rows)


def glued(grid: Grid, paper: Labelled) -> list[Piece]:
    """A row a line, nothing between the cells; a blank where two numbers would become one."""
    rows = []
    for row in grid:
        pieces: list[Piece] = []
        for cell in row:
            if cell and pieces and _number_end(paper, pieces[-1]) and re.match(r"[\d.]", paper.text[cell[0][0]]):
                pieces.append(_said(" "))
            pieces += _parts(cell)
        rows.append(pieces)
    return _lines(rows)


def _number_end(paper: Labelled, piece: Piece) -> bool:
    return paper.text[piece.end - 1 : piece.end].isdigit()


def _joined(cells: Sequence[Cell], mark: str) -> list[Piece]:
    pieces: list[Piece] = []
    for i, cell in enumerate(cells):
        pieces += [_said(mark)] * (i > 0) + _parts(cell)
    return pieces


def _lines(rows: Sequence[list[Piece]]) -> list[Piece]:
    return [p for i, row in enumerate(rows) for p in ([_said("\n")] * (i > 0) + row)]


def _width(paper: Labelled, cell: Cell) -> int:
    return sum(2 if east_asian_width(c) in "FWA" else 1 for a, b in cell for c in paper.text[a:b])


def other_row_order(paper: Labelled, random: Random) -> Labelled:
    """Rows between two heads of groups change places; serial numbers stay."""
    pieces: list[Piece] = []
    at = 0
    for table in tables(paper):
        head, *rows = table.grid
        fixed = 1 if head and paper.text[slice(*head[0][0])] == "序号" else 0
        order = list(range(len(rows)))
        if fixed:
            random.shuffle(order)
        grid = [head, *([*rows[i][:fixed], *rows[k][fixed:]] for i, k in enumerate(order))]
        pieces += [Piece(at, table.start), *by_tabs(grid, paper)]
        at = table.end
    return paper.rebuilt([p for p in (*pieces, Piece(at, len(paper.text))) if p.start < p.end or p.new])


LAYOUTS = {
    "one cell a line": cells_by_line,
    "one cell a line, blank lines between": cells_by_blank_line,
    "tabs": by_tabs,
    "bars": by_bars,
    "bare bars": by_bare_bars,
    "runs of blanks": by_blanks,
    "glued": glued,
}
