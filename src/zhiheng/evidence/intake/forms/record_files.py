"""How are records written into a file that an import reads back, in any length?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from pyarrow.parquet import ParquetWriter

from zhiheng.evidence.intake.forms.columns import header
from zhiheng.evidence.intake.forms.guarding import GUARDED
from zhiheng.evidence.intake.forms.records import Writing
from zhiheng.evidence.intake.forms.sheets import FormSheets
from zhiheng.evidence.registers.model import FieldKind, Register

# Excel takes a file of plain text for Chinese of the machine unless it begins with this mark.
_MARK = b"\xef\xbb\xbf"
_BARE = (FieldKind.DECIMAL, FieldKind.INTEGER, FieldKind.BOOLEAN)
Batches = Iterator[pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a format writes values, and what writes its files from batches in the columns of the register."""

    writing: Writing
    write: Callable[[Path, Register, pa.Schema, Batches], None]


def write_csv(path: Path, register: Register, schema: pa.Schema, batches: Batches) -> None:
    """Comma-separated text in UTF-8 with the mark that Excel looks for."""
    named = _named(register, schema)
    with path.open("wb") as stream:
        stream.write(_MARK + _csv_line(named.names).encode())
        with pa_csv.CSVWriter(stream, named, write_options=pa_csv.WriteOptions(include_header=False)) as writer:
            for batch in batches:
                writer.write_batch(pa.RecordBatch.from_arrays([_guarded(column) for column in batch.columns], schema=named))


def _csv_line(texts: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(texts)
    return stream.getvalue()


def _guarded(column: pa.Array) -> pa.Array:
    found = pc.match_substring_regex(column, GUARDED)
    return pc.if_else(found, pc.binary_join_element_wise("'", column, ""), column)


def write_json_lines(path: Path, register: Register, schema: pa.Schema, batches: Batches) -> None:
    """An object a line; numbers in all their digits."""
    names = [json.dumps(header(register.by_id[one.name]), ensure_ascii=False) for one in schema]
    bare = [register.by_id[one.name].kind in _BARE for one in schema]
    with path.open("wb") as stream:
        for batch in batches:
            parts: list[pa.Array | str] = []
            for number, (name, column) in enumerate(zip(names, batch.columns, strict=True)):
                value = column if bare[number] else _json_texts(column)
                parts += [f"{', ' if number else '{'}{name}: ", pc.fill_null(value, "null")]
            lines = pc.binary_join_element_wise(*parts, "}\n", "")
            stream.write("".join(lines.to_pylist()).encode())


def _json_texts(column: pa.Array) -> pa.Array:
    """Each text in quotes; marks that JSON writes in its own way are rare, and then the slow way is taken."""
    if pc.any(pc.match_substring_regex(column, r"[\x00-\x1f\x7f]")).as_py():
        return pa.array(
            [None if text is None else json.dumps(text, ensure_ascii=False) for text in column.to_pylist()], pa.string()
        )
    plain = pc.replace_substring(pc.replace_substring(column, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', plain, '"', "")


def write_parquet(path: Path, register: Register, schema: pa.Schema, batches: Batches) -> None:
    """Typed columns."""
    named = _named(register, schema)
    with path.open("wb") as stream, ParquetWriter(stream, named, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.rename_columns(named.names))


def write_workbook(path: Path, register: Register, schema: pa.Schema, batches: Batches) -> None:
    """Sheets of at most a million rows."""
    with FormSheets(path, register) as sheets:
        for batch in batches:
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                sheets.row(row)


def _named(register: Register, schema: pa.Schema) -> pa.Schema:
    return pa.schema([pa.field(header(register.by_id[one.name]), one.type) for one in schema])


FORMATS: Mapping[str, FileFormat] = {
    ".xlsx": FileFormat(Writing.TYPED, write_workbook),
    ".csv": FileFormat(Writing.WORDS, write_csv),
    ".jsonl": FileFormat(Writing.JSON, write_json_lines),
    ".parquet": FileFormat(Writing.TYPED, write_parquet),
}
