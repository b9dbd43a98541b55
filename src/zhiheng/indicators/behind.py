"""Which records stand behind numerator and denominator, and which do not count for which reason?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhiheng.evidence.engines.model import Engine, Source, records_table
from zhiheng.evidence.lake.columns import FILE, IMPORT, KEY, ROW, SHEET
from zhiheng.evidence.registers.model import Field
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.definition import Holding, IndicatorDefinition
from zhiheng.indicators.one_pass import COUNTS, reasons, rows_behind

_VALUE = "value_"


class Part(StrEnum):
    """What a record does: it counts and holds, counts without holding, counts (where nothing has to hold), gives way to another record
    of its subject that decides, or is left out."""

    HOLDS = "holds"
    FAILS = "fails"
    COUNTS = "counts"
    GIVES_WAY = "gives_way"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """A record that is meant: its part, the reason why it is left out, where it came from (import, SHA-256 of the file, sheet, row),
    and the values of the fields that the definition asks of."""

    part: Part
    reason: str | None
    import_id: str
    file: str
    sheet: str
    row: int
    values: Mapping[str, Any]


def fields_asked(definition: IndicatorDefinition) -> tuple[Field, ...]:
    """The fields that decide, in the order of the register."""
    measure = definition.measure
    conditions = (definition.population, measure.numerator, *(e.when for e in definition.exclusions))
    names = {name for condition in conditions if condition is not None for name in condition.fields}
    names |= {*definition.subject, *definition.apart, *measure.per, *measure.means, definition.event}
    names |= {name for name in (measure.of, measure.weight, definition.order, definition.register.place) if name}
    if definition.in_force is not None:
        names |= {definition.in_force.start, *definition.in_force.through, *definition.in_force.until}
    register = definition.register
    every = (*register.open_fields, *(d.field for d in register.derived))
    return tuple(field for field in every if field.id in names)


def records_behind(engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked) -> Iterator[RecordBehind]:
    """The records, in the order of file, sheet and row."""
    records = records_table(source.register)
    behind = rows_behind(records, asked, definition).select(KEY, "fate", "holds", "decides", FILE, IMPORT, SHEET, ROW)
    names = [field.id for field in fields_asked(definition)]
    other = records.view()
    values = other.select(**{KEY: other[KEY]}, **{f"{_VALUE}{name}": other[name] for name in names})
    why = reasons(definition)
    for row in sorted(engine.rows(behind.join(values, KEY), source), key=lambda r: (r[FILE], r[SHEET], r[ROW], r[KEY])):
        fate = int(row["fate"])
        yield RecordBehind(
            _part(definition, row),
            None if fate == COUNTS else why[fate],
            row[IMPORT],
            row[FILE],
            row[SHEET],
            int(row[ROW]),
            {name: row[f"{_VALUE}{name}"] for name in names},
        )


def _part(definition: IndicatorDefinition, row: Mapping[str, Any]) -> Part:
    if row["fate"] != COUNTS:
        return Part.LEFT_OUT
    if definition.holds_of in (Holding.FIRST, Holding.LATEST) and row["decides"] is False:
        return Part.GIVES_WAY
    if row["holds"] is None:
        return Part.COUNTS
    return Part.HOLDS if row["holds"] else Part.FAILS
