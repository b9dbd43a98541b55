"""Which table does a Parquet file hold?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.parquet import ParquetFile

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.sources.raw_table import BATCH, CellFault, Known, Origin, RawBatch, RawTable

# Moments with a zone are told in the time of the office.
_ZONE = "Asia/Shanghai"
# Beyond this power of ten a number stays in the writing of powers; written out it could fill the memory.
_FARTHEST = 60


def parquet_table(path: Path, known: Known) -> Iterator[RawTable]:
    """The one table of the file."""
    origin = Origin(path.name, "")
    with _opened(path) as file:
        names = tuple(file.schema_arrow.names)
        if not any(known(name) for name in names):
            yield origin.left_out("evidence.sheet_without_table")
            return
        yield RawTable("", 0, names, batches=_batches(file, path.name))


def _opened(path: Path) -> ParquetFile:
    try:
        return ParquetFile(path)
    except (pa.ArrowException, OSError) as fault:
        raise DataError("evidence.broken_parquet", file=path.name, detail=str(fault).splitlines()[0]) from fault


def _batches(file: ParquetFile, name: str) -> Iterator[RawBatch]:
    number = 1
    try:
        for batch in file.iter_batches(BATCH):
            faults: list[CellFault] = []
            columns = []
            for at, column in enumerate(batch.columns):
                nested = pa.types.is_nested(column.type) or pa.types.is_binary(column.type)
                columns.append(_texts(column))
                if nested:
                    faults += [(i, at, "evidence.nested_value") for i, value in enumerate(column) if value.is_valid]
            yield RawBatch(range(number, number + batch.num_rows), columns, faults)
            number += batch.num_rows
    except (pa.ArrowException, OSError, UnicodeDecodeError) as fault:
        raise DataError("evidence.broken_parquet", file=name, detail=str(fault).splitlines()[0]) from fault


def _texts(column: Any) -> list[str | None]:
    """Exact texts: decimals with their places, days ISO, of a binary number the shortest decimal that means it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_boolean(kind):
        return [None if value is None else "TRUE" if value else "FALSE" for value in column.to_pylist()]
    if pa.types.is_timestamp(kind) and kind.tz:
        column = pc.local_timestamp(column.cast(pa.timestamp(kind.unit, _ZONE)))
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return [None if value is None else value.strip() or None for value in column.to_pylist()]
    if pa.types.is_timestamp(kind):
        return [None if text is None else _to_the_second(text) for text in column.cast(pa.string()).to_pylist()]
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return [None if text is None else _written_out(text) or None for text in column.cast(pa.string()).to_pylist()]
    if pa.types.is_date(kind) or pa.types.is_integer(kind):
        return list(column.cast(pa.string()).to_pylist())
    return [None if value is None else str(value) for value in column.to_pylist()]


def _to_the_second(text: str) -> str:
    """Without a fraction of nothing."""
    moment, _, fraction = text.partition(".")
    return text if fraction.strip("0") else moment


def _written_out(text: str) -> str:
    """A number without powers of ten; nan is what programs write for nothing."""
    if text == "nan":
        return ""
    if "e" not in text and "E" not in text:
        return text
    number = Decimal(text)
    return f"{number:f}" if abs(number.adjusted()) <= _FARTHEST else text
