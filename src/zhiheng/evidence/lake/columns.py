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


def _types(field: Field) -> tuple[str, pa.DataType]:
    """The type of a field's column in DuckDB and in Arrow."""
    match field.kind:
        case FieldKind.DATE:
            return "DATE", pa.date32()
        case FieldKind.DATETIME:
            return "TIMESTAMP", pa.timestamp("us")
        case FieldKind.DECIMAL:
            digits = _SHORT if field.decimals <= 6 else _LONG
            return f"DECIMAL({digits},{field.decimals})", pa.decimal128(digits, field.decimals)
        case FieldKind.INTEGER:
            return "BIGINT", pa.int64()
        case FieldKind.BOOLEAN:
            return "BOOLEAN", pa.bool_()
        case _:
            return "VARCHAR", pa.string()


def _columns(register: Register) -> Mapping[str, tuple[str, pa.DataType]]:
    """The fields that stand in the record itself, derived ones included, and ours."""
    kept = (*register.open_fields, *(d.field for d in register.derived))
    return {**{field.id: _types(field) for field in kept}, **_OURS}


def arrow_schema(register: Register) -> pa.Schema:
    """The columns of a register's table."""
    return pa.schema([(name, kind) for name, (_, kind) in _columns(register).items()])


def sql_columns(register: Register) -> Mapping[str, str]:
    """Name → type in DuckDB of every column of a register's table."""
    return {name: kind for name, (kind, _) in _columns(register).items()}
