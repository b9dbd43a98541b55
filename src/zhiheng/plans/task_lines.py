"""Which tasks does a table hand out that the paper sets out one cell a line?

The head is read until the first serial number; each serial number begins a row. Cells that are empty in the paper are
missing among the lines: units and dates show which column a cell stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from zhiheng.base.numerals import whole_number
from zhiheng.documents.tree import Text
from zhiheng.plans.task_tables import TableTask, TaskColumns, fits, row_tasks, task_columns

_SERIAL = re.compile("^(?:序号|编号)$")
_NOTE = re.compile(r"^ *(?:注|备注|说明|附件)[ :1-9①]")
_WIDEST = 9


def lined_tasks(texts: Sequence[Text]) -> Iterator[TableTask]:
    """The tasks of every such table among the paragraphs of a section."""
    at = 0
    while at < len(texts):
        found = _head(texts, at) if _SERIAL.match(_cell(texts[at]).replace(" ", "")) else None
        if found is None:
            at += 1
            continue
        head, columns = found
        rows = list(_rows(texts[at + len(head) :]))
        yield from row_tasks([_fit(row, head, columns) for row in rows], columns)
        at += len(head) + sum(len(row) for row in rows)


def _cell(text: Text) -> str:
    return text.folded.strip(" |")


def _head(texts: Sequence[Text], at: int) -> tuple[list[str], TaskColumns] | None:
    """The cells of the head up to the first serial number, if they are those of a task table."""
    stop = next(
        (i for i in range(at + 2, min(at + _WIDEST + 1, len(texts))) if whole_number(_cell(texts[i])) is not None), None
    )
    head = [_cell(t).replace(" ", "") for t in texts[at:stop]] if stop else []
    columns = task_columns(head) if head and all(0 < len(h) <= 16 for h in head) else None
    return (head, columns) if columns else None


def _rows(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Lines from one serial number to the next."""
    row: list[Text] = []
    serial = whole_number(_cell(texts[0])) or 0
    for text in texts:
        cell = _cell(text)
        printed = text.slice(0, len(text.folded.rstrip(" |")))
        if cell == str(serial):
            if row:
                yield row
            row, serial = [printed], serial + 1
        elif _NOTE.match(text.folded) or len(row) > 2 * _WIDEST:
            break
        elif cell:
            row.append(printed)
    if row:
        yield row


def _fit(row: list[Text], head: Sequence[str], columns: TaskColumns) -> list[Text]:
    """The row with as many cells as the head: empty ones put back where they fit best, the surplus joined to the content."""
    empty = row[0].slice(0, 0)
    if len(row) > len(head):
        middle = columns.contents[0] if columns.contents else columns.title
        behind = len(head) - middle - 1
        return [*row[:middle], Text.joined(row[middle : len(row) - behind]), *row[len(row) - behind :]]
    best, most = row, -99
    for missing in reversed(list(combinations(range(1, len(head)), len(head) - len(row)))):
        cells = iter(row)
        fitted = [empty if i in missing else next(cells) for i in range(len(head))]
        if columns.title not in missing and (score := fits(fitted, head, columns)) > most:
            best, most = fitted, score
    return best if len(best) == len(head) else [*best, *[empty] * (len(head) - len(best))]
