"""In which of the first rows does a table name its columns, and by which texts?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhiheng.base.units import is_unit
from zhiheng.documents.fold import fold
from zhiheng.evidence.intake.sheet import Merge
from zhiheng.evidence.intake.sources.raw_table import Known

# Titles, notes and an empty line or two stand above a header, never a page of rows.
SEARCHED = 40
# A name on its own may stand in a title or a note; two beside each other are a header.
_FEWEST = 2
_DEEPEST = 3
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_DIGIT = re.compile(r"\d")
# "单位：万元" at the upper right; before it may stand a bracket, never a word: 填报单位 is somebody.
_UNIT_ABOVE = re.compile(r"(?<![一-龥])(?:计量)?单位:([^()]+)")
_WORDS = re.compile(r"(?<=[A-Za-z])\s*[\r\n]+\s*(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Head:
    """The rows `top`..`bottom` of a header, the numbers of its columns, and their texts as printed."""

    top: int
    bottom: int
    columns: tuple[int, ...]
    labels: tuple[str, ...]


def find_head(rows: Mapping[int, Mapping[int, str]], merges: Sequence[Merge], known: Known) -> Head | None:
    """The header among the first rows: those that name most columns, as few of them and as high up as do."""
    look = _Look(rows, [m for m in merges if m.top <= max(rows, default=0)], known)
    best: tuple[int, int, int] | None = None
    for depth in range(1, _DEEPEST + 1):
        for bottom in sorted(rows):
            top = bottom - depth + 1
            if all(row in rows for row in range(top, bottom)):
                named = look.named(top, bottom)
                if named >= _FEWEST and (best is None or named > best[0]):
                    best = (named, top, bottom)
    return None if best is None else look.head(*look.whole(best[1], best[2]))


@dataclass
class _Look:
    """The first rows as a person sees them."""

    rows: Mapping[int, Mapping[int, str]]
    merges: Sequence[Merge]
    known: Known
    _answers: dict[str, bool] = field(default_factory=dict)

    def knows(self, label: str) -> bool:
        if label not in self._answers:
            self._answers[label] = bool(label) and self.known(label)
        return self._answers[label]

    def named(self, top: int, bottom: int) -> int:
        """How many different known names the rows give."""
        return len({label for _, label in self.labels(top, bottom) if self.knows(label)})

    def head(self, top: int, bottom: int) -> Head:
        found = list(self.labels(top, bottom))
        return Head(top, bottom, tuple(c for c, _ in found), tuple(label for _, label in found))

    def whole(self, top: int, bottom: int) -> tuple[int, int]:
        """The rows with those that merged cells tie to them: units below names, groups of columns above."""
        tied = (m.bottom for m in self.merges if m.top <= bottom and m.bottom >= top and m.bottom < top + _DEEPEST)
        reach = max(tied, default=bottom)
        bottom = max(bottom, reach)
        used = {c for row in range(top, bottom + 1) for c in self.rows.get(row, ())}
        above = [m for m in self.merges if m.top == top - 1 and not used <= set(range(m.left, m.right + 1))]
        grouped = any((m.right > m.left and m.bottom < top) or m.bottom >= top for m in above)
        return (top - 1 if grouped else top), bottom

    def labels(self, top: int, bottom: int) -> Iterator[tuple[int, str]]:
        """Column and text of every column that the rows head."""
        columns = {c for row in range(top, bottom + 1) for c in self.rows.get(row, ())}
        columns |= {
            c for m in self.merges if m.top <= bottom and m.bottom >= top for c in range(m.left, min(m.right, m.left + 200) + 1)
        }
        for column in sorted(columns):
            if label := self._label(top, bottom, column):
                yield column, label

    def _label(self, top: int, bottom: int, column: int) -> str:
        """The lowest text when it names the column alone, else all of them joined, or a name with the unit under it."""
        texts, wide = self._texts(top, bottom, column)
        if not texts:
            return ""
        lower, joined = texts[0], "/".join(reversed(texts))
        if len(texts) == 1 or self.knows(lower):
            return lower
        upper = next((t for t in texts[1:] if self.knows(t) and t not in wide), None)
        if upper and not self.knows(joined) and _may_be_unit(lower):
            return upper + (lower if lower.startswith(("(", "（")) else f"({lower})")
        return joined

    def _texts(self, top: int, bottom: int, column: int) -> tuple[list[str], set[str]]:
        """Different texts over the column from the bottom up, and those that stand over other columns as well."""
        texts: dict[str, None] = {}
        wide: set[str] = set()
        for row in range(bottom, top - 1, -1):
            text, several = self._shown(row, column, row < bottom and bool(texts))
            if text:
                texts[text] = None
                if several:
                    wide.add(text)
        return list(texts), wide

    def _shown(self, row: int, column: int, under_group: bool) -> tuple[str, bool]:
        merge = next((m for m in self.merges if m.covers(row, column)), None)
        if merge:
            return printed(self.rows.get(merge.top, {}).get(merge.left, "")), merge.right > merge.left
        cells = self.rows.get(row, {})
        if column in cells or not under_group:
            return printed(cells.get(column, "")), False
        # Saved as text, the name of a group stands over its first column only.
        left = [c for c in cells if c < column]
        return (printed(cells[max(left)]), True) if left else ("", False)


def _may_be_unit(text: str) -> bool:
    """Whether a text under a name can be its unit; what stands under a name in a row of the table mostly has a digit."""
    return text.startswith(("(", "（")) or not _DIGIT.search(text) or is_unit(fold(text))


def units_above(rows: Iterable[Mapping[int, str]]) -> tuple[str, ...]:
    """The units that lines above a header give for the table, such as （单位：万元、%）."""
    said = (found for cells in rows for text in cells.values() for found in _UNIT_ABOVE.findall(fold(text)))
    parts = (part.strip() for one in said for part in re.split(r"[、,;\s]+", one))
    return tuple(dict.fromkeys(part for part in parts if is_unit(part)))


def printed(text: str) -> str:
    """A text on one line."""
    return _BREAK.sub("", _WORDS.sub(" ", text)).strip()
