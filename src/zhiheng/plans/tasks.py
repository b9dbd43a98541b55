"""Which pieces of work does the plan hand out, and to whom?

A task is a numbered title of a working chapter with no numbered title below it, a 专栏, a title with units of its own, or
a row of a table that names who is responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Block, ListItem, Paragraph, Table, Text
from zhiheng.plans.chapters import Chapter, chapter_kind, place_in_plan
from zhiheng.plans.model import CommitmentClass, Heading, Task
from zhiheng.plans.sections import Section
from zhiheng.plans.task_sentences import strongest, task_sentences
from zhiheng.plans.task_tables import TableTask, table_tasks
from zhiheng.plans.unit_names import is_open
from zhiheng.plans.units import Assignment, assignments, is_unfinished

_FIRST_LEADS = re.compile(
    r"(?:列|排|排名|排序|排列)(?:在)?(?:第一位?|首位|第一的?)的?(?:责任)?(?:单位|部门)?为(?:牵头|主办|总牵头)"
)
_INDICATORS = re.compile(r"指标(?:体系|表|一览表)?$")
_AFTER_THE_PLAN = re.compile(
    r"^ *(?:附件|附表|附 *:|抄送|【|\[?打印|关闭|上一篇|下一篇|相关(?:稿件|链接|文章|附件|解读|新闻|阅读)"
    r"|(?:政策|规划|文件)(?:解读|咨询)|主办|版权|网站|分享|作者|信息来源|责任编辑|联系(?:人|电话)"
    r"|本(?:方案|规划|计划|意见|办法|纲要|行动计划).{0,6}自.*(?:施行|实施|执行))"
)


def read_tasks(sections: Sequence[Section]) -> tuple[Task, ...]:
    """All tasks in reading order; who 下同 or the title above makes responsible stands in `inherited_units`."""
    first_leads = any(_FIRST_LEADS.search(t.folded) for s in sections for t in _paragraphs(s.body))
    parents = {id(h) for s in sections if s.heading and not _is_box(s.heading) for h in s.chain}
    tasks: list[Task] = []
    below: tuple[str, ...] = ()
    of_title: dict[int, tuple[str, ...]] = {}
    for section in sections:
        kind = place_in_plan([fold(t) for t in section.titles])
        if kind in (Chapter.WORK, Chapter.MIXED) and section.heading:
            task, said = _task(section, section.heading, first_leads=first_leads)
            of_title[id(section.heading)] = task.responsible_units
            if _is_row(section, section.heading, task, parents):
                above = next((u for h in reversed(section.chain) if (u := of_title.get(id(h)))), ())
                inherited = tuple(u for u in (*above, *below) if u not in task.responsible_units)
                tasks.append(replace(task, inherited_units=tuple(dict.fromkeys(inherited))))
            below += tuple(u for a in said for u in a.below if u not in below)
        if kind in (Chapter.WORK, Chapter.MIXED, Chapter.CLOSING):
            tasks = _with_rows(tasks, section)
    return tuple(replace(t, id=f"K{i:02d}") for i, t in enumerate(tasks, 1))


def _is_box(heading: Heading) -> bool:
    return bool(heading.number and heading.number.startswith("专栏"))


def _is_row(section: Section, heading: Heading, task: Task, parents: set[int]) -> bool:
    if _is_box(heading):
        return not _INDICATORS.search(fold(heading.title))
    if task.responsible_units:
        return True
    aims_too = any(chapter_kind(fold(t)) is Chapter.MIXED for t in section.titles[-1:])
    return id(heading) not in parents and not aims_too and not _holds_task_table(section)


def _holds_task_table(section: Section) -> bool:
    return any(isinstance(b, Table) and any(True for _ in table_tasks(b)) for b in section.body)


def _task(section: Section, heading: Heading, *, first_leads: bool) -> tuple[Task, list[Assignment]]:
    """The task a title would be, and the assignments under it."""
    said: list[Assignment] = []
    texts: list[str] = []
    for text in _paragraphs(section.body):
        if _AFTER_THE_PLAN.match(text.folded):
            break
        found = assignments(text)
        said += found
        if rest := _without(text, found).strip():
            texts.append(rest)
    body = "\n".join(texts) or heading.title
    units = _distinct(u for a in said for u in a.units)
    lead, supporting = _distinct(u for a in said for u in a.lead), _distinct(u for a in said for u in a.supporting)
    if first_leads and units and not lead:
        lead, supporting = units[:1], units[1:]
    sentences = task_sentences(body)
    return (
        Task(
            id="",
            number=heading.number,
            title=heading.title,
            parent_title=section.chain[-1].title if section.chain else None,
            chapter=_chapter(section, heading),
            responsible_units=units,
            lead_units=lead,
            supporting_units=supporting,
            inherited_units=(),
            open_units=tuple(u for u in units if is_open(u)),
            anchor=heading.anchor,
            text=body,
            sentences=sentences,
            commitment_class=strongest(sentences),
        ),
        said,
    )


def _chapter(section: Section, heading: Heading) -> str | None:
    """Number and title of the outermost title, if it is one of a chapter."""
    outermost = section.chain[0] if section.chain else heading
    if outermost.level != 1:
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


def _with_rows(tasks: list[Task], section: Section) -> list[Task]:
    """The tasks with those of the section's tables: a row that repeats a title adds its units, any other is a task."""
    for table in (b for b in section.body if isinstance(b, Table)):
        for row in table_tasks(table):
            known = next((i for i, t in enumerate(tasks) if _same(t.title, row.title)), None)
            if known is None:
                tasks.append(_row_task(row, section))
            elif not tasks[known].responsible_units:
                tasks[known] = replace(
                    tasks[known],
                    responsible_units=row.units,
                    lead_units=row.lead,
                    supporting_units=row.supporting,
                    open_units=tuple(u for u in row.units if is_open(u)),
                )
    return tasks


def _row_task(row: TableTask, section: Section) -> Task:
    sentences = task_sentences(row.text)
    parent = row.group or (section.titles[-1] if section.titles else None)
    return Task(
        id="",
        number=row.number,
        title=row.title,
        parent_title=parent,
        chapter=_chapter(section, section.heading) if section.heading else None,
        responsible_units=row.units,
        lead_units=row.lead,
        supporting_units=row.supporting,
        inherited_units=(),
        open_units=tuple(u for u in row.units if is_open(u)),
        anchor=row.anchor,
        text=row.text,
        sentences=sentences,
        commitment_class=strongest(sentences) if sentences else CommitmentClass.PLAIN,
    )


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(title: str) -> str:
    return "".join(c for c in fold(title) if c.isalnum())
