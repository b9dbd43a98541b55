"""Which files and records stand behind numerator and denominator, and which records do not count for which reason?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import ibis

from zhiheng.evidence.engines.model import Engine, Source, records_table
from zhiheng.evidence.lake.columns import FILE, IMPORT, KEY, ROW, SHEET
from zhiheng.evidence.lake.journal import Journal
from zhiheng.evidence.registers.model import Field
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.definition import Holding, IndicatorDefinition
from zhiheng.indicators.one_pass import COUNTS, PERIOD, reasons, rows_behind
from zhiheng.rules.messages import sentence

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


@dataclass(frozen=True, slots=True)
class FileBehind:
    """A file that records came in with: the import (when, by whom), the file's name and SHA-256, and how many of its rows count."""

    at: str
    by: str
    name: str
    digest: str
    rows: int


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a value: files, fields that were asked, records (all, or the first of them)."""

    files: tuple[FileBehind, ...]
    fields: tuple[Field, ...]
    records: tuple[RecordBehind, ...]
    definition: IndicatorDefinition

    def reason_words(self, reason: str, language: str) -> str:
        """Why a record is left out: the definition's own reasons have their words there."""
        own = next((one for one in self.definition.exclusions if one.id == reason), None)
        if own is None:
            return sentence(f"indicators.reason_{reason}", {}, language)
        return own.en if language == "en" else own.zh

    def file_name(self, record: RecordBehind) -> str:
        """The name of the file that a record came in with; of a file of which nothing counts, its digest."""
        return next((file.name for file in self.files if file.digest == record.file and file.name), record.file[:16])


def behind(
    engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked, most: int | None = None
) -> tuple[Behind, ...]:
    """Files and records behind the value of one place, period by period; of the records of each the first `most`, those that count
    without holding before all others."""
    files, fields = _files(engine, source, definition, asked), fields_asked(definition)
    records: dict[int, list[RecordBehind]] = {}
    for number, record in records_behind(engine, source, definition, asked, most):
        records.setdefault(number, []).append(record)
    numbers = range(len(asked.periods))
    return tuple(Behind(files.get(n, ()), fields, tuple(records.get(n, ())), definition) for n in numbers)


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


def records_behind(
    engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked, most: int | None = None
) -> Iterator[tuple[int, RecordBehind]]:
    """The records, each with the number of its period, in the order of file, sheet and row; with `most` only so many of a period,
    those first that count without holding."""
    records = records_table(source.register)
    behind = rows_behind(records, asked, definition).select(KEY, PERIOD, "fate", "holds", "decides", FILE, IMPORT, SHEET, ROW)
    if most is not None:
        counts = behind.fate == COUNTS
        telling = ibis.cases((counts & ~behind.holds.cast("boolean"), 0), (~counts, 1), else_=2)
        order = [telling, behind[FILE], behind[SHEET], behind[ROW], behind[KEY]]
        behind = behind.mutate(place_in_line=ibis.row_number().over(group_by=behind[PERIOD], order_by=order))
        behind = behind.filter(behind.place_in_line < most)
    names = [field.id for field in fields_asked(definition)]
    other = records.view()
    values = other.select(**{KEY: other[KEY]}, **{f"{_VALUE}{name}": other[name] for name in names})
    why = reasons(definition)
    rows = engine.rows(behind.join(values, KEY), source)
    for row in sorted(rows, key=lambda r: (r[PERIOD], r.get("place_in_line", 0), r[FILE], r[SHEET], r[ROW], r[KEY])):
        fate = int(row["fate"])
        yield (
            int(row[PERIOD]),
            RecordBehind(
                _part(definition, row),
                None if fate == COUNTS else why[fate],
                row[IMPORT],
                row[FILE],
                row[SHEET],
                int(row[ROW]),
                {name: row[f"{_VALUE}{name}"] for name in names},
            ),
        )


def _files(
    engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked
) -> Mapping[int, tuple[FileBehind, ...]]:
    """The files with records that count, by the number of the period, in the order of their imports."""
    rows = rows_behind(records_table(source.register), asked, definition)
    counted = rows.filter(rows.fate == COUNTS).group_by([PERIOD, IMPORT, FILE]).agg(rows=ibis._.count())
    entries = {entry.id: entry for entry in Journal(source.home).entries(source.register.id)}
    found: dict[int, list[FileBehind]] = {}
    for row in engine.rows(counted, source):
        entry, digest = entries.get(row[IMPORT]), row[FILE]
        name = str(entry.told.get("files", {}).get(digest, "")) if entry else ""
        file = FileBehind(entry.at if entry else "", entry.by if entry else "", name, digest, int(row["rows"]))
        found.setdefault(int(row[PERIOD]), []).append(file)
    return {number: tuple(sorted(files, key=lambda file: (file.at, file.name, file.digest))) for number, files in found.items()}


def _part(definition: IndicatorDefinition, row: Mapping[str, Any]) -> Part:
    if row["fate"] != COUNTS:
        return Part.LEFT_OUT
    if definition.holds_of in (Holding.FIRST, Holding.LATEST) and row["decides"] is False:
        return Part.GIVES_WAY
    if row["holds"] is None:
        return Part.COUNTS
    return Part.HOLDS if row["holds"] else Part.FAILS
