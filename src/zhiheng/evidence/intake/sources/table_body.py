"""Which rows under a header are no records: totals, notes, the header again on the next page?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from zhiheng.base.problem import Problem
from zhiheng.evidence.intake.sources.raw_table import CellFault, Origin, RawBatch, Rows

_BLANKS = re.compile(r"\s+")
_TOTAL = (
    r"(?:本页|本表|本月|本年|全[省市县区州]|[以上各]{1,3})?(?:合计|总计|小计|共计|总和|累计)(?:[(（].*[)）])?[:：]?"
    r"|(?:grand|sub)?-?totals?:?|sum:?"
)
_NOTE = (
    r"(?:注|备注|附注|说明|填表说明|填[表报]人|填报单位|填[表报]日期|填[表报]时间|制表人?|制表单位|制表日期|制表时间|审核人?|审批人?|"
    r"复核人?|经办人|单位负责人|统计负责人|负责人|联系人|联系电话|数据来源|资料来源|报出日期|打印日期|打印时间|导出时间|导出日期)[:：].*"
    r"|注\d*[.、:：].*|共\d+[条行页个批].*|第\d+页.*|notes?:.*|source:.*"
)
# Texts, without their blanks, in front of rows that are no records; in the words that Python and RE2 share.
LEFT_OUT = f"(?is)(?:{_TOTAL}|{_NOTE})"
_IS_TOTAL, _IS_NOTE = re.compile(_TOTAL, re.IGNORECASE), re.compile(_NOTE, re.IGNORECASE | re.DOTALL)
FIRST = frozenset("合总小共本全以各累注备附说填制审复经单统负联数资报打导第gGsStTnN")
_COUNTER = re.compile(r"\d+")
# Names of a first column that numbers the lines of a form, filled in or not.
RUNNING = frozenset(("序号", "编序", "no", "no."))
# A note leaves most of the row empty; a record that is as empty as that comes back with what it lacks.
_NOTE_FILLS = 0.5


def is_running(header: str) -> bool:
    """Whether a column numbers the lines of its form."""
    return _BLANKS.sub("", header).lower() in RUNNING


def is_total(text: str) -> bool:
    """Whether the text says that its row adds up others."""
    return bool(_IS_TOTAL.fullmatch(_BLANKS.sub("", text)))


def _is_note(text: str) -> bool:
    return bool(_IS_NOTE.fullmatch(_BLANKS.sub("", text)))


@dataclass(slots=True)
class Screen:
    """Leaves out of every batch what is no record, and remembers what it left out."""

    headers: tuple[str, ...]
    totals: Rows = field(default_factory=Rows)
    notes: Rows = field(default_factory=Rows)
    again: Rows = field(default_factory=Rows)
    unfilled: Rows = field(default_factory=Rows)

    def sift(
        self,
        rows: Sequence[int],
        columns: Sequence[Sequence[str | None]],
        faults: Sequence[CellFault],
        notes: Collection[int] = (),
    ) -> RawBatch:
        """The batch without such rows; `notes` are indices of rows whose one cell is merged over the table."""
        dropped = set(notes)
        for index in notes:
            self.notes.add(rows[index], _first(columns, index)[1])
        for index in self._numbered_only(columns):
            dropped.add(index)
            self.unfilled.add(rows[index])
        for index in sorted(self._suspects(columns) - dropped):
            if self._is_none(rows[index], columns, index):
                dropped.add(index)
        if not dropped:
            return RawBatch(rows, columns, faults)
        kept = [i for i in range(len(rows)) if i not in dropped]
        moved = {old: new for new, old in enumerate(kept)}
        return RawBatch(
            [rows[i] for i in kept],
            [[column[i] for i in kept] for column in columns],
            [(moved[i], column, code) for i, column, code in faults if i in moved],
        )

    def _numbered_only(self, columns: Sequence[Sequence[str | None]]) -> Iterator[int]:
        """Rows of a form that have their number, typed or computed, and nothing else."""
        if len(columns) > 1 and is_running(self.headers[0]):
            numbered = (i for i, v in enumerate(columns[0]) if v and (v[0] == "=" or _COUNTER.fullmatch(v)))
            yield from (i for i in numbered if not any(column[i] for column in columns[1:]))

    def _suspects(self, columns: Sequence[Sequence[str | None]]) -> set[int]:
        """Rows with a cell that begins like a total or a note, or repeats its header."""
        found: set[int] = set()
        for column in columns:
            found.update(i for i, v in enumerate(column) if v and v[0] in FIRST and (is_total(v) or _is_note(v)))
        for column, header in zip(columns[:3], self.headers, strict=False):
            found.update(i for i, v in enumerate(column) if v == header)
        return found

    def _is_none(self, row: int, columns: Sequence[Sequence[str | None]], index: int) -> bool:
        filled, first = _first(columns, index)
        if is_total(first):
            self.totals.add(row)
        elif _is_note(first) and filled <= max(1, _NOTE_FILLS * len(columns)):
            self.notes.add(row, first)
        elif filled > 1 and 2 * sum(c[index] == h for c, h in zip(columns, self.headers, strict=True)) > filled:
            self.again.add(row)
        else:
            return False
        return True

    def findings(self, origin: Origin) -> Iterator[Problem]:
        """What was left out, one finding for each kind."""
        kinds = (
            (self.totals, "evidence.totals_skipped"),
            (self.notes, "evidence.notes_skipped"),
            (self.again, "evidence.header_again"),
            (self.unfilled, "evidence.rows_unfilled"),
        )
        for rows, code in kinds:
            if rows.count:
                facts = {"rows": rows.listed, "count": rows.count, "value": rows.text}
                yield origin.finding(code, facts, rows.named[0])


def _first(columns: Sequence[Sequence[str | None]], index: int) -> tuple[int, str]:
    """How many cells of a row are filled, and the text of the first that is no running number."""
    texts = [text for column in columns if (text := column[index])]
    return len(texts), next((t for t in texts if not _COUNTER.fullmatch(t)), "")
