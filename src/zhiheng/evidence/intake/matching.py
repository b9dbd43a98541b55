"""Which field does each column of this table hold?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from zhiheng.base.units import is_unit
from zhiheng.documents.fold import fold
from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.intake.staging.raw_rows import Layout
from zhiheng.evidence.intake.staging.writings import power_of_ten
from zhiheng.evidence.registers.model import Field, FieldKind, Register

# Columns that say nothing of the record: running numbers, and what we hand back ourselves.
_OURS = frozenset(("序号", "编序", "no", "no.", "错误说明", "错误原因", "错误"))
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# Of a hundred.
_CLOSE = 60


class How(StrEnum):
    """How a column was found."""

    SAID = "said"
    NAMED = "named"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column: the field it holds, how that is known, the field it may be, and the power of ten between the units."""

    header: str
    how: How
    field: Field | None = None
    perhaps: Field | None = None
    power: int = 0
    unit: str | None = None


@dataclass(frozen=True)
class Match:
    """The columns of a table, and what is lacking: required fields, and fields that several columns claim."""

    columns: tuple[MatchedColumn, ...]
    mapping: ColumnMapping
    lacking: tuple[Field, ...]
    claimed: Mapping[str, tuple[str, ...]]

    @cached_property
    def other_units(self) -> tuple[MatchedColumn, ...]:
        """Columns in a unit from which no power of ten leads to the field's."""
        return tuple(c for c in self.columns if c.field is not None and c.unit is not None)

    @property
    def fits(self) -> bool:
        """Whether the table can be read."""
        return not (self.lacking or self.claimed or self.other_units)

    @property
    def unknown(self) -> tuple[MatchedColumn, ...]:
        """Columns nobody knows."""
        return tuple(c for c in self.columns if c.how is How.UNKNOWN)

    def layout(self) -> Layout:
        """Where the columns go."""
        taken = {c.field.id: index for index, c in enumerate(self.columns) if c.field is not None}
        powers = {c.field.id: c.power for c in self.columns if c.field is not None and c.power}
        return Layout(taken, self.mapping.constants, self.mapping.words, powers)


class Names:
    """The names of a register's fields, and what a mapping adds to them."""

    def __init__(self, register: Register, mapping: ColumnMapping) -> None:
        self._register, self._mapping = register, mapping
        self._said = {_plain(header): name for header, name in mapping.columns.items()}
        self._ignored = {_plain(header) for header in mapping.ignored}
        self._named: dict[str, Field] = {}
        for field in register.fields:
            for name in (field.name, field.english, field.id, *field.aliases):
                self._named.setdefault(_plain(name), field)
                self._named.setdefault(_bare(name), field)

    def knows(self, header: str) -> bool:
        """Whether the header names a field or a column that was said to be ignored."""
        return self.column(header).how is not How.UNKNOWN

    def column(self, header: str) -> MatchedColumn:
        """What a header says."""
        plain, bare = _plain(header), _bare(header)
        if plain in self._ignored:
            return MatchedColumn(header, How.IGNORED)
        said = self._said.get(plain) or self._said.get(bare)
        if said:
            return self._with_unit(header, How.SAID, self._register.by_id[said])
        field = self._named.get(plain) or self._named.get(bare)
        if field:
            return self._with_unit(header, How.NAMED, field)
        if bare in _OURS:
            return MatchedColumn(header, How.IGNORED)
        close = process.extractOne(bare, list(self._named), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return MatchedColumn(header, How.UNKNOWN, perhaps=self._named[close[0]] if close else None)

    def match(self, headers: Sequence[str]) -> Match:
        """What all the headers of a table say."""
        columns = tuple(self.column(header) for header in headers)
        by_field: dict[str, list[str]] = {}
        for column in columns:
            if column.field is not None:
                by_field.setdefault(column.field.id, []).append(column.header)
        lacking = [
            f for f in self._register.fields if f.required and f.id not in by_field and f.id not in self._mapping.constants
        ]
        claimed = {name: tuple(found) for name, found in by_field.items() if len(found) > 1}
        return Match(columns, self._mapping, tuple(lacking), claimed)

    @staticmethod
    def _with_unit(header: str, how: How, field: Field) -> MatchedColumn:
        unit = next((u for u in _BRACKETS.findall(fold(header)) if is_unit(u)), None)
        if unit is None or field.kind not in (FieldKind.DECIMAL, FieldKind.INTEGER) or field.unit is None:
            return MatchedColumn(header, how, field)
        power = power_of_ten(unit, field)
        return MatchedColumn(header, how, field, power=power or 0, unit=unit if power is None else None)


def _plain(header: str) -> str:
    return "".join(fold(header).split()).strip("*:：").lower()


def _bare(header: str) -> str:
    """Without what stands in brackets, when something is left."""
    plain = _plain(header)
    return _BRACKETS.sub("", plain).strip("*:：_") or plain
