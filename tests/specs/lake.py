"""The records of a spec in a lake."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from zhiheng.evidence.lake.columns import arrow_schema
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.keeping import Kept, keep
from zhiheng.evidence.registers.model import Register

LAID_BY_US = ("_version", "_known_from", "_import", "_corrects")


def lay(home: Home, register: Register, records: Sequence[Mapping[str, Any]], name: str) -> Kept:
    """Take the records in, as one import of that name made on a day of its own."""
    staged = [_staged(register, record, number) for number, record in enumerate(records, 2)]
    schema = pa.schema([one for one in arrow_schema(register) if one.name not in LAID_BY_US])
    with duckdb.connect() as connection:
        connection.register("given", pa.Table.from_pylist(staged, schema=schema))
        connection.execute("create table staged as select * from given")
        entry = JournalEntry(f"{name} {register.id}", register.id, ImportState.BEGUN, f"{name}T08:00:00+08:00", "示例单位", {})
        return keep(home, register, connection, "staged", entry)


def _staged(register: Register, record: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    event = record[register.event_date]
    ours = {
        "_key": "\x1f".join(str(record[name]) for name in register.key),
        "_digest": hashlib.sha256(repr(sorted((k, v) for k, v in record.items() if v is not None)).encode()).digest()[:16],
        "_file": "f" * 64,
        "_sheet": "s",
        "_row": number,
        "_reporter": "示例单位",
        "_year": event.year if not isinstance(event, datetime) else event.date().year,
    }
    return {**record, **ours}
