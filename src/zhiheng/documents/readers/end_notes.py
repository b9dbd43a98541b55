"""Which last lines of a paper explain words of it, as footnotes do in papers that have none?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from zhiheng.documents.tree import Block, ListItem, Note, Paragraph

# ① and the term it explains
_EXPLAINED = re.compile(r"([①-⑳])\s*([^:，。；]{2,20}):")


def with_end_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, the last ones as notes where each has the next mark and explains a term that stands before them."""
    start = len(blocks)
    while start and _explained(blocks[start - 1]):
        start -= 1
    tail = blocks[start:]
    if not tail:
        return tuple(blocks)
    found = [match for block in tail if (match := _explained(block))]
    before = "".join(block.text.folded for block in blocks[:start] if isinstance(block, Paragraph | ListItem))
    in_turn = [ord(match[1]) - ord("①") for match in found] == list(range(len(found)))
    if not in_turn or not all(match[2].strip() in before for match in found):
        return tuple(blocks)
    marks = {match[1] for match in found if before.count(match[1]) == 1}
    return (*(_without_marks(block, marks) for block in blocks[:start]), *map(_note, tail, found))


def _explained(block: Block) -> re.Match[str] | None:
    return _EXPLAINED.match(block.text.folded) if isinstance(block, Paragraph | ListItem) else None


def _without_marks(block: Block, marks: Collection[str]) -> Block:
    """The block without marks that only refer to a note."""
    if not isinstance(block, Paragraph | ListItem):
        return block
    spans = [(i, i + 1) for i, character in enumerate(block.text.string) if i and character in marks]
    return replace(block, text=block.text.without(spans)) if spans else block


def _note(block: Block, match: re.Match[str]) -> Note:
    if not isinstance(block, Paragraph | ListItem):
        raise TypeError(block)
    text = block.text
    return Note(text.slice(match.end(1), len(text)).stripped(), text.string[match.start(1) : match.end(1)])
