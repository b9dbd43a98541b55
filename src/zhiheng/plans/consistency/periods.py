"""Which deadlines stand outside the period of the plan, or had passed on the day of issue?

A year beyond the period is a vision where the text says 远景, 展望 or looks at least five years further; that is no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document, Text
from zhiheng.plans.consistency.doubt import Doubt, Passage, at, passage, sentences
from zhiheng.plans.model import Meta, Plan, Role, Source

_VISION = re.compile("远景|展望|愿景|中长期|长远|碳达峰|碳中和|本世纪|现代化")
_FAR = 5
_DEADLINE = re.compile(
    r"(?P<lead>到|至|于|力争|确保|在)?\s*(?P<year>20\d\d)年?(?:(?P<month>\d{1,2})月)?(?:底|末)?(?P<tail>前|之前|以前|完成|建成|实现|达到)"
)
_PAST = re.compile("截至|已|以来|上年|比20|较20|20\\d\\d年底前建成|原|此前|曾|同比|建成的|投入使用的")
_STEP = re.compile("[(（][^()（）]*$")


def period_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Deadlines of targets, then those that the tasks set."""
    meta = plan.meta
    yield from _of_targets(plan)
    if document is None:
        return
    bodies = [fold(t.text) for t in plan.tasks]
    told: set[str] = set()
    for sentence in sentences(document):
        words = sentence.folded.strip()
        if len(words) < 6 or words in told or not any(words.rstrip("。;!?") in body for body in bodies):
            continue
        told.add(words)
        yield from _of_sentence(sentence, meta)


def _of_targets(plan: Plan) -> Iterator[Doubt]:
    first, last = plan.meta.period_start, plan.meta.period_end
    by_id = {m.id: m for m in plan.mentions}
    told: set[tuple[object, ...]] = set()
    for t in plan.targets:
        m = next((by_id[i] for i in t.mentions if i in by_id), None)
        place = passage(m) if m else Passage(t.anchor, t.context)
        if (
            t.year is None
            or not t.own
            or (m is not None and m.role is not Role.TARGET)
            or (place.anchor and place.anchor.place, t.year) in told
        ):
            continue
        # a yearly paper may look into the next year; only a column of deadlines sets one that is late
        yearly = first is not None and first == last and (m is None or m.source is not Source.TABLE)
        facts = {"what": t.indicator, "deadline": t.year, "first": first, "last": last}
        if last is not None and last < t.year < last + _FAR and not yearly and not _VISION.search(fold(place.text)):
            told.add((place.anchor and place.anchor.place, t.year))
            yield Doubt("consistency.deadline_after_period", Severity.QUESTION, facts, (place,))
        elif first is not None and t.year < first:
            told.add((place.anchor and place.anchor.place, t.year))
            yield Doubt("consistency.deadline_before_period", Severity.QUESTION, facts, (place,))


def _of_sentence(sentence: Text, meta: Meta) -> Iterator[Doubt]:
    for m in _DEADLINE.finditer(sentence.folded):
        if _PAST.search(sentence.folded[max(0, m.start() - 8) : m.end() + 4]) or _STEP.search(sentence.folded[: m.start()]):
            continue
        year, month = int(m["year"]), int(m["month"] or 12)
        facts = {
            "what": sentence.string[m.start() : m.end()],
            "deadline": year,
            "first": meta.period_start,
            "last": meta.period_end,
        }
        place = (at(sentence, m.start(), m.end()),)
        issued = _issued(meta)
        vision = _VISION.search(sentence.folded)
        if meta.period_end is not None and meta.period_end < year < meta.period_end + _FAR and not vision:
            yield Doubt("consistency.deadline_after_period", Severity.QUESTION, facts, place)
        elif meta.period_start is not None and year < meta.period_start:
            yield Doubt("consistency.deadline_before_period", Severity.QUESTION, facts, place)
        elif issued is not None and (year, month) < (issued.year, issued.month):
            yield Doubt("consistency.deadline_passed", Severity.WARNING, {**facts, "issued": issued}, place)


def _issued(meta: Meta) -> date | None:
    printed = meta.published_date or meta.adopted_date
    return date.fromisoformat(printed) if printed else None
