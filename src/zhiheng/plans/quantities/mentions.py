"""Which quantities of indicators does a paper state, in tables and in prose?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Table, Text
from zhiheng.plans.model import Meta, Role
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.horizon import five_year_plan, moments
from zhiheng.plans.quantities.inline_tables import inline_table
from zhiheng.plans.quantities.prose import read_prose
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.tables import read_tables
from zhiheng.plans.quantities.vocabulary import PAST_TITLES, SILENT_TITLES, TARGET_TITLES
from zhiheng.plans.sections import Section

_DONE = re.compile(r"完成了|办成了|取得了|解决了|实现了|迈上了|圆满完成|圆满收官|这一年|一年来|五年来|过去[一五]年|过去的|回顾")
_AHEAD = re.compile(r"到(?:19|20)\d\d年|力争|确保|未来|今后|目标是|将要")
_DEADLINE = re.compile(r"(?:(?<!截)至|(?<!截止)到)((?:19|20)\d\d)年")
_PERIOD_SAID = re.compile(
    r"(?:规划|计划|实施|方案)?期限?(?:为|:|是)?\s*((?:19|20)\d\d)\s*年?\s*[-~—至到]+\s*((?:19|20)\d\d)\s*年"
)
_LOOKS_BACK = re.compile(r"回顾|完成情况|过去|上年|去年|总结|回望")
_REPORTS = re.compile(r"评价|结果|完成|情况|总结|成效")
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class Timing:
    """The years a paper lives in: `now` (adopted, or first year of the period), `first`..`horizon` of the plan, `past` before it."""

    now: int | None
    first: int | None
    horizon: int | None
    past: int | None


def timing(meta: Meta, sections: Sequence[Section]) -> Timing:
    """Where the paper stands in time, from its meta or, failing that, from the deadlines it names."""
    printed = meta.adopted_date or meta.published_date
    now = int(printed[:4]) if printed else None
    horizon, first = meta.period_end, meta.period_start
    if horizon is None and (said := _period_said(sections)):
        first, horizon = said
    if horizon is None:
        horizon = _main_deadline(sections)
    if horizon is None and (named := _named_years(meta, sections)):
        start, horizon = named
        now = now or start
    if horizon is None:
        horizon = now
    if now is None:
        now = first if first is not None else (horizon - 4 if horizon else None)
    if now is not None and horizon is not None and now > horizon:
        now = first if first is not None else horizon
    past = (first - 1) if first else (now - 1 if now else None)
    return Timing(now, first, horizon, past)


def _period_said(sections: Sequence[Section]) -> tuple[int, int] | None:
    """The period that the text itself states (规划期限为2022-2035年)."""
    for section in sections:
        for block in section.body:
            if not isinstance(block, Table) and (m := _PERIOD_SAID.search(block.text.folded)):
                return int(m[1]), int(m[2])
    return None


def _main_deadline(sections: Sequence[Section]) -> int | None:
    """The year that most deadlines name, the first of them when several are named as often."""
    named: Counter[int] = Counter()
    for section in sections:
        for block in section.body:
            if not isinstance(block, Table):
                named.update(int(year) for year in _DEADLINE.findall(block.text.folded))
    return named.most_common(1)[0][0] if named else None


def _named_years(meta: Meta, sections: Sequence[Section]) -> tuple[int, int] | None:
    """First and last year of a paper that prints no deadline: in its title, in a short line before the chapters, by the
    five-year plan it speaks of, else the year it names most."""
    if meta.title and (m := _TITLE_YEAR.search(fold(meta.title))):
        return int(m[1]), int(m[1])
    texts = [b.text.folded for s in sections for b in s.body if not isinstance(b, Table)]
    opening = [t for t in texts[:6] if len(t) <= 40]
    if found := [int(y) for t in opening for y in _TITLE_YEAR.findall(t)]:
        return found[0], found[0]
    if period := five_year_plan("".join(texts)):
        return period
    years = Counter(int(y) for t in texts for y in _TITLE_YEAR.findall(t))
    return (years.most_common(1)[0][0],) * 2 if years else None


def read_mentions(sections: Sequence[Section], when: Timing) -> list[Draft]:
    """Drafts of every quantity of the paper in reading order."""
    drafts: list[Draft] = []
    left_open = None
    for section in sections:
        setting = setting_of(section, when)
        if section.heading is None and len(sections) > 1:
            setting.open_air = True
        tables = read_tables(section, setting, left_open)
        left_open = tables.left_open
        drafts += tables.drafts
        for block in tables.rest:
            if not isinstance(block, Table):
                drafts += _read_text(block.text, _told(block.text, setting))
    return drafts


def _told(text: Text, setting: Setting) -> Setting:
    """The setting of a paragraph that no title places in time: what it tells as done is achieved."""
    if setting.placed or setting.role is not Role.TARGET or not _DONE.search(text.folded) or _AHEAD.search(text.folded):
        return setting
    return replace(setting, role=Role.ACTUAL, moment=None)


def _read_text(text: Text, setting: Setting) -> list[Draft]:
    """Drafts of a paragraph, a table inside it read as one."""
    table = inline_table(text, setting) if "指标" in text.folded and len(text) > 60 else None
    if table is None:
        return read_prose(text, setting)
    found, start, end = table
    return [*read_prose(text.slice(0, start), setting), *found, *read_prose(text.slice(end, len(text)), setting)]


def setting_of(section: Section, when: Timing) -> Setting:
    """What the titles of a section decide for the numbers under it."""
    titles = [fold(t) for t in section.titles]
    setting = Setting(Role.TARGET, when.horizon, when.now, when.past, when.first)
    ahead = False  # 质量基础 below 发展目标 is a field, not a look back
    for title in titles:
        if SILENT_TITLES.search(title) and not re.search(r"目标|任务|成效|基础", title):
            setting.silent, setting.role = True, Role.TARGET
        elif (
            PAST_TITLES.search(title)
            and (not ahead or _LOOKS_BACK.search(title))
            and not re.search(r"目标|任务|措施|保障|夯实|重点|工程|提升|筑牢|强化|加强", title)
        ):
            setting.role = Role.ACTUAL
            setting.silent = False
        elif re.search(r"目标|任务|措施|举措|工程$|行动$", title):
            setting.role, setting.silent = Role.TARGET, False
            ahead = True
        setting.aims = setting.role is Role.TARGET and bool(re.search(r"目标|指标", titles[-1]))
        setting.placed = setting.placed or bool(PAST_TITLES.search(title) or TARGET_TITLES.search(title))
        if setting.role is Role.ACTUAL and (years := five_year_plan(title)):
            setting.past_year = years[1]
        elif setting.role is Role.ACTUAL and (named := moments(title)):
            setting.past_year = named[-1].year
        elif setting.role is Role.TARGET and (m := _TITLE_YEAR.search(title)) and when.now and int(m[1]) >= when.now:
            setting.horizon = int(m[1])
        if _REPORTS.search(title) and (m := _TITLE_YEAR.search(title)) and when.now and int(m[1]) <= when.now:
            setting.past_year = int(m[1])
    return setting
