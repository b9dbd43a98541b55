"""How do records read in the columns of their form?

Codes as the words that stand for them, nothing that an import would compute or that is ours.
"""

from __future__ import annotations

from enum import Enum

import duckdb
import pyarrow as pa

from zhiheng.evidence.intake.forms.words import sure_words
from zhiheng.evidence.lake.columns import KEY, PERSON
from zhiheng.evidence.registers.model import Field, FieldKind, Register


class Writing(Enum):
    """Whether a file has types of its own; where it has none, how truth is written."""

    TYPED = None
    WORDS = ("是", "否")
    JSON = ("true", "false")


def records(
    connection: duckdb.DuckDBPyConnection, register: Register, rows: str, writing: Writing, size: int
) -> pa.RecordBatchReader:
    """The open fields of the rows that the SQL `rows` gives, and `_person`; in order of key, `size` of them at a time."""
    coded = [field for field in register.open_fields if field.codes is not None]
    for field in coded:
        words = sure_words(field.codes) if field.codes is not None else {}
        connection.register(_words(field), pa.table({"code": list(words), "word": list(words.values())}))
    chosen = ", ".join(f'{_value(field, writing)} as "{field.id}"' for field in register.open_fields)
    joined = " ".join(f'left join "{_words(field)}" on "{_words(field)}".code = r."{field.id}"' for field in coded)
    return connection.sql(f"select {chosen}, r.{PERSON} from ({rows}) r {joined} order by r.{KEY}").to_arrow_reader(size)  # noqa: S608


def _words(field: Field) -> str:
    return f"{field.id}:words"


def _value(field: Field, writing: Writing) -> str:
    column = f'r."{field.id}"'
    if field.codes is not None:
        return f'coalesce("{_words(field)}".word, {column})'
    if writing is Writing.TYPED:
        return column
    match field.kind:
        case FieldKind.BOOLEAN:
            yes, no = writing.value
            return f"case when {column} then '{yes}' when not {column} then '{no}' end"
        case FieldKind.DECIMAL if field.decimals:
            return f"rtrim(rtrim({column}::varchar, '0'), '.')"
        case _:
            return f"{column}::varchar"
