"""Which clause stands under which title?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Block
from zhiheng.plans.chapters import Chapter, chapter_kind
from zhiheng.plans.model import Heading
from zhiheng.plans.particulars import lines_of, signature

_TITLES_OF_A_NOTICE = 8


@dataclass(frozen=True, slots=True)
class Section:
    """A title with what stands under it up to the next title.

    `heading` is None for what precedes the first title or follows a signature; `chain` holds the titles above it, outermost
    first; `body` its blocks in reading order, the rest of a run-in title first.
    """

    heading: Heading | None
    chain: tuple[Heading, ...]
    body: tuple[Block, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles from the outermost down to its own."""
        own = (self.heading.title,) if self.heading else ()
        return (*(h.title for h in self.chain), *own)


def behind_the_notice(sections: Sequence[Section]) -> int:
    """Place of the section the plan begins with: 0, or the one behind the signature of a notice that has titles of its own.

    Such a notice says that it sends something round, is signed only behind its few titles, and has no chapter of aims.
    """
    if not sections or sections[0].heading:
        return 0
    preamble = lines_of(sections[0].body)
    start = next((i for i, s in enumerate(sections) if i and s.heading is None), 0)
    titles = [s.heading.title for s in sections[1:start] if s.heading]
    sends = any("印发" in t.folded for t in preamble) and signature(preamble) is None
    only_asks = len(titles) <= _TITLES_OF_A_NOTICE and all(chapter_kind(fold(t)) is Chapter.WORK for t in titles)
    return start if sends and only_asks and any(s.heading for s in sections[start:]) else 0
