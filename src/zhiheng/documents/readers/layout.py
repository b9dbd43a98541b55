"""How do the lines of a paper become paragraphs, list items and drawn tables?

Readers hand over strips in reading order and, between them, the blocks the paper itself marks (headings, tables, notes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from zhiheng.documents.readers.drawn_tables import find_tables
from zhiheng.documents.readers.end_notes import with_end_notes
from zhiheng.documents.readers.furniture import page_furniture, without_furniture
from zhiheng.documents.readers.marks import ITEM, META, ORNAMENT
from zhiheng.documents.readers.run_on import cut, is_run_on, paragraphs
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.readers.typography import clean
from zhiheng.documents.readers.wrapping import Wrap, continues, find_wrap
from zhiheng.documents.tree import Block, Heading, ListItem, Paragraph, Table, Text

_MEMORY = 4_000
_MARKDOWN_TITLE = re.compile(r"(#{1,6})\s+")
_MARKDOWN_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")


def lay_out(parts: Sequence[Strip | Block]) -> tuple[Block, ...]:
    """The blocks of a paper: furniture dropped, lines joined and cut to paragraphs, drawn tables found, marked blocks kept."""
    alone = is_run_on([len(part.text) for part in parts if isinstance(part, Strip)])
    apart = [piece for part in parts for piece in (cut(part, alone=alone) if isinstance(part, Strip) else [part])]
    numbers = count(1 + max((part.number for part in parts if isinstance(part, Table)), default=0))
    drawn: list[Strip | Block] = []
    for strips, block in _runs(without_furniture(apart)):
        drawn += find_tables(strips, numbers)
        drawn += block
    wrap = find_wrap([part for part in drawn if isinstance(part, Strip)])
    blocks: list[Block] = []
    for strips, block in _runs(drawn):
        blocks += map(_block, _paragraphs(strips, wrap))
        blocks += block
    return with_end_notes(blocks)


def _runs(parts: Iterable[Strip | Block]) -> Iterator[tuple[list[Strip], list[Block]]]:
    """Strips up to the next block, and that block."""
    strips: list[Strip] = []
    for part in parts:
        if isinstance(part, Strip):
            strips.append(part)
        else:
            yield strips, [part]
            strips = []
    yield strips, []


def _paragraphs(strips: list[Strip], wrap: Wrap | None) -> list[Text]:
    """Paragraphs of strips that nothing else interrupts."""
    found: list[list[Text]] = []
    so_far, last = "", None
    for strip in strips:
        if last is not None and continues(so_far, last, strip, wrap):
            found[-1].append(strip.text)
            so_far = _remembered(so_far + strip.folded)
        else:
            found.append([strip.text])
            so_far = strip.folded
        last = strip
    return _without_run_on([texts[0] if len(texts) == 1 else clean(Text.joined(texts)) for texts in found])


def _remembered(so_far: str) -> str:
    """As much of a paragraph as the decision needs: how it began and where it stands."""
    return so_far if len(so_far) <= _MEMORY else so_far[: _MEMORY // 8] + so_far[-_MEMORY // 2 :]


def _without_run_on(texts: list[Text]) -> list[Text]:
    """A document in one line may have been wrapped: joined again, it is cut like any other."""
    alone = is_run_on([len(t) for t in texts])
    apart = [part for text in texts for part in paragraphs(text, alone=alone)]
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
