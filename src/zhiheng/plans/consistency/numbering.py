"""Does the numbering of the titles repeat or leave out a number, as when a clause is lost?

A number is missing only where no line between the two titles begins with it: a title that was taken for text is no gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document, Place
from zhiheng.plans.consistency.doubt import Doubt, Passage
from zhiheng.plans.model import Heading, Plan
from zhiheng.plans.numbering import Mark, Style, leading_mark

_ANNEX = re.compile(r"\s*附(?:件|表|录|:|$)")
_COUNTED = (Style.CHINESE, Style.BRACKETED, Style.ARABIC, Style.CHAPTER, Style.SECTION, Style.ARTICLE)


def numbering_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Repeated and skipped numbers of titles, each with the title before it."""
    lines = _Lines(document)
    last: dict[Style, tuple[Mark, Heading]] = {}
    for heading in plan.outline:
        mark = leading_mark(fold(f"{heading.number}x")) if heading.number else None
        if mark is None or mark.style not in _COUNTED:
            continue
        known = last.get(mark.style)
        for style in [s for s in last if s > mark.style]:
            del last[style]
        last[mark.style] = (mark, heading)
        if known is None or lines.annex_begins(known[1], heading):
            continue
        before, title = known
        places = (_place(title), _place(heading))
        facts = {"number": heading.number, "title": heading.title, "before": title.number, "before_title": title.title}
        if mark.value == before.value and heading.title != title.title:
            yield Doubt("consistency.number_twice", Severity.QUESTION, facts, places)
        elif mark.value == before.value + 2 and not lines.begin_with(mark.style, before.value + 1, title, heading):
            yield Doubt("consistency.number_left_out", Severity.QUESTION, facts, places)


class _Lines:
    """The marks with which the lines of a paper begin, in reading order."""

    def __init__(self, document: Document | None) -> None:
        self._at: dict[Place, int] = {}
        self._marks: list[tuple[Style, int] | None] = []
        self._annexes: list[bool] = []
        for text in document.texts() if document else ():
            found = leading_mark(text.folded)
            for piece in text.pieces:
                self._at.setdefault(piece.place, len(self._marks))
            self._marks.append((found.style, found.value) if found else None)
            self._annexes.append(bool(_ANNEX.match(text.folded)))

    def begin_with(self, style: Style, value: int, after: Heading, before: Heading) -> bool:
        """Whether a line between two titles begins with the mark; of a paper without places, any line."""
        return (style, value) in self._marks[self._between(after, before)]

    def annex_begins(self, after: Heading, before: Heading) -> bool:
        """Whether an annex begins between two titles, which numbers anew."""
        return any(self._annexes[self._between(after, before)])

    def _between(self, after: Heading, before: Heading) -> slice:
        return slice(self._at.get(after.anchor.place), self._at.get(before.anchor.place))


def _place(heading: Heading) -> Passage:
    return Passage(heading.anchor, f"{heading.number or ''}{heading.title}")
