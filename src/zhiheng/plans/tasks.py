"""Which pieces of work does the plan hand out, and to whom?

A task is a numbered title of a working chapter with no numbered title below it, a 专栏, a title with units of its own, or
a row of a table that names who is responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Anchor, Block, ListItem, Paragraph, Table, Text
from zhiheng.plans.chapters import Chapter, chapter_kind, place_in_plan
from zhiheng.plans.model import Heading, Task
from zhiheng.plans.sections import Section, behind_the_notice
from zhiheng.plans.task_lines import lined_tasks
from zhiheng.plans.task_sentences import strongest, task_sentences
from zhiheng.plans.task_tables import TableTask, table_tasks
from zhiheng.plans.unit_names import is_open
from zhiheng.plans.units import Assignment, assignments, is_unfinished

_FIRST_LEADS = re.compile(
    r"(?:列|排|排名|排序|排列)(?:在)?(?:第一位?|首位|第一的?)的?(?:责任)?(?:单位|部门)?为(?:牵头|主办|总牵头)"
)
_WORKING = (Chapter.WORK, Chapter.MIXED)
_INDICATORS = re.compile(r"指标(?:体系|表|一览表)?$")
_CHAPTER = re.compile(r"第.+章|[一二三四五六七八九十]+、")
_TABLE = re.compile(r"^附?表 *[\d一二三四五六七八九十]")
_AFTER_THE_PLAN = re.compile(
    r"^ *(?:附件|附表|附 *:|抄送|【|\[?打印|关闭|上一篇|下一篇|相关(?:稿件|链接|文章|附件|解读|新闻|阅读)"
    r"|(?:政策|规划|文件)(?:解读|咨询)|主办|版权|网站|分享|作者|信息来源|责任编辑|联系(?:人|电话)"
    r"|本(?:方案|规划|计划|意见|办法|纲要|行动计划).{0,6}自.*(?:施行|实施|执行))"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as far as tasks are concerned: its paragraphs, what they say of units, the rows of its task tables."""

    section: Section
    kind: Chapter
    texts: tuple[Text, ...]
    said: tuple[Assignment, ...]
    body: str
    rows: tuple[TableTask, ...]


def read_tasks(sections: Sequence[Section]) -> tuple[Task, ...]:
    """All tasks in reading order; who 下同 or the title above makes responsible stands in `inherited_units`."""
    sections = sections[behind_the_notice(sections) :]
    parts = [_part(s) for s in sections]
    first_leads = any("第一" in t.folded and _FIRST_LEADS.search(t.folded) for p in parts for t in p.texts)
    parents = {id(h) for s in sections if s.heading and not _is_box(s.heading) for h in s.chain}
    tasks: list[Task] = []
    inheritance = _Inheritance()
    for part in parts:
        heading = part.section.heading
        if heading and part.kind in _WORKING:
            task = _task(part, heading, first_leads=first_leads)
            if _is_row(part, heading, parents):
                tasks.append(replace(task, inherited_units=inheritance.of(part.section, task.responsible_units)))
            inheritance.note(part.section, heading, task.responsible_units, part.said)
        tasks = _with_rows(tasks, part)
    return tuple(replace(t, id=f"K{i:02d}") for i, t in enumerate(tasks, 1))


def _part(section: Section) -> _Part:
    """What a section says; parts of the past and of aims say nothing of tasks."""
    box = section.heading is not None and _is_box(section.heading) and len(section.titles) > 1
    kind = place_in_plan([fold(t) for t in section.titles[: -1 if box else None]])
    texts = tuple(_paragraphs(section.body))
    if kind not in (*_WORKING, Chapter.CLOSING):
        return _Part(section, kind, texts, (), "", ())
    drawn = tuple(row for b in section.body if isinstance(b, Table) for row in table_tasks(b))
    said: list[Assignment] = []
    lines: list[str] = []
    for text in texts:
        if _AFTER_THE_PLAN.match(text.folded):
            break
        found = assignments(text)
        said += found
        if rest := _without(text, found).strip():
            lines.append(rest)
    return _Part(section, kind, texts, tuple(said), "\n".join(lines), drawn or tuple(lined_tasks(texts)))


