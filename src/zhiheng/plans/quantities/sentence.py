"""What does the grammar read at once?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.horizon import Moment


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence `start:end` of a text: `masked` is the whole text with names and times hidden, `times` what it names."""

    text: Text
    masked: str
    start: int
    end: int
    times: Sequence[Moment] = ()

    @property
    def folded(self) -> str:
        """The whole text as patterns see it."""
        return self.text.folded

    @property
    def context(self) -> str:
        """The sentence as printed."""
        return self.text.string[self.start : self.end].strip()
