"""How is a value written into a cell so that it is read back as it was?

Numbers and days as Excel keeps them where it keeps them exactly, else in writing; a text never becomes a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhiheng.evidence.intake.outgoing import DANGEROUS, OutgoingBook

Value = str | date | datetime | Decimal | int | bool | None
YES, NO = "是", "否"
# Excel's calendar has a day in 1900 that never was; only from here on a stored day is the same day everywhere.
_FIRST_STORED_DAY = date(1900, 3, 1)
_LONGEST_TEXT = 32_767
_DIGITS_OF_EXCEL = 15


@dataclass(frozen=True, slots=True)
class CellLook:
    """The format of a cell, and the one of a cell whose text a spreadsheet could take for a formula."""

    plain: Any
    quoted: Any

    @classmethod
    def of(cls, book: OutgoingBook, **properties: Any) -> CellLook:
        """The two formats with these properties."""
        return cls(book.look(**properties), book.look(**properties, quote_prefix=True))


def write_value(sheet: Any, row: int, column: int, value: Value, look: CellLook) -> None:
    """Write one cell; row and column from 0."""
    match value:
        case str():
            _write_text(sheet, row, column, value, look)
        case None:
            sheet.write_blank(row, column, None, look.plain)
        case bool():
            sheet.write_string(row, column, YES if value else NO, look.plain)
        case datetime() if value.date() >= _FIRST_STORED_DAY and not value.microsecond:
            sheet.write_datetime(row, column, value, look.plain)
        case datetime():
            sheet.write_string(row, column, value.isoformat(" "), look.plain)
        case date() if value >= _FIRST_STORED_DAY:
            sheet.write_datetime(row, column, value, look.plain)
        case date():
            sheet.write_string(row, column, value.isoformat(), look.plain)
        case Decimal() | int():
            _write_number(sheet, row, column, Decimal(value), look)


def _write_text(sheet: Any, row: int, column: int, text: str, look: CellLook) -> None:
    """A longer text than a cell can hold is cut."""
    sheet.write_string(row, column, text[:_LONGEST_TEXT], look.quoted if text.startswith(DANGEROUS) else look.plain)


def _write_number(sheet: Any, row: int, column: int, number: Decimal, look: CellLook) -> None:
    if stored_exactly(number):
        sheet.write_number(row, column, float(number), look.plain)
    else:
        sheet.write_string(row, column, f"{number:f}", look.plain)


def stored_exactly(number: Decimal) -> bool:
    """Whether Excel keeps all digits of the number."""
    digits = number.normalize().as_tuple().digits
    return len(digits) <= _DIGITS_OF_EXCEL and Decimal(repr(float(number))) == number
