"""Which tasks does a table hand out (序号 | 重点任务 | 工作内容 | 责任单位)?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhiheng.documents.tree import Anchor, Table, Text
from zhiheng.plans.numbering import leading_mark
from zhiheng.plans.titles import title_span
from zhiheng.plans.unit_names import is_unit
from zhiheng.plans.units import Assignment, units_in

_NUMBER = re.compile(r"^(?:序 *号|编 *号|No\.?)$")
_GROUP = re.compile(r"^(?:类 *别|分 *类|领域|任务类别|重点领域|一级任务|主要方面|板块)$")
_TASK = re.compile(r"(?:任务|事项|项目(?:名称)?|工作|行动|工程|举措)(?:名称|清单)?$")
_CONTENT = re.compile(r"(?:内容|措施|举措|要求|目标|任务)(?:及.*)?$")
_LEAD = re.compile(r"牵头|主办|主管")
_SUPPORT = re.compile(r"配合|协办|参与|参加|协同")
_RESPONSIBLE = re.compile(r"责任(?:单位|部门|主体)|承办单位|落实单位|实施单位|完成单位")
_TIME = re.compile(r"^[^一-鿿]*(?:\d{1,4}年|\d{1,2}月|长期|持续|全年|年底|季度)[^。,]{0,8}$")
_TIME_HEAD = re.compile("时|期|进度|节点")
_INDICATOR = re.compile(r"指标|目标值|单位$")


@dataclass(frozen=True, slots=True)
class TableTask:
    """A task as a row says it; `group` is the row's class, if a column names one."""

    number: str | None
    title: str
    group: str | None
    text: str
    units: tuple[str, ...]
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """Which column holds what: `units` with the role its head gives."""

    title: int
    number: int | None
    group: int | None
    contents: tuple[int, ...]
    units: tuple[tuple[int, str], ...]


def table_tasks(table: Table) -> Iterator[TableTask]:
    """The tasks of a table whose head names a task and who is responsible; none for tables of indicators."""
    rows = table.grid()
    for at, head in enumerate(rows[:3]):
        words = [c.folded.replace(" ", "") for c in head]
        columns = task_columns(words)
        if columns:
            yield from row_tasks([_in_place(row, words, columns) for row in rows[at + 1 :]], columns)
            return


def row_tasks(rows: Sequence[Sequence[Text]], columns: TaskColumns) -> Iterator[TableTask]:
    """The tasks of some rows. Where one task stands over several rows, each measure beside it is a task of its own."""
    titles = [row[columns.title].string.strip() for row in rows]
    merged = any(not title or title == above for above, title in pairwise(titles))
    if merged and columns.contents:
        columns = replace(columns, title=columns.contents[0], group=columns.title, contents=columns.contents[1:])
    group = ""
    for row in rows:
        group = (row[columns.group].string.strip() if columns.group is not None else "") or group
        if task := _row(row, columns, group):
            yield task


def task_columns(head: Sequence[str]) -> TaskColumns | None:
    """What the columns of a task table hold, by the words of its head; None when it is no such table."""
    units = tuple((i, _role(h)) for i, h in enumerate(head) if _RESPONSIBLE.search(h) or _LEAD.search(h) or _SUPPORT.search(h))
    taken = {i for i, _ in units}
    number = next((i for i, h in enumerate(head) if _NUMBER.match(h)), None)
    group = next((i for i, h in enumerate(head) if _GROUP.match(h)), None)
    free = [i for i in range(len(head)) if i not in taken and i not in (number, group)]
    title = next((i for i in free if _TASK.search(head[i])), next((i for i in free if _CONTENT.search(head[i])), None))
    if title is None or not units or any(_INDICATOR.search(head[i]) for i in free):
        return None
    contents = tuple(i for i in free if i != title and _CONTENT.search(head[i]) and "时" not in head[i])
    return TaskColumns(title, number, group, contents, units)


def fits(cells: Sequence[Text], head: Sequence[str], columns: TaskColumns) -> int:
    """How well the cells of a row agree with their columns: names of units and dates where the head announces them."""
    of_units = {i for i, _ in columns.units}
    score = 0
    for i, cell in enumerate(cells):
        folded = cell.folded.strip(" |")
        if folded and i != columns.number:
            names_units = all(is_unit(n) for n in re.split("[、, ]", folded) if n)
            score += 2 if names_units == (i in of_units) else -2
            score += 1 if bool(_TIME.match(folded)) == bool(_TIME_HEAD.search(head[i])) else -1
    return score


def _in_place(row: Sequence[Text], head: Sequence[str], columns: TaskColumns) -> Sequence[Text]:
    """The row, moved by one column where a merged first cell is missing from it."""
    if len(row) < 3 or row[-1].folded.strip():
        return row
    moved = [row[-1], *row[:-1]]
    return moved if fits(moved, head, columns) > fits(row, head, columns) else row


def _role(head: str) -> str:
    return "lead" if _LEAD.search(head) else "support" if _SUPPORT.search(head) else "plain"


def _row(row: Sequence[Text], columns: TaskColumns, group: str) -> TableTask | None:
    cell = row[columns.title].stripped()
    said = [(role, found) for i, role in columns.units if (found := _cell_units(row[i]))]
    printed = row[columns.number].string.strip() if columns.number is not None else ""
    if not cell.string or not (said or printed):
        return None
    mark = leading_mark(cell.folded)
    start = mark.rest if mark else 0
    end, _ = title_span(cell.folded, start)
    number = printed or ("".join(cell.string[mark.start : mark.end].split()) if mark else None)
    text = "\n".join(t for i in (columns.title, *columns.contents) if (t := row[i].string.strip()))
    lead = tuple(u for role, a in said for u in (a.units if role == "lead" else a.lead))
    supporting = tuple(u for role, a in said for u in (a.units if role == "support" else a.supporting))
    units = tuple(dict.fromkeys(u for _, a in said for u in a.units))
    return TableTask(number, cell.string[start:end], group or None, text, units, lead, supporting, cell.anchor(start, end))


def _cell_units(cell: Text) -> Assignment | None:
    """The units of a cell: parted by 、 or by lines; a cell needs no label."""
    parts = cell.string.split()
    if not parts or not re.search("[一-鿿]", cell.folded):
        return None
    whole = ("、" if all(is_unit(p.strip("、")) for p in parts) else "").join(p.strip("、") for p in parts)
    return units_in(Text("责任单位:" + whole, cell.pieces))
