"""Which tables does an Excel workbook hold, row by row as a stream?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.package import Package
from zhiheng.evidence.intake.number_format import look_of, shows_time
from zhiheng.evidence.intake.sheet import Merge
from zhiheng.evidence.intake.sources.raw_table import BATCH, MERGED, CellFault, Known, Origin, RawBatch, RawTable, Rows
from zhiheng.evidence.intake.sources.sheet_rows import (
    NumberLook,
    Outline,
    Shared,
    SheetRow,
    elements,
    outline_of,
    sheet_rows,
    string_of,
    tidy,
)
from zhiheng.evidence.intake.sources.table_body import Screen, is_running
from zhiheng.evidence.intake.sources.table_head import SEARCHED, Head, find_head, units_above

# What the libraries raise on damaged XML or numbers that are none.
_BROKEN = (etree.XMLSyntaxError, LookupError, ValueError, ArithmeticError)
# Sheets of our own templates that hold words, not records.
_WORDS = ("填表说明",)


def workbook_tables(content: IO[bytes], file: str, known: Known, limits: Limits) -> Iterator[RawTable]:
    """The visible sheets as tables, each found by its header; hidden ones are said, since they mostly hold lists."""
    package = Package(content, file, limits)
    try:
        main, root = _main(package, file)
        shared = _shared(package, main, root)
        paths = dict(package.related(main, "worksheet"))
        for entry in root.iterfind("{*}sheets/{*}sheet"):
            relation = next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}id")), "")
            origin = Origin(file, str(entry.get("name")))
            if relation not in paths or origin.sheet in _WORDS:
                continue
            if entry.get("state", "visible") != "visible":
                yield origin.left_out("evidence.hidden_sheet")
                continue
            table = _table(package, paths[relation], origin, shared, known)
            if table is not None:
                yield table
    except _BROKEN as fault:
        raise DataError("evidence.broken_workbook", file=file) from fault


def _unbroken(rows: Iterator[SheetRow], file: str) -> Iterator[SheetRow]:
    """The rows; damage that is met on the way has its sentence."""
    try:
        yield from rows
    except _BROKEN as fault:
        raise DataError("evidence.broken_workbook", file=file) from fault


def _main(package: Package, file: str) -> tuple[str, etree._Element]:
    main = next((path for _, path in package.related("", "officeDocument")), "")
    root = package.xml(main) if main else None
    if root is None or etree.QName(root).localname != "workbook":
        raise DataError("evidence.not_a_workbook", file=file)
    return main, root


def _shared(package: Package, main: str, root: etree._Element) -> Shared:
    properties = root.find("{*}workbookPr")
    strings = next((path for _, path in package.related(main, "sharedStrings")), None)
    styles = next((path for _, path in package.related(main, "styles")), None)
    return Shared(
        strings=tuple(tidy(string_of(item)) for item in elements(package.stream(strings), "{*}si")) if strings else (),
        looks=tuple(_looks(package.xml(styles) if styles else None)),
        epoch_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


def _looks(root: etree._Element | None) -> Iterator[NumberLook]:
    if root is not None:
        own = {int(str(f.get("numFmtId"))): str(f.get("formatCode")) for f in root.iterfind("{*}numFmts/{*}numFmt")}
        for x in root.iterfind("{*}cellXfs/{*}xf"):
            number = int(x.get("numFmtId") or 0)
            yield NumberLook(look_of(number, own.get(number)), shows_time(number, own.get(number)))


def _table(package: Package, path: str, origin: Origin, shared: Shared, known: Known) -> RawTable | None:
    outline = outline_of(package.stream(path), origin.file)
    rows = _unbroken(sheet_rows(package.stream(path), shared), origin.file)
    first = list(islice(rows, SEARCHED))
    if not first:
        return None
    head = find_head({row.number: row.cells for row in first}, outline.merges, known)
    if head is None:
        return origin.left_out("evidence.sheet_without_table")
    below = chain((row for row in first if row.number > head.bottom), rows)
    hidden = tuple(label for column, label in zip(head.columns, head.labels, strict=True) if outline.hides(column))
    problems = [origin.finding("evidence.hidden_columns", {"headers": "、".join(hidden)}, head.bottom)] if hidden else []
    body = _Body(origin, head, outline, problems)
    units = units_above(row.cells for row in first if row.number < head.top)
    return RawTable(origin.sheet, head.bottom, head.labels, hidden, body.batches(below), problems, units=units)


@dataclass(slots=True)
class _Open:
    """A merged block that reaches into the rows that follow, and what stands in its upper left cell."""

    merge: Merge
    text: str | None = None
    code: str = MERGED


@dataclass
class _Body:
    """The rows under a header; every part of a merged block shows its upper left cell, as it does on paper."""

    origin: Origin
    head: Head
    outline: Outline
    problems: list[Problem]
    _hidden: Rows = field(default_factory=Rows)
    _outside: Rows = field(default_factory=Rows)
    _open: list[_Open] = field(default_factory=list)
    _coming: Merge | None = None

    def batches(self, rows: Iterable[SheetRow]) -> Iterator[RawBatch]:
        """The rows in batches; what was left out or odd is among the problems when they are through."""
        screen = Screen(self.head.labels)
        coming = iter(sorted((m for m in self.outline.merges if m.top > self.head.bottom), key=lambda m: m.top))
        self._coming = next(coming, None)
        while part := list(islice(rows, BATCH)):
            yield self._batch(part, screen, coming)
        self.problems += screen.findings(self.origin)
        if self._hidden.count:
            facts = {"rows": self._hidden.listed, "count": self._hidden.count}
            self.problems.append(self.origin.finding("evidence.hidden_rows", facts, self._hidden.named[0]))
        if self._outside.count:
            facts = {"rows": self._outside.listed, "count": self._outside.count, "value": self._outside.text}
            self.problems.append(self.origin.finding("evidence.cells_outside", facts, self._outside.named[0]))

    def _batch(self, part: list[SheetRow], screen: Screen, coming: Iterator[Merge]) -> RawBatch:
        faults: list[CellFault] = []
        notes: list[int] = []
        columns: list[list[str | None]] = [[] for _ in self.head.columns]
        named = set(self.head.columns)
        running = set(self.head.columns[:1]) if is_running(self.head.labels[0]) else set()
        for index, row in enumerate(part):
            if row.blank and row.cells.keys() - row.blank <= running:
                row.cells = {c: text for c, text in row.cells.items() if c in running}
            outside = [c for c in row.cells if c not in named]
            filled = self._fill(row, coming)
            for at, column in enumerate(self.head.columns):
                columns[at].append(row.cells.get(column))
                if column in row.cells and (code := filled.get(column) or row.faults.get(column)):
                    faults.append((index, at, code))
            if row.hidden:
                self._hidden.add(row.number)
            if outside:
                self._outside.add(row.number, row.cells[outside[0]])
            if len(row.cells) == 1 and self._spans(row.number, next(iter(row.cells))):
                notes.append(index)
        return screen.sift([row.number for row in part], columns, faults, notes)

    def _fill(self, row: SheetRow, coming: Iterator[Merge]) -> dict[int, str]:
        """Put into the row what merged blocks show in it; the columns so filled, with the codes of their faults."""
        while self._coming is not None and self._coming.top <= row.number:
            self._open.append(_Open(self._coming))
            self._coming = next(coming, None)
        self._open = [one for one in self._open if one.merge.bottom >= row.number]
        filled: dict[int, str] = {}
        for one in self._open:
            if one.merge.top == row.number:
                one.text, one.code = row.cells.get(one.merge.left), row.faults.get(one.merge.left, MERGED)
            if one.text and one.merge.bottom > one.merge.top and self._tells_more(row, one.merge):
                row.cells[one.merge.left] = one.text
                filled[one.merge.left] = one.code
        return filled

    def _tells_more(self, row: SheetRow, merge: Merge) -> bool:
        """Whether the row says anything beside what the block shows."""
        return any(not merge.covers(row.number, column) for column in row.cells)

    def _spans(self, number: int, column: int) -> bool:
        """Whether the cell is merged over most of the table's width, as notes are."""
        block = next((o.merge for o in self._open if o.merge.covers(number, column)), None)
        return block is not None and 2 * (block.right - block.left + 1) > len(self.head.columns)
