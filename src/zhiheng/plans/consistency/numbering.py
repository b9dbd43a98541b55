"""Does the numbering of the titles repeat or leave out a number, as when a clause is lost?

A number is missing only where no line of the paper begins with it: a title that the reader of the paper took for text is no gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.doubt import Doubt, Passage
from zhiheng.plans.model import Heading, Plan
from zhiheng.plans.numbering import Mark, Style, leading_mark

_COUNTED = (Style.CHINESE, Style.BRACKETED, Style.ARABIC, Style.CHAPTER, Style.SECTION, Style.ARTICLE)


def numbering_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Repeated and skipped numbers of titles, each with the title before it."""
    printed = _marks(document)
    last: dict[Style, tuple[Mark, Heading]] = {}
    for heading in plan.outline:
        mark = leading_mark(fold(f"{heading.number}x")) if heading.number else None
        if mark is None or mark.style not in _COUNTED:
            continue
        known = last.get(mark.style)
        for style in [s for s in last if s > mark.style]:
            del last[style]
        last[mark.style] = (mark, heading)
        if known is None:
            continue
        before, title = known
        places = (_place(title), _place(heading))
        facts = {"number": heading.number, "title": heading.title, "before": title.number, "before_title": title.title}
        if mark.value == before.value and heading.title != title.title:
            yield Doubt("consistency.number_twice", Severity.QUESTION, facts, places)
        elif mark.value == before.value + 2 and (mark.style, before.value + 1) not in printed:
            yield Doubt("consistency.number_left_out", Severity.QUESTION, facts, places)


def _marks(document: Document | None) -> set[tuple[Style, int]]:
    """Every number a line begins with."""
    found = (leading_mark(text.folded) for text in document.texts()) if document else ()
    return {(m.style, m.value) for m in found if m}


def _place(heading: Heading) -> Passage:
    return Passage(heading.anchor, f"{heading.number or ''}{heading.title}")
