"""Does a line go on in the next one?

Two witnesses: a paper set at a fixed width (its full lines go on), and a sentence that has not ended. Titles, list items,
particulars, dates, and the cells of a table set out one cell a line never go on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.documents.readers.marks import (
    ADDRESS,
    ALONE,
    CLOSED,
    ITEM,
    PROSE,
    UNIT_BRACKET,
    begins,
    is_cell,
    is_title,
)
from zhiheng.documents.readers.strips import Strip

_BRACKETS = {"(": ")", "《": "》", "〔": "〕", "[": "]", "【": "】", "「": "」", "{": "}"}
_CLOSING = frozenset(")]】〕")
_BRACKET, _END = 450, 12
_LONGEST_TITLE = 28
_NEVER_FIRST = frozenset(",.、。;；:!?)]}〕】》”’」%‰")
_TITLE_GOES_ON = re.compile(r"关于(?:印发|转发|批转|公布|发布|下达)?$|(?:印发|转发)$")
_MARKDOWN = re.compile(r"#{1,6}\s")  # a title of one line
_CUT_OFF = 20
_FIGURE = re.compile(r".{4}\d")
_PREDICATE = re.compile("均?[达为]|不少于|不低于|不高于|不超过|以上|以下|以内|提高|增长|下降|降低")
_NEVER_LAST = frozenset("、,(《〔[{和与及或的")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The paper is set `width` wide (in half-width cells when `cells`, else in characters); full lines miss at most `slack`.

    `apart` when blank lines set its paragraphs apart.
    """

    width: int
    slack: int
    cells: bool
    apart: bool

    def measure(self, strip: Strip) -> int:
        """How far the strip reaches from the left edge."""
        return _cells(strip) if self.cells else strip.width

    def is_full(self, strip: Strip) -> bool:
        """Whether the line ends because the paper does."""
        return self.width - self.slack <= self.measure(strip)


def find_wrap(strips: list[Strip]) -> Wrap | None:
    """The width at which the paper is set, if lines gather there; None for a paper with one paragraph a line."""
    widths = [s.width for s in strips]
    if sum(width > 120 for width in widths) > len(strips) // 10:
        return None
    by_characters = _gathering(strips, widths, cells=False)
    if by_characters and by_characters.slack <= 1:
        return by_characters
    by_cells = _gathering(strips, [_cells(s) for s in strips], cells=True)
    return by_cells if by_cells and (not by_characters or by_cells.slack <= 2 * by_characters.slack) else by_characters


def _cells(strip: Strip) -> int:
    """Width on a printed page: a Chinese character takes two cells."""
    return sum(2 if c >= "\u2010" else 1 for c in strip.raw)


