"""Which clause stands under which title?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.documents.tree import Block
from zhiheng.plans.model import Heading


@dataclass(frozen=True, slots=True)
class Section:
    """A title with what stands under it up to the next title.

    `heading` is None for what precedes the first title; `chain` holds the titles above it, outermost first; `body` its
    blocks in reading order, the rest of a run-in title first.
    """

    heading: Heading | None
    chain: tuple[Heading, ...]
    body: tuple[Block, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles from the outermost down to its own."""
        own = (self.heading.title,) if self.heading else ()
        return (*(h.title for h in self.chain), *own)
