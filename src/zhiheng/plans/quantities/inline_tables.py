"""Which tables stand inside running text, head and rows in one line?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.columns import Column, Kind
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.glued import glued_head, split_glued
from zhiheng.plans.quantities.rows import Row, sequence_rows
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.table_marks import meanings_in
from zhiheng.plans.quantities.table_values import row_drafts, table_context

_SERIAL = re.compile(r"序\s*号")


def inline_table(text: Text, setting: Setting) -> tuple[list[Draft], int, int] | None:
    """A table whose head and rows stand inside running text; its drafts and the span it takes."""
    folded = text.folded
    head = next((h for m in _SERIAL.finditer(folded) if (h := glued_head(folded, m.start()))), None)
    if head is None:
        return None
    columns, spans, begin = head
    at_head = spans[0][0]
    stop = _inline_end(folded, begin, columns)
    rows: list[Row] = []
    at, expected = begin, 1
    for a, b in _row_spans(folded, at, stop, columns):
        cells = split_glued(text.slice(a, b), columns, expected)
        if cells is None:
            continue
        expected += 1
        rows += list(sequence_rows(cells[1:], [c for c in columns if c.kind is not Kind.SERIAL]))
    context = table_context(columns, setting, meanings_in(folded), folded[max(0, at_head - 30) : at_head])
    return list(row_drafts(rows, columns, context)), at_head, stop


def _inline_end(folded: str, start: int, columns: Sequence[Column]) -> int:
    last = start
    if any(c.kind is Kind.ATTRIBUTE for c in columns):
        for m in re.finditer(r"约束性|预期性|引导性|指导性", folded[start:]):
            last = start + m.end()
        return last
    stop = re.search(r"注[:1①]|。|(?:[一二三四五六七八九十]+、)", folded[start:])
    return start + stop.start() if stop else len(folded)


def _row_spans(folded: str, start: int, stop: int, columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    if any(c.kind is Kind.ATTRIBUTE for c in columns):
        at = start
        for m in re.finditer(r"约束性|预期性|引导性|指导性", folded[start:stop]):
            yield at, start + m.end()
            at = start + m.end()
        return
    at, number = start, 1
    while at < stop:
        following = re.search(rf"(?<![\d.]){number + 1}(?=[^\d.%\s,、以左])", folded[at + 1 : stop])
        end = at + 1 + following.start() if following else stop
        yield at, end
        at, number = end, number + 1
