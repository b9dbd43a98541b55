"""What does a web page say, without its frame?

Places count the paragraphs of the page from 1; offsets count characters after blanks are drawn together as a browser does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.layout import lay_out
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.list_numbers import number
from zhiheng.documents.readers.marks import HAN
from zhiheng.documents.readers.strips import Strip, strip_of
from zhiheng.documents.readers.web_furniture import is_frame
from zhiheng.documents.readers.word_text import is_note_mark
from zhiheng.documents.tree import Block, Cell, Document, Format, Heading, ListItem, Place, Table, Text

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
_TITLES = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = f"{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…"
_BREAK_IN_TEXT = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_ORDER = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LONGEST_HEADING = 60
_MOST_COLUMNS, _MOST_ROWS = 100, 5_000
_LAYOUT_CELL = 600


def read_html(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of a web page."""
    content = _decode(data, name).replace("\x00", "")
    limits.check_characters(len(content), name)
    if _ENTITIES.search(content[:20_000]):
        raise DataError("documents.xml_entities", file=name, part="DOCTYPE")
    content = _PROLOGUE.sub("", content, count=1)
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise DataError("documents.damaged", file=name, part="html") from fault
    if any("depth" in fault.message.lower() for fault in parser.error_log):
        limits.check_depth(limits.depth + 1, name)
    page = _Page(name, limits)
    page.read(root)
    return Document(name, Format.HTML, lay_out(page.parts))


def _decode(data: bytes, name: str) -> str:
    head = data[:4096]
    declared = _CHARSET.search(head) or _DECLARED.search(head)
    if declared and not head.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        charset = declared[1].decode("ascii").lower()
        try:
            return data.decode(_CHINESE.get(charset, charset))
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data, name)


