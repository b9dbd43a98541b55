"""Which columns does a record have in the lake beside the fields of its register?"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from zhiheng.evidence.registers.model import Field, FieldKind, Register

# Of what is kept of every record; `_year` and `_corrects` part the files.
KEY, VERSION, KNOWN_FROM, DIGEST = "_key", "_version", "_known_from", "_digest"
IMPORT, FILE, SHEET, ROW, REPORTER, PERSON = "_import", "_file", "_sheet", "_row", "_reporter", "_person"
YEAR, CORRECTS = "_year", "_corrects"
PARTS = (YEAR, CORRECTS)
_LONG, _SHORT = 38, 18

_OURS: Mapping[str, tuple[str, pa.DataType]] = {
    KEY: ("VARCHAR", pa.string()),
    VERSION: ("INTEGER", pa.int32()),
    KNOWN_FROM: ("BIGINT", pa.int64()),
    DIGEST: ("BLOB", pa.binary()),
    IMPORT: ("VARCHAR", pa.string()),
    FILE: ("VARCHAR", pa.string()),
    SHEET: ("VARCHAR", pa.string()),
    ROW: ("INTEGER", pa.int32()),
    REPORTER: ("VARCHAR", pa.string()),
    PERSON: ("VARCHAR", pa.string()),
    YEAR: ("INTEGER", pa.int32()),
    CORRECTS: ("BOOLEAN", pa.bool_()),
}


def sql_type(field: Field) -> str:
    """The type of a field's column in DuckDB."""
    match field.kind:
        case FieldKind.DATE:
            return "DATE"
        case FieldKind.DATETIME:
            return "TIMESTAMP"
        case FieldKind.DECIMAL:
            return f"DECIMAL({_digits(field)},{field.decimals})"
        case FieldKind.INTEGER:
            return "BIGINT"
        case FieldKind.BOOLEAN:
            return "BOOLEAN"
        case _:
            return "VARCHAR"


def _digits(field: Field) -> int:
    return _SHORT if field.decimals <= 6 else _LONG


def _arrow_type(field: Field) -> pa.DataType:
    match field.kind:
        case FieldKind.DATE:
            return pa.date32()
        case FieldKind.DATETIME:
            return pa.timestamp("us")
        case FieldKind.DECIMAL:
            return pa.decimal128(_digits(field), field.decimals)
        case FieldKind.INTEGER:
            return pa.int64()
        case FieldKind.BOOLEAN:
            return pa.bool_()
        case _:
            return pa.string()


def kept_fields(register: Register) -> tuple[Field, ...]:
    """The fields that stand in the record itself, derived ones included."""
    return (*register.open_fields, *(d.field for d in register.derived))


def arrow_schema(register: Register) -> pa.Schema:
    """The columns of a register's table."""
    own = [(f.id, _arrow_type(f)) for f in kept_fields(register)]
    return pa.schema(own + [(name, kind) for name, (_, kind) in _OURS.items()])


def sql_columns(register: Register) -> Mapping[str, str]:
    """Name → type in DuckDB of every column of a register's table."""
    return {f.id: sql_type(f) for f in kept_fields(register)} | {name: kind for name, (kind, _) in _OURS.items()}
