"""What goes back to the person whose rows were refused?

The same layout (titles, header, column order) with the refused rows only and the reasons in a last column: mended in
place, it can be handed in again as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from zhiheng.base.problem import Problem
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.intake.reading import Intake, SheetIntake
from zhiheng.evidence.intake.sheet import Cell, CellKind, Merge
from zhiheng.rules.messages import problem_sentence

_BOX: Mapping[str, Any] = {"border": 1, "text_wrap": True}
_HIGHEST = 400
_ERROR_WIDTH, _NAME_WIDTH, _WIDTH = 60, 34, 13


def write_rejects(intake: Intake) -> bytes | None:
    """The workbook to hand back, or None when no row was refused."""
    if not intake.refused:
        return None
    book = OutgoingBook()
    for sheet in intake.sheets:
        if sheet.refused:
            _write_sheet(book, sheet)
    return book.content()


def _write_sheet(book: OutgoingBook, given: SheetIntake) -> None:
    sheet = book.sheet(given.sheet.name)
    header = given.header
    width = max((max(cells) for cells in given.sheet.rows.values()), default=1)
    last = header.columns.get(Column.ERROR, width + 1)
    sheet.set_column(0, last - 1, _WIDTH)
    name = header.columns.get(Column.INDICATOR, 1) - 1
    sheet.set_column(name, name, _NAME_WIDTH)
    sheet.set_column(last - 1, last - 1, _ERROR_WIDTH)
    book.on_a4(sheet)
    sheet.repeat_rows(header.bottom - 1)
    for number in given.sheet.numbers():
        if number <= header.bottom:
            bold = number >= header.top
            _write_row(
                book,
                sheet,
                number,
                given.sheet.rows[number],
                {**(_BOX if number == header.bottom else {}), "bold": bold, "text_wrap": bold},
            )
    _write_merges(book, sheet, given, {"bold": True, "align": "center"})
    book.write_text(sheet, header.bottom - 1, last - 1, Column.ERROR.value, **_BOX, bold=True, font_color="#C00000")
    for number, (row, problems) in enumerate(sorted(given.refused.items()), header.bottom + 1):
        cells = {c: cell for c, cell in _unmerged(given, row).items() if c != last}
        for column in range(1, last):
            sheet.write_blank(number - 1, column - 1, None, book.look(**_BOX))
        _write_row(book, sheet, number, cells, _BOX)
        reasons = _reasons(problems)
        book.write_text(sheet, number - 1, last - 1, reasons, **_BOX, font_color="#C00000")
        widths = {c: _NAME_WIDTH if c == name + 1 else _WIDTH for c in cells}
        heights = [book.height(cell.text, widths[c]) for c, cell in cells.items()]
        sheet.set_row(number - 1, min(max([book.height(reasons, _ERROR_WIDTH), *heights]), _HIGHEST))
    sheet.freeze_panes(header.bottom, 0)


def _unmerged(given: SheetIntake, row: int) -> Mapping[int, Cell]:
    """The row's cells; a merged block is taken apart and its content set into each of its rows, which is what is asked for."""
    cells = dict(given.sheet.rows[row])
    for merge in given.sheet.merges:
        if merge.top <= row <= merge.bottom and merge.top > given.header.bottom:
            cells[merge.left] = given.sheet.shown(row, merge.left)
    return cells


def _write_row(book: OutgoingBook, sheet: Any, number: int, cells: Mapping[int, Cell], look: Mapping[str, Any]) -> None:
    for column, cell in cells.items():
        if cell.kind is CellKind.NUMBER and not cell.text.endswith("%") and _fits_a_double(cell.text):
            sheet.write_number(number - 1, column - 1, float(cell.text), book.look(**look))
        elif cell.kind is not CellKind.EMPTY:
            book.write_text(sheet, number - 1, column - 1, cell.text, **look)


def _fits_a_double(text: str) -> bool:
    return Decimal(repr(float(text))) == Decimal(text)


def _write_merges(book: OutgoingBook, sheet: Any, given: SheetIntake, look: Mapping[str, Any]) -> None:
    for merge in given.sheet.merges:
        if merge.bottom <= given.header.bottom and merge != Merge(merge.top, merge.left, merge.top, merge.left):
            text = given.sheet.cell(merge.top, merge.left).text
            sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "", book.look(**look))
            book.write_text(sheet, merge.top - 1, merge.left - 1, text, **look)


def _reasons(problems: Iterable[Problem]) -> str:
    """All reasons, one a line."""
    return "\n".join(problem_sentence(p) for p in problems)
