"""What stands in a file of comma-separated lines, as spreadsheets save it?"""

from __future__ import annotations

import csv
import io

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import decode
from zhiheng.evidence.intake.sheet import Cell, CellKind, Sheet, Workbook

SHEET = "CSV"
_HEAD = 20_000


def read_delimited(content: bytes, file: str) -> Workbook:
    """One sheet; a cell that begins with `=` is a formula for whoever opens the file, so it is one here."""
    text = decode(content, file)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error as fault:
        raise DataError("evidence.broken_csv", file=file, detail=str(fault)) from fault
    rows = {}
    for number, line in enumerate(lines, 1):
        cells = {column: _cell(field) for column, field in enumerate(line, 1) if field.strip()}
        if cells:
            rows[number] = cells
    return Workbook(file, (Sheet(SHEET, rows),))


def _delimiter(text: str) -> str:
    """The separator that occurs most in the first lines."""
    head = text[:_HEAD]
    return max(",\t;", key=lambda c: (head.count(c), c == ","))


def _cell(field: str) -> Cell:
    text = field.strip()
    if text.startswith("'") and text[1:2] in "=+-@":
        text = text[1:]
    elif text.startswith("="):
        return Cell(CellKind.FORMULA, text)
    return Cell(CellKind.TEXT, text)
