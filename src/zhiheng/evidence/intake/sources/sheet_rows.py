"""Which rows stand in a sheet of any length, read piece by piece so that neither its length nor its empty rows cost memory?

Merged blocks and hidden columns stand around the rows in the sheet's XML; they are found by a first pass over its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.number_format import Look, moment, number_cell
from zhiheng.evidence.intake.sheet import Merge, column_number

_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
# Cells that have a style and nothing else, and rows of nothing but them; only where both say where they stand.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?:\s+[a-z]+="[^"<>]*")*\s*(?:/>|></c>)')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]+"(?:\s+[A-Za-z0-9:]+="[^"<>]*")*\s*(?:/>|>\s*</row>)')
# A number that is stored just as it was typed, with no more digits than Excel keeps.
_AS_TYPED = re.compile(r"(?=[-\d.]{1,15}$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AROUND = 64 * 1024 * 1024
_KEPT = 64
_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}


@dataclass(frozen=True, slots=True)
class NumberLook:
    """What a cell's number format makes of its number."""

    look: Look = Look.PLAIN
    timed: bool = False


_NO_LOOK = NumberLook()


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    looks: tuple[NumberLook, ...]
    epoch_1904: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands around the rows of a sheet: merged blocks from the top, ranges of hidden columns."""

    merges: tuple[Merge, ...]
    hidden: tuple[range, ...]

    def hides(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(column in columns for columns in self.hidden)


@dataclass(slots=True)
class SheetRow:
    """A row that holds anything: number of column → text, and the codes of the sentences for cells that hold no value;
    those in `blank` are formulas whose result is a text of no characters."""

    number: int
    hidden: bool
    cells: dict[int, str] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)


def outline_of(pieces: Iterable[bytes], file: str) -> Outline:
    """Merged blocks and hidden columns of a sheet's XML."""
    head, tail, rest = bytearray(), bytearray(), b""
    begun = ended = False
    for piece in pieces:
        if not begun:
            head += piece
            at = _ROWS_BEGIN.search(head)
            if at is None:
                _bound(head, file)
                continue
            begun, block = True, bytes(head[at.start() :])
            del head[at.start() :]
        else:
            block = rest + piece
        if not ended:
            at = _ROWS_END.search(block)
            rest, ended = block[-_KEPT:], at is not None
            tail += block[at.end() :] if at else b""
        else:
            tail += piece
            _bound(tail, file)
    found = (_MERGED.finditer(tail)) if ended else iter(())
    merges = [Merge(int(m[2]), column_number(m[1].decode()), int(m[4]), column_number(m[3].decode())) for m in found]
    return Outline(tuple(sorted(merges, key=lambda m: (m.top, m.left))), tuple(_hidden(bytes(head))))


def _bound(part: bytearray, file: str) -> None:
    if len(part) > _AROUND:
        raise DataError("evidence.broken_workbook", file=file)


def _hidden(head: bytes) -> Iterator[range]:
    for column in _COLUMN.finditer(head):
        said = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(column[1])}
        if said.get("hidden") in ("1", "true") and said.get("min", "").isdigit() and said.get("max", "").isdigit():
            yield range(int(said["min"]), int(said["max"]) + 1)


def sheet_rows(pieces: Iterable[bytes], shared: Shared) -> Iterator[SheetRow]:
    """The rows of a sheet's XML that hold anything, in the order they stand in; formulas that show nothing are nothing when
    the rest of their row is empty, as where a form was prepared further down than it was filled in."""
    number = 0
    for element in elements(_without_empty(pieces), "{*}row"):
        number = int(element.get("r") or number + 1)
        row = SheetRow(number, element.get("hidden") in ("1", "true"))
        _fill(row, element, shared)
        if len(row.cells) > len(row.blank):
            yield row


