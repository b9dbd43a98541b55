"""Which workbook is handed out for records of a register to be filled in?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhiheng.evidence.intake.forms.cells import NO, YES
from zhiheng.evidence.intake.forms.columns import number_format, said
from zhiheng.evidence.intake.forms.notes import content, limits, names_of, write_notes
from zhiheng.evidence.intake.forms.sheets import Head, begin_sheet
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.registers.model import Field, FieldKind, Register

# Rows with borders, enough for a page to be filled in by hand.
_BORDERED = 30
_ROW_HEIGHT = 22
_LAST_ROW = 1_048_575
# Excel takes a list of this length within the cell's own rule.
_LONGEST_LIST = 255
_FIRST_DAY, _LAST_DAY, _FAR = date(1900, 1, 1), date(2199, 12, 31), Decimal(10**15)


def register_template(register: Register) -> bytes:
    """The workbook: a sheet named after the register, and one that says how to fill it in."""
    book = OutgoingBook()
    sheet = book.sheet(register.name)
    notes = said("forms.notes_sheet")
    hint = said("forms.hint", about=register.about["zh"], notes=notes)
    first = begin_sheet(book, sheet, register, Head(said("forms.title", name=register.name), hint))
    looks = [book.look(border=1, num_format=number_format(field)) for field in register.fields]
    for row in range(first, first + _BORDERED):
        sheet.set_row(row, _ROW_HEIGHT)
        for column, look in enumerate(looks):
            sheet.write_blank(row, column, None, look)
    for column, field in enumerate(register.fields):
        rule = _rule(field, register)
        if rule:
            sheet.data_validation(first, column, _LAST_ROW, column, rule)
    write_notes(book, register)
    return book.content()


def _rule(field: Field, register: Register) -> dict[str, Any]:
    """What Excel asks of a cell while it is typed in; the import asks more, and is what decides."""
    match field.kind:
        case FieldKind.BOOLEAN:
            asked = _choice([YES, NO])
        case FieldKind.CODE if field.codes is not None:
            asked = _choice(names_of(field.codes))
        case FieldKind.DATE | FieldKind.DATETIME:
            asked = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        case FieldKind.DECIMAL | FieldKind.INTEGER:
            kind = "decimal" if field.kind is FieldKind.DECIMAL else "integer"
            least, most = (-_FAR if field.least is None else field.least), (_FAR if field.most is None else field.most)
            asked = {"validate": kind, "criteria": "between", "minimum": f"{least:f}", "maximum": f"{most:f}"}
        case FieldKind.TEXT | FieldKind.ORGANISATION:
            asked = {"validate": "length", "criteria": "<=", "value": field.longest}
        case _:
            asked = {}
    said_else = "；".join(part for part in (content(field, register), limits(field)) if part) + "。"
    told = {"error_type": "warning", "error_title": said("forms.choose_title"), "error_message": said_else[:_LONGEST_LIST]}
    return asked and {**told, **asked}


def _choice(names: list[str]) -> dict[str, Any]:
    """A list to choose from, when it is short."""
    fits = len(",".join(names)) <= _LONGEST_LIST and not any("," in name for name in names)
    message = said("forms.choose", notes=said("forms.notes_sheet"))
    return {"validate": "list", "source": names, "error_message": message} if fits else {}
