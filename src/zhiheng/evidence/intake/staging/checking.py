"""Which rows of the table `raw` make sense, and what do they say?

Makes the table `checked`: of every row its values, its key and the marks of what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from zhiheng.evidence.intake.staging.conditions import CODED, WORDED, Condition, conditions, marks, mask, text_of, value_sql
from zhiheng.evidence.intake.staging.raw_rows import FAULTY, FILE, NUMBER, RAW, ROW, SHEET
from zhiheng.evidence.intake.staging.words import FIRST, LAST, Span, spans
from zhiheng.evidence.intake.staging.writings import ABSENT, listed, quoted, with_its_unit
from zhiheng.evidence.lake.columns import KEY, YEAR
from zhiheng.evidence.registers.model import Field, Register

CHECKED = "checked"
AT, MARKS = "_at", "_marks"
# Between the parts of a key; no text holds it.
_BETWEEN = "chr(31)"


@dataclass(frozen=True, slots=True)
class Checked:
    """The table `checked`: `asked` by bit, and SQL that holds of the rows without a fatal mark."""

    asked: tuple[Condition, ...]
    columns: int

    @property
    def sound(self) -> str:
        """SQL: no fatal mark."""
        return " and ".join(f"{MARKS}{n} & {bits} = 0" for n, bits in enumerate(mask(self.asked, fatal=True)))

    @property
    def marked(self) -> str:
        """SQL: any mark."""
        return " or ".join(f"{MARKS}{n} <> 0" for n in range(self.columns))


def check(connection: duckdb.DuckDBPyConnection, register: Register, as_of: date) -> Checked:
    """Read and check every row of `raw`; places, industries and codes as valid on the day of the event."""
    joins = {field.id: _lay_out_words(connection, field) for field in register.fields if field.codes is not None}
    asked = conditions(register, f"date {quoted(as_of.isoformat())}")
    marked = list(marks(asked))
    ours = f"{AT}, {FILE}, {SHEET}, {ROW}"
    of_number = {field.unit_field: field for field in register.fields if field.unit_field}
    texts = ", ".join(f"{_text(field, of_number.get(field.id))} as {text_of(field)}" for field in register.fields)
    plain = [field for field in register.fields if field.codes is None]
    values = ", ".join(f'{value_sql(field)} as "{field.id}"' for field in plain)
    looked_up = ", ".join(f'"{n}:words".code as "{n}", "{n}:words".state as "{n}:state"' for n in joins)
    today = f"date {quoted(as_of.isoformat())}"
    event = f'coalesce(typed."{register.event_date}"::date, {today})'
    tables = " ".join(
        _joined(name, (today if register.by_id[name].valid_today else event) if dated else None)
        for name, dated in joins.items()
    )
    key = f"concat_ws({_BETWEEN}, " + ", ".join(f'"{name}"::varchar' for name in register.key) + ")"
    kept = ", ".join(f'"{field.id}"' for field in register.fields)
    connection.execute(
        f"create or replace table {CHECKED} as "
        f"with texts as (select rowid as {AT}, {FILE}, {SHEET}, {NUMBER} as {ROW}, {FAULTY}, {texts} from {RAW}), "
        f"typed as (select *, {values} from texts), "
        f"coded as (select typed.*{', ' + looked_up if joins else ''} from typed {tables}) "
        f'select {ours}, {kept}, {key} as {KEY}, year("{register.event_date}")::integer as {YEAR}, '
        + ", ".join(f"{one} as {MARKS}{n}" for n, one in enumerate(marked))
        + " from coded"
    )
    return Checked(asked, len(marked))


def _joined(name: str, day: str | None) -> str:
    """SQL of the join to what the words of a column mean, on a day when that matters."""
    words = f'"{name}:words"'
    then = f" and {day} >= {words}.start and {day} < {words}.until" if day else ""
    return f'left join {words} on {words}.word = typed."{name}:text"{then}'


def _text(field: Field, number: Field | None) -> str:
    """The text as it came; of what is no text, words for absence are nothing; `number` is the field whose unit it tells."""
    column = f'"{field.id}"'
    if number is not None:
        return with_its_unit(column, f'"{number.id}"')
    return (
        column
        if field.kind in WORDED or field.kind in CODED
        else f"case when {column} not in {listed(ABSENT)} then {column} end"
    )


def _lay_out_words(connection: duckdb.DuckDBPyConnection, field: Field) -> bool:
    """The table `f:words` of what the words of a column mean; whether that depends on the day."""
    words = [
        row[0]
        for row in connection.execute(f'select distinct "{field.id}" from {RAW} where "{field.id}" is not null').fetchall()
    ]
    found = list(spans(field, words))
    connection.register("found_words", _as_arrow(found))
    connection.execute(f'create or replace table "{field.id}:words" as select * from found_words')
    connection.unregister("found_words")
    return any(span.start != FIRST or span.until != LAST for span in found)


def _as_arrow(found: list[Span]) -> pa.Table:
    columns: Mapping[str, pa.Array] = {
        "word": pa.array([s.word for s in found], pa.string()),
        "code": pa.array([s.code for s in found], pa.string()),
        "state": pa.array([s.state.value for s in found], pa.int8()),
        "start": pa.array([s.start for s in found], pa.date32()),
        "until": pa.array([s.until for s in found], pa.date32()),
    }
    return pa.table(dict(columns))
