"""Which table does a text of separated fields hold? Read line by line, whatever its length and its encoding."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem
from zhiheng.documents.readers.decoding import encoding_of
from zhiheng.evidence.intake.forms.guarding import unguarded
from zhiheng.evidence.intake.sources.raw_table import BATCH, BEYOND, CellFault, Known, Origin, RawBatch, RawTable
from zhiheng.evidence.intake.sources.table_body import Screen
from zhiheng.evidence.intake.sources.table_head import SEARCHED, Head, find_head, units_above

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_SEPARATORS = ",\t;|"
# Longer than any field; a quotation mark that is never closed would swallow the rest of the file.
_LONGEST_FIELD = 1 << 17
# ="00123" is how spreadsheets are told to keep the zeros.
_KEPT_TEXT = '="'
_LONGEST_LINE = 1 << 22
# Stands in a line of its own below the last one, unless a quotation mark is still open there.
_END = "\x1dend\x1d"
Line = tuple[int, list[str]]


def delimited_table(path: Path, known: Known) -> Iterator[RawTable]:
    """The one table of the file."""
    origin = Origin(path.name, "")
    encoding = _encoding(path)
    separator = _separator(path, encoding, known)
    lines = _lines(path, encoding, separator)
    first = list(islice(lines, SEARCHED))
    rows = {n: {c: text for c, text in enumerate(_plain(fields), 1) if text} for n, fields in first}
    head = find_head(rows, (), known)
    if head is None:
        yield origin.left_out("evidence.sheet_without_table")
        return
    problems: list[Problem] = []
    below = chain((line for line in first if line[0] > head.bottom), lines)
    batches = _batches(below, head, origin, problems)
    plain = encoding.startswith("utf-8") and head.bottom == 1
    units = units_above(rows[number] for number in rows if number < head.top)
    yield RawTable("", head.bottom, head.labels, batches=batches, problems=problems, plain=plain, units=units)


def _batches(lines: Iterator[Line], head: Head, origin: Origin, problems: list[Problem]) -> Iterator[RawBatch]:
    screen = Screen(head.labels)
    width = max(head.columns)
    while part := list(islice(lines, BATCH)):
        rows: list[int] = []
        faults: list[CellFault] = []
        columns: list[list[str | None]] = [[] for _ in head.columns]
        for number, fields in part:
            if not any(field.strip() for field in fields):
                continue
            for at, column in enumerate(head.columns):
                text = fields[column - 1].strip() if column <= len(fields) else ""
                if text and text[0] in "='":
                    text, formula = _unguarded(text)
                    if formula:
                        faults.append((len(rows), at, "evidence.cell_formula"))
                columns[at].append(text or None)
            if len(fields) > width and any(field.strip() for field in fields[width:]):
                faults.append((len(rows), 0, BEYOND))
            rows.append(number)
        yield screen.sift(rows, columns, faults)
    problems += screen.findings(origin)


def _unguarded(text: str) -> tuple[str, bool]:
    """The text without the mark that kept it from being a formula; whether it is one."""
    if text.startswith("'"):
        return unguarded(text), False
    if text.startswith(_KEPT_TEXT) and text.endswith('"') and text.count('"') == 2:
        return text[2:-1], False
    return text, text.startswith("=")


def _plain(fields: list[str]) -> list[str]:
    return [field.strip() for field in fields]


def _lines(path: Path, encoding: str, separator: str) -> Iterator[Line]:
    """Fields of each record with the number of the line it begins in."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(_bounded(stream, path.name), delimiter=separator, strict=False)
            begins = 1
            for fields in reader:
                if fields == [_END]:
                    return
                if fields and fields[-1].endswith(_END):
                    raise DataError("evidence.quote_left_open", file=path.name, row=begins)
                yield begins, fields
                begins = reader.line_num + 1
    except csv.Error as fault:
        raise DataError("evidence.broken_csv", file=path.name, detail=str(fault)) from fault
    except UnicodeDecodeError as fault:
        raise DataError("documents.undecodable", file=path.name) from fault


def _bounded(stream: TextIO, name: str) -> Iterator[str]:
    """The lines, none longer than memory, and the mark of the end."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise DataError("evidence.line_too_long", file=name, limit=_LONGEST_LINE)
        yield line.replace("\0", "") if "\0" in line else line
    yield _END


def _encoding(path: Path) -> str:
    """UTF-8 when all of the file is; else what the characters around the first other byte look like."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
        if start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
            return encoding_of(_whole_lines(start), path.name)
        stream.seek(0)
        decoder, at = codecs.getincrementaldecoder("utf-8")(), 0
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
                at += len(block)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            stream.seek(max(0, at - _SAMPLE))
            around = stream.read(_BLOCK + _SAMPLE)
            first = next((i for i, byte in enumerate(around) if byte > 127), 0)
            begin = around.rfind(b"\n", 0, first) + 1
            return encoding_of(_whole_lines(around[begin : begin + _SAMPLE]), path.name)


def _whole_lines(sample: bytes) -> bytes:
    """Without the line that the sample cuts off."""
    cut = sample.rfind(b"\n")
    return sample[: cut + 1] if cut > 0 and b"\0" not in sample else sample[: len(sample) // 4 * 4]


def _separator(path: Path, encoding: str, known: Known) -> str:
    """The mark between names of columns; where none are known, the one that stands most often in the first lines."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = [line for line in stream.read(_SAMPLE).splitlines()[:SEARCHED] if line.strip()] or [""]

    def named(mark: str) -> int:
        return max(sum(known(part.strip(' "')) for part in line.split(mark)) for line in head)

    return max(_SEPARATORS, key=lambda mark: (named(mark), sum(line.count(mark) for line in head), mark == ","))
