"""From a paper to a plan: what does it set, in one pass over its parts?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.tree import Document
from zhiheng.plans.commitments import read_commitments
from zhiheng.plans.convention import Conventions
from zhiheng.plans.coverage import read_coverage
from zhiheng.plans.definitions import read_definitions
from zhiheng.plans.meta import read_meta
from zhiheng.plans.model import Alignment, Mention, Meta, Plan, Role
from zhiheng.plans.outline import outline, read_sections
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.mentions import read_mentions, setting_of, timing
from zhiheng.plans.targets import Noted, merge_targets
from zhiheng.plans.tasks import read_tasks
from zhiheng.rules.catalogue import Catalogue
from zhiheng.rules.regions import Region, region_in
from zhiheng.rules.rulebook import Rulebook

# A plan whose paper names no day is read by the conventions of this day.
_UNDATED = date(2026, 1, 1)


def compile_plan(
    document: Document,
    catalogue: Catalogue,
    rulebook: Rulebook,
    *,
    use_aliases: bool = True,
    find_region: Callable[[str], Region | None] = region_in,
) -> Plan:
    """The plan that a paper sets out; deterministic. Without `use_aliases` only official indicator names are aligned."""
    sections = read_sections(document)
    meta = read_meta(sections, find_region=find_region)
    when = timing(meta, sections)
    drafts = read_mentions(sections, when)
    mentions = [_mention(i, d, _printed(d, document), catalogue, use_aliases=use_aliases) for i, d in enumerate(drafts, 1)]
    noted = [Noted(m, d.row, d.counted) for m, d in zip(mentions, drafts, strict=True)]
    silent = [s for s in sections if setting_of(s, when).silent]
    conventions = _conventions(rulebook, meta)
    targets = merge_targets(noted, meta, catalogue, conventions)
    return Plan(
        name=document.name,
        meta=meta,
        outline=outline(sections),
        mentions=tuple(mentions),
        targets=targets,
        commitments=read_commitments(sections, when.horizon),
        tasks=read_tasks(sections),
        definitions=read_definitions(sections),
        coverage=read_coverage(document, sections, drafts, silent),
        problems=(*document.problems, *_problems(document, mentions)),
    )


def _printed(d: Draft, document: Document) -> str:
    """The value as its line prints it, pinyin inside it included; one that goes on in the next line, put together."""
    pieces = list(d.text.anchors(d.start, d.end))
    line = pieces[0].place.line
    if line is None or not document.lines or any(a.place.line != line for a in pieces):
        return d.text.string[d.start : d.end]
    return document.lines[line - 1][pieces[0].start : pieces[-1].end]


def _mention(number: int, d: Draft, printed: str, catalogue: Catalogue, *, use_aliases: bool) -> Mention:
    found = catalogue.align(d.indicator, use_aliases=use_aliases)
    return Mention(
        id=f"M{number:03d}", indicator=d.indicator, role=d.role, comparator=d.comparator, value_low=d.low, value_high=d.high,
        unit=d.unit, year=d.year, basis=d.basis, modality=d.modality, scope=d.scope, source=d.source, text=printed,
        anchor=d.text.anchor(d.start, d.end), context=d.context, period=d.period, attribute=d.attribute, marks=d.marks, group=d.group,
        catalogue=Alignment(found.indicator, found.name, found.score, str(found.reason.value)) if found else None,
    )  # fmt: skip


def _conventions(rulebook: Rulebook, meta: Meta) -> Conventions:
    """How the rules of the plan's own day read what a plan leaves out."""
    printed = meta.adopted_date or meta.published_date
    day = date.fromisoformat(printed) if printed else _UNDATED
    bare = rulebook.read("plan/bare_number", day).value
    endings = rulebook.read("plan/direction_by_ending", day).value
    return Conventions(
        {k: str(v) for k, v in bare.items()} if isinstance(bare, Mapping) else {},
        {k: tuple(map(str, v)) for k, v in endings.items() if isinstance(v, Sequence)} if isinstance(endings, Mapping) else {},
    )


def _problems(document: Document, mentions: Sequence[Mention]) -> list[Problem]:
    if not any(m.role is Role.TARGET for m in mentions):
        return [Problem("plans.no_target", Severity.WARNING, {"file": document.name}, file=document.name)]
    return []
