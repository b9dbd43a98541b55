"""Which quantities of indicators does a paper state, in tables and in prose?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.documents.tree import Block, Table, Text
from zhiheng.plans.model import Meta, Role
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.horizon import five_year_plan, moments
from zhiheng.plans.quantities.prose import read_prose
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.tables import inline_table, read_tables
from zhiheng.plans.quantities.vocabulary import PAST_TITLES, SILENT_TITLES
from zhiheng.plans.sections import Section

_DEADLINE = re.compile(r"(?:到|至)((?:19|20)\d\d)年")
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
    if horizon is None:
        horizon = _main_deadline(sections)
    if horizon is None and (year := _named_year(meta, sections)):
        horizon, now = year, now or year
    if horizon is None:
        horizon = now
    if now is None:
        now = first if first is not None else (horizon - 4 if horizon else None)
    if now is not None and horizon is not None and now > horizon:
        now = first if first is not None else horizon
    past = (first - 1) if first else (now - 1 if now else None)
    return Timing(now, first, horizon, past)


def _main_deadline(sections: Sequence[Section]) -> int | None:
    for section in sections:
        for block in section.body:
            if not isinstance(block, Table) and (m := _DEADLINE.search(block.text.folded)):
                return int(m[1])
    return None


def _named_year(meta: Meta, sections: Sequence[Section]) -> int | None:
    """The year of a paper for one year: in its title, else in a short line before the chapters, else the one named most."""
    if meta.title and (m := _TITLE_YEAR.search(meta.title)):
        return int(m[1])
    texts = [b.text.folded for s in sections for b in s.body if not isinstance(b, Table)]
    opening = [t for t in texts[:6] if len(t) <= 40]
    if found := [int(y) for t in opening for y in _TITLE_YEAR.findall(t)]:
        return found[0]
    years = Counter(int(y) for t in texts for y in _TITLE_YEAR.findall(t))
    return years.most_common(1)[0][0] if years else None


def read_mentions(sections: Sequence[Section], when: Timing) -> list[Draft]:
    """Drafts of every quantity of the paper in reading order."""
    drafts: list[Draft] = []
    for section in sections:
        setting = setting_of(section, when)
        if section.heading is None and len(sections) > 1:
            setting.open_air = True
        rest: list[Block] = []
        tables, rest = read_tables(section, setting)
        drafts += tables
        for block in rest:
            if not isinstance(block, Table):
                drafts += _read_text(block.text, setting)
    return drafts


def _read_text(text: Text, setting: Setting) -> list[Draft]:
    """Drafts of a paragraph, a table inside it read as one."""
    table = inline_table(text, setting) if "指标" in text.folded and len(text) > 60 else None
    if table is None:
        return read_prose(text, setting)
    found, start, end = table
    return [*read_prose(text.slice(0, start), setting), *found, *read_prose(text.slice(end, len(text)), setting)]


def setting_of(section: Section, when: Timing) -> Setting:
    titles = section.titles
    setting = Setting(Role.TARGET, when.horizon, when.now, when.past, when.first)
    for title in titles:
        if SILENT_TITLES.search(title) and not re.search(r"目标|任务|成效|基础", title):
            setting.silent, setting.role = True, Role.TARGET
        elif PAST_TITLES.search(title) and not re.search(r"目标|任务|措施|保障|夯实|重点|工程|提升|筑牢|强化|加强", title):
            setting.role = Role.ACTUAL
            setting.silent = False
        elif re.search(r"目标|任务|措施|举措|工程$|行动$", title):
            setting.role, setting.silent = Role.TARGET, False
        setting.aims = setting.role is Role.TARGET and bool(re.search(r"目标|指标", titles[-1]))
        if setting.role is Role.ACTUAL and (years := five_year_plan(title)):
            setting.past_year = years[1]
        elif setting.role is Role.ACTUAL and (named := moments(title)):
            setting.past_year = named[-1].year
        elif setting.role is Role.TARGET and (m := _TITLE_YEAR.search(title)) and when.now and int(m[1]) >= when.now:
            setting.horizon = int(m[1])
    return setting