class _Inheritance:
    """What holds for a task though it is printed elsewhere: at the title above it, or before it with 下同.

    各县(市、区)人民政府,下同 holds for whatever follows; bureaus with 下同 only where a task of the same chapter names none.
    """

    def __init__(self) -> None:
        self._at_title: dict[int, tuple[str, ...]] = {}
        self._for_all: tuple[str, ...] = ()
        self._in_chapter: dict[int, tuple[str, ...]] = {}

    def note(self, section: Section, heading: Heading, units: tuple[str, ...], said: Sequence[Assignment]) -> None:
        self._at_title[id(heading)] = units
        below = _distinct(u for a in said for u in a.below)
        if below and all(is_open(u) for u in below):
            self._for_all = _distinct((*self._for_all, *below))
        elif below:
            self._in_chapter[_chapter_of(section)] = below

    def of(self, section: Section, own: tuple[str, ...]) -> tuple[str, ...]:
        above = next((u for h in reversed(section.chain) if (u := self._at_title.get(id(h)))), ())
        default = () if own else above or self._in_chapter.get(_chapter_of(section), ())
        return tuple(u for u in _distinct((*default, *self._for_all)) if u not in own)


def _chapter_of(section: Section) -> int:
    return id(section.chain[0]) if section.chain else 0


def _is_box(heading: Heading) -> bool:
    return bool(heading.number and heading.number.startswith("专栏"))


def _is_row(part: _Part, heading: Heading, parents: set[int]) -> bool:
    """A box; a title with units; else one with no title and no task table below it, unless it names aims or a table."""
    if _is_box(heading):
        return not _INDICATORS.search(fold(heading.title))
    if any(a.units for a in part.said):
        return True
    if _TABLE.match(fold(heading.title)):
        return False
    return id(heading) not in parents and not part.rows and chapter_kind(fold(heading.title)) is not Chapter.MIXED


def _task(part: _Part, heading: Heading, *, first_leads: bool) -> Task:
    """The task a title would be."""
    chain, said = part.section.chain, part.said
    units = _distinct(u for a in said for u in a.units)
    lead, supporting = _distinct(u for a in said for u in a.lead), _distinct(u for a in said for u in a.supporting)
    if first_leads and units and not lead:
        lead, supporting = units[:1], units[1:]
    task = _new(heading.number, heading.title, part.body or heading.title, heading.anchor, (units, lead, supporting))
    return replace(task, parent_title=chain[-1].title if chain else None, chapter=_chapter(part.section))


def _new(number: str | None, title: str, text: str, anchor: Anchor, units: tuple[tuple[str, ...], ...]) -> Task:
    sentences = task_sentences(text)
    return Task(
        id="",
        number=number,
        title=title,
        parent_title=None,
        chapter=None,
        responsible_units=units[0],
        lead_units=units[1],
        supporting_units=units[2],
        inherited_units=(),
        open_units=tuple(u for u in units[0] if is_open(u)),
        anchor=anchor,
        text=text,
        sentences=sentences,
        commitment_class=strongest(sentences),
    )


def _chapter(section: Section) -> str | None:
    """Number and title of the outermost title, if it is one of a chapter."""
    outermost = section.chain[0] if section.chain else section.heading
    if outermost is None or (outermost.level != 1 and not _CHAPTER.match(outermost.number or "")):
        return None
    number = outermost.number or ""
    return f"{number}{'' if number.endswith(('、', '.', '．')) or not number else ' '}{outermost.title}"


def _paragraphs(body: Iterable[Block]) -> Iterator[Text]:
    """The paragraphs; one whose bracket is still open goes on in the next."""
    pending: Text | None = None
    for text in (b.text for b in body if isinstance(b, Paragraph | ListItem)):
        whole = text if pending is None else Text.joined((pending, text))
        pending = whole if is_unfinished(whole.folded) else None
        if pending is None:
            yield whole
    if pending is not None:
        yield pending


def _without(text: Text, said: Sequence[Assignment]) -> str:
    """The text without the spans that only say who is responsible."""
    kept, at = [], 0
    for a in said:
        kept.append(text.string[at : a.start])
        at = a.end
    return "".join((*kept, text.string[at:]))


def _distinct(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))


def _with_rows(tasks: list[Task], part: _Part) -> list[Task]:
    """The tasks with those of the section's tables: a row that repeats a title adds its units, any other is a task."""
    known_at = {_letters(t.title): i for i, t in reversed(list(enumerate(tasks)))} if part.rows else {}
    for row in part.rows:
        task = _new(row.number, row.title, row.text, row.anchor, (row.units, row.lead, row.supporting))
        known = known_at.get(_letters(row.title))
        if known is None:
            known_at[_letters(row.title)] = len(tasks)
            parent = row.group or (part.section.titles[-1] if part.section.titles else None)
            tasks.append(replace(task, parent_title=parent, chapter=_chapter(part.section)))
        elif not tasks[known].responsible_units:
            same = ("responsible_units", "lead_units", "supporting_units", "open_units")
            tasks[known] = replace(tasks[known], **{name: getattr(task, name) for name in same})
    return tasks


def _letters(title: str) -> str:
    return "".join(c for c in fold(title) if c.isalnum())
