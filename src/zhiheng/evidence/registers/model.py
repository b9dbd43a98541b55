"""What is a register: which fields has a record, what names it, and what must hold of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zhiheng.evidence.registers.codes import CodeList
from zhiheng.evidence.registers.expressions import Expression

# Characters of a text for which its field says nothing else.
LONGEST = 500


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    DATETIME = "datetime"
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    IDENTIFIER = "identifier"
    PLACE = "place"
    INDUSTRY = "industry"
    ORGANISATION = "organisation"
    FILE = "file"


class Sensitivity(StrEnum):
    """Who may see a field; personal ones are no columns of the record."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE_PERSONAL = "sensitive_personal"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register; `decimals` is the most places behind the point, `least` and `most` are included.

    `unit_field` names the column that gives the unit row by row. `valid_today`: its code has to be valid on the day of the
    import, not on that of the event.
    """

    id: str
    name: str
    english: str
    kind: FieldKind
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    aliases: tuple[str, ...] = ()
    codes: CodeList | None = None
    scheme: str | None = None
    unit: str | None = None
    decimals: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int = LONGEST
    unit_field: str | None = None
    valid_today: bool = False

    def said(self, code: str) -> str:
        """A code by its name; another value as it is."""
        listed = self.codes.codes if self.codes else ()
        return next((one.name for one in listed if one.code == code), code)

    @property
    def personal(self) -> bool:
        """Whether the field is no column of the record."""
        return self.sensitivity in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE_PERSONAL)


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold between fields of a record; of missing values nothing is asked."""

    id: str
    holds: Expression
    fatal: bool
    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that is computed: `by` names a function of `measures`, `of` its arguments among the fields."""

    field: Field
    by: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Retention:
    """For how many years after the event a record is kept, by which clause."""

    years: int
    doc: str
    clause: str
    confirmed: bool


@dataclass(frozen=True)
class Register:
    """A kind of record; `key` names a record, `event_date` and `place` say when and where it happened."""

    id: str
    name: str
    english: str
    about: Mapping[str, str]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    event_date: str
    place: str | None
    checks: tuple[Check, ...]
    derived: tuple[Derived, ...]
    retention: Retention
    layer: str

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Fields that are handed in, by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def open_fields(self) -> tuple[Field, ...]:
        """Fields that stand in the record itself."""
        return tuple(field for field in self.fields if not field.personal)

    @cached_property
    def personal_fields(self) -> tuple[Field, ...]:
        """Fields that are no columns of the record."""
        return tuple(field for field in self.fields if field.personal)

    def field(self, field_id: str) -> Field:
        """The field of that id, handed in or derived."""
        return self.by_id.get(field_id) or next(d.field for d in self.derived if d.field.id == field_id)
