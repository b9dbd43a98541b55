"""What goes back to the person whose rows of a register were refused?

The form of the register with the refused rows only, as they came, and the reasons in a last column: mended in place, it can
be handed in again as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from zhiheng.evidence.intake.forms.cells import Value, stored_exactly
from zhiheng.evidence.intake.forms.columns import ROWS_OF_A_SHEET, said, width
from zhiheng.evidence.intake.forms.placing import placed
from zhiheng.evidence.intake.forms.sheets import Extra, FormSheets, Head
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.registers.model import Field, FieldKind, Register

_REASONS_WIDTH = 60
_HIGHEST = 400
_LOOK = {"border": 1, "text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A refused row: where it stood, its texts by field id as they came, and why it was refused."""

    sheet: str
    row: int
    texts: Mapping[str, str]
    reasons: Sequence[str]


def write_hand_back(path: Path, register: Register, rows: Iterable[HandedBack], full: int = ROWS_OF_A_SHEET) -> int:
    """Write the refused rows to `path`, a new sheet after every `full` of them; how many they were.

    The file is there whole or not at all; `UsageError` when the disk refuses.
    """
    errors = said("forms.errors")
    title = said("forms.title_returned", name=register.name)
    head = Head(title, said("forms.hint_returned", errors=errors))
    last = Extra(errors, _REASONS_WIDTH)
    widths = [width(field) for field in register.fields]
    with placed(path) as part, FormSheets(part, register, head, last, _LOOK, full) as sheets:
        for row in rows:
            texts = [row.texts.get(field.id) for field in register.fields]
            reasons = "\n".join(row.reasons)
            values = [_value(field, text) for field, text in zip(register.fields, texts, strict=True)]
            sheets.row([*values, reasons], _height(widths, texts, reasons))
    return sheets.rows


def _value(field: Field, text: str | None) -> Value:
    """What a person typed as a number stays a number, everything else a text."""
    if text and field.kind in (FieldKind.DECIMAL, FieldKind.INTEGER):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if number.is_finite() and stored_exactly(number):
            return number
    return text


def _height(widths: Sequence[int], texts: Sequence[str | None], reasons: str) -> int:
    heights = [
        OutgoingBook.height(text, wide)
        for wide, text in zip(widths, texts, strict=True)
        if text and (2 * len(text) > wide - 4 or "\n" in text)
    ]
    return min(max([OutgoingBook.height(reasons, _REASONS_WIDTH), *heights]), _HIGHEST)
