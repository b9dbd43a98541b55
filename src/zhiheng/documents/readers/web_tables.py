"""What stands in the tables of a web page, and which tables only place things on it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from zhiheng.documents.readers.web_furniture import is_frame
from zhiheng.documents.readers.web_text import BLOCKS, drawn_together
from zhiheng.documents.readers.word_text import is_note_mark
from zhiheng.documents.tree import Cell, Place, Table, Text

_MOST_COLUMNS, _MOST_ROWS = 100, 5_000
_LAYOUT_CELL = 600


def read_table(table: HtmlElement, number: int, count_cells: Callable[[int], None]) -> tuple[Table | None, list[HtmlElement]]:
    """The table, if anything stands in it, and the tables inside its cells; `count_cells` refuses too many."""
    found: list[Cell] = []
    inner: list[HtmlElement] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(_rows(table)):
        column = 0
        for cell in _cells(row):
            while (r, column) in taken:
                column += 1
            rows, columns = _span(cell, "rowspan", _MOST_ROWS), _span(cell, "colspan", _MOST_COLUMNS)
            count_cells(rows * columns)
            taken |= {(r + i, column + k) for i in range(rows) for k in range(columns)}
            found.append(
                Cell(_cell_text(cell, Place(table=number, row=r + 1, column=column + 1), inner), r, column, rows, columns)
            )
            column += columns
    height = max((c.row for c in found), default=-1) + 1
    cells = tuple(Cell(c.text, c.row, c.column, min(c.row_span, height - c.row), c.column_span) for c in found if c.text.string)
    return (Table(cells, number) if cells else None), inner


def only_places(table: HtmlElement) -> bool:
    """Whether a table only places things on the page: one column, or cells that hold whole texts."""
    if table.get("role") == "presentation":
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    if max((sum(_span(c, "colspan", _MOST_COLUMNS) for c in row) for row in rows), default=0) <= 1:
        return True
    if max((len(row) for row in rows), default=0) <= 1 and len(rows) <= 3:
        return True
    few = len(rows) <= 3 or (len(rows) <= 5 and table.find(".//table") is not None)
    return few and any(len("".join(cell.text_content().split())) > _LAYOUT_CELL for row in rows for cell in row)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in element if row.tag == "tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _span(cell: HtmlElement, name: str, most: int) -> int:
    found = (cell.get(name) or "1").strip()
    return min(max(int(found), 1), most) if re.fullmatch(r"\d{1,6}", found) else 1


def _cell_text(cell: HtmlElement, place: Place, inner: list[HtmlElement]) -> Text:
    """The cell's lines, one below the other; tables inside are kept for later."""
    said: list[str] = []
    left_out: list[tuple[int, int]] = []

    def walk(element: HtmlElement) -> None:
        for child in element:
            if child.tag == "table":
                inner.append(child)
            elif child.tag == "sup":
                before, raised = "".join(said), child.text_content().strip()
                if is_note_mark(before.rstrip(), raised):
                    left_out.append((len(before), len(before) + len(raised)))
                said.append(raised)
            elif not is_frame(child):
                if child.tag == "br" or child.tag in BLOCKS:
                    said.append("\x0b")
                said.append(child.text or "")
                walk(child)
                if child.tag in BLOCKS:
                    said.append("\x0b")
            said.append(child.tail or "")

    said.append(cell.text or "")
    walk(cell)
    string, spans = drawn_together("".join(said), left_out)
    text = Text.at(string, place)
    return (text.without(spans) if spans else text).stripped()
