"""Which table do JSON records hold, one a line or in one list? Numbers are kept as they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.sources.raw_table import BATCH, CellFault, Known, Origin, RawBatch, RawTable

# A list has to be read whole; longer ones are handed in one record a line.
_LONGEST_LIST = 64 * 1024 * 1024
_SNIFFED = 1024
# More than a workbook has columns; keys of which every record has its own are values in the wrong place.
_MOST_KEYS = 16_384
Record = Mapping[str, Any]


def json_table(path: Path, known: Known) -> Iterator[RawTable]:
    """The one table of the file; its columns are the keys in the order in which they first stand."""
    origin = Origin(path.name, "")
    keys: dict[str, None] = {}
    for _, record in _records(path):
        keys.update(dict.fromkeys(record))
        if len(keys) > _MOST_KEYS:
            raise DataError("evidence.too_many_columns", file=path.name, limit=_MOST_KEYS)
    if not any(known(key) for key in keys):
        yield origin.left_out("evidence.sheet_without_table")
        return
    yield RawTable("", 0, tuple(keys), batches=_batches(path, tuple(keys)))


def _batches(path: Path, keys: tuple[str, ...]) -> Iterator[RawBatch]:
    records = _records(path)
    while part := list(islice(records, BATCH)):
        faults: list[CellFault] = []
        columns: list[list[str | None]] = []
        for at, key in enumerate(keys):
            column = [_text(record.get(key)) for _, record in part]
            columns.append(column)
            faults += [(i, at, "evidence.nested_value") for i, (_, r) in enumerate(part) if isinstance(r.get(key), dict | list)]
        yield RawBatch([number for number, _ in part], columns, faults)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return _whole(str(value)).strip() or None


def _whole(text: str) -> str:
    """Without halves of characters, which JSON can write and no text can hold."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _records(path: Path) -> Iterator[tuple[int, Record]]:
    """Each record with its line, or its place in the list."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            if stream.read(_SNIFFED).lstrip().startswith("["):
                yield from enumerate(_listed(path), 1)
                return
            stream.seek(0)
            for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LIST), ""), 1):
                if len(line) == _LONGEST_LIST:
                    raise DataError("evidence.json_list_too_long", file=path.name, limit=_LONGEST_LIST >> 20)
                if line.strip():
                    yield number, _record(line.lstrip("\ufeff"), path, number)
    except UnicodeDecodeError as fault:
        raise DataError("documents.undecodable", file=path.name) from fault


def _listed(path: Path) -> list[Record]:
    if path.stat().st_size > _LONGEST_LIST:
        raise DataError("evidence.json_list_too_long", file=path.name, limit=_LONGEST_LIST >> 20)
    with path.open(encoding="utf-8-sig") as stream:
        try:
            records = json.load(stream, parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError) as fault:
            raise DataError("evidence.broken_json", file=path.name, row=1, detail=str(fault)) from fault
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise DataError("evidence.no_json_record", file=path.name, row=number)
    return list(records)


def _record(line: str, path: Path, number: int) -> Record:
    try:
        record = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as fault:
        raise DataError("evidence.broken_json", file=path.name, row=number, detail=str(fault)) from fault
    if not isinstance(record, dict):
        raise DataError("evidence.no_json_record", file=path.name, row=number)
    return record
