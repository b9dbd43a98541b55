"""Which numbers count the items of a list, and are no titles?

Items of notes and of enclosures, a list within a sentence, and what a 专栏 numbers inside itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from zhiheng.plans.numbering import Mark, Style

_OPENING = re.compile(r"^ *(?:注|附注|备注|说明|附件)(?: *:| *(?=\d{1,2}[.、])| *$)")
_LISTED = re.compile(r"(?<![\d.])(\d{1,2}) ?[.、)](?!\d)")
_ITEMS = (Style.ARABIC, Style.BRACKETED_ARABIC)


class Listing:
    """Follows the paragraphs of a paper and remembers which list is open."""

    def __init__(self) -> None:
        self._noted: int | None = None
        self._in_sentence: tuple[Style, int] | None = None
        self._in_box: tuple[Style, int] | None = None
        self._behind_box = False
        self._titles: dict[Style, int] = {}
        self._end = ""

    def title(self, mark: Mark | None) -> None:
        """A title: every list is over, unless a box may now number its own contents."""
        self._noted = self._in_sentence = self._in_box = None
        self._behind_box = mark is not None and mark.style is Style.BOX
        if mark:
            self._titles = {s: v for s, v in self._titles.items() if s < mark.style or s is Style.BOX or self._behind_box}
            self._titles[mark.style] = mark.value

    def text(self, folded: str) -> None:
        """Anything else: it may open a list of notes or enclosures."""
        if opening := _OPENING.match(folded):
            numbers = _LISTED.findall(folded, opening.end())
            bare = not folded[opening.end() :].strip()
            self._noted = int(numbers[-1]) if numbers else 0 if bare else None

    def passed(self, folded: str) -> None:
        """How the paragraph just read ends."""
        self._end = folded.rstrip()[-1:]

    def holds(self, mark: Mark, rest: str, comes_again: Callable[[], bool]) -> bool:
        """Whether the number goes on with a list, or begins one; `comes_again`: the same number follows before an outer one."""
        if mark.style not in _ITEMS:
            return False
        return self._goes_on_noted(mark) or self._is_boxed(mark, comes_again) or self._is_in_sentence(mark, rest)

    def _goes_on_noted(self, mark: Mark) -> bool:
        if self._noted is None or mark.value != self._noted + 1:
            return False
        self._noted += 1
        return True

    def _is_boxed(self, mark: Mark, comes_again: Callable[[], bool]) -> bool:
        """Where the titles before the box count on with the same number, it is theirs unless it comes again."""
        begins = self._behind_box and mark.value == 1
        goes_on = self._in_box == (mark.style, mark.value - 1)
        theirs = self._titles.get(mark.style) == mark.value - 1
        if begins or (goes_on and (not theirs or comes_again())):
            self._in_box, self._behind_box = (mark.style, mark.value), False
            return True
        return False

    def _is_in_sentence(self, mark: Mark, rest: str) -> bool:
        """Announced by a colon, its items parted by semicolons."""
        begins = mark.value == 1 and self._end == ":" and rest.rstrip().endswith(";")
        goes_on = self._in_sentence == (mark.style, mark.value - 1)
        self._in_sentence = (mark.style, mark.value) if begins or goes_on else None
        return begins or goes_on
