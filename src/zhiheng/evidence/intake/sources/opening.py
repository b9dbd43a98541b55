"""Which reader does a file that was handed in need? Its content says, not its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits
from zhiheng.evidence.intake.sources.delimited_table import delimited_table
from zhiheng.evidence.intake.sources.json_table import json_table
from zhiheng.evidence.intake.sources.parquet_table import parquet_table
from zhiheng.evidence.intake.sources.raw_table import Known, RawTable
from zhiheng.evidence.intake.sources.workbook_tables import workbook_tables

_GIGABYTE = 1 << 30
# Tables are read in pieces: their size costs time, not memory. Empty rows with a style pack a thousand to one.
TABLE_LIMITS = Limits(file_bytes=4 * _GIGABYTE, unpacked_bytes=16 * _GIGABYTE, ratio=1_100, entries=20_000)
_ZIP, _COMPOUND, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
# How pages, papers, pictures and archives begin; a table of a page saved as .xls is one of them.
_OTHERS = (
    *(
        b"%pdf",
        b"{\\rtf",
        b"<!doctype",
        b"<html",
        b"<?xml",
        b"<meta",
        b"<table",
        b"<style",
        b"<head",
        b"\x89png",
        b"\xff\xd8\xff",
    ),
    *(b"\x1f\x8b", b"rar!", b"7z\xbc\xaf", b"pk\x05\x06", b"gif8", b"\x00\x00\x00"),
)
_UTF8_MARK = b"\xef\xbb\xbf"
# What records begin with; a line of a table may begin with a note in brackets.
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]\d\"]")
_NOTHING = b" \t\r\n\v\f\xef\xbb\xbf\xff\xfe"
_SNIFFED = 4096


def tables(path: Path, known: Known, limits: Limits = TABLE_LIMITS) -> Iterator[RawTable]:
    """The tables of a file; `known` says whether a text names a column. Each table's rows are read before the next is asked
    for. `DataError` when the file cannot be read."""
    start = beginning(path, limits)
    text = start.removeprefix(_UTF8_MARK).lstrip()
    if start.startswith(_COMPOUND):
        raise DataError("evidence.old_or_encrypted", file=path.name)
    if start.startswith(_ZIP):
        with path.open("rb") as stream:
            yield from workbook_tables(stream, path.name, known, limits)
    elif start.startswith(_PARQUET):
        yield from parquet_table(path, known)
    elif text[:16].lower().startswith(_OTHERS):
        raise DataError("evidence.unknown_format", file=path.name)
    elif _JSON.match(text):
        yield from json_table(path, known)
    else:
        yield from delimited_table(path, known)


def beginning(path: Path, limits: Limits = TABLE_LIMITS) -> bytes:
    """The first bytes of a file that can be opened, is not empty and not too large; else `DataError`."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_SNIFFED)
        size = path.stat().st_size
    except FileNotFoundError as fault:
        raise DataError("documents.not_found", file=str(path)) from fault
    except IsADirectoryError as fault:
        raise DataError("documents.is_folder", file=str(path)) from fault
    except PermissionError as fault:
        raise DataError("documents.no_permission", file=str(path)) from fault
    except OSError as fault:
        raise DataError("documents.not_readable", file=str(path), number=fault.errno) from fault
    if not start.strip(_NOTHING):
        raise DataError("evidence.empty_file", file=path.name)
    if size > limits.file_bytes:
        raise DataError("evidence.file_too_large", file=path.name, limit=limits.file_bytes >> 20)
    return start
