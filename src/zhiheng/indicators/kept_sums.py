"""Which values do kept sums make, of which an import has only the parts computed again that it touched?

For each definition and part of its register (the records of a year) a table of cells is kept under `derived/`. A kept table counts only
under the very log that it was made under and files that have not changed since: then it takes in what later imports brought, and lets
go what they superseded. Else it is made again. What is verified never asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Row, Source
from zhiheng.evidence.lake.columns import YEAR
from zhiheng.evidence.lake.derived import Kept, keep_table, kept_tables
from zhiheng.evidence.lake.parts import Parts
from zhiheng.indicators.asking import Asked, grain_of
from zhiheng.indicators.cells import MONTH, WENT, CellPass, additive, apart_column
from zhiheng.indicators.definition import Grain, IndicatorDefinition, Window
from zhiheng.indicators.one_pass import PERIOD, PLACE, UNDATED_PERIOD

# Counted up when cells are made in another way: what was kept before is not read then.
_EDITION = 1
# Of each part so many tables stay: that of now, and those of days before that are asked again.
_MOST = 3
# Fewer rows are counted in less time than kept tables are read.
PAYS_FROM = 200_000

PerPart = dict[int, pa.Table]
# (place, number of the period) → places of records that count there.
Reporting = Mapping[tuple[str, int], list[tuple[str, date | None]]]


@dataclass
class KeptSums:
    """The sums of one installation; `pays_from`: of registers with so many rows."""

    engine: DuckDBEngine = field(default_factory=DuckDBEngine)
    pays_from: int = PAYS_FROM

    def cells(self, source: Source, definitions: Sequence[IndicatorDefinition], asked: Asked) -> Cells | None:
        """The cells of the definitions as known at the source's position; None when the lake has to be asked itself: a
        definition is not additive, a period not made of months, the rows are few, or a file is gone."""
        if source.position is None or any(grain_of(period) is Grain.DAY for period in asked.periods):
            return None
        parts = Parts(source.home, source.register, source.position)
        if not all(map(additive, definitions)) or parts.rows < self.pays_from or not parts.years:
            return None
        by_event: dict[str, list[IndicatorDefinition]] = {}
        for definition in definitions:
            by_event.setdefault(definition.event, []).append(definition)
        found: dict[str, list[pa.Table]] = {}
        try:
            for group in by_event.values():
                for definition, tables in zip(group, self._of_parts(parts, group), strict=True):
                    found[definition.id] = list(tables.values())
        except FileNotFoundError:
            return None
        return Cells(found)

    def _of_parts(self, parts: Parts, definitions: Sequence[IndicatorDefinition]) -> list[PerPart]:
        """For each definition the cells of each part: as kept, as kept with what came since, or made anew."""
        found: list[PerPart] = [{} for _ in definitions]
        anew: dict[int, list[int]] = {}
        later: dict[tuple[int, int], list[tuple[int, Kept | None]]] = {}
        for number, definition in enumerate(definitions):
            for year in parts.years:
                kept = self._newest(parts, definition, year)
                if kept is None:
                    anew.setdefault(year, []).append(number)
                elif kept.head["position"] == parts.position or not parts.touched_since(year, kept.head["position"]):
                    found[number][year] = kept.table
                else:
                    later.setdefault((year, kept.head["position"]), []).append((number, kept))
        for year, since in [(year, since) for year in anew for since in {since for _, since in later}]:
            if year in anew and parts.began_after(year, since):
                later[year, since] = [(number, None) for number in anew.pop(year)]
        self._brought_up(parts, definitions, later, found, anew)
        self._made(parts, definitions, anew, found)
        return found

    def _newest(self, parts: Parts, definition: IndicatorDefinition, year: int) -> Kept | None:
        """The kept table of the part that is nearest to the position, of those that still count."""
        best: Kept | None = None
        for kept in kept_tables(_folder(parts, definition, year)):
            position = kept.head.get("position")
            if kept.head.get("of") != _of(definition, year) or not isinstance(position, int) or position > parts.position:
                continue
            if best is not None and best.head["position"] >= position:
                continue
            stamps = {name: (stamp[0], stamp[1]) for name, stamp in kept.head["files"].items()}
            sound = kept.head["log"] == parts.log_digest_at(position) and parts.unchanged(year, stamps)
            if sound and parts.touched_since(year, position) is not None:
                best = kept
        return best

    def _brought_up(
        self,
        parts: Parts,
        definitions: Sequence[IndicatorDefinition],
        later: Mapping[tuple[int, int], Sequence[tuple[int, Kept | None]]],
        found: list[PerPart],
        anew: dict[int, list[int]],
    ) -> None:
        """Kept tables, or none where the part is new, with what came and went since; a part of which not as much is found to have gone as the log says is made anew."""
        groups: dict[tuple[int, tuple[int, ...]], list[int]] = {}
        for (year, since), several in later.items():
            groups.setdefault((since, tuple(number for number, _ in several)), []).append(year)
        for (since, numbers), years in groups.items():
            group = [definitions[number] for number in numbers]
            change = self._counted(parts, group, parts.changes(years, since), signed=True)
            for year in years:
                mine = change.filter(pc.equal(change[YEAR], year))
                if int(pc.sum(mine[WENT]).as_py() or 0) != parts.went(year, since):
                    anew.setdefault(year, []).extend(numbers)
                    continue
                for at, (number, kept) in enumerate(later[year, since]):
                    before = [] if kept is None else [kept.table]
                    table = _added(definitions[number], [*before, _own(mine, definitions[number], at)])
                    found[number][year] = table
                    self._keep(parts, definitions[number], year, table)

    def _made(
        self, parts: Parts, definitions: Sequence[IndicatorDefinition], anew: Mapping[int, Sequence[int]], found: list[PerPart]
    ) -> None:
        by_numbers: dict[tuple[int, ...], list[int]] = {}
        for year, numbers in anew.items():
            by_numbers.setdefault(tuple(sorted(numbers)), []).append(year)
        for chosen, years in by_numbers.items():
            group = [definitions[number] for number in chosen]
            made = self._counted(parts, group, parts.standing(years), signed=False)
            for year in years:
                mine = made.filter(pc.equal(made[YEAR], year))
                for at, number in enumerate(chosen):
                    table = _added(definitions[number], [_own(mine, definitions[number], at)])
                    found[number][year] = table
                    self._keep(parts, definitions[number], year, table)

    def _counted(self, parts: Parts, definitions: Sequence[IndicatorDefinition], relation: str, *, signed: bool) -> pa.Table:
        query = CellPass(definitions, self.engine.words, signed=signed).query()
        return self.engine.table(query, parts.home, parts.register.id, relation)

    def _keep(self, parts: Parts, definition: IndicatorDefinition, year: int, table: pa.Table) -> None:
        head = {"of": _of(definition, year), "position": parts.position, "log": parts.log_digest, "files": parts.stamps(year)}
        keep_table(_folder(parts, definition, year), head, table, _MOST)


@dataclass(frozen=True)
class Cells:
    """Cells of definitions by their id, at one position."""

    tables: Mapping[str, Sequence[pa.Table]]

    def rows(self, definition: IndicatorDefinition, head: str, asked: Asked, *, every_place: bool, rows: bool) -> list[Row]:
        """What an engine would answer: a row for each place and period, and for each place one of the records that no day places (of
        every place, also when it has none)."""
        names = [name for name in self._names(definition) if rows or not name.startswith(("word", "versions"))]
        apart = [apart_column(name) for name in definition.apart]
        sums = [f'sum("{name}") as "{head}{name}"' for name in names]
        ends = [
            f'{by}("{column}") filter (used > 0) as "{head}apart{number}_{end}"'
            for number, column in enumerate(apart)
            for by, end in (("min", "least"), ("max", "most"))
        ]
        place = f"left({PLACE}, {int(asked.level)}) as place"
        dated = f"select place as {PLACE}, n as {PERIOD}, {', '.join([*sums, *ends])} from dated group by all"
        undated = [f'sum("{name}") filter ({MONTH} is null) as "{head}{name}"' for name in names]
        of_places = f"select place as {PLACE}, {UNDATED_PERIOD} as {PERIOD}, {', '.join(undated)} from placed group by all"
        if not every_place:
            of_places += f" having bool_or({MONTH} is null)"
        with self._opened(definition, asked, f"*, {place}") as connection:
            undatable = every_place or not definition.register.field(definition.event).required
            queries = (dated, of_places) if undatable else (dated,)
            return [row for query in queries for row in _dicts(connection, query)]

    def reporting(self, definition: IndicatorDefinition, asked: Asked) -> Reporting:
        """The places of the records that count."""
        found: dict[tuple[str, int], list[tuple[str, date | None]]] = {}
        query = "select place, n, reporting from dated group by all having sum(used) > 0"
        place = f"left({PLACE}, {int(asked.level)}) as place, {PLACE} as reporting"
        with self._opened(definition, asked, f"*, {place}") as connection:
            for prefix, number, reporting in connection.execute(query).fetchall():
                found.setdefault((prefix or "", int(number)), []).append((reporting, None))
        return found

    def _opened(self, definition: IndicatorDefinition, asked: Asked, columns: str) -> duckdb.DuckDBPyConnection:
        """The views `placed` and `dated`: cells of the places asked for, and those of each period."""
        connection = duckdb.connect()
        connection.register("cells", _joined(self.tables[definition.id]))
        wanted = ", ".join(f"'{prefix}'" for prefix in asked.prefixes or ())
        where = f"where place in ({wanted})" if asked.prefixes is not None and asked.level else ""
        connection.execute(f"create view placed as select * from (select {columns} from cells) {where}")
        first = date.min if definition.window is Window.TO_END else None
        months = ", ".join(
            f"({n}, date '{month}')"
            for n, period in enumerate(asked.periods)
            for month in self._months(definition)
            if (first or period.start) <= month <= period.end
        )
        months = f"values {months}" if months else "select 0, null::date where false"
        connection.execute(f"create view dated as select * from placed join ({months}) p(n, {MONTH}) using ({MONTH})")
        return connection

    def _months(self, definition: IndicatorDefinition) -> list[date]:
        """The months that have cells."""
        found = {month for table in self.tables[definition.id] for month in pc.unique(table[MONTH]).to_pylist()}
        return sorted(month for month in found if month is not None)

    def _names(self, definition: IndicatorDefinition) -> list[str]:
        return [name for name in self.tables[definition.id][0].column_names if not name.startswith("_")]


def _dicts(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    heads = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]


def _own(cells: pa.Table, definition: IndicatorDefinition, number: int) -> pa.Table:
    """The columns of one definition, without its number."""
    head = f"d{number}_"
    keys = [PLACE, MONTH, *(apart_column(name) for name in definition.apart)]
    names = [name for name in cells.column_names if name.startswith(head)]
    return cells.select([*keys, *names]).rename_columns([*keys, *(name.removeprefix(head) for name in names)])


def _added(definition: IndicatorDefinition, tables: Iterable[pa.Table]) -> pa.Table:
    """Cells added up, without those of which no record is left."""
    keys = [PLACE, MONTH, *(apart_column(name) for name in definition.apart)]
    several = list(tables)
    names = [name for name in several[0].column_names if name not in keys]
    sums = ", ".join(f'sum("{name}")::{_kind(several, name)} as "{name}"' for name in names)
    by = ", ".join(f'"{key}"' for key in keys)
    with duckdb.connect() as connection:
        for number, table in enumerate(several):
            connection.register(f"cells{number}", table)
        every = " union all by name ".join(f"select * from cells{number}" for number in range(len(several)))
        # DuckDB makes a moment of the first of a month.
        every = f"select * replace ({MONTH}::DATE as {MONTH}) from ({every})"
        query = f"select {by}, {sums} from ({every}) group by {by} having sum(seen) <> 0 order by {by}"
        return _narrow(connection.sql(query).to_arrow_table())


def _narrow(table: pa.Table) -> pa.Table:
    """Whole numbers in 64 bits where all fit, which is read and added in a fraction of the time."""
    for at, field_ in enumerate(table.schema):
        if pa.types.is_decimal(field_.type) and field_.type.scale == 0:
            with suppress(pa.ArrowInvalid):
                table = table.set_column(at, field_.name, table.column(at).cast(pa.int64()))
    return table


def _joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables of parts as one; where some have wider numbers, all have."""
    kinds = {name: {table.schema.field(name).type for table in tables} for name in tables[0].column_names}
    wide = {name: next(t for t in types if pa.types.is_decimal(t)) for name, types in kinds.items() if len(types) > 1}
    schema = pa.schema([(name, wide.get(name, next(iter(types)))) for name, types in kinds.items()])
    return pa.concat_tables([table.select(schema.names).cast(schema) for table in tables])


def _kind(tables: Iterable[pa.Table], name: str) -> str:
    """Wide enough for any sum that an engine gives, and exact: a sum that does not fit is an error, not another number."""
    scales = [table.schema.field(name).type.scale for table in tables if pa.types.is_decimal(table.schema.field(name).type)]
    return f"DECIMAL(38, {max(scales, default=0)})"


def _of(definition: IndicatorDefinition, year: int) -> dict[str, Any]:
    return {"edition": _EDITION, "definition": definition.digest, "register": definition.register.id, "part": year}


def _folder(parts: Parts, definition: IndicatorDefinition, year: int) -> Path:
    return parts.home.derived / "sums" / definition.register.id / definition.digest / str(year)
