"""Which cells make up one row of a table that the paper draws?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.cells import (
    BREAK,
    cell_values,
    is_empty,
)
from zhiheng.plans.quantities.columns import Column, Kind, aims_beside, classify, is_table
from zhiheng.plans.quantities.rows import Entry, Row, plain


def grid_columns(grid: Sequence[Sequence[Text]]) -> tuple[list[Column | None], int] | None:
    """Columns of a drawn table and the number of its head rows; None when it is no indicator table."""
    for first in range(min(4, len(grid))):
        for depth in (1, 2, 3):
            rows = grid[first : first + depth]
            if len(rows) < depth or first + depth >= len(grid):
                break
            heads = [_joined_head([row[k].folded for row in rows if k < len(row)]) for k in range(len(rows[0]))]
            columns = aims_beside([classify(h) for h in heads])
            known = [c for c in columns if c]
            if not is_table(known):
                continue
            if depth < 3 and first + depth < len(grid) - 1 and _is_subhead(grid[first + depth], columns):
                continue
            return columns, first + depth
    return None


def _joined_head(parts: Sequence[str]) -> str:
    seen: list[str] = []
    for part in parts:
        text = re.sub(r"\s+", "", part)
        if text and text not in seen:
            seen.append(text)
    return "".join(seen)


def _is_subhead(row: Sequence[Text], columns: Sequence[Column | None]) -> bool:
    """Whether the next row still belongs to the head: its value cells name years or parts instead of holding values."""
    named = 0
    for cell, column in zip(row, columns, strict=False):
        if column is None or column.kind is not Kind.VALUE:
            continue
        sub = classify(cell.folded)
        if sub is None or sub.kind is not Kind.VALUE or (re.fullmatch(r"\s*\d{4}\s*", cell.folded) and int(cell.folded) < 1990):
            return False
        named += 1
    return named > 0


def grid_rows(grid: Sequence[Sequence[Text]], columns: Sequence[Column | None], head: int) -> Iterator[Row]:
    """Rows of a drawn table; a group or unit cell left empty takes the one above."""
    group = None
    for cells in grid[head:]:
        row = Row([], None, None)
        names: list[Text] = []
        for column, cell in zip(columns, cells, strict=False):
            text = plain(cell)
            if column is None or (not text and column.kind is not Kind.VALUE):
                continue
            if column.kind is Kind.GROUP:
                group = text
            elif column.kind is Kind.INDICATOR:
                if not names or names[-1].string != cell.string:
                    names.append(cell)
            elif column.kind is Kind.UNIT:
                row.unit = None if is_empty(cell.folded) else text
            elif column.kind is Kind.VALUE:
                row.entries.append(Entry(column, cell, cell_values(cell)))
            elif column.kind is Kind.ATTRIBUTE:
                row.attribute = text
            elif column.kind is Kind.VERDICT:
                row.verdict = text
            elif column.kind is Kind.OFFICE:
                row.offices = text
            elif column.kind is Kind.SERIAL:
                row.serial = text
        if not names:
            continue
        row.group = group
        row.indicators = _stacked_names(names[-1], row.entries)
        if len(names) > 1 and row.group is None:
            row.group = plain(names[0])
        if row.indicators:
            yield row


def _stacked_names(cell: Text, entries: Sequence[Entry]) -> list[str]:
    """The indicators of a cell: one, or as many as its value cells hold values."""
    count = max((len(e.values) for e in entries if not any(v.part for v in e.values)), default=0)
    if count < 2:
        return [plain(cell)] if plain(cell) else []
    for separator in (BREAK.pattern, r"\s{2,}", r"\s+(?=[^\s(])", r"[;、]"):
        parts = [p.strip() for p in re.split(separator, cell.string.strip().strip('"')) if p.strip()]
        if len(parts) == count:
            return [re.sub(r"\s+", "", p) for p in parts]
    return [plain(cell)]
