"""Which deadlines stand outside the period of the plan?

A year beyond the period is a vision where the text says 远景, 展望 or looks at least five years further; that is no doubt. A year
long before it belongs to what was built then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Anchor, Document
from zhiheng.plans.consistency.doubt import Doubt, Passage, at, passage, sentences
from zhiheng.plans.model import Meta, Plan, Role, Source

_VISION = re.compile("远景|展望|愿景|中长期|长远|碳达峰|碳中和|本世纪|现代化")
_FAR, _LONG_AGO = 5, 10
# 2030年底前, 到2030年, 2030年6月前: words that only a deadline has
_MONTH = r"年(?:\d{1,2}月)?"
_DEADLINE = re.compile(
    rf"(?:(?<![年月\d])[到至](?P<until>20\d\d){_MONTH}(?![至到-])|(?P<year>20\d\d){_MONTH}(?:底|末)?[之以]?前)"
)
_PAST = re.compile("截[至到]?$|[由从自较比]$|已|此前|曾")
_BEFORE = 6
_DONE = re.compile("[^,。;]{0,8}的")


def period_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Deadlines of targets, then those that tasks set in words alone."""
    stated = _stated(plan.meta, document) if document else ()
    told: set[Anchor | None] = set()
    for doubt in (*_of_targets(plan), *(_of_tasks(plan, document) if document else ())):
        place = doubt.places[0].anchor
        whole = Anchor(place.place, 0, 0) if place else None
        if whole is None or whole not in told:  # several values of one sentence share its year
            told.add(whole)
            yield Doubt(doubt.code, doubt.severity, doubt.facts, (*doubt.places, *stated))


def _stated(meta: Meta, document: Document) -> tuple[Passage, ...]:
    """Where the paper states its period, if it does in figures."""
    span = re.compile(rf"{meta.period_start}年?\s*[-—–~至到]+\s*{meta.period_end}年?")
    found = ((s, m) for s in sentences(document) if (m := span.search(s.folded)))
    return next(((at(s, *m.span()),) for s, m in found), ())


def _of_targets(plan: Plan) -> Iterator[Doubt]:
    by_id = {m.id: m for m in plan.mentions}
    for t in plan.targets:
        m = next((by_id[i] for i in t.mentions if i in by_id), None)
        if t.year is None or not t.own or (m is not None and m.role is not Role.TARGET):
            continue
        place = passage(m) if m else Passage(t.anchor, t.context)
        deadlines_column = m is not None and m.source is Source.TABLE
        doubt = _outside(plan.meta, t.year, t.indicator, place)
        if doubt is not None and (deadlines_column or not _looks_ahead(plan.meta, t.year)):
            yield doubt


def _of_tasks(plan: Plan, document: Document) -> Iterator[Doubt]:
    bodies = [fold(t.text) for t in plan.tasks]
    for sentence in sentences(document):
        words = sentence.folded.strip("。;!? \n")
        if not words or not any(words in body for body in bodies):
            continue
        for m in _DEADLINE.finditer(sentence.folded):
            year = int(m["until"] or m["year"])
            doubt = _outside(plan.meta, year, m[0], at(sentence, *m.span()))
            if doubt is not None and not _looks_ahead(plan.meta, year) and not _is_past(sentence.folded, m, doubt):
                yield doubt


def _looks_ahead(meta: Meta, year: int) -> bool:
    """Whether a yearly paper speaks of works that go on into later years, as it may."""
    first, last = meta.period_start, meta.period_end
    return first is not None and last is not None and first == last < year


def _is_past(sentence: str, deadline: re.Match[str], doubt: Doubt) -> bool:
    """Whether the words around a year tell what was done by then (截至2020年, 2020年底前完成的事项)."""
    before = sentence[max(0, deadline.start() - _BEFORE) : deadline.start()]
    early = doubt.code == "consistency.deadline_before_period"
    return bool(_PAST.search(before)) or (early and bool(_DONE.match(sentence, deadline.end())))


def _outside(meta: Meta, year: int, what: str, place: Passage) -> Doubt | None:
    """A doubt about a deadline; None when the year lies in the period or is a vision."""
    first, last = meta.period_start, meta.period_end
    facts = {"what": what, "deadline": year, "first": first, "last": last}
    if last is not None and last < year < last + _FAR and not _VISION.search(fold(place.text)):
        return Doubt("consistency.deadline_after_period", Severity.QUESTION, facts, (place,))
    if first is not None and first - _LONG_AGO < year < first:
        return Doubt("consistency.deadline_before_period", Severity.QUESTION, facts, (place,))
    return None