class _Page:
    """Walks the tree of a page without recursion, so that nesting is bounded by the limits alone."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._buffer: list[str] = []
        self._left_out: list[tuple[int, int]] = []
        self._paragraphs = self._tables = self._cells = self._gap = 0
        self._level: int | None = None
        self._items: list[tuple[HtmlElement, int]] = []
        self._label = ""
        self._in_item = False
        self.parts: list[Strip | Block] = []

    def read(self, root: HtmlElement) -> None:
        """Everything below an element."""
        stack: list[tuple[HtmlElement, bool]] = [(root, True)]
        depth = 0
        while stack:
            element, opening = stack.pop()
            if not opening:
                depth -= 1
                self._close(element)
                self._write(element.tail)
                continue
            if is_frame(element):
                if element.tag in _BLOCKS:
                    self._flush()
                self._write(element.tail)
                continue
            if element.tag == "table" and not _only_frames(element):
                self._flush()
                self._table(element)
                self._write(element.tail)
                continue
            depth += 1
            self._limits.check_depth(depth, self._name)
            stack.append((element, False))
            if self._open(element):
                stack += [(child, True) for child in reversed(element)]
        self._flush()

    def _open(self, element: HtmlElement) -> bool:
        """Begin an element; False when its children were read already."""
        tag = str(element.tag)
        if tag == "br":
            self._flush()
        elif tag == "pre":
            self._flush()
            self._preformatted(element)
            return False
        elif tag == "sup":
            self._raised(element)
            return False
        elif tag in _BLOCKS:
            self._flush()
            if tag in _TITLES:
                self._level = _TITLES[tag]
            elif tag == "li":
                self._begin_item(element)
        self._write(element.text)
        return True

    def _close(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._flush()
        if tag in _TITLES:
            self._level = None
        elif tag == "li" and self._items:
            self._items.pop()
            self._in_item, self._label = bool(self._items), ""

    def _begin_item(self, element: HtmlElement) -> None:
        parent = element.getparent()
        ordered = parent is not None and parent.tag == "ol"
        self._items.append((element, len(self._items) + 1))
        self._in_item, self._label = True, ""
        if ordered and parent is not None and "none" not in (parent.get("style") or ""):
            before = sum(1 for e in element.itersiblings("li", preceding=True))
            start = parent.get("start") or "1"
            value = before + (int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1)
            self._label = number(value, _ORDER.get(parent.get("type") or "", "decimal")) + "."

    def _write(self, string: str | None) -> None:
        if string:
            self._buffer.append(string)

    def _raised(self, element: HtmlElement) -> None:
        raised = element.text_content().strip()
        before = "".join(self._buffer)
        if is_note_mark(before.rstrip(), raised):
            self._left_out.append((len(before), len(before) + len(raised)))
        self._buffer.append(raised)

    def _preformatted(self, element: HtmlElement) -> None:
        for line in element.text_content().split("\n"):
            self._emit(line, [])

    def _flush(self) -> None:
        """End the paragraph: what was written since the last one."""
        if self._buffer:
            string, spans = _drawn_together("".join(self._buffer), self._left_out)
            self._buffer, self._left_out = [], []
            self._emit(string, spans)

    def _emit(self, string: str, left_out: list[tuple[int, int]]) -> None:
        if not string.strip():
            self._gap += 1
            return
        self._paragraphs += 1
        label, self._label = self._label, ""
        text = Text.at(label + string, Place(paragraph=self._paragraphs))
        if left_out:
            text = text.without([(a + len(label), b + len(label)) for a, b in left_out])
        strip = strip_of(text, self._paragraphs, self._gap)
        self._gap = 0
        if strip is None:
            return
        if self._level and (len(strip.text) <= _LONGEST_HEADING or "。" not in strip.folded):
            self.parts.append(Heading(strip.text, self._level))
        elif self._in_item and not label:
            self.parts.append(ListItem(strip.text, len(self._items)))
        else:
            self.parts.append(strip)

    def _table(self, table: HtmlElement) -> None:
        for caption in table.findall("caption"):
            self._write(caption.text_content())
            self._flush()
        self._tables += 1
        mine = self._tables
        found: list[Cell] = []
        inner: list[HtmlElement] = []
        taken: dict[tuple[int, int], bool] = {}
        for r, row in enumerate(_rows(table)):
            column = 0
            for cell in _cells(row):
                while (r, column) in taken:
                    column += 1
                rows, columns = _span(cell, "rowspan", _MOST_ROWS), _span(cell, "colspan", _MOST_COLUMNS)
                self._cells += rows * columns
                self._limits.check_cells(self._cells, self._name)
                taken |= {(r + i, column + k): True for i in range(rows) for k in range(columns)}
                text = _cell_text(cell, Place(table=mine, row=r + 1, column=column + 1), inner)
                found.append(Cell(text, r, column, rows, columns))
                column += columns
        height = max((c.row for c in found), default=-1) + 1
        cells = tuple(
            Cell(c.text, c.row, c.column, min(c.row_span, height - c.row), c.column_span) for c in found if c.text.string
        )
        if cells:
            self.parts.append(Table(cells, mine))
        for other in inner:
            self._table(other)


def _only_frames(table: HtmlElement) -> bool:
    """Whether a table only places things on the page: one column, or cells that hold whole texts."""
    if table.get("role") == "presentation":
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    if max((sum(_span(c, "colspan", _MOST_COLUMNS) for c in row) for row in rows), default=0) <= 1:
        return True
    if max((len(row) for row in rows), default=0) <= 1 and len(rows) <= 3:
        return True
    few = len(rows) <= 3 or (len(rows) <= 5 and table.find(".//table") is not None)
    return few and any(len("".join(cell.text_content().split())) > _LAYOUT_CELL for row in rows for cell in row)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in element if row.tag == "tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _span(cell: HtmlElement, name: str, most: int) -> int:
    found = (cell.get(name) or "1").strip()
    return min(max(int(found), 1), most) if re.fullmatch(r"\d{1,6}", found) else 1


def _cell_text(cell: HtmlElement, place: Place, inner: list[HtmlElement]) -> Text:
    """The cell's lines, one below the other; tables inside are kept for later."""
    said: list[str] = []
    left_out: list[tuple[int, int]] = []

    def walk(element: HtmlElement) -> None:
        for child in element:
            if child.tag == "table":
                inner.append(child)
            elif child.tag == "sup":
                before, raised = "".join(said), child.text_content().strip()
                if is_note_mark(before.rstrip(), raised):
                    left_out.append((len(before), len(before) + len(raised)))
                said.append(raised)
            elif not is_frame(child):
                if child.tag == "br" or child.tag in _BLOCKS:
                    said.append("\x0b")
                said.append(child.text or "")
                walk(child)
                if child.tag in _BLOCKS:
                    said.append("\x0b")
            said.append(child.tail or "")

    said.append(cell.text or "")
    walk(cell)
    string, spans = _drawn_together("".join(said), left_out)
    text = Text.at(string, place)
    return (text.without(spans) if spans else text).stripped()


def _drawn_together(string: str, left_out: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Blanks drawn together as a browser does, line breaks between Chinese characters dropped, breaks asked for as \\n."""
    marked = string
    for begin, end in reversed(left_out):
        marked = f"{marked[:begin]}\ue000{marked[begin:end]}\ue001{marked[end:]}"
    marked = _BREAK_IN_TEXT.sub("", marked)
    marked = "\n".join(line for part in marked.split("\x0b") if (line := _SPACE.sub(" ", part).strip(" ")))
    spans, plain, begin = [], "", 0
    for piece in re.split("([\ue000\ue001])", marked):
        if piece == "\ue000":
            begin = len(plain)
        elif piece == "\ue001":
            spans.append((begin, len(plain)))
        else:
            plain += piece
    return plain, spans
