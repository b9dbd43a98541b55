"""A paper as a web page or a Word file, its tables drawn; labels say the paragraph or the cell instead of the line."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from tests.rewriting.labelled import Labelled, Mark, line_spans
from tests.rewriting.tables import Cell, Grid, tables
from tests.scoring import Labels

_GROUP_HEADS = ("分类", "类别")


@dataclass(frozen=True)
class Part:
    """A paragraph or a cell: where it is addressed, and the spans of the text that stand in it."""

    key: str
    spans: Cell


def labels_by_place(paper: Labelled) -> Labels:
    """The labels with the paragraph or cell in place of the line."""
    parts = [part for block in _blocks(paper) for part in (block if isinstance(block, list) else [block])]

    def placed(mark: Mark) -> dict[str, Any]:
        for part in parts:
            at = 0
            for start, end in part.spans:
                if start <= mark.start < end:
                    first = at + mark.start - start
                    return mark.row | {"line": part.key, "char_start": first, "char_end": first + mark.end - mark.start}
                at += end - start
        raise AssertionError(mark)

    return Labels(tuple(map(placed, paper.marks)), tuple(map(placed, paper.unscored)), paper.tasks)


def by_place(plan: Mapping[str, Any]) -> dict[str, Any]:
    """A plan record of a paper without lines, its mentions keyed as the labels are."""
    return {**plan, "mentions": [m | {"line": _key(m)} for m in plan["mentions"]]}


def _key(m: Mapping[str, Any]) -> str:
    return f"t{m['table']}r{m['row']}c{m['column']}" if m["table"] else f"p{m['paragraph']}"


def _blocks(paper: Labelled) -> Iterator[Part | list[Part]]:
    """Paragraphs, and tables as the list of their cells, in the order of the paper."""
    found = tables(paper)
    paragraph = 0
    for start, end in line_spans(paper.text):
        for number, table in enumerate(found, 1):
            if table.start == start:
                yield [Part(f"t{number}r{r}c{c}", cell) for r, row in enumerate(table.grid, 1) for c, cell in enumerate(row, 1)]
        line = paper.text[start:end]
        if line.strip() and not any(t.start <= start < t.end for t in found):
            paragraph += 1
            first = start + len(line) - len(line.lstrip())
            yield Part(f"p{paragraph}", [(first, first + len(line.strip()))])


def _said(paper: Labelled, cell: Cell) -> str:
    return "".join(paper.text[a:b] for a, b in cell)


def _reach(paper: Labelled, grid: Grid, row: int, column: int) -> int:
    """How many rows a group covers; 0 for a place it covers."""
    if row == 0 or _said(paper, grid[0][column]) not in _GROUP_HEADS:
        return 1
    if not grid[row][column]:
        return 0
    below = (r for r in range(row + 1, len(grid)) if grid[r][column])
    return next(below, len(grid)) - row


def as_page(paper: Labelled) -> bytes:
    """A web page with tags of paragraphs and tables."""
    found = tables(paper)
    number = 0
    body: list[str] = []
    for block in _blocks(paper):
        if isinstance(block, Part):
            body.append(f"<p>{html.escape(_said(paper, block.spans))}</p>")
            continue
        grid = found[number].grid
        number += 1
        body.append("<table>")
        for r, row in enumerate(grid):
            cells = [
                f'<td rowspan="{reach}">{html.escape(_said(paper, cell))}</td>'
                for c, cell in enumerate(row)
                if (reach := _reach(paper, grid, r, c))
            ]
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    return f"<html><body>{''.join(body)}</body></html>".encode()


def as_word(paper: Labelled) -> bytes:
    """A Word file with paragraphs and tables, groups merged."""
    found = tables(paper)
    number = 0
    word = docx.Document()
    for block in _blocks(paper):
        if isinstance(block, Part):
            word.add_paragraph(_said(paper, block.spans))
            continue
        grid = found[number].grid
        number += 1
        table = word.add_table(len(grid), len(grid[0]))
        cells = [list(row.cells) for row in table.rows]
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                cells[r][c].text = _said(paper, cell)
        for r, row in enumerate(grid):
            for c in range(len(row)):
                if (reach := _reach(paper, grid, r, c)) > 1:
                    words = cells[r][c].text
                    cells[r][c].merge(cells[r + reach - 1][c]).text = words
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()
