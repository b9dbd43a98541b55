"""Which quantities do tables state, drawn, flattened or glued?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.base.numerals import whole_number
from zhiheng.documents.tree import Block, Note, Table, Text
from zhiheng.plans.quantities.columns import Column, Kind, is_table, merge_heads
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.glued import ends_row, glued_head, split_glued
from zhiheng.plans.quantities.grids import grid_columns, grid_rows
from zhiheng.plans.quantities.horizon import moments
from zhiheng.plans.quantities.prose import read_prose
from zhiheng.plans.quantities.rows import Row, sequence_rows
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.table_marks import mark_meanings
from zhiheng.plans.quantities.table_values import row_drafts, table_context
from zhiheng.plans.sections import Section

_NOTES = re.compile(r"^\s*(?:注|说明|备注|备 注|注释)\s*[:：1①.]|^\s*(?:注|说明)\d")
_NOTE_GOES_ON = re.compile(r"^\s*(?:\d{1,2}[.、 ]?|[①②③④⑤⑥])\s*\S.{0,76}$")
_TITLE_LIKE = re.compile(r"^\s*\d{1,2}[.、](?:\S{4,20}$|[^,。]{4,16}。)")
_CAPTION = re.compile(r"^\s*(?:附?表|专栏|附件)\s*\d")
# A head begins with the serial number, a group or the indicator.
_HEAD_HINT = re.compile(r"序|编号|类|领域|维度|指标|目标|项目|内容|名称|单位|方面|板块|No")


def read_tables(section: Section, setting: Setting, open_head: list[Column] | None = None) -> TablesRead:
    """The section's tables. `open_head`: columns of a table that the section before left open, whose rows go on here
    when the title between them is a group label (一、经济发展) and no title of the text."""
    blocks = list(section.body)
    meanings = mark_meanings(blocks)
    drafts: list[Draft] = []
    rest: list[Block] = []
    left_open: list[Column] | None = None
    i = 0
    if open_head is not None:
        found, i = _rows_from(
            blocks, 0, open_head, setting, meanings=meanings, caption=section.titles[-1] if section.titles else ""
        )
        drafts += found
        left_open = open_head if (found or not blocks) and i == len(blocks) else None
        i = i if found else 0
    while i < len(blocks):
        block = blocks[i]
        if isinstance(block, Table):
            found, leftover = _drawn(block, blocks[i + 1 :], setting, meanings, _caption(blocks, i))
            drafts += found
            i += 1 + leftover
            continue
        taken = _flattened(blocks, i, setting, meanings)
        if taken is not None:
            found, i, columns = taken
            drafts += found
            left_open = columns if i == len(blocks) else None
            continue
        if _NOTES.match(block.text.folded) or isinstance(block, Note):
            i = _skip_notes(blocks, i)
            continue
        rest.append(block)
        i += 1
    return TablesRead(drafts, rest, left_open)


@dataclass(frozen=True, slots=True)
class TablesRead:
    """Drafts of the tables of a section, the blocks that are none, and the head of a table still open at its end."""

    drafts: list[Draft]
    rest: list[Block]
    left_open: list[Column] | None


def _skip_notes(blocks: Sequence[Block], i: int) -> int:
    """Past a note under a table: the note and its numbered continuation lines."""
    for j in range(i + 1, len(blocks)):
        block = blocks[j]
        if isinstance(block, Table) or not _NOTE_GOES_ON.match(block.text.folded) or _TITLE_LIKE.match(block.text.folded):
            return j
    return len(blocks)


def _caption(blocks: Sequence[Block], i: int) -> str:
    for block in reversed(blocks[max(0, i - 2) : i]):
        if not isinstance(block, Table) and len(block.text.folded) <= 60:
            return block.text.folded
    return ""


def _drawn(
    table: Table, after: Sequence[Block], setting: Setting, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """Drafts of a drawn table, and how many of the following blocks are glued rows of it."""
    grid = table.grid()
    found = grid_columns(grid)
    if found is None:
        found_rows = _undrawn(grid, after, setting, meanings, caption)
        return found_rows if found_rows[0] else (_cells_as_prose(grid, setting), 0)
    columns, head = found
    known = [c for c in columns if c]
    context = table_context(known, setting, meanings, caption)
    rows = list(grid_rows(grid, columns, head))
    more, used = _glued_rows(after, known, _last_serial(rows))
    return list(row_drafts([*rows, *more], known, context)), used


def _undrawn(
    grid: list[list[Text]], after: Sequence[Block], setting: Setting, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """A table whose columns do not line up: its cells read one after the other."""
    cells = [c for row in grid for c in row if c.folded.strip()]
    for first in range(min(12, len(cells))):
        columns, used = merge_heads(cells[first:])
        if is_table(columns):
            rows = list(sequence_rows(cells[first + used :], columns))
            context = table_context(columns, setting, meanings, caption)
            more, taken = _glued_rows(after, columns, _last_serial(rows))
            return list(row_drafts([*rows, *more], columns, context)), taken
    return [], 0


def _cells_as_prose(grid: list[list[Text]], setting: Setting) -> list[Draft]:
    """A table of work, not of indicators: its cells hold sentences."""
    drafts: list[Draft] = []
    done: list[Text] = []
    for row in grid:
        due = [t for cell in row if len(cell) <= 20 for t in moments(cell.folded) if not t.base]
        setting.row = due[-1] if due else None
        for cell in row:
            if re.search(r"\d|[一二两三四五六七八九十]", cell.folded) and cell not in done:
                done.append(cell)
                drafts += read_prose(cell, setting)
    setting.row = None
    return drafts


def _last_serial(rows: Sequence[Row]) -> int | None:
    serials = [number for r in rows if r.serial and (number := whole_number(r.serial)) is not None]
    return serials[-1] if serials else None


def _glued_rows(after: Sequence[Block], columns: Sequence[Column], last: int | None) -> tuple[list[Row], int]:
    rows: list[Row] = []
    used = 0
    for block in after:
        if isinstance(block, Table):
            break
        expected = last + 1 if last is not None else None
        cells = split_glued(block.text, columns, expected)
        if cells is None and rows and expected is None and ends_row(block.text.folded):
            used += 1
            continue
        if cells is None:
            break
        numbered = [*cells]
        if expected is not None:
            numbered = cells[1:]
            last = expected
        rows += list(sequence_rows(numbered, [c for c in columns if c.kind is not Kind.SERIAL]))
        used += 1
    return rows, used


def _flattened(
    blocks: Sequence[Block], i: int, setting: Setting, meanings: dict[str, str]
) -> tuple[list[Draft], int, list[Column]] | None:
    """A table printed one cell a line, or one row a line with blanks between cells, from its head on; None when none begins here."""
    head = _head_at(blocks, i)
    if head is None:
        return _glued(blocks, i, setting, meanings)
    columns, j = head
    drafts, j = _rows_from(blocks, j, columns, setting, meanings=meanings, caption=_caption(blocks, i))
    return drafts, j, columns


def _glued(
    blocks: Sequence[Block], i: int, setting: Setting, meanings: dict[str, str]
) -> tuple[list[Draft], int, list[Column]] | None:
    """A table printed one row a line without separators, its head as well."""
    block = blocks[i]
    if isinstance(block, Table):
        return None
    head = glued_head(block.text.folded)
    if head is None or block.text.folded[head[2] :].strip():
        return None
    columns = head[0]
    rows, used = _glued_rows(blocks[i + 1 :], columns, 0 if columns[0].kind is Kind.SERIAL else None)
    context = table_context(columns, setting, meanings, _caption(blocks, i))
    return (list(row_drafts(rows, columns, context)), i + 1 + used, columns) if rows else None


def _rows_from(
    blocks: Sequence[Block], i: int, columns: list[Column], setting: Setting, *, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """Drafts of the rows from block `i` on, and the block behind them."""
    cells: list[Text] = []
    while i < len(blocks):
        block = blocks[i]
        if (
            isinstance(block, Table)
            or _NOTES.match(block.text.folded)
            or _CAPTION.match(block.text.folded)
            or _is_prose(block.text)
        ):
            break
        if cells and _head_at(blocks, i) is not None:
            break
        cells += _cells_of(block.text)
        i += 1
    context = table_context(columns, setting, meanings, caption)
    return list(row_drafts(list(sequence_rows(cells, columns)), columns, context)), i


def _head_at(blocks: Sequence[Block], i: int) -> tuple[list[Column], int] | None:
    """The columns of a table head that begins at block `i`, and the block behind it."""
    first = blocks[i]
    if isinstance(first, Table) or len(first.text.folded) > 120 or not _HEAD_HINT.search(first.text.folded):
        return None
    cells = _cells_of(first.text)
    if len(cells) >= 3:
        columns, used = merge_heads(cells)
        return (columns, i + 1) if used == len(cells) and is_table(columns) else None
    run: list[Text] = []
    for block in blocks[i : i + 14]:
        if isinstance(block, Table) or len(block.text.folded.strip()) > 24:
            break
        run += _cells_of(block.text)
    columns, used = merge_heads(run) if len(run) >= 3 else ([], 0)
    return (columns, i + used) if is_table(columns) else None


def _cells_of(text: Text) -> list[Text]:
    """The cells of a line: its parts between blanks when there are three or more, else the line itself."""
    bare = re.sub(r"\s*\|\s*$", "", text.folded)  # a bar left over from a table that lost its rows
    text = text.slice(0, len(bare))
    spans = [m.span() for m in re.finditer(r"\S+", bare)]
    return [text.slice(a, b) for a, b in spans] if len(spans) >= 3 else [text]


def _is_prose(text: Text) -> bool:
    folded = text.folded.strip()
    return (len(folded) > 60 and bool(re.search(r"[。;]", folded))) or (len(folded) > 24 and folded.endswith("。"))