def _gathering(strips: list[Strip], widths: list[int], *, cells: bool) -> Wrap | None:
    step = 2 if cells else 1
    ordered = sorted(widths, reverse=True)
    best: tuple[int, int] = (0, 0)
    for place in {0, len(ordered) // 100, len(ordered) // 33, len(ordered) // 20}:
        top = ordered[place] if ordered else 0
        best = max(best, (sum(top - 3 * step <= w <= top for w in widths), top))
    count, width = best
    if count < 4 or width < 14 * step or count < 0.35 * sum(w >= 12 * step for w in widths):
        return None
    full = [s for s, w in zip(strips, widths, strict=True) if width - 3 * step <= w]
    unfinished = sum(CLOSED.search(s.folded[-_END:]) is None for s in full)
    if unfinished < 0.6 * len(full) or sum(PROSE.search(s.folded) is not None for s in full) < 0.5 * len(full):
        return None
    misses = sorted(width - w for w in widths if width - 3 * step <= w <= width)
    short = [following.gap > 0 for w, following in zip(widths, strips[1:], strict=False) if w < width - 3 * step]
    return Wrap(width, misses[int(0.9 * (len(misses) - 1))], cells, apart=len(short) > 3 and sum(short) > 0.9 * len(short))


def continues(so_far: str, last: Strip, following: Strip, wrap: Wrap | None) -> bool:
    """Whether `following` is the rest of the paragraph whose folded text is `so_far` and whose last strip is `last`."""
    rest = following.folded
    if _MARKDOWN.match(so_far):
        return False
    full = wrap is not None and wrap.is_full(last)
    if ALONE.match(so_far):
        return full and following.line == last.line + 1 and not begins(rest) and not PROSE.search(rest)
    if begins(rest) and not (so_far[-1].isdigit() and rest[0].isdigit() and (full or PROSE.search(so_far))):
        return False
    if _closes_bracket(so_far, rest) or (full and _has_open_bracket(so_far) and not following.gap):
        return True
    prose = PROSE.search(so_far) is not None
    if not prose and (is_cell(rest) or ADDRESS.match(rest)):
        return False
    if rest[0] in _NEVER_FIRST:
        return True
    if so_far[-1] in _CLOSING and UNIT_BRACKET.search(so_far[-_BRACKET:]):
        return False
    if CLOSED.search(so_far[-_END:]):
        return wrap is not None and full and prose and _sentence_follows(so_far, last, following, wrap)
    if wrap is not None and full:
        return _full_line_goes_on(so_far, following, wrap)
    if ITEM.match(rest) or is_cell(rest):
        return False
    return _sentence_goes_on(so_far, rest)


def _sentence_follows(so_far: str, last: Strip, following: Strip, wrap: Wrap) -> bool:
    """A sentence ends where a full line ends: far more often the paragraph goes on than it ends just there."""
    if so_far[-1] == ":" or following.gap or following.lead or ITEM.match(following.folded):
        return False
    return wrap.measure(last) >= wrap.width - min(wrap.slack, 1)


def _full_line_goes_on(so_far: str, following: Strip, wrap: Wrap) -> bool:
    rest = following.folded
    if wrap.apart and not following.gap:
        return True
    if is_title(so_far):
        if following.gap:
            return False
        tail = wrap.measure(following) < 0.7 * wrap.width and not PROSE.search(rest)
        return tail or "。" in rest[:15] or "," in so_far or len(so_far) >= _LONGEST_TITLE
    return not following.gap or (bool(PROSE.search(so_far)) and _is_prose(rest))


def _sentence_goes_on(so_far: str, rest: str) -> bool:
    if so_far[-1] in _NEVER_LAST or _TITLE_GOES_ON.search(so_far) or _closes_quotation(so_far, rest):
        return True
    if is_title(so_far):
        return len(so_far) >= _CUT_OFF and bool(
            _PREDICATE.match(rest) or (_FIGURE.search(so_far) and PROSE.search(rest)) or _is_tail(rest)
        )
    if len(so_far) < 15 or not PROSE.search(so_far):
        return False
    return _is_prose(rest)


def _is_prose(folded: str) -> bool:
    return len(folded) >= 30 or PROSE.search(folded) is not None


def _is_tail(rest: str) -> bool:
    """Whether the line is the last word or two of a sentence."""
    return len(rest) < 10 and rest.endswith("。") and "," not in rest


def _has_open_bracket(folded: str) -> bool:
    return any(a in folded and folded.count(a) > folded.count(b) for a, b in _BRACKETS.items())


def _closes_bracket(so_far: str, rest: str) -> bool:
    """Whether a bracket is still open and `rest` closes it."""
    return any(b in rest and so_far.count(a) > so_far.count(b) and rest.count(b) > rest.count(a) for a, b in _BRACKETS.items())


def _closes_quotation(so_far: str, rest: str) -> bool:
    """Whether a quotation is still open and `rest` closes it; its marks are often set both the same way."""
    close, reopen = rest.find("”"), rest.find("“")
    return (so_far.count("“") + so_far.count("”")) % 2 == 1 and close >= 0 and (reopen < 0 or close < reopen)
