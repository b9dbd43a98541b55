"""Which lines at the foot of a page are notes, and which lines of text are crossed out?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from zhiheng.documents.readers.page_furniture import Rows
from zhiheng.documents.readers.page_lines import Stretch
from zhiheng.documents.readers.pages import Rule, Run
from zhiheng.documents.tree import Boxes, Note, Place, Text

_MARK = re.compile(r"(?:[①-⑳]|[¹²³⁴-⁹]|[\[〔［【（(]\d{1,2}[\]〕］】）)]|\d{1,2}|注[:：]?\d{0,2}|\*{1,3})\s*(?=\S)")
_LEVEL = 2.5
_SHORTEST, _LONGEST = 0.08, 0.5  # of the page's width: a line that parts notes from text
_LOWER_HALF = 0.5
_SMALLER = 0.93
_CROSSING = (0.3, 0.72)  # of a character's height from above: a line here runs through it


def short_rules(rules: Iterable[Rule], width: float) -> list[Rule]:
    """Level lines as long as those that part notes from the text."""
    return [r for r in rules if r.bottom - r.top <= _LEVEL and _SHORTEST < (r.right - r.left) / max(width, 1.0) < _LONGEST]


def parted_from_notes(rows: Rows, rules: Sequence[Rule], height: float, size: float) -> tuple[Rows, Rows]:
    """The rows of the text, and those of notes at the foot of the page: below a short line, or small and marked.

    `size` is that of the paper's text.
    """
    start = len(rows)
    for rule in rules:
        below = next((i for i, row in enumerate(rows) if row[0].top >= rule.top - 1), len(rows))
        if rule.top > _LOWER_HALF * height and below < len(rows) and _MARK.match(rows[below][0].string):
            start = min(start, below)
    small = len(rows)
    while small and rows[small - 1][0].size < _SMALLER * size and rows[small - 1][0].top > _LOWER_HALF * height:
        small -= 1
    while small < len(rows) and not _MARK.match(rows[small][0].string):
        small += 1
    start = min(start, small)
    return rows[:start], rows[start:]


def notes_of(rows: Rows, first_line: int) -> list[Note]:
    """Notes of a page, each from its mark to the next one's; `first_line` numbers their lines on through the paper."""
    groups: list[list[tuple[int, Stretch]]] = []
    for number, row in enumerate(rows, first_line):
        if not groups or _MARK.match(row[0].string):
            groups.append([])
        groups[-1] += [(number, stretch) for stretch in row]
    return [_note(group) for group in groups]


def _note(lines: Sequence[tuple[int, Stretch]]) -> Note:
    texts = [Text.at(s.string, Place(page=s.page, line=line, boxes=Boxes(s.edges))) for line, s in lines]
    text = Text.joined(texts)
    mark = _MARK.match(text.string)
    end = mark.end() if mark else 0
    return Note(text.slice(end, len(text)).stripped(), text.string[:end].strip())


def without_struck(runs: Sequence[Run], rules: Iterable[Rule]) -> tuple[list[Run], bool]:
    """The runs without characters that a line crosses out, and whether there were any."""
    level = sorted((r for r in rules if r.bottom - r.top <= _LEVEL), key=lambda r: r.top + r.bottom)
    middles = [(r.top + r.bottom) / 2 for r in level]
    found: list[Run] = []
    any_struck = False
    for run in runs:
        if not run.edges:
            continue
        top, bottom = run.edges[1], run.edges[3]
        if not middles or bottom < middles[0] or top > middles[-1]:
            found.append(run)
            continue
        upper, lower = (top + share * (bottom - top) for share in _CROSSING)
        at_its_height = level[bisect_left(middles, upper) : bisect_right(middles, lower)]
        through = [r for r in at_its_height if r.right > run.edges[0] and r.left < run.edges[-2]]
        struck = [_is_under(run, i, through) for i in range(len(run.string))] if through else []
        if not any(struck):
            found.append(run)
            continue
        any_struck = True
        start = 0
        for i in range(len(struck) + 1):
            if i == len(struck) or struck[i]:
                if i > start:
                    found.append(Run(run.string[start:i], run.edges[4 * start : 4 * i], run.size, run.damaged))
                start = i + 1
    return found, any_struck


def _is_under(run: Run, index: int, rules: Iterable[Rule]) -> bool:
    middle = (run.edges[4 * index] + run.edges[4 * index + 2]) / 2
    return any(r.left <= middle <= r.right for r in rules)
