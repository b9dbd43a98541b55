"""Which printed lines stand on every page: running heads and feet, page numbers, what a browser prints around a page?"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from zhiheng.documents.readers.page_lines import Stretch

_OUTERMOST = 3
_SAME_HEIGHT = 3.0
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–―─·•~]{0,2}\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*[-—–―─·•~]{0,2}$|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?$"
    r"|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?$|\d{1,4}\s*/\s*\d{1,4}$",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[-—–―─]{1,2}\s*\d{1,4}\s*[-—–―─]{1,2}$|第\s*\d{1,4}\s*页|page\s*\d", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|file)://\S")
_PRINTED = re.compile(
    r"(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s|$)"
)
_MARGIN = 0.12  # of the page's height: beyond it, a line is no head or foot

Rows = list[list[Stretch]]


def rows_of(stretches: Sequence[Stretch]) -> Rows:
    """The stretches of a page, those of one row together."""
    rows: Rows = []
    for stretch in stretches:
        if rows and rows[-1][0].row == stretch.row:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return rows


def without_furniture(pages: Sequence[Rows], heights: Sequence[float]) -> list[Rows]:
    """The rows of every page without those that belong to the printed sheet."""
    repeated = _repeated(pages, heights)
    numbered = len(pages) > 1 and _numbered(pages, heights)
    found = []
    for rows, height in zip(pages, heights, strict=True):
        outer = _outer(rows, height)
        found.append(
            [row for i, row in enumerate(rows) if not (i in outer and _is_furniture(row, repeated, numbered=numbered))]
        )
    return found


def _string(row: list[Stretch]) -> str:
    return " ".join(s.string for s in row)


def _key(row: list[Stretch]) -> tuple[str, int]:
    return _DIGITS.sub("0", _string(row)), round(row[0].bottom / _SAME_HEIGHT)


def _outer(rows: Rows, height: float) -> set[int]:
    """Which rows may be head or foot: the outermost, near the edges of the page."""
    count = len(rows)
    near = {*range(min(_OUTERMOST, count)), *range(max(0, count - _OUTERMOST), count)}
    return {i for i in near if rows[i][0].bottom < _MARGIN * height or rows[i][0].top > (1 - _MARGIN) * height}


def _repeated(pages: Sequence[Rows], heights: Sequence[float]) -> set[tuple[str, int]]:
    """Lines that stand at one height on many pages, whatever their numbers; heads of left and right pages differ."""
    on: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        for i in _outer(rows, height):
            string, at = _key(rows[i])
            on[string, at].add(number)
    enough = max(2, len(pages) // 4)
    found = set()
    for string, at in list(on):
        together = on[string, at] | on.get((string, at + 1), set())
        if len(together) >= enough:
            found |= {(string, at), (string, at + 1)}
    return found


def _numbered(pages: Sequence[Rows], heights: Sequence[float]) -> bool:
    """Whether a bare number stands outermost on most pages, and counts them."""
    numbers = []
    for rows, height in zip(pages, heights, strict=True):
        outer = sorted(_outer(rows, height))
        values = {
            int(_string(rows[i]))
            for i in (outer[:1] + outer[-1:])
            if _string(rows[i]).isdecimal() and len(_string(rows[i])) < 5
        }
        numbers.append(values)
    steps = sum(any(b + 1 in after for b in before) for before, after in itertools.pairwise(numbers))
    return steps > 0 and steps * 2 >= len(pages) - 1


def _is_furniture(row: list[Stretch], repeated: set[tuple[str, int]], *, numbered: bool) -> bool:
    string = _string(row).strip()
    if _key(row) in repeated or _DASHED.match(string) or (numbered and _NUMBER.match(string)):
        return True
    return bool(_PRINTED.match(string) or (_ADDRESS.search(string) and re.search(r"\d+\s*/\s*\d+$", string)))
