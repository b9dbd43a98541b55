"""Which tasks does a table hand out that the paper sets out one cell a line?

The head is read until the first serial number; each serial number begins a row. Cells that are empty in the paper are
missing among the lines: units and dates show which column a cell stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from zhiheng.documents.tree import Text
from zhiheng.plans.task_tables import TableTask, TaskColumns, row_tasks, task_columns
from zhiheng.plans.unit_names import is_unit

_SERIAL = re.compile(r"^(?:序 *号|编 *号)$")
_TIME = re.compile(r"^[^一-鿿]*(?:\d{1,4}年|\d{1,2}月|长期|持续|全年|年底|季度)[^。,]{0,8}$")
_TIME_HEAD = re.compile("时|期|进度|节点")
_NOTE = re.compile(r"^ *(?:注|备注|说明|附件)[ :1-9①]")
_WIDEST = 9


def lined_tasks(texts: Sequence[Text]) -> Iterator[TableTask]:
    """The tasks of every such table among the paragraphs of a section."""
    at = 0
    while at < len(texts):
        if not _SERIAL.match(texts[at].folded.strip()):
            at += 1
            continue
        stop = next((i for i in range(at + 2, min(at + _WIDEST + 1, len(texts))) if texts[i].folded.strip() == "1"), None)
        head = [t.folded.replace(" ", "") for t in texts[at:stop]] if stop else []
        columns = task_columns(head) if head and all(len(h) <= 10 for h in head) else None
        if stop is None or columns is None:
            at += 1
            continue
        rows = list(_rows(texts[stop:]))
        yield from row_tasks([_fit(row, head, columns) for row in rows], columns)
        at = stop + sum(len(row) for row in rows)


def _rows(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Lines from one serial number to the next."""
    row: list[Text] = []
    serial = 1
    for text in texts:
        if text.folded.strip() == str(serial):
            if row:
                yield row
            row, serial = [text], serial + 1
        elif _NOTE.match(text.folded) or len(row) > 2 * _WIDEST:
            break
        else:
            row.append(text)
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
        if columns.title not in missing and (score := _fits(fitted, head, columns)) > most:
            best, most = fitted, score
    return best if len(best) == len(head) else [*best, *[empty] * (len(head) - len(best))]


def _fits(cells: Sequence[Text], head: Sequence[str], columns: TaskColumns) -> int:
    of_units = {i for i, _ in columns.units}
    score = 0
    for i, cell in enumerate(cells[1:], 1):
        folded = cell.folded.strip()
        if folded:
            names_units = all(is_unit(n) for n in re.split("[、, ]", folded) if n)
            score += 2 if names_units == (i in of_units) else -2
            score += 1 if bool(_TIME.match(folded)) == bool(_TIME_HEAD.search(head[i])) else -1
    return score
