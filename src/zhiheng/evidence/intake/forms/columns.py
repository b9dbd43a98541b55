"""Which columns has a form of a register, and how does each look?

Template, hand-back and export have the same: the fields that are handed in, in the order of the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.registers.model import Field, FieldKind, Register
from zhiheng.rules.messages import sentence

DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
# Rows of one sheet; Excel ends at 1,048,576.
ROWS_OF_A_SHEET = 1_000_000
RED = "#C00000"
HEAD_HEIGHT = 32
# The star is shown but is no part of the name, so that whoever reads the header finds the name alone.
_STARRED = '@"*"'
_HEAD = {"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#D9E2F3"}
_WIDTHS: Mapping[FieldKind, int] = {
    FieldKind.CODE: 12,
    FieldKind.DATE: 13,
    FieldKind.DATETIME: 21,
    FieldKind.DECIMAL: 12,
    FieldKind.INTEGER: 10,
    FieldKind.BOOLEAN: 9,
    FieldKind.IDENTIFIER: 22,
    FieldKind.PLACE: 14,
    FieldKind.INDUSTRY: 14,
    FieldKind.ORGANISATION: 26,
    FieldKind.FILE: 20,
}
_TEXT_WIDTHS = ((60, 16), (200, 20), (500, 28))
_LONG_TEXT = 40


def said(code: str, **facts: object) -> str:
    """Words of a form; forms are Chinese."""
    return sentence(code, facts)


def header(field: Field) -> str:
    """What stands over the column: the field's name, and its unit in brackets."""
    return f"{field.name}（{field.unit}）" if field.unit else field.name


def width(field: Field) -> int:
    """How wide its column is, in letters."""
    if field.kind is FieldKind.TEXT:
        return next((wide for longest, wide in _TEXT_WIDTHS if field.longest <= longest), _LONG_TEXT)
    if field.kind is FieldKind.CODE and field.codes is not None:
        longest = max(len(code.name) for code in field.codes.codes)
        return min(max(_WIDTHS[field.kind], 2 * longest + 3), 30)
    return _WIDTHS[field.kind]


def number_format(field: Field) -> str:
    """The number format of its cells; what is a text stays as typed, with its zeros in front."""
    match field.kind:
        case FieldKind.DATE:
            return DAY_FORMAT
        case FieldKind.DATETIME:
            return MOMENT_FORMAT
        case FieldKind.DECIMAL | FieldKind.INTEGER:
            return "General"
        case _:
            return "@"


def write_headers(book: OutgoingBook, sheet: Any, row: int, register: Register) -> None:
    """The header in a row; required columns are red with a star."""
    for number, field in enumerate(register.fields):
        marked = {"font_color": RED, "num_format": _STARRED} if field.required else {}
        book.write_text(sheet, row, number, header(field), **_HEAD, **marked)
    sheet.set_row(row, HEAD_HEIGHT)


def write_extra_header(book: OutgoingBook, sheet: Any, row: int, column: int, text: str) -> None:
    """The header of a column that is no field."""
    book.write_text(sheet, row, column, text, **_HEAD, font_color=RED)
