"""What does a web page say, without its frame?

Places count the paragraphs of the page from 1; offsets count characters after blanks are drawn together as a browser does.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.layout import lay_out
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.list_numbers import number
from zhiheng.documents.readers.strips import Strip, strip_of
from zhiheng.documents.readers.web_furniture import is_frame
from zhiheng.documents.readers.web_tables import only_places, read_table
from zhiheng.documents.readers.web_text import BLOCKS, drawn_together
from zhiheng.documents.readers.word_text import is_note_mark
from zhiheng.documents.tree import Block, Document, Format, Heading, ListItem, Place, Text

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)
# NUL ends a page for the parser; the other two mark what is left out while blanks are drawn together.
_UNPRINTED = dict.fromkeys((0, 0xE000, 0xE001))
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")

_TITLES = {f"h{level}": level for level in range(1, 7)}
_ORDER = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LONGEST_HEADING = 60
_NEAR = 8


def read_html(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of a web page."""
    content = _decode(data, name).translate(_UNPRINTED)
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
    struck = _without_struck(root)
    page = _Page(name, limits)
    page.read(root)
    return Document(name, Format.HTML, lay_out(page.parts), problems=_told(struck, name))


def _without_struck(root: HtmlElement) -> int:
    """Take out what the page shows crossed out; how many such places said something."""
    struck = [element for element in root.iter("del", "s", "strike") if element is not root]
    told = sum(bool(element.text_content().strip()) for element in struck)
    for element in struck:
        if element.getparent() is not None:
            element.drop_tree()
    return told


def _told(struck: int, name: str) -> tuple[Problem, ...]:
    facts = {"count": str(struck)}
    return (Problem("documents.struck_out_words", Severity.WARNING, facts, file=name),) if struck else ()


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
        self._written = 0
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
                if element.tag in BLOCKS:
                    self._flush()
                self._write(element.tail)
                continue
            if element.tag == "table" and not only_places(element):
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
        elif tag in BLOCKS:
            self._flush()
            if tag in _TITLES:
                self._level, self._label = _TITLES[tag], ""  # a title that is numbered as an item stays a title
            elif tag == "li":
                self._begin_item(element)
        self._write(element.text)
        return True

    def _close(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
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
            self._written += len(string)

    def _raised(self, element: HtmlElement) -> None:
        raised = element.text_content().strip()
        at = self._written
        if is_note_mark("".join(self._buffer[-_NEAR:]).rstrip(), raised):
            self._left_out.append((at, at + len(raised)))
        self._write(raised)

    def _preformatted(self, element: HtmlElement) -> None:
        for line in element.text_content().split("\n"):
            self._emit(line, [])

    def _flush(self) -> None:
        """End the paragraph: what was written since the last one."""
        if self._buffer:
            string, spans = drawn_together("".join(self._buffer), self._left_out)
            self._buffer, self._left_out, self._written = [], [], 0
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
        read, inner = read_table(table, self._tables, self._count_cells)
        if read is not None:
            self.parts.append(read)
        for other in inner:
            self._table(other)

    def _count_cells(self, count: int) -> None:
        self._cells += count
        self._limits.check_cells(self._cells, self._name)
