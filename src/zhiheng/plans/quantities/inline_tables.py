"""Which tables stand inside running text, head and rows in one line?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.columns import Column, Kind, is_table, merge_heads
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.glued import split_glued
from zhiheng.plans.quantities.rows import Row, sequence_rows
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.table_marks import meanings_in
from zhiheng.plans.quantities.table_values import row_drafts, table_context

_HEAD_WORD = re.compile(
    r"序\s*号|分类|类别|领域|(?:主要)?指标名称|指标属性|属性|指标性质|(?:主要)?指标|单位|20\d\d\s*年(?:\([^)]*\)|现状值?|基期值?|目标值?|实际值?|预期目标|数据|完成)?"
)


def inline_table(text: Text, setting: Setting) -> tuple[list[Draft], int, int] | None:
    """A table whose head and rows stand inside running text; its drafts and the span it takes."""
    folded = text.folded
    m = re.search(
        r"(?:序\s*号)\s*(?:(?:分类|类别|领域)\s*)?(?:主要)?指标(?:名称)?\s*(?:单位)?\s*(?:[^\d,。;]{0,6}(?:20\d\d)\s*年[^\d,。;一-鿿]{0,3}(?:\([^)]*\)|现状值?|基期值?|目标值?|实际值?|预期目标|数据|完成)?\s*)+(?:(?:指标)?属性|指标性质)?",
        folded,
    )
    if m is None:
        return None
    head = [text.slice(m.start() + a, m.start() + b) for a, b in _head_spans(m[0])]
    columns, _ = merge_heads(head)
    if not is_table(columns):
        return None
    stop = _inline_end(folded, m.end(), columns)
    rows: list[Row] = []
    at, expected = m.end(), 1
    for a, b in _row_spans(folded, at, stop, columns):
        cells = split_glued(text.slice(a, b), columns, expected)
        if cells is None:
            continue
        expected += 1
        rows += list(sequence_rows(cells[1:], [c for c in columns if c.kind is not Kind.SERIAL]))
    context = table_context(columns, setting, meanings_in(folded), folded[max(0, m.start() - 30) : m.start()])
    return list(row_drafts(rows, columns, context)), m.start(), stop


def _head_spans(head: str) -> Iterator[tuple[int, int]]:
    for m in _HEAD_WORD.finditer(head):
        yield m.span()


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
