"""How does the plan of the model county stand as plain text, and on which line and offset is each cell?"""

from __future__ import annotations

from dataclasses import dataclass

from source import BLOCKS, Grid, Head


@dataclass(frozen=True)
class Spot:
    """Where a cell (or one entry of a stacked cell) starts: `line` from 1, `start` in code points."""

    line: int
    start: int


def laid_out() -> tuple[tuple[str, ...], dict[tuple[int, int, int, int], Spot]]:
    """The lines of the text, and the spots of its cells by table, row, column and entry (table from 1, the rest from 0)."""
    lines: list[str] = []
    spots: dict[tuple[int, int, int, int], Spot] = {}
    tables = 0
    for block in BLOCKS:
        if isinstance(block, Grid):
            tables += 1
            _lay_grid(block, tables, lines, spots)
        else:
            lines.append(block.printed if isinstance(block, Head) else block.text)
    return tuple(lines), spots


def plain_text() -> str:
    """The whole plan, one paragraph a line."""
    return "\n".join(laid_out()[0]) + "\n"


def _lay_grid(grid: Grid, table: int, lines: list[str], spots: dict[tuple[int, int, int, int], Spot]) -> None:
    for r, row in enumerate(grid.rows):
        if grid.layout == "cell":
            _lay_cells(row, (table, r), lines, spots)
            continue
        opening, between, closing = ("", "\t", "") if grid.layout == "tab" else ("| ", " | ", " |")
        at = len(opening)
        for c, cell in enumerate(row):
            spots[table, r, c, 0] = Spot(len(lines) + 1, at)
            at += len(cell) + len(between)
        lines.append(opening + between.join(row) + closing)


def _lay_cells(
    row: tuple[str, ...], at: tuple[int, int], lines: list[str], spots: dict[tuple[int, int, int, int], Spot]
) -> None:
    for c, cell in enumerate(row):
        if not cell:
            continue
        for entry, string in enumerate(cell.split("\n")):
            lines.append(string)
            spots[*at, c, entry] = Spot(len(lines), 0)
        lines.append("")
