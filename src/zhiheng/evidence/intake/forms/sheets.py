"""How are rows of a register written into a workbook of any length, in the columns of its form?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from zhiheng.evidence.intake.forms.cells import CellLook, Value, write_value
from zhiheng.evidence.intake.forms.columns import RED, ROWS_OF_A_SHEET, number_format, width, write_extra_header, write_headers
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.registers.model import Register

# A page is readable to about this many letters; wider tables go over several pages.
_LETTERS_OF_A_PAGE = 190
# A screen shows about this many without being moved aside.
_LETTERS_IN_VIEW = 130
_TITLE: Mapping[str, Any] = {"bold": True, "font_size": 16}
_HINT: Mapping[str, Any] = {"text_wrap": True, "font_color": "#7F6000"}


@dataclass(frozen=True, slots=True)
class Extra:
    """A last column that is no field."""

    header: str
    width: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the header; nothing when the title is empty."""

    title: str = ""
    hint: str = ""


NO_HEAD = Head()


@dataclass(slots=True)
class FormSheets:
    """The sheets of a workbook being written at `path`; a new sheet begins where `full` rows stand on one."""

    path: Path
    register: Register
    head: Head = NO_HEAD
    extra: Extra | None = None
    look: Mapping[str, Any] = field(default_factory=dict)
    full: int = ROWS_OF_A_SHEET
    rows: int = 0
    _book: OutgoingBook = field(init=False)
    _sheet: Any = field(init=False)
    _next: int = field(init=False)
    _looks: list[CellLook] = field(init=False)

    def __post_init__(self) -> None:
        self._book = OutgoingBook(self.path)
        formats = [number_format(one) for one in self.register.fields]
        self._looks = [CellLook.of(self._book, num_format=one, **self.look) for one in formats]
        if self.extra is not None:
            self._looks.append(CellLook.of(self._book, font_color=RED, **self.look))
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.sheet(self.register.name)
        self._next = begin_sheet(self._book, self._sheet, self.register, self.head, self.extra)

    def row(self, values: Sequence[Value], height: float | None = None) -> None:
        """One more row: a value for each column, None where nothing stands."""
        if self.rows and self.rows % self.full == 0:
            self._begin()
        if height is not None:
            self._sheet.set_row(self._next, height)
        for number, (value, look) in enumerate(zip(values, self._looks, strict=True)):
            if value is not None or self.look:
                write_value(self._sheet, self._next, number, value, look)
        self._next += 1
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *what: object) -> None:
        """Finish the workbook; when something went wrong, leave it."""
        if kind is None:
            self._book.close()
        else:
            self._book.abandon()


def begin_sheet(book: OutgoingBook, sheet: Any, register: Register, head: Head = NO_HEAD, extra: Extra | None = None) -> int:
    """Widths, paper, title, hint and header of a sheet; the first row (from 0) below them."""
    widths = [width(one) for one in register.fields] + ([extra.width] if extra else [])
    for number, one in enumerate(register.fields):
        sheet.set_column(number, number, widths[number], book.look(num_format=number_format(one)))
    if extra:
        sheet.set_column(len(widths) - 1, len(widths) - 1, extra.width)
    book.on_a4(sheet)
    sheet.fit_to_pages(max(1, round(sum(widths) / _LETTERS_OF_A_PAGE)), 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    top = _write_head(book, sheet, head, widths) if head.title else 0
    write_headers(book, sheet, top, register)
    if extra:
        write_extra_header(book, sheet, top, len(register.fields), extra.header)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 1)
    return top + 1


def _write_head(book: OutgoingBook, sheet: Any, head: Head, widths: Sequence[int]) -> int:
    """Title and hint over the columns in view; the row of the header."""
    last, wide = 0, widths[0]
    while last + 1 < len(widths) and wide + widths[last + 1] <= _LETTERS_IN_VIEW:
        last += 1
        wide += widths[last]
    for row, text, look, height in ((0, head.title, _TITLE, 30), (1, head.hint, _HINT, max(20, book.height(head.hint, wide)))):
        sheet.set_row(row, height)
        if last:
            sheet.merge_range(row, 0, row, last, "", book.look(**look))
        book.write_text(sheet, row, 0, text, **look)
    return 2
