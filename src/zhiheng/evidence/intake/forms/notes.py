"""What does a person have to know who fills in the form of a register?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zhiheng.evidence.intake.forms.columns import RED, said
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.evidence.registers.codes import Code, CodeList
from zhiheng.evidence.registers.model import Field, FieldKind, Register

# A longer list is looked up, not read through.
LISTED_CODES = 150
# Of so many codes the names stand with the column itself.
_NAMED_CODES = 12
_WIDTHS = (24, 26, 46, 12, 14, 44)
_LEAST_HEIGHT = 20
_BOX: Mapping[str, Any] = {"border": 1, "text_wrap": True, "valign": "top"}
_TITLE: Mapping[str, Any] = {"bold": True, "font_size": 14}
_HEAD: Mapping[str, Any] = {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3"}
Line = tuple[str | None, ...]


@dataclass(slots=True)
class _Page:
    """The sheet of notes, written from the top."""

    book: OutgoingBook
    sheet: Any
    row: int = 0

    def title(self, text: str) -> None:
        self.book.write_text(self.sheet, self.row, 0, text, **_TITLE)
        self.sheet.set_row(self.row, 26)
        self.row += 1

    def line(self, texts: Line, look: Mapping[str, Any] = _BOX, *, red: bool = False) -> None:
        """One row of a table; a text reaches over the columns that are None or lacking behind it."""
        starts = [column for column, text in enumerate(texts) if text is not None]
        height = _LEAST_HEIGHT
        for start, end in zip(starts, [*starts[1:], len(_WIDTHS)], strict=True):
            shown = {**look, **({"font_color": RED} if red and start < 2 else {})}
            if end - start > 1:
                self.sheet.merge_range(self.row, start, self.row, end - 1, "", self.book.look(**shown))
            text = texts[start] or ""
            self.book.write_text(self.sheet, self.row, start, text, **shown)
            height = max(height, self.book.height(text, sum(_WIDTHS[start:end])))
        self.sheet.set_row(self.row, height)
        self.row += 1

    def table(self, title: str, head: Line, lines: Sequence[Line]) -> None:
        if lines:
            self.row += 1
            self.title(title)
            self.line(head, _HEAD)
            for line in lines:
                self.line(line)


def write_notes(book: OutgoingBook, register: Register) -> None:
    """The sheet that says how the form is filled in."""
    sheet = book.sheet(said("forms.notes_sheet"))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    book.on_a4(sheet)
    page = _Page(book, sheet)
    page.title(said("forms.title", name=register.name))
    for line in _about(register):
        page.line(line)
    page.row += 1
    columns = ("name", "required", "content", "unit", "limits", "aliases")
    page.line(tuple(said(f"forms.column_{name}") for name in columns), _HEAD)
    for field in register.fields:
        required = said("forms.required") if field.required else ""
        aliases = "、".join(field.aliases)
        page.line(
            (field.name, required, content(field, register), field.unit or "", limits(field), aliases), red=field.required
        )
    head = (said("forms.check_column"), said("forms.check_outcome"), said("forms.check_said"))
    page.table(said("forms.checks"), head, list(_checks(register)))
    names = (said("forms.code_column"), said("forms.code_days"), said("forms.code_name"), said("forms.code_code"))
    page.table(said("forms.codes"), (*names, None, said("forms.code_aliases")), list(_codes(register)))


def _about(register: Register) -> Iterator[Line]:
    yield said("forms.notes_about"), register.about["zh"]
    yield said("forms.notes_key"), said("forms.notes_key_said", names=[register.by_id[name].name for name in register.key])
    yield said("forms.notes_day"), said("forms.notes_day_said", name=register.by_id[register.event_date].name)
    if register.personal_fields:
        names = [field.name for field in register.personal_fields]
        yield said("forms.notes_personal"), said("forms.notes_personal_said", names=names)


def content(field: Field, register: Register) -> str:
    """What may stand in a column, in words."""
    if field.kind is FieldKind.CODE and field.codes is not None:
        names = names_of(field.codes)
        if len(names) > _NAMED_CODES:
            return said("forms.kind_long_code", list=field.codes.name)
        return said("forms.kind_code", names=names)
    facts = {"longest": field.longest, "decimals": field.decimals, "day": register.by_id[register.event_date].name}
    return said(f"forms.kind_{field.kind.value}", **facts)


def limits(field: Field) -> str:
    """Between which numbers it must lie, in words; empty when nothing is said."""
    match field.least, field.most:
        case None, None:
            return ""
        case least, None:
            return said("forms.at_least", least=least)
        case None, most:
            return said("forms.at_most", most=most)
        case least, most:
            return said("forms.between", least=least, most=most)


def names_of(codes: CodeList) -> list[str]:
    """The names of a list, each once."""
    return list(dict.fromkeys(code.name for code in codes.codes))


def _codes(register: Register) -> Iterator[Line]:
    """Every list once, with the columns it is for."""
    lists = {field.codes.id: field.codes for field in register.fields if field.codes is not None}
    for list_id, codes in lists.items():
        used = "、".join(field.name for field in register.fields if field.codes is not None and field.codes.id == list_id)
        if len(codes.codes) <= LISTED_CODES:
            for code in codes.codes:
                yield used, _days(code), code.name, code.code, None, "、".join(code.aliases)


def _days(code: Code) -> str:
    last = None if code.end is None else code.end - timedelta(days=1)
    match code.start, last:
        case None, None:
            return ""
        case start, None:
            return said("forms.code_from", start=start)
        case None, last:
            return said("forms.code_until", last=last)
        case start, last:
            return said("forms.code_between", start=start, last=last)


def _checks(register: Register) -> Iterator[Line]:
    for check in register.checks:
        outcome = said("forms.check_refused") if check.fatal else said("forms.check_warned")
        yield register.field(check.column).name, outcome, check.zh
