"""Which field does each column of this table hold?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from zhiheng.base.units import is_unit, measure
from zhiheng.documents.fold import fold
from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.intake.sources.table_body import RUNNING
from zhiheng.evidence.intake.staging.raw_rows import Layout
from zhiheng.evidence.intake.staging.writings import power_of_ten
from zhiheng.evidence.registers.model import Field, FieldKind, Register

# Columns that say nothing of the record: running numbers, and what we hand back ourselves.
_OURS = RUNNING | {"错误说明", "错误原因", "错误"}
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
    """A column: the field it holds, how that is known, the field it may be, and the power of ten between the units.

    `unit` is one from which no power of ten leads to the field's, `of_rows` one that holds for the rows of a field whose unit
    is told row by row.
    """

    header: str
    how: How
    field: Field | None = None
    perhaps: Field | None = None
    power: int = 0
    unit: str | None = None
    of_rows: str | None = None


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
        units = {
            c.field.unit_field: c.of_rows for c in self.columns if c.field is not None and c.field.unit_field and c.of_rows
        }
        units = {name: unit for name, unit in units.items() if name not in self.mapping.constants or name in taken}
        return Layout(taken, self.mapping.constants, self.mapping.words, powers, units)


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
            return MatchedColumn(header, How.SAID, self._register.by_id[said])
        field = self._named.get(plain) or self._named.get(bare)
        if field:
            return MatchedColumn(header, How.NAMED, field)
        if bare in _OURS:
            return MatchedColumn(header, How.IGNORED)
        close = process.extractOne(bare, list(self._named), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return MatchedColumn(header, How.UNKNOWN, perhaps=self._named[close[0]] if close else None)

    def match(self, headers: Sequence[str], units: Sequence[str] = ()) -> Match:
        """What all the headers of a table say; `units` are those that lines above the header give."""
        columns = tuple(self._in_unit(self.column(header), units) for header in headers)
        by_field: dict[str, list[str]] = {}
        for column in columns:
            if column.field is not None:
                by_field.setdefault(column.field.id, []).append(column.header)
        lacking = [
            f for f in self._register.fields if f.required and f.id not in by_field and f.id not in self._mapping.constants
        ]
        claimed = {name: tuple(found) for name, found in by_field.items() if len(found) > 1}
        return Match(columns, self._mapping, tuple(lacking), claimed)

    def _in_unit(self, column: MatchedColumn, units: Sequence[str]) -> MatchedColumn:
        """The column with the unit that its header gives, else the only one above the table that can be its own."""
        field = column.field
        if field is None or field.kind not in (FieldKind.DECIMAL, FieldKind.INTEGER):
            return column
        unit = next((u for u in _BRACKETS.findall(fold(column.header)) if is_unit(u)), None)
        if field.unit is not None:
            above = [u for u in units if measure(u).core == measure(fold(field.unit)).core]
            unit = unit or (above[0] if len(above) == 1 else None)
            power = None if unit is None else power_of_ten(unit, field)
            return replace(column, power=power or 0, unit=unit if power is None else None)
        if field.unit_field is None:
            return column
        unit = unit or (units[0] if len(units) == 1 else None)
        constant = self._mapping.constants.get(field.unit_field)
        other = constant is not None and unit is not None and measure(fold(constant)) != measure(unit)
        return replace(column, unit=unit if other else None, of_rows=unit)


def _plain(header: str) -> str:
    return "".join(fold(header).split()).strip("*:：").lower()


def _bare(header: str) -> str:
    """Without what stands in brackets, when something is left."""
    plain = _plain(header)
    return _BRACKETS.sub("", plain).strip("*:：_") or plain
