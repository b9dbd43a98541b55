"""What do the sheets of a workbook say?

Every visible sheet is one table. Numbers are printed as the sheet shows them; formulas count by their stored results.
python-calamine is faster but knows neither formats nor merged cells.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.base.numerals import whole_number
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.number_formats import BUILT_IN, shown
from zhiheng.documents.readers.package import Package
from zhiheng.documents.tree import Cell, Document, Format, Place, Table, Text

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_Grid = dict[tuple[int, int], str]
_Merge = tuple[int, int, int, int]


def read_xlsx(data: bytes, name: str, limits: Limits) -> Document:
    """A table for every sheet that says something."""
    package = Package(data, name, limits)
    package.refuse_entities()
    main = next((path for _, path in package.related("", "officeDocument")), "xl/workbook.xml")
    root = package.xml(main)
    if root is None:
        raise DataError("documents.damaged", file=name, part=main)
    sheets = dict(package.related(main, "worksheet"))
    book = _Book(package, main, root, name, limits)
    tables: list[Table] = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        path = sheets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "")
        if path and sheet.get("state") not in ("hidden", "veryHidden"):
            grid, merges = book.sheet(path)
            if grid:
                tables.append(book.table(grid, merges, Place(sheet=sheet.get("name") or "", table=len(tables) + 1)))
    return Document(name, Format.XLSX, tuple(tables))


class _Book:
    """What the sheets share: strings, formats, the day from which days are counted."""

    def __init__(self, package: Package, main: str, root: etree._Element, name: str, limits: Limits) -> None:
        self._package, self._name, self._limits = package, name, limits
        self._characters = self._cells = 0
        properties = root.find("{*}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        strings = next((path for _, path in package.related(main, "sharedStrings")), None)
        styles = next((path for _, path in package.related(main, "styles")), None)
        shared = package.xml(strings) if strings else None
        self._strings = [_string(item) for item in shared] if shared is not None else []
        self._formats = _formats(package.xml(styles) if styles else None)

    def sheet(self, path: str) -> tuple[_Grid, list[_Merge]]:
        """Cells that say something by row and column (from 1), and merged ranges."""
        data = self._package.part(path)
        grid: _Grid = {}
        merges: list[_Merge] = []
        number = 0
        if data is None:
            return grid, merges
        source = BytesIO(_used(data))
        tags = ("{*}row", "{*}mergeCell")
        events = etree.iterparse(source, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for _, element in events:
                if element.tag.endswith("}row"):
                    number = max(number + 1, _whole(element.get("r")))
                    self._row(element, number, grid)
                    element.clear()
                elif (merge := _range(element.get("ref") or "")) is not None:
                    merges.append(merge)
        except etree.XMLSyntaxError as fault:
            raise DataError("documents.damaged", file=self._name, part=path) from fault
        return grid, merges

    def _row(self, row: etree._Element, number: int, grid: _Grid) -> None:
        column = 0
        for cell in row:
            place = _REFERENCE.match(cell.get("r") or "") if len(cell) or not column else None
            column = _column(place[1]) if place else column + 1
            said = self._said(cell) if len(cell) else ""
            if said and not said.isspace():
                grid[number, column] = said
                self._cells += 1
                self._characters += len(said)
        self._limits.check_cells(self._cells, self._name)
        self._limits.check_characters(self._characters, self._name)

    def table(self, grid: _Grid, merges: list[_Merge], place: Place) -> Table:
        """The used part of a sheet; merged cells reach no further than it."""
        top, left = min(r for r, _ in grid), min(c for _, c in grid)
        bottom, right = max(r for r, _ in grid), max(c for _, c in grid)
        self._limits.check_cells((bottom - top + 1) * (right - left + 1), self._name)
        spans = {(r, c): (min(last, bottom) - r + 1, min(end, right) - c + 1) for r, c, last, end in merges if (r, c) in grid}
        cells = []
        for (r, c), string in sorted(grid.items()):
            rows, columns = spans.get((r, c), (1, 1))
            text = Text.at(string, replace(place, row=r, column=c))
            cells.append(Cell(text, r - top, c - left, max(rows, 1), max(columns, 1)))
        return Table(tuple(cells), place.table or 1)

    def _said(self, cell: etree._Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return next((_string(inner) for inner in cell if inner.tag.endswith("}is")), "")
        stored = next((inner.text for inner in cell if inner.tag.endswith("}v")), None) or ""
        if kind == "s":
            number = whole_number(stored)
            return self._strings[number] if number is not None and number < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if stored == "1" else "FALSE"
        if kind != "n" or not stored:
            return stored
        style = whole_number(cell.get("s") or "0")
        code = self._formats[style] if style is not None and style < len(self._formats) else "General"
        return shown(stored, code, since_1904=self._since_1904)


def _string(item: etree._Element) -> str:
    """Runs set side by side, without phonetic guides."""
    return "".join(t.text or "" for t in item.iterfind(".//{*}t") if not t.getparent().tag.endswith("}rPh"))  # type: ignore[union-attr]


def _formats(styles: etree._Element | None) -> list[str]:
    """The format code of every cell style."""
    if styles is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode") or "General" for f in styles.iterfind("{*}numFmts/{*}numFmt")}
    ids = [xf.get("numFmtId") or "0" for xf in styles.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(i) or BUILT_IN.get(whole_number(i) or 0, "General") for i in ids]


def _used(data: bytes) -> bytes:
    """The sheet without the rows behind the last value: formatted to the ten-thousandth row, they cost more than the rest."""
    last = max(data.rfind(mark) for mark in (b"<v>", b"<v ", b"<is>", b"<is "))
    end, close = data.find(b"</row>", last), data.rfind(b"</sheetData>")
    return data[: end + len(b"</row>")] + data[close:] if 0 <= last < end < close else data


def _whole(string: str | None) -> int:
    return int(string) if string and re.fullmatch(r"\d{1,7}", string) else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _range(reference: str) -> _Merge | None:
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.match(first), _REFERENCE.match(last)
    return (int(a[2]), _column(a[1]), int(b[2]), _column(b[1])) if a and b else None
