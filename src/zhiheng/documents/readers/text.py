"""What does a plain text say, line by line?

Lines are put together to paragraphs, tables drawn in the text become tables, and what belongs to the web page or the sheet
is left out. Titles stay paragraphs: `plans` knows them by their numbers; only markdown's # makes a heading here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from zhiheng.documents.readers.drawn_tables import find_tables
from zhiheng.documents.readers.furniture import page_furniture, without_furniture
from zhiheng.documents.readers.marks import ITEM, META, ORNAMENT
from zhiheng.documents.readers.run_on import cut, paragraphs
from zhiheng.documents.readers.strips import Strip, clean, strips_of
from zhiheng.documents.readers.wrapping import Wrap, continues, find_wrap
from zhiheng.documents.tree import Block, Document, Format, Heading, ListItem, Paragraph, Table, Text

_MARKDOWN_TITLE = re.compile(r"(#{1,6})\s+")
_MARKDOWN_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")


def read_text(content: str, name: str) -> Document:
    """Blocks of a decoded text; `lines` counts from 1 over `content.split("\\n")`."""
    lines = tuple(content.split("\n"))
    found = strips_of(content, lines)
    strips = without_furniture([part for strip in found for part in cut(strip, alone=len(found) <= 3)])
    parts = list(find_tables(strips, lines))
    wrap = find_wrap([part for part in parts if isinstance(part, Strip)])
    blocks: list[Block] = []
    for is_table, group in groupby(parts, key=lambda part: isinstance(part, Table)):
        blocks += group if is_table else [_block(text) for text in _paragraphs(group, wrap)]  # type: ignore[arg-type]
    return Document(name, Format.TEXT, tuple(blocks), lines)


def _paragraphs(strips: Iterable[Strip], wrap: Wrap | None) -> list[Text]:
    """Paragraphs of strips that no table interrupts."""
    found: list[list[Text]] = []
    so_far, last = "", None
    for strip in strips:
        if last is not None and continues(so_far, last, strip, wrap):
            found[-1].append(strip.text)
            so_far += strip.folded
        else:
            found.append([strip.text])
            so_far = strip.folded
        last = strip
    return _without_run_on([texts[0] if len(texts) == 1 else clean(Text.joined(texts)) for texts in found])


def _without_run_on(texts: list[Text]) -> list[Text]:
    """A document in one line may have been wrapped: joined again, it is cut like any other."""
    apart = [part for text in texts for part in paragraphs(text, alone=len(texts) <= 3)]
    if len(apart) == len(texts):
        return texts
    furniture = page_furniture([text.folded for text in apart])
    return [text for i, text in enumerate(apart) if i not in furniture]


def _block(text: Text) -> Block:
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
