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

    def printed(self, words: str) -> str:
        """Folded words of the sentence in the characters of the paper; of words put together, each character's own."""
        folded, string = self.text.folded[self.start : self.end], self.text.string[self.start : self.end]
        if folded == string:
            return words
        at = folded.find(words)
        if at >= 0:
            return string[at : at + len(words)]
        own = dict(zip(folded, string, strict=True))
        return "".join(own.get(c, c) for c in words)

    @property
    def context(self) -> str:
        """The sentence as printed."""
        return self.text.string[self.start : self.end].strip()
