"""Which years does a plan cover?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.base.numerals import decimal_string
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import ListItem, Paragraph, Text
from zhiheng.plans.chapters import Chapter, place_in_plan
from zhiheng.plans.sections import Section

_YEARS = r"(?P<first>20\d\d)年? ?[-~—–至到]{1,2} ?(?P<last>20\d\d)"
_SAID = re.compile(rf"(?:规划|实施|计划|方案|行动|执行)(?:的)?(?:期限?|时限|年限|周期|时间)(?:是|为|:)? ?{_YEARS}")
_SPAN = re.compile(_YEARS)
_FIVE_YEARS = re.compile(r"第(?P<count>十[一二三四五六七八九]?)个五年|[“\"]?(?P<short>十[一二三四五六七八])五[”\"]?")
_ONE_YEAR = re.compile(r"^[^0-9]{0,12}(?P<year>20\d\d)年(?:度)?(?!远景|愿景)")
_DEADLINE = re.compile(r"(?:(?<!截)至|(?<!截止)到) ?(?P<year>20\d\d)年?(?:底|末)?(?=[,，、:]|[^-~—–至到年])")
_YEAR_OF_WORK = re.compile(r"^(?P<year>20\d\d)年(?:度)?(?:工作|重点|主要|目标|总体|经济)")
_OTHER_PAPERS = re.compile("《[^》]*》")


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """First and last year; `line` where it is said; `later` a year beyond, for which there is only a vision."""

    first: int | None
    last: int | None
    line: int | None = None
    later: int | None = None


def plan_period(title: str | None, preamble: Sequence[Text], sections: Sequence[Section]) -> PlanPeriod:
    """What the paper says outright; else what its title says (years, 十四五); else the year of its main targets."""
    aims = list(_deadlines(sections))
    for text in preamble:
        if m := _SAID.search(_OTHER_PAPERS.sub("", text.folded)):
            return _with_later(int(m["first"]), int(m["last"]), text.anchor().place.line, aims)
    folded = fold(title or "")
    if m := _SPAN.search(folded):
        return _with_later(int(m["first"]), int(m["last"]), None, aims)
    if years := five_years(folded):
        return _with_later(*years, None, aims)
    if m := _ONE_YEAR.match(folded):
        return PlanPeriod(int(m["year"]), int(m["year"]))
    if aims:
        return _with_later(None, aims[0][0], aims[0][1], aims)
    for section in sections:
        if section.heading and (m := _YEAR_OF_WORK.match(fold(section.heading.title))) and _hands_out_work(section):
            return PlanPeriod(int(m["year"]), int(m["year"]), section.heading.anchor.place.line)
    return PlanPeriod(None, None)


def five_years(folded: str) -> tuple[int, int] | None:
    """First and last year of the five-year period a text names (十三五 is 2016 to 2020)."""
    m = _FIVE_YEARS.search(folded)
    count = decimal_string(m["count"] or m["short"]) if m else None
    if count is None:
        return None
    last = 2020 + 5 * (int(count) - 13)
    return last - 4, last


def _hands_out_work(section: Section) -> bool:
    return place_in_plan([fold(t) for t in section.titles]) in (Chapter.WORK, Chapter.MIXED)


def _with_later(first: int | None, last: int, line: int | None, aims: Sequence[tuple[int, int | None]]) -> PlanPeriod:
    return PlanPeriod(first, last, line, next((year for year, _ in aims if year > last), None))


def _deadlines(sections: Sequence[Section]) -> list[tuple[int, int | None]]:
    """Years that the chapter of aims sets as deadlines, in order; those of the preamble when it sets none."""
    found: list[tuple[int, int | None]] = []
    before: list[tuple[int, int | None]] = []
    for section in sections:
        kind = place_in_plan([fold(t) for t in section.titles])
        if section.heading is None or kind in (Chapter.AIMS, Chapter.MIXED):
            for text in (b.text for b in section.body if isinstance(b, Paragraph | ListItem)):
                years = [(int(m["year"]), text.anchor().place.line) for m in _DEADLINE.finditer(text.folded)]
                (before if section.heading is None else found).extend(years)
    return found or before