def elements(pieces: Iterable[bytes], tag: str) -> Iterator[etree._Element]:
    """Every element of a tag in XML that comes in pieces; each is forgotten when the next is asked for."""
    parser: Any = etree.XMLPullParser(events=("end",), tag=tag, **_OPTIONS)  # type: ignore[arg-type]
    for piece in pieces:
        parser.feed(piece)
        for _, element in parser.read_events():
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    parser.close()


def _without_empty(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The XML without cells and rows that have a style and no content: a sheet may carry a million of them."""
    rest = b""
    for piece in pieces:
        block = rest + piece
        cut = block.rfind(b"<")
        if cut > 0:
            yield _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", block[:cut]))
            rest = block[cut:]
        else:
            yield block
            rest = b""
    yield rest


def _fill(row: SheetRow, element: etree._Element, shared: Shared) -> None:
    column = 0
    for c in element:
        reference = c.get("r")
        column = _column(reference.rstrip("0123456789")) if reference else column + 1
        if not len(c):
            continue
        text, code = _cell(c, shared)
        if text:
            row.cells[column] = text
            if code:
                row.faults[column] = code
                if _shows_nothing(c):
                    row.blank.add(column)


def _shows_nothing(c: etree._Element) -> bool:
    """Whether the cell's formula was computed and gave an empty text; one that was never computed has no such kind."""
    return c.get("t") == "str" and not any(child.text for child in c if child.tag.rpartition("}")[2] == "v")


@lru_cache(maxsize=16_384)
def _column(letters: str) -> int:
    return column_number(letters)


def _cell(c: etree._Element, shared: Shared) -> tuple[str, str]:
    """Text of a cell, and the code of what is wrong with it."""
    stored, kind = "", c.get("t", "n")
    for child in c:
        name = child.tag.rpartition("}")[2]
        if name == "f":
            return "=" + (child.text or "…"), "evidence.cell_formula"
        if name == "v":
            stored = child.text or ""
        elif name == "is":
            return tidy(string_of(child)), ""
    if not stored:
        return "", ""
    if kind == "s":
        return shared.strings[int(stored)], ""
    if kind == "n":
        style = int(c.get("s") or 0)
        return number_text(stored, shared.looks[style] if style < len(shared.looks) else _NO_LOOK, shared.epoch_1904), ""
    if kind == "e":
        return stored, "evidence.cell_error"
    if kind == "b":
        return ("TRUE" if stored.strip() == "1" else "FALSE"), ""
    return (_iso(stored) if kind == "d" else tidy(stored)), ""


def number_text(stored: str, shown: NumberLook, epoch_1904: bool) -> str:
    """A stored number as its format means it."""
    if shown is _NO_LOOK or (shown.look is Look.PLAIN and not shown.timed):
        return stored if _AS_TYPED.fullmatch(stored) else number_cell(stored, Look.PLAIN, epoch_1904).text
    if shown.timed and shown.look in (Look.DAY, Look.PLAIN):
        timed = moment(stored, epoch_1904, day=shown.look is Look.DAY)
        return timed or number_cell(stored, Look.PLAIN, epoch_1904).text
    return number_cell(stored, shown.look, epoch_1904).text


def _iso(stored: str) -> str:
    """ISO 8601 as workbooks may store it: `2024-05-01T13:30:00.000` with or without its parts."""
    day, _, clock = stored.strip().rstrip("Z").partition("T")
    return f"{day} {clock.partition('.')[0]}".strip()


def string_of(item: etree._Element) -> str:
    """The runs of a string; pronunciation guides (rPh) are not part of it."""
    return "".join(t.text or "" for t in item.iter("{*}t") if next(t.iterancestors("{*}rPh"), None) is None)


def tidy(text: str) -> str:
    """A text without blanks around it and with the marks that workbooks write as `_x000D_`."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: _unescaped(int(m[1], 16)), text)
    return text.strip().strip("\ufeff")


def _unescaped(character: int) -> str:
    return chr(character) if character >= 32 and not 0xD800 <= character < 0xE000 else "\n" if character == 10 else ""
