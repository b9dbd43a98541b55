"""Where are the cells of a line that bars, tabs or runs of blanks divide?

Each reader takes a strip and gives the spans of its cells in `strip.raw`; an empty tuple for a rule drawn
between rows; None for a line that is no row of such a table.
"""

from __future__ import annotations

import itertools
import re

from zhiheng.documents.readers.marks import CAPTION, DATE, NUMERAL
from zhiheng.documents.readers.strips import Strip

Spans = tuple[tuple[int, int], ...]

_BARS = frozenset("|│┃║")
_BAR = re.compile(r"(?<!\\)[|｜│┃║]")
_CORNERS = frozenset("+┌├└┏┣┗╔╠╚")
_RULE = re.compile(
    r"[|\s]*:?-{2,}:?(?:\s*[|+]\s*:?-{1,}:?)*[|\s]*$|\+?(?:[-=]{2,}\+)+$|[┌├└┏┣┗╔╠╚][\s─━═┬┼┴┳╋┻╦╬╩┐┤┘┓┫┛╗╣╝┌├└]*$"
)
_RUN = re.compile("[ \u00a0\u3000\t]{2,}|\u3000")
_KEY = re.compile(r"[^:：\d]{2,10}[:：]")
_TITLE = re.compile(rf"专栏|[{NUMERAL}]{{1,3}}、|\([{NUMERAL}]{{1,3}}\)|第[{NUMERAL}]{{1,3}}[章节]")
_LONGEST_SPACED_CELL = 40


def has_bar(strip: Strip) -> bool:
    """Whether the line may be a row of a table drawn with bars."""
    return strip.folded[0] in _CORNERS or not _BARS.isdisjoint(strip.folded)


def by_bars(strip: Strip) -> Spans | None:
    """Markdown with or without its rule, with or without bars at the ends, and drawn boxes."""
    if _RULE.match(strip.folded):
        return ()
    if _BARS.isdisjoint(strip.folded):
        return None
    raw = strip.raw
    edges = [-1, *(m.start() for m in _BAR.finditer(raw)), len(raw)]
    spans = [(a + 1, b) for a, b in itertools.pairwise(edges)]
    if not raw[slice(*spans[0])].strip():
        spans = spans[1:]
    if len(spans) > 1 and not raw[slice(*spans[-1])].strip():
        spans = spans[:-1]
    return tuple(spans)


def has_tab(strip: Strip) -> bool:
    """Whether a tab stands between two cells of the line."""
    return "\t" in strip.text.string


def by_tabs(strip: Strip) -> Spans | None:
    """One tab between two cells; a leading tab stands behind an empty first cell."""
    if not has_tab(strip):
        return None
    raw = strip.raw
    edges = [-1, *(i for i, c in enumerate(raw) if c == "\t"), len(raw)]
    return tuple((a + 1, b) for a, b in itertools.pairwise(edges))


def has_run(strip: Strip) -> bool:
    """Whether a run of blanks stands inside the line."""
    return "  " in strip.folded or "\u3000" in strip.text.string


def by_blanks(strip: Strip) -> Spans | None:
    """Short cells with two blanks or more, or a full-width one, between them. A line of keys (来源:… 发布时间:…) is none."""
    if not has_run(strip) or any(p.match(strip.folded) for p in (DATE, CAPTION, _TITLE)):
        return None
    raw = strip.raw
    at, end = len(strip.lead), len(raw)
    spans = []
    for m in _RUN.finditer(raw, at, end):
        spans.append((at, m.start()))
        at = m.end()
    spans.append((at, end))
    cells = [raw[a:b] for a, b in spans]
    if any(len(c) > _LONGEST_SPACED_CELL or "。" in c for c in cells) or all(_KEY.match(c) for c in cells):
        return None
    return tuple(spans)
