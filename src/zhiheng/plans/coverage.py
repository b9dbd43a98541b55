"""What became of every number in the paper: a mention, excluded for a reason, or not understood?

The scanner knows nothing of the grammar: it lists every run of digits and every Chinese numeral with a classifier. What no
mention and no reason covers is reported; a compiler that reads less can only make this list longer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhiheng.documents.tree import Anchor, Block, Document, Place, Table, Text
from zhiheng.plans.model import Coverage, NumberSeen, Standing
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.exclusions import exclusions
from zhiheng.plans.sections import Section

_SCAN = re.compile(
    r"\d+(?:[.,]\d+)*|[零〇一二两三四五六七八九十百千万]+"
    r"(?=[个家项名条座所件张处种类级大年批位届次期轮人户步星倍起亩吨亿五]|公里|分之)"
)
_HEADING = re.compile(r"^\s*(?:[((]?[一二三四五六七八九十百\d]{1,4}[))]?[、.．]?|第[一二三四五六七八九十百\d]+[章节条])")
_BEFORE = (
    ("inside a unit or code", re.compile(r"(?:µg|ug|mg|ng|微克|毫克|m|人|件|张|元|km)[/·]?\s*$|[A-Za-z/-]\s?$")),
    ("number of a table or box", re.compile(r"(?:附?表|图|专栏|附件|附录)\s*$")),
    ("list number", re.compile(r"^\s*(?:(?:注|备注|说明)?:?\s*|.*[。;]\s*)(?=$)")),
)
_WHOLE = (
    ("table serial number", re.compile(r"^\s*\d{1,3}\s*$")),
    ("table note", re.compile(r"^\s*(?:注|备注|说明|注释)\s*[:：1①.]")),
    (
        "particulars of the paper",
        re.compile(r"^\s*\W*(?:索\s*引\s*号|文\s*号|发文字号|网站标识码|[^,。]{0,8}ICP备|电话|传真|邮编|联系电话|浏览次数)"),
    ),
)
_GLUED_SERIAL = re.compile(r"\s*\d{1,3}(?= ?[^\d.,、%\s])")
_DURATION = re.compile(r"[零〇一二两三四五六七八九十\d]{1,3}(?:个)?(?:年|月|周|天|日|季度|小时|分钟)(?!限|龄)")
_LIST_ITEM = re.compile(r"[.、)]")
_REACH, _TITLE = 120, 30
Interval = tuple[int, int]
Spans = Mapping[Place, Sequence[Interval]]


def read_coverage(
    document: Document, sections: Sequence[Section], drafts: Sequence[Draft], silent: Sequence[Section]
) -> Coverage:
    """Every number of the document with its standing; `silent` are the sections whose numbers are not read at all."""
    account = _Account(
        mentions=_by_place((d.text, d.start, d.end) for d in drafts),
        named=_by_place(_names(drafts)),
        headings={s.heading.anchor.place: s.heading.anchor for s in sections if s.heading is not None},
        quiet=frozenset(t.pieces[0].place for s in silent for b in s.body for t in _texts(b) if t.pieces),
    )
    return Coverage(tuple(seen for text in document.texts() for seen in _numbers(text, account)))


def _numbers(text: Text, account: _Account) -> Iterator[NumberSeen]:
    if not _SCAN.search(text.folded):
        return
    excluded = exclusions(text.folded)
    starts = [e.start for e in excluded]
    whole = next((reason for reason, pattern in _WHOLE if pattern.match(text.folded)), "")
    for m in _SCAN.finditer(text.folded):
        anchor = text.anchor(m.start(), m.end())
        printed = text.string[m.start() : m.end()]
        if _inside(anchor, account.mentions):
            yield NumberSeen(printed, Standing.MENTION, "", anchor)
            continue
        reason = account.reason(text, m, anchor, whole)
        near = bisect_left(starts, m.end()) - 1
        if not reason and near >= 0 and m.start() < excluded[near].end:
            reason = excluded[near].reason
        yield NumberSeen(printed, Standing.EXCLUDED if reason else Standing.NOT_UNDERSTOOD, reason, anchor)


@dataclass(frozen=True)
class _Account:
    """What is known of the places of a paper: where mentions and their names stand, titles, and parts not read."""

    mentions: Spans
    named: Spans
    headings: Mapping[Place, Anchor]
    quiet: frozenset[Place]

    def reason(self, text: Text, m: re.Match[str], anchor: Anchor, whole: str) -> str:
        """Why a number that no mention holds is no quantity; '' when nothing here says so. `whole`: what the text is."""
        folded = text.folded
        heading = self.headings.get(anchor.place)
        if heading is not None and anchor.start <= heading.end:
            numbered = _HEADING.match(folded)
            if numbered and m.end() <= numbered.end():
                return "heading number"
            if heading.end - heading.start <= _TITLE:
                return "inside a title"
        if _inside(anchor, self.named):
            return "inside an indicator name"
        if whole:
            return whole
        glued = _GLUED_SERIAL.match(folded)
        if glued and m.end() == glued.end() and anchor.place in self.mentions and not folded.rstrip().endswith(("。", ";")):
            return "table serial number"
        before = folded[max(0, m.start() - _REACH) : m.start()]
        for reason, pattern in _BEFORE:
            if pattern.search(before) and (reason != "list number" or _LIST_ITEM.match(folded, m.end())):
                return reason
        if _DURATION.match(folded, m.start()):
            return "length of time"
        return "guiding ideas and principles state no quantity" if anchor.place in self.quiet else ""


def _texts(block: Block) -> Iterator[Text]:
    if isinstance(block, Table):
        yield from (c.text for c in block.cells)
    else:
        yield block.text


def _names(drafts: Sequence[Draft]) -> Iterator[tuple[Text, int, int]]:
    """Where the indicator of a draft stands beside its value, so that the digits of its name are accounted for."""
    for d in drafts:
        at = d.text.string.find(d.indicator)
        if at >= 0:
            yield d.text, at, at + len(d.indicator)


def _by_place(spans: Iterable[tuple[Text, int, int]]) -> Spans:
    found: dict[Place, list[Interval]] = {}
    for text, start, end in spans:
        for anchor in text.anchors(start, end):
            found.setdefault(anchor.place, []).append((anchor.start, anchor.end))
    return {place: _joined(sorted(intervals)) for place, intervals in found.items()}


def _joined(intervals: Sequence[Interval]) -> list[Interval]:
    """The same stretch in intervals that do not overlap."""
    joined: list[Interval] = []
    for start, end in intervals:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(anchor: Anchor, spans: Spans) -> bool:
    intervals = spans.get(anchor.place, ())
    last = bisect_left(intervals, anchor.end, key=lambda interval: interval[0]) - 1
    return last >= 0 and anchor.start < intervals[last][1]
