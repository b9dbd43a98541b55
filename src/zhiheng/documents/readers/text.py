"""What does a plain text say, line by line?

Lines are put together to paragraphs, tables drawn in the text become tables, and what belongs to the web page or the sheet
is left out. Titles stay paragraphs: `plans` knows them by their numbers; only markdown's # makes a heading here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.documents.readers.drawn_tables import find_tables
from zhiheng.documents.readers.furniture import without_furniture
from zhiheng.documents.readers.marks import ITEM, META, ORNAMENT
from zhiheng.documents.readers.run_on import cut
from zhiheng.documents.readers.strips import Strip, strips_of
from zhiheng.documents.readers.wrapping import Wrap, continues, find_wrap
from zhiheng.documents.tree import Block, Document, Format, Heading, ListItem, Paragraph, Table, Text

_MARKDOWN_TITLE = re.compile(r"(#{1,6})\s+")
_MARKDOWN_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")


def read_text(content: str, name: str) -> Document:
    """Blocks of a decoded text; `lines` counts from 1 over `content.split("\\n")`."""
    lines = tuple(content.split("\n"))
    found = strips_of(content, lines)
    strips = without_furniture([part for strip in found for part in cut(strip, alone=len(found) <= 3)])
    wrap = find_wrap(strips)
    blocks: list[Block] = []
    open_strips: list[Strip] = []
    for part in find_tables(strips, lines):
        if isinstance(part, Table):
            blocks += _blocks(open_strips, wrap)
            blocks.append(part)
            open_strips = []
        else:
            open_strips.append(part)
    blocks += _blocks(open_strips, wrap)
    return Document(name, Format.TEXT, tuple(blocks), lines)


def _blocks(strips: list[Strip], wrap: Wrap | None) -> Iterator[Block]:
    """Paragraphs of strips that no table interrupts."""
    texts: list[Text] = []
    so_far, last = "", None
    for strip in strips:
        if last is not None and continues(so_far, last, strip, wrap):
            texts.append(strip.text)
            so_far += strip.folded
        else:
            if texts:
                yield _block(texts)
            texts, so_far = [strip.text], strip.folded
        last = strip
    if texts:
        yield _block(texts)


def _block(texts: list[Text]) -> Block:
    text = texts[0] if len(texts) == 1 else Text.joined(texts)
    if "**" in text.string and text.string.count("**") % 2 == 0:
        text = text.without(m.span() for m in _MARKDOWN_BOLD.finditer(text.string))
    title = _MARKDOWN_TITLE.match(text.folded)
    if title:
        return Heading(text.slice(title.end(), len(text)).stripped(), len(title[1]))
    ornament = ORNAMENT.match(text.folded)
    plain = text.slice(ornament.end(), len(text)) if ornament else text
    if ornament and META.match(plain.folded):
        return Paragraph(plain)
    if ITEM.match(text.folded) and len(plain):
        return ListItem(plain)
    return Paragraph(text)
