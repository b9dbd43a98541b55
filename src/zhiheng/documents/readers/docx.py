"""What does a Word paper say?

Read from the parts of the package: the body in order, labels of automatic numbering as printed, changes as accepted. Places
count paragraphs from 1; offsets count what the paragraph prints, its label included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.layout import lay_out
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.list_numbers import number
from zhiheng.documents.readers.marks import HEADING
from zhiheng.documents.readers.package import Package
from zhiheng.documents.readers.strips import Strip, strip_of
from zhiheng.documents.readers.word_numbering import Label, Numbering
from zhiheng.documents.readers.word_styles import Style, Styles, outline_level
from zhiheng.documents.readers.word_text import Printed, chosen, printed
from zhiheng.documents.readers.wordml import child, local, value, whole
from zhiheng.documents.tree import Block, Cell, Document, Format, Heading, ListItem, Note, Place, Table, Text

_CONTAINERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "txbxContent"})
_LONGEST_HEADING = 60
_MOST_COLUMNS = 63  # of Word itself


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of a Word paper."""
    package = Package(data, name, limits)
    package.refuse_entities()
    main = next((path for _, path in package.related("", "officeDocument")), "word/document.xml")
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise DataError("documents.damaged", file=name, part=main)
    reader = _Reader(package, main, name, limits)
    reader.blocks(body)
    return Document(name, Format.DOCX, lay_out(reader.parts))


@dataclass(frozen=True, slots=True)
class _Said:
    """A paragraph as printed: its text in its place, and what its style and numbering make of it."""

    text: Text
    level: int | None
    label: Label | None
    printed: Printed


