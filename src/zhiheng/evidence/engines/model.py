"""What can an engine do, whichever it is?

A query is an Ibis expression over `records_table`. It may only count, sum whole numbers and exact decimals, and take the least
and greatest of texts: whatever an engine answers must be exact, so that all of them answer the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhiheng.evidence.lake.columns import DIGEST, KNOWN_FROM, ROW, VERSION, YEAR, sql_columns
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.registers.model import FieldKind, Register

RECORDS = "records"
# Digits of a record's digest in one word: sums of so many bits stay whole in 64 bits for two thousand million records.
WORD_DIGITS, WORDS = 8, 4

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The records of a register in an installation as known at a position, None for now; `beside` are the positions of other
    registers that are asked as well, each known as it stands now where it is not named."""

    home: Home
    register: Register
    position: int | None = None
    beside: Mapping[str, int] = field(default_factory=dict)

    def other(self, register: Register) -> Source:
        """The records of another register as known at the same time."""
        return Source(self.home, register, self.beside.get(register.id), self.beside)


class Engine(Protocol):
    """Something that runs queries over records."""

    @property
    def name(self) -> str:
        """Name and version, as a receipt quotes them: `duckdb 2.0.1`."""

    def rows(self, query: ir.Table, source: Source) -> list[Row]:
        """What the query answers; `DataError` when files of the lake are missing or damaged."""

    def words(self, digest: ir.Value) -> tuple[ir.IntegerValue, ...]:
        """The digest of a record as `WORDS` whole numbers of `WORD_DIGITS` hexadecimal digits each, first digits first."""


def records_table(register: Register) -> ir.Table:
    """The columns of a register's records, not tied to any engine."""
    kinds = {f.id: f.kind for f in (*register.open_fields, *(d.field for d in register.derived))}
    types = {name: _type(kinds.get(name), name, kind) for name, kind in sql_columns(register).items()}
    return ibis.table(types, name=RECORDS)


def _type(kind: FieldKind | None, name: str, written: str) -> dt.DataType:
    match kind:
        case FieldKind.DATE:
            return dt.Date()
        case FieldKind.DATETIME:
            return dt.Timestamp()
        case FieldKind.DECIMAL:
            digits, decimals = written.removeprefix("DECIMAL(").removesuffix(")").split(",")
            return dt.Decimal(int(digits), int(decimals))
        case FieldKind.INTEGER:
            return dt.Int64()
        case FieldKind.BOOLEAN:
            return dt.Boolean()
        case _:
            ours: Mapping[str, dt.DataType] = {VERSION: dt.Int64(), KNOWN_FROM: dt.Int64(), ROW: dt.Int64(), YEAR: dt.Int64()}
            return dt.Binary() if name == DIGEST else dt.Boolean() if written == "BOOLEAN" else ours.get(name, dt.String())
