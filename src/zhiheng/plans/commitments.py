"""What does the plan promise without a number?

Read in chapters of aims and of work only: what is reported there is no promise. Zero accidents is a number and stands among
the mentions, never here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import ListItem, Paragraph, Table, Text
from zhiheng.plans.chapters import Chapter, place_in_plan
from zhiheng.plans.model import Commitment, CommitmentKind, Modality
from zhiheng.plans.plan_period import five_years
from zhiheng.plans.promise_words import MEASURABLE, PROMISES, Promise
from zhiheng.plans.sections import Section
from zhiheng.plans.title_words import TITLE_VERBS

_SENTENCE = re.compile(r"[^。;!?\n]+")
_YEAR = re.compile(
    r"(?<![\d较比与自从])(?P<year>20\d\d)(?:年(?:底|末|前|度)*|(?=[,，]))(?!以来|基础|相比|增长|提高|下降|的?\d)"
    r"|(?P<five>十[一二三四五六七八]五)(?![”\"]?(?:开局|的?首年|的?第一年|规划|纲要))"
)
_REPORTED = re.compile("一年来|五年来|过去|截至|已经?(?:全面|基本|实现|全部|达到)|成功|获批|取得了|得到了|迈上了")
_STRIVE = re.compile("力争|争取|努力")
_MAINTAIN = re.compile("保持|稳定|维持|稳中")
_LEAD = re.compile(
    r"^(?:[到至在]? ?20\d\d年?[底末前度]*(?:之?前)?|\d{1,2}月[底末]?前?|年[底内]前?|[“\"]?十[一-鿿]五[”\"]?(?:时期|期间|末)?"
    r"|[一二三四五]是|[-—·•、, ]+|将|把|其中|同时|此外|力争|争取|确保|努力|实现|推动|推进|促进|使|让|加快|继续|不断|持续"
    r"|稳步|逐步|进一步|全面|有效|切实|全力|积极|大力|着力|基本|保持|提升|提高|实施|开展)+"
)
_TAIL = re.compile(
    r"(?:[较比与]20\d\d年(?:相比)?|力争|争取|确保|努力|实现|达到|均|都|已|将|要|也|继续|全面|基本|进一步|持续|不断|稳步|逐步|保持|显著|明显|总体|整体|连续"
    r"|[的、 ])+$"
)
_IN = re.compile("^在(?P<where>.{2,})[上方]面?$")
_HAN = re.compile("[一-鿿]")
_VERB_ONLY = re.compile("|".join(TITLE_VERBS))
_CELL = 14


def read_commitments(sections: Sequence[Section], horizon: int | None = None) -> tuple[Commitment, ...]:
    """All promises without a number in reading order; a promise that names no year in reach has the plan's `horizon`."""
    found: list[Commitment] = []
    for section in sections:
        kind = place_in_plan([fold(t) for t in section.titles])
        if kind in (Chapter.PAST, Chapter.CLOSING):
            continue
        found += _in_section(section, horizon)
    return tuple(replace(c, id=f"C{i:02d}") for i, c in enumerate(found, 1))


def _in_section(section: Section, horizon: int | None) -> Iterator[Commitment]:
    """The promises of a section; a year goes on to what follows it there."""
    year = horizon
    lines: list[Text] = []
    for block in section.body:
        if isinstance(block, Table):
            yield from _in_table(block, horizon)
        elif isinstance(block, Paragraph | ListItem) and (section.heading or _year(block.text.folded)):
            if len(block.text) <= _CELL and (one := _in_cell(block.text, lines, horizon)):
                yield one
            else:
                yield from _in_paragraph(block.text, year)
            year = _year(block.text.folded) or year
            lines.append(block.text)


def _year(folded: str) -> int | None:
    """The last year a span sets as its date; a year that is only compared with sets none."""
    if "20" not in folded and "五" not in folded:
        return None
    years = [int(m["year"]) if m["year"] else (five_years(m["five"]) or (0, 0))[1] for m in _YEAR.finditer(folded)]
    return years[-1] if years else None


def _in_paragraph(text: Text, year: int | None) -> Iterator[Commitment]:
    """The promises of a paragraph, each with the year in reach: of its sentence, else of what precedes it."""
    possible = [p for p in PROMISES if any(hint in text.folded for hint in p.hints)]
    if not possible:
        return
    for m in _SENTENCE.finditer(text.folded):
        start, end = m.span()
        for a, b, promise, indicator in _promises(text, start, end, possible):
            before = text.folded[start:a]
            reach, modality = _year(before) or year, _modality(before, text.folded[a:b])
            context = text.string[start:end].strip()
            yield Commitment("", promise.kind, indicator, text.string[a:b], context, reach, modality, text.anchor(a, b))
        year = _year(m[0]) or year


