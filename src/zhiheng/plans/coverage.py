"""What became of every number in the paper: a mention, excluded for a reason, or not understood?

The scanner knows nothing of the grammar: it lists every run of digits and every Chinese numeral with a classifier. What no
mention and no reason covers is reported; a compiler that reads less can only make this list longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.documents.tree import Anchor, Document, Place, Table, Text
from zhiheng.plans.model import Coverage, NumberSeen, Standing
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.exclusions import exclusions
from zhiheng.plans.sections import Section

_SCAN = re.compile(
    r"\d+(?:[.,]\d+)*|[零〇一二两三四五六七八九十百千万]+(?=(?:个|家|项|名|条|座|所|件|张|处|种|类|级|大|年|批|位|届|次|期|轮|人|户|步|星|倍|起|亩|公里|吨|亿|分之|五))"
)
_HEADING = re.compile(r"^\s*(?:[((]?[一二三四五六七八九十百\d]{1,4}[))]?[、.．]?|第[一二三四五六七八九十百\d]+[章节条])")
_SERIAL = re.compile(r"^\s*\d{1,3}\s*$")
_IN_UNIT = re.compile(r"(?:µg|ug|mg|ng|微克|毫克|m|人|件|张|元|km)[/·]?\s*$|[A-Za-z]$")
_LIST_MARK = re.compile(r"^\s*(?:注|备注|说明)?[::]?\s*(?:[①-⑳]|\d{1,2}[.、)])")
Interval = tuple[int, int]


def read_coverage(
    document: Document, sections: Sequence[Section], drafts: Sequence[Draft], silent: Sequence[Section]
) -> Coverage:
    """Every number of the document with its standing; `silent` are the sections whose numbers are not read at all."""
    mentions = _intervals((d.text, d.start, d.end) for d in drafts)
    named = _intervals(_names(drafts))
    headings = {s.heading.anchor.place: s.heading.anchor for s in sections if s.heading is not None}
    quiet = {t.pieces[0].place for s in silent for b in s.body for t in _texts(b) if t.pieces}
    seen: list[NumberSeen] = []
    for text in document.texts():
        if not _SCAN.search(text.folded):
            continue
        excluded = exclusions(text.folded)
        for m in _SCAN.finditer(text.folded):
            anchor = text.anchor(m.start(), m.end())
            standing, reason = _standing(text, m, anchor, mentions, named, headings, quiet)
            if not reason and standing is not Standing.MENTION:
                reason = next((e.reason for e in excluded if e.start < m.end() and m.start() < e.end), "")
                standing = Standing.EXCLUDED if reason else Standing.NOT_UNDERSTOOD
            seen.append(NumberSeen(text.string[m.start() : m.end()], standing, reason, anchor))
    return Coverage(tuple(seen))


def _standing(
    text: Text,
    m: re.Match[str],
    anchor: Anchor,
    mentions: dict[Place, list[Interval]],
    named: dict[Place, list[Interval]],
    headings: dict[Place, Anchor],
    quiet: set[Place],
) -> tuple[Standing, str]:
    if _inside(anchor, mentions):
        return Standing.MENTION, ""
    heading = headings.get(anchor.place)
    if heading is not None and anchor.start <= heading.end:
        return Standing.EXCLUDED, "heading number" if _HEADING.match(text.folded[: m.end() + 1]) else "inside a title"
    if _inside(anchor, named):
        return Standing.EXCLUDED, "inside an indicator name"
    if _SERIAL.match(text.folded):
        return Standing.EXCLUDED, "table serial number"
    if _IN_UNIT.search(text.folded[: m.start()]):
        return Standing.EXCLUDED, "inside a unit or code"
    if _LIST_MARK.match(text.folded[: m.end() + 1]) and m.start() < 6:
        return Standing.EXCLUDED, "list number"
    if anchor.place in quiet:
        return Standing.EXCLUDED, "guiding ideas and principles state no quantity"
    return Standing.NOT_UNDERSTOOD, ""


def _texts(block: object) -> Iterator[Text]:
    if isinstance(block, Table):
        yield from (c.text for c in block.cells)
    else:
        yield block.text  # type: ignore[attr-defined]


def _names(drafts: Sequence[Draft]) -> Iterator[tuple[Text, int, int]]:
    """Where the indicator of a draft stands beside its value, so that the digits of its name are accounted for."""
    for d in drafts:
        at = d.text.string.find(d.indicator)
        if at >= 0:
            yield d.text, at, at + len(d.indicator)


def _intervals(spans: Iterator[tuple[Text, int, int]]) -> dict[Place, list[Interval]]:
    found: dict[Place, list[Interval]] = {}
    for text, start, end in spans:
        for anchor in text.anchors(start, end):
            found.setdefault(anchor.place, []).append((anchor.start, anchor.end))
    return found


def _inside(anchor: Anchor, spans: dict[Place, list[Interval]]) -> bool:
    return any(a < anchor.end and anchor.start < b for a, b in spans.get(anchor.place, ()))
