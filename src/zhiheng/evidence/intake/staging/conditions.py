"""What can be wrong with a row, field by field, said in SQL?

Over columns `f` (value), `f:text` (as it came) and `f:state` (of a word that means a code). Each condition has a bit; a row
carries the bits of all that hold of it, so that a sound row costs no more than the asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.evidence.intake.staging import writings
from zhiheng.evidence.intake.staging.words import WordState
from zhiheng.evidence.registers.model import Check, Field, FieldKind, Register

CODED = (FieldKind.CODE, FieldKind.PLACE, FieldKind.INDUSTRY)
WORDED = (FieldKind.TEXT, FieldKind.ORGANISATION, FieldKind.FILE)
# Bits in one column of marks.
WIDTH = 60
_UNREADABLE = {
    FieldKind.DATE: "evidence.not_a_day",
    FieldKind.DATETIME: "evidence.not_a_moment",
    FieldKind.DECIMAL: "evidence.not_a_decimal",
    FieldKind.INTEGER: "evidence.not_an_integer",
    FieldKind.BOOLEAN: "evidence.not_a_truth",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A fault of the row when the SQL `when` holds; `check` is the one of the register that it asks.

    Without a field it marks a row whose cells have faults of their own, which are told one by one.
    """

    field: Field | None
    code: str
    when: str
    fatal: bool = True
    check: Check | None = None


def text_of(field: Field) -> str:
    """The column of the text as it came."""
    return f'"{field.id}:text"'


def value_sql(field: Field) -> str:
    """SQL of the value over the text; of a coded field its text, which is looked up."""
    text = text_of(field)
    match field.kind:
        case FieldKind.DATE:
            return writings.day(text)
        case FieldKind.DATETIME:
            return writings.moment(text)
        case FieldKind.DECIMAL | FieldKind.INTEGER:
            return writings.decimal(text, field)
        case FieldKind.BOOLEAN:
            return writings.truth(text)
        case FieldKind.IDENTIFIER:
            return writings.credit_code(text)
        case _:
            return text


def conditions(register: Register, as_of: str) -> tuple[Condition, ...]:
    """All that is asked of a row; `as_of` is SQL of the day of the import."""
    fields = [found for field in register.fields for found in _of_field(field)]
    event = register.by_id[register.event_date]
    future = Condition(event, "evidence.event_to_come", f'"{event.id}"::date > {as_of}')
    checks = (_of_check(check, register) for check in register.checks)
    return (Condition(None, "", "_faulty"), *fields, future, *checks)


def _of_check(check: Check, register: Register) -> Condition:
    return Condition(register.field(check.column), "evidence.check_fails", f"({check.holds.sql}) is false", check.fatal, check)


def _of_field(field: Field) -> Iterator[Condition]:
    text, value = text_of(field), f'"{field.id}"'
    if field.required:
        nothing = f'{text} is null or {value} is null and "{field.id}:state" = {WordState.SURE.value}'
        yield Condition(field, "evidence.required_missing", nothing if field.kind in CODED else f"{text} is null")
    if field.kind in _UNREADABLE:
        yield Condition(field, _UNREADABLE[field.kind], f"{text} is not null and {value} is null")
    if field.kind in WORDED:
        yield Condition(field, "evidence.text_too_long", f"length({text}) > {field.longest}")
    if field.kind is FieldKind.IDENTIFIER:
        yield Condition(field, "evidence.not_a_credit_code", f"not ({writings.credit_code_holds(value)})")
    if field.kind in CODED:
        state = f'"{field.id}:state"'
        yield Condition(field, "evidence.word_unknown", f"{state} = {WordState.UNKNOWN.value}")
        yield Condition(field, "evidence.code_not_then", f"{state} = {WordState.NOT_THEN.value}")
        yield Condition(field, "evidence.word_of_several", f"{state} = {WordState.SEVERAL.value}")
    if field.least is not None:
        yield Condition(field, "evidence.below_least", f"{value} < {field.least}")
    if field.most is not None:
        yield Condition(field, "evidence.above_most", f"{value} > {field.most}")


def marks(asked: tuple[Condition, ...]) -> Iterator[str]:
    """SQL of the columns of marks, in each a bit for every condition."""
    for start in range(0, len(asked), WIDTH):
        part = asked[start : start + WIDTH]
        yield " + ".join(f"case when {one.when} then {1 << bit}::bigint else 0 end" for bit, one in enumerate(part))


def mask(asked: tuple[Condition, ...], *, fatal: bool) -> Iterator[int]:
    """Of each column of marks the bits of the fatal or of the other conditions."""
    for start in range(0, len(asked), WIDTH):
        yield sum(1 << bit for bit, one in enumerate(asked[start : start + WIDTH]) if one.fatal == fatal)
