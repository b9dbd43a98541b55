"""What stands in an Excel workbook, formulas and merged blocks seen, nothing computed?

The XML is read directly: one pass, no styles kept but the number formats, rows without content dropped at once, and a
formula is never mistaken for the value that somebody's Excel stored beside it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.number_format import Look, look_of, number_cell
from zhiheng.evidence.intake.sheet import Cell, CellKind, Merge, Sheet, Workbook, column_number

LARGEST_PART = 256 * 1024 * 1024
LARGEST_RATIO = 400
MOST_PARTS = 2000
# What the libraries raise on a damaged archive, damaged XML or numbers that are none.
_BROKEN = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, LookupError, ValueError, ArithmeticError, EOFError)
_RELATION = "{*}Relationship"
_REFERENCE = re.compile(r"^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    looks: tuple[Look, ...]
    epoch_1904: bool


def read_xlsx(content: bytes, file: str) -> Workbook:
    """The visible sheets of a workbook; hidden ones hold lists for drop-downs, not figures."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, file)
    except _BROKEN as fault:
        raise DataError("evidence.broken_workbook", file=file) from fault


def _read(archive: zipfile.ZipFile, file: str) -> Workbook:
    names = {i.filename for i in archive.infolist()}
    if len(names) > MOST_PARTS:
        raise DataError("evidence.workbook_too_large", file=file, limit=LARGEST_PART // 1024 // 1024)
    top = _relations(archive, "_rels/.rels", file)
    main = next((t for kind, t in top.values() if kind == "officeDocument"), None)
    if main is None or main not in names or b"spreadsheetml" not in _part(archive, "[Content_Types].xml", file):
        raise DataError("evidence.not_a_workbook", file=file)
    root = _xml(archive, main, file)
    folder, leaf = posixpath.split(main)
    relations = _relations(archive, f"{folder}/_rels/{leaf}.rels", file)
    by_kind = dict(relations.values())
    properties = root.find("{*}workbookPr")
    book = _Book(
        strings=_strings(archive, by_kind.get("sharedStrings"), file, names),
        looks=_looks(archive, by_kind.get("styles"), file, names),
        epoch_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )
    sheets = []
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        relation = next((v for k, v in entry.attrib.items() if str(k).endswith("}id")), None)
        kind, target = relations.get(str(relation), ("", ""))
        if kind == "worksheet" and entry.get("state", "visible") == "visible":
            sheets.append(_sheet(archive, target, str(entry.get("name")), book, file))
    return Workbook(file, tuple(sheets))


def _part(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """A part, refused when it unpacks to more than any honest workbook holds."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise DataError("evidence.encrypted_workbook", file=file)
    if info.file_size > LARGEST_PART or info.file_size > 1024 * 1024 + LARGEST_RATIO * info.compress_size:
        raise DataError("evidence.workbook_too_large", file=file, limit=LARGEST_PART // 1024 // 1024)
    with archive.open(info) as stream:
        content = stream.read(LARGEST_PART + 1)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise DataError("evidence.unsafe_workbook", file=file)
    return content


def _xml(archive: zipfile.ZipFile, name: str, file: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(_part(archive, name, file), parser)


def _relations(archive: zipfile.ZipFile, name: str, file: str) -> Mapping[str, tuple[str, str]]:
    """Relation id → (last word of its type, path of its target)."""
    if name not in archive.namelist():
        return {}
    base = posixpath.dirname(posixpath.dirname(name))
    found = {}
    for relation in _xml(archive, name, file).iterfind(_RELATION):
        target = str(relation.get("Target"))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        found[str(relation.get("Id"))] = (str(relation.get("Type")).rsplit("/", 1)[-1], path)
    return found


def _strings(archive: zipfile.ZipFile, name: str | None, file: str, names: set[str]) -> tuple[str, ...]:
    if name is None or name not in names:
        return ()
    return tuple(_text(item) for item in _xml(archive, name, file).iterfind("{*}si"))


def _text(item: etree._Element) -> str:
    """The runs of a string; pronunciation guides (rPh) are not part of it."""
    return "".join(t.text or "" for t in item.iter("{*}t") if next(t.iterancestors("{*}rPh"), None) is None)


def _looks(archive: zipfile.ZipFile, name: str | None, file: str, names: set[str]) -> tuple[Look, ...]:
    if name is None or name not in names:
        return ()
    root = _xml(archive, name, file)
    own = {int(str(f.get("numFmtId"))): str(f.get("formatCode")) for f in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = [int(x.get("numFmtId") or 0) for x in root.iterfind("{*}cellXfs/{*}xf")]
    return tuple(look_of(i, own.get(i)) for i in ids)


def _sheet(archive: zipfile.ZipFile, path: str, name: str, book: _Book, file: str) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    merges: list[Merge] = []
    stream = io.BytesIO(_part(archive, path, file))
    number = 0
    tags = ("{*}row", "{*}mergeCell")
    for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False):
        if etree.QName(element).localname == "mergeCell":
            merges += _merge(str(element.get("ref")))
            continue
        number = int(element.get("r") or number + 1)
        cells = {column: cell for column, cell in _cells(element, book) if cell.kind is not CellKind.EMPTY}
        if cells:
            rows[number] = cells
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return Sheet(name, rows, tuple(merges))


def _merge(reference: str) -> Iterator[Merge]:
    if m := _REFERENCE.match(reference):
        top, left = int(m[2]), column_number(m[1])
        yield Merge(top, left, int(m[4] or top), column_number(m[3] or m[1]))


def _cells(row: etree._Element, book: _Book) -> Iterator[tuple[int, Cell]]:
    column = 0
    for c in row:
        reference = c.get("r")
        column = column_number(reference) if reference else column + 1
        if len(c):
            yield column, _cell(c, book)


def _cell(c: etree._Element, book: _Book) -> Cell:
    formula, stored, inline = c.find("{*}f"), c.findtext("{*}v"), c.find("{*}is")
    kind = c.get("t", "n")
    if formula is not None:
        return Cell(CellKind.FORMULA, "=" + (formula.text or "…"))
    if kind == "inlineStr" or inline is not None:
        return _words(_text(inline) if inline is not None else "")
    if stored is None or stored == "":
        return Cell()
    if kind == "s":
        return _words(book.strings[int(stored)])
    if kind == "e":
        return Cell(CellKind.ERROR, stored)
    if kind == "b":
        return Cell(CellKind.TEXT, "TRUE" if stored == "1" else "FALSE")
    if kind == "d":
        return Cell(CellKind.DATE, stored[:10])
    if kind != "n":
        return _words(stored)
    style = int(c.get("s") or 0)
    return number_cell(stored, book.looks[style] if style < len(book.looks) else Look.PLAIN, book.epoch_1904)


def _words(text: str) -> Cell:
    stripped = text.strip().strip("\ufeff")
    return Cell(CellKind.TEXT, stripped) if stripped else Cell()