def _modality(before: str, words: str) -> Modality:
    if _STRIVE.search(before[-40:] + words):
        return Modality.STRIVE
    return Modality.MAINTAIN if _MAINTAIN.search(words) else Modality.FIRM


def _promises(text: Text, start: int, end: int, possible: Sequence[Promise]) -> Iterator[tuple[int, int, Promise, str]]:
    """Spans of a sentence that promise something, with what they promise; the first kind that claims a span has it."""
    sentence = text.folded[start:end]
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, Promise, str]] = []
    for promise in possible:
        if not any(hint in sentence for hint in promise.hints):
            continue
        for m in promise.words.finditer(text.folded, start, end):
            a, b = m.span()
            if any(a < y and x < b for x, y in taken) or _REPORTED.search(sentence):
                continue
            indicator = _indicator(text, promise, m, start, end)
            if indicator and not (promise.kind is CommitmentKind.TREND and not MEASURABLE.search(fold(indicator))):
                taken.append((a, b))
                found.append((a, b, promise, indicator))
    yield from sorted(found, key=lambda f: f[0])


def _indicator(text: Text, promise: Promise, m: re.Match[str], start: int, end: int) -> str | None:
    """What is promised: the words' own object, else the noun before them in the clause, else the one behind."""
    if "thing" in m.re.groupindex and m["thing"] and len(m["thing"]) >= 2:
        return _noun(text, m.start("thing"), m.end("thing"))
    if promise.before and (noun := _noun(text, _clause_start(text.folded, start, m.start()), m.start())):
        return noun
    if promise.after:
        stop = re.compile("[,。;:]|$").search(text.folded, m.end(), end)
        return _noun(text, m.end(), stop.start() if stop else end)
    return None


def _clause_start(folded: str, start: int, at: int) -> int:
    """Where the clause that ends at `at` begins: behind the last mark outside brackets."""
    depth = 0
    for i in range(at - 1, start - 1, -1):
        c = folded[i]
        depth += (c == ")") - (c == "(")
        if depth == 0 and c in ",;:。!?":
            return i + 1
    return start


def _noun(text: Text, start: int, end: int) -> str | None:
    """The noun of a span without time, modality and verbs around it."""
    folded = text.folded[start:end]
    lead = _LEAD.match(folded)
    first = lead.end() if lead else 0
    tail = _TAIL.search(folded, first)
    last = tail.start() if tail else len(folded)
    if place := _IN.match(folded[first:last]):
        first, last = first + place.start("where"), first + place.end("where")
    noun = text.string[start + first : start + last].strip()
    fits = len(_HAN.findall(noun)) >= 2 and len(noun) <= 50 and not _VERB_ONLY.fullmatch(folded[first:last])
    return noun if fits else None


def _in_cell(text: Text, above: Sequence[Text], year: int | None) -> Commitment | None:
    """A short line that is nothing but a promise: a cell of a table set out one cell a line, its indicator above it."""
    bare = text.folded.strip("〔〕()<>{} ")
    promise = next((p for p in PROMISES if p.words.fullmatch(bare)), None)
    cells = [t for t in reversed(above[-5:]) if len(_HAN.findall(t.folded)) >= 4 and "。" not in t.folded]
    named = next((t for t in cells if MEASURABLE.search(t.folded)), cells[0] if cells else None)
    if promise is None or named is None:
        return None
    indicator, printed = named.string.strip(), text.string.strip()
    context = f"{indicator} {printed}"
    return Commitment("", promise.kind, indicator, printed, context, year, _modality("", bare), text.anchor())


def _in_table(table: Table, year: int | None) -> Iterator[Commitment]:
    """Cells that promise without a number, with the indicator of their row and the year of their column."""
    rows = table.grid()
    head = [c.folded for c in rows[0]] if rows else []
    named = next((i for i, h in enumerate(head) if "指标" in h and "属性" not in h and "单位" not in h), None)
    for row in rows[1:] if named is not None else ():
        indicator = row[named or 0].string.strip()
        for column, cell in enumerate(row):
            if column <= (named or 0) or not indicator or not 3 <= len(cell) <= 24 or re.search(r"\d", cell.folded):
                continue
            bare = cell.folded.strip("〔〕()<>{} ")
            promise = next((p for p in PROMISES if p.words.search(bare)), None)
            if promise:
                printed, reach = cell.string.strip(), _year(head[column]) or year
                context = " ".join(c.string.strip() for c in row if c.string.strip())
                yield Commitment("", promise.kind, indicator, printed, context, reach, _modality("", bare), cell.anchor())