class _Reader:
    """Walks the body once, because numbering counts as it goes."""

    def __init__(self, package: Package, main: str, name: str, limits: Limits) -> None:
        def part(kind: str) -> etree._Element | None:
            path = next((path for _, path in package.related(main, kind)), None)
            return package.xml(path) if path else None

        self._name, self._limits = name, limits
        self._styles, self._numbering = Styles(part("styles")), Numbering(part("numbering"))
        self._notes = {kind: _notes(part(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._noted = {"footnote": 0, "endnote": 0}
        self._paragraphs = self._tables = self._cells = self._characters = self._gap = 0
        self._carried: Text | None = None
        self.parts: list[Strip | Block] = []

    def blocks(self, container: etree._Element) -> None:
        """Everything in a body, a text box or a cell that only frames."""
        for element in container:
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind in _CONTAINERS and not _is_contents(element):
                self.blocks(element)
            elif kind == "AlternateContent" and (branch := chosen(element)) is not None:
                self.blocks(branch)

    def _paragraph(self, element: etree._Element) -> None:
        self._paragraphs += 1
        said = self._said(element, Place(paragraph=self._paragraphs))
        if said is not None:
            text = Text.joined([self._carried, said.text]) if self._carried else said.text
            self._carried = text if _mark_is_deleted(element) else None
            if self._carried is None:
                self._emit(text, said)
            self._behind(said.printed)

    def _said(self, element: etree._Element, place: Place, offset: int = 0) -> _Said | None:
        """The paragraph as printed; None for a line of a table of contents."""
        properties = child(element, "pPr")
        style_name = value(child(properties, "pStyle"))
        style = self._styles.style(style_name)
        if style.is_contents:
            return None
        shown = printed(element, self._styles, hidden=style.hidden)
        label = self._label(properties, style, style_name) if shown.string.strip() else None
        before = label.string if label else ""
        self._characters += len(before) + len(shown.string)
        self._limits.check_characters(self._characters, self._name)
        spans = [(a + len(before), b + len(before)) for a, b in shown.left_out()]
        text = Text.at(before + shown.string, place, offset)
        level = outline_level(properties)
        return _Said(text.without(spans) if spans else text, style.level if level is None else level or None, label, shown)

    def _label(self, properties: etree._Element | None, style: Style, style_name: str | None) -> Label | None:
        own = child(properties, "numPr")
        list_id = value(child(own, "numId")) if own is not None else style.list_id
        level = whole(child(own, "ilvl")) if own is not None else style.list_level
        if list_id in (None, "0"):
            list_id = style.list_id if own is not None and list_id is None else None
        return self._numbering.label(list_id, level, style_name) if list_id else None

    def _emit(self, text: Text, said: _Said) -> None:
        """The paragraph, or one part for each line when breaks divide it."""
        for at, part in enumerate(_lines(text)):
            strip = strip_of(part, self._paragraphs, self._gap)
            if strip is None:
                self._gap += 1
                continue
            self._gap = 0
            title = said.level and at == 0 and (len(strip.text) <= _LONGEST_HEADING or "。" not in strip.folded)
            if said.level and title:
                self.parts.append(Heading(strip.text, said.level))
            elif said.label and at == 0 and (said.label.bullet or not HEADING.match(strip.folded)):
                self.parts.append(ListItem(strip.text, said.label.level))
            else:
                self.parts.append(strip)

    def _behind(self, shown: Printed) -> None:
        """What stands apart from the paragraph's own line: text boxes, then the notes it refers to."""
        for box in shown.boxes:
            self.blocks(box)
        for kind, key in shown.notes:
            note = self._notes[kind].get(key)
            if note is None:
                continue
            self._noted[kind] += 1
            mark = number(self._noted[kind], "decimal" if kind == "footnote" else "lowerRoman")
            string = "\n".join(printed(p, self._styles).string for p in note.iter() if local(p) == "p").strip()
            if string:
                self.parts.append(Note(Text.at(string, Place(note=sum(self._noted.values()))), mark))

    def _table(self, element: etree._Element) -> None:
        rows = [list(_cells(row)) for row in _rows(element)]
        if max((sum(span for _, span in row) for row in rows), default=0) <= 1:
            for row in rows:
                for cell, _ in row:
                    self.blocks(cell)
            return
        self._tables += 1
        mine = self._tables
        found: dict[tuple[int, int], Cell] = {}
        behind: list[Printed] = []
        inner: list[etree._Element] = []
        open_merges: dict[int, tuple[int, int]] = {}
        for r, (row, source) in enumerate(zip(rows, _rows(element), strict=True)):
            column = min(whole(child(child(source, "trPr"), "gridBefore")) or 0, _MOST_COLUMNS)
            for cell, span in row:
                merge = child(child(cell, "tcPr"), "vMerge")
                if merge is not None and value(merge) in (None, "continue") and column in open_merges:
                    top = found[open_merges[column]]
                    found[open_merges[column]] = Cell(top.text, top.row, top.column, r - top.row + 1, top.column_span)
                else:
                    text = self._cell(cell, Place(table=mine, row=r + 1, column=column + 1), behind, inner)
                    found[r, column] = Cell(text, r, column, 1, span)
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = (r, column)
                column += span
        self._cells += len(found)
        self._limits.check_cells(self._cells, self._name)
        self.parts.append(Table(tuple(cell for cell in found.values() if cell.text.string), mine))
        self._gap = 0
        for shown in behind:
            self._behind(shown)
        for table in inner:
            self._table(table)

    def _cell(self, cell: etree._Element, place: Place, behind: list[Printed], inner: list[etree._Element]) -> Text:
        """The cell's own paragraphs, one below the other; tables inside are kept for later."""
        texts: list[Text] = []
        at = 0
        for element in _in_cell(cell):
            if local(element) == "tbl":
                inner.append(element)
                continue
            said = self._said(element, place, at)
            if said is None:
                continue
            behind.append(said.printed)
            if texts:
                texts.append(Text.at("\n", place, at - 1))
            texts.append(said.text)
            at += len(said.label.string if said.label else "") + len(said.printed.string) + 1
        return Text.joined(texts).stripped() if texts else Text.at("", place)


def _lines(text: Text) -> Iterator[Text]:
    at = 0
    for line in text.string.split("\n"):
        yield text.slice(at, at + len(line))
        at += len(line) + 1


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    """Notes by id, without the separators."""
    if root is None:
        return {}
    return {value(e, "id") or "": e for e in root if local(e) == kind and value(e, "type") in (None, "normal")}


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        kind = local(element)
        if kind == "tr":
            if child(child(element, "trPr"), "del") is None:
                yield element
        elif kind in _CONTAINERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Cells of a row with the columns each spans."""
    for element in row:
        kind = local(element)
        if kind == "tc":
            yield element, min(max(whole(child(child(element, "tcPr"), "gridSpan")) or 1, 1), _MOST_COLUMNS)
        elif kind in _CONTAINERS:
            yield from _cells(element)


def _in_cell(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a cell."""
    for element in container:
        kind = local(element)
        if kind in ("p", "tbl"):
            yield element
        elif kind in _CONTAINERS:
            yield from _in_cell(element)


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = child(child(child(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return "table of contents" in (value(gallery) or "").lower()


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end was deleted: accepted, it runs on into the next one."""
    mark = child(child(paragraph, "pPr"), "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None
