"""What stands in an Excel workbook, formulas and merged blocks seen, nothing computed?

Not the table a reader of the paper sees (`documents.readers.xlsx` gives that): here a formula is a formula whatever
result somebody's Excel stored beside it, a number is the exact decimal that was typed, and rows without content cost
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import DEFAULT_LIMITS, Limits
from zhiheng.documents.readers.package import Package
from zhiheng.evidence.intake.number_format import Look, look_of, number_cell
from zhiheng.evidence.intake.sheet import Cell, CellKind, Merge, Sheet, Workbook, column_number

# What the libraries raise on damaged XML or numbers that are none.
_BROKEN = (etree.XMLSyntaxError, LookupError, ValueError, ArithmeticError)
_REFERENCE = re.compile(r"^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    looks: tuple[Look, ...]
    epoch_1904: bool


def read_xlsx(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The visible sheets of a workbook; hidden ones hold lists for drop-downs, not figures."""
    package = Package(content, file, limits)
    try:
        return _read(package, file)
    except _BROKEN as fault:
        raise DataError("evidence.broken_workbook", file=file) from fault


def _read(package: Package, file: str) -> Workbook:
    main = next((path for _, path in package.related("", "officeDocument")), "")
    root = package.xml(main) if main else None
    if root is None or etree.QName(root).localname != "workbook":
        raise DataError("evidence.not_a_workbook", file=file)
    properties = root.find("{*}workbookPr")
    shared = _Shared(
        strings=_strings(_only(package, main, "sharedStrings")),
        looks=_looks(_only(package, main, "styles")),
        epoch_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )
    paths = dict(package.related(main, "worksheet"))
    sheets = []
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        relation = next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}id")), "")
        if relation in paths and entry.get("state", "visible") == "visible":
            sheets.append(_sheet(package.part(paths[relation]) or b"", str(entry.get("name")), shared))
    return Workbook(file, tuple(sheets))


def _only(package: Package, main: str, kind: str) -> etree._Element | None:
    path = next((path for _, path in package.related(main, kind)), None)
    return package.xml(path) if path else None


def _strings(root: etree._Element | None) -> tuple[str, ...]:
    return () if root is None else tuple(_text(item) for item in root.iterfind("{*}si"))


def _text(item: etree._Element) -> str:
    """The runs of a string; pronunciation guides (rPh) are not part of it."""
    return "".join(t.text or "" for t in item.iter("{*}t") if next(t.iterancestors("{*}rPh"), None) is None)


def _looks(root: etree._Element | None) -> tuple[Look, ...]:
    if root is None:
        return ()
    own = {int(str(f.get("numFmtId"))): str(f.get("formatCode")) for f in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = [int(x.get("numFmtId") or 0) for x in root.iterfind("{*}cellXfs/{*}xf")]
    return tuple(look_of(i, own.get(i)) for i in ids)


def _sheet(part: bytes, name: str, shared: _Shared) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    merges: list[Merge] = []
    number = 0
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    for _, element in etree.iterparse(BytesIO(part), tag=("{*}row", "{*}mergeCell"), **options):
        if etree.QName(element).localname == "mergeCell":
            merges += _merge(str(element.get("ref")))
            continue
        number = int(element.get("r") or number + 1)
        cells = {column: cell for column, cell in _cells(element, shared) if cell.kind is not CellKind.EMPTY}
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


def _cells(row: etree._Element, shared: _Shared) -> Iterator[tuple[int, Cell]]:
    column = 0
    for c in row:
        reference = c.get("r")
        column = column_number(reference) if reference else column + 1
        if len(c):
            yield column, _cell(c, shared)


def _cell(c: etree._Element, shared: _Shared) -> Cell:
    parts = {str(child.tag).rpartition("}")[2]: child for child in c}
    kind = c.get("t", "n")
    if "f" in parts:
        return Cell(CellKind.FORMULA, "=" + (parts["f"].text or "…"))
    if "is" in parts:
        return _words(_text(parts["is"]))
    stored = parts["v"].text if "v" in parts else None
    if not stored:
        return Cell()
    if kind == "n":
        style = int(c.get("s") or 0)
        return number_cell(stored, shared.looks[style] if style < len(shared.looks) else Look.PLAIN, shared.epoch_1904)
    if kind == "s":
        return _words(shared.strings[int(stored)])
    if kind == "e":
        return Cell(CellKind.ERROR, stored)
    if kind == "b":
        return Cell(CellKind.TEXT, "TRUE" if stored == "1" else "FALSE")
    return Cell(CellKind.DATE, stored[:10]) if kind == "d" else _words(stored)


def _words(text: str) -> Cell:
    stripped = text.strip().strip("\ufeff")
    return Cell(CellKind.TEXT, stripped) if stripped else Cell()
