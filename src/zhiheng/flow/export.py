"""Records of a register as known at a position, into a file that an import reads back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from zhiheng.base.errors import DataError, UsageError
from zhiheng.evidence.intake.forms.placing import placed
from zhiheng.evidence.intake.forms.record_files import FORMATS
from zhiheng.evidence.intake.forms.records import records
from zhiheng.evidence.lake.columns import PERSON
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.people import recall
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.lake.table import opened, paths
from zhiheng.evidence.registers.model import Register

Progress = Callable[[int], None]
_AT_ONCE = 20_000
# Bounds the memory of sorting; what is more goes to disk.
_MEMORY = "512MB"
_FULL = ("no space left", "disk quota", "not enough disk space", "max_temp_directory_size")


@dataclass(slots=True)
class Exported:
    """How many records left; of how many the personal fields were there, and of how many no longer."""

    rows: int = 0
    persons: int = 0
    erased: int = 0


def export(
    home: Home, register: Register, out: Path, position: int | None = None, progress: Progress | None = None
) -> Exported:
    """Write the records to `out`, in the format its ending says, in order of key; `out` is there whole or not at all."""
    form = FORMATS.get(out.suffix.lower())
    if form is None:
        raise UsageError("flow.export_ending", file=str(out), endings=list(FORMATS))
    _demand(home, register, position)
    done = Exported()
    with placed(out) as part, _sorting(out) as connection:
        reader = records(connection, register, known_at(home, register, position), form.writing, _AT_ONCE)
        kinds = {one.name: one.type for one in reader.schema}
        schema = pa.schema([(field.id, kinds.get(field.id, pa.string())) for field in register.fields])
        form.write(part, register, schema, _whole(home, register, reader, schema, done, progress))
    return done


@contextmanager
def _sorting(out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sorts beside `out` what is too much for memory; `OSError` when the disk is full."""
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as spill, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute("set temp_directory = ?", [spill])
        try:
            yield connection
        except (duckdb.IOException, duckdb.OutOfMemoryException) as fault:
            if any(words in str(fault).lower() for words in _FULL):
                raise OSError(ENOSPC, str(fault)) from fault
            raise


def _demand(home: Home, register: Register, position: int | None) -> None:
    """The position must have been reached, and the files must be there."""
    table = opened(home, register.id)
    newest = table.version() if table is not None else 0
    if position is not None and not 0 <= position <= newest:
        raise UsageError("flow.no_such_position", register=register.id, position=position, newest=newest)
    missing = next((path for path in (paths(table) if table is not None else ()) if not Path(path).is_file()), None)
    if missing is not None:
        raise DataError("evidence.lake_file_missing", file=missing)


def _whole(
    home: Home, register: Register, reader: pa.RecordBatchReader, schema: pa.Schema, done: Exported, progress: Progress | None
) -> Iterator[pa.RecordBatch]:
    """The batches with all columns of the form, in their order; personal fields as far as they are still there."""
    for batch in reader:
        persons = batch.column(PERSON).to_pylist()
        wanted = list(dict.fromkeys(person for person in persons if person is not None))
        found = recall(home, register.id, wanted) if wanted else {}
        there = sum(person in found for person in persons)
        done.rows += len(batch)
        done.persons += there
        done.erased += sum(person is not None for person in persons) - there
        if progress is not None:
            progress(done.rows)
        own = set(batch.schema.names)
        columns = [batch.column(one.name) if one.name in own else _told(one.name, persons, found) for one in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _told(name: str, persons: list[str | None], found: Mapping[str, Mapping[str, str]]) -> pa.Array:
    """What is known of each person in one field."""
    return pa.array([found.get(person or "", {}).get(name) for person in persons], pa.string())
