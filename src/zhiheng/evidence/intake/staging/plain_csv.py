"""Can a file of comma-separated lines be taken in at once, by the database itself?

Only when that cannot differ from reading it line by line: UTF-8, the header in the first line, one line a row, as many
fields in each, and nothing that has to be looked at (formulas, totals, notes, the header again). Otherwise nothing is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from zhiheng.evidence.intake.sources.table_body import FIRST, LEFT_OUT, is_running
from zhiheng.evidence.intake.staging.raw_rows import FAULTY, FILE, RAW, ROW, SHEET, Layout
from zhiheng.evidence.intake.staging.writings import BLANKS, listed, quoted, tidied
from zhiheng.evidence.registers.model import Register

_SEPARATORS = ",\t;"
_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 24
_LONGEST_HEADER = 1 << 16
# A field that begins with one of these is looked at: formulas, and texts that a spreadsheet was kept from taking for one.
_FORMULA = "^('*[=@]|'+[+-])"


def take(
    connection: duckdb.DuckDBPyConnection, register: Register, layout: Layout, file: str, path: Path, headers: Sequence[str]
) -> int | None:
    """Fill `raw` with the rows of a file; how many, or None when it has to be read line by line."""
    separator = _separator(path, headers)
    if separator is None:
        return None
    look = _look(path, separator)
    if look is None:
        return None
    layout = replace(layout, rare_blanks=look.rare_blanks)
    columns = [f"c{index}" for index in range(len(headers))]
    kinds = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    read = (
        f"read_csv({quoted(str(path))}, columns = {{{kinds}}}, auto_detect = false, header = false, skip = 1, "
        f"delim = {quoted(separator)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false, "
        "encoding = 'utf-8', parallel = true, max_line_size = 1048576)"
    )
    chosen = layout.select(register, {field_id: columns[index] for field_id, index in layout.columns.items()})
    try:
        connection.execute(
            f"insert into {RAW} select {quoted(file)} as {FILE}, '' as {SHEET}, null as {ROW}, {_odd(columns, headers, rare=look.rare_blanks)} as {FAULTY}, "
            f"{chosen} from {read}"
        )
        rows, odd = connection.execute(f"select count(*), count(*) filter ({FAULTY}) from {RAW}").fetchall()[0]
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        rows, odd = 0, 1
    if odd or rows != look.lines - 1:
        connection.execute(f"delete from {RAW}")
        return None
    return int(rows)


def _odd(columns: Sequence[str], headers: Sequence[str], *, rare: bool) -> str:
    """SQL: the row has to be looked at."""
    first, second = f"coalesce({', '.join(columns)})", f"coalesce({', '.join(columns[1:] or columns)})"
    again = " or ".join(f"{column} = {quoted(header)}" for column, header in list(zip(columns, headers, strict=True))[:3])
    formula = " or ".join(
        f"(unicode({column}) in (39, 61, 64) and regexp_matches({column}, {quoted(_FORMULA)}))" for column in columns
    )
    numbered = f"or {tidied(second, rare=rare)} is null " if len(columns) > 1 and is_running(headers[0]) else ""
    begins = listed(tuple(sorted(FIRST)))
    noted = " or ".join(
        f"(left({text}, 1) in {begins} and regexp_full_match(regexp_replace({text}, '\\s+', '', 'g'), {quoted(LEFT_OUT)}))"
        for text in (first, second)
    )
    return f"{tidied(first, rare=rare)} is null {numbered}or coalesce({again}, false) or coalesce({noted}, false) or coalesce({formula}, false)"


def _separator(path: Path, headers: Sequence[str]) -> str | None:
    """What separates exactly these headers in the first line."""
    with path.open("rb") as stream:
        first = stream.readline(_LONGEST_HEADER).removeprefix(_MARK)
    try:
        line = first.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return None
    return next((mark for mark in _SEPARATORS if [part.strip() for part in line.split(mark)] == list(headers)), None)


@dataclass(frozen=True, slots=True)
class _Look:
    """How many lines a file has, and whether there are blanks in it other than spaces."""

    lines: int
    rare_blanks: bool


def _look(path: Path, separator: str) -> _Look | None:
    """One pass over the bytes; None when lines do not all end alike, or when there are bytes that are no text."""
    feeds = returns = pairs = 0
    # A separator that is a blank is one only within quotation marks.
    rare = tuple((blank if blank != separator else '"').encode() for blank in BLANKS if blank not in " \r\n")
    found, last = False, b""
    with path.open("rb") as stream:
        stream.seek(len(_MARK) if stream.read(len(_MARK)) == _MARK else 0)
        while block := stream.read(_BLOCK):
            feeds, returns = feeds + block.count(b"\n"), returns + block.count(b"\r")
            pairs += block.count(b"\r\n") + (last.endswith(b"\r") and block.startswith(b"\n"))
            found = found or any(blank in block for blank in rare) or any(blank in last + block[:2] for blank in rare)
            last = block[-2:]
            if b"\0" in block:
                return None
    if returns not in (0, feeds) or returns != pairs:
        return None
    return _Look(feeds + (not last.endswith(b"\n")), found)
