"""What stands in the cells of a workbook that was handed in, before anybody asks what it means?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

EMPTY_TEXT = ""
_TALL = 200


class CellKind(StrEnum):
    """What a cell holds; of a formula the formula itself, never its stored result."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text: numbers in their shortest exact decimal (97.1, `97.1%` when shown as percent), dates ISO."""

    kind: CellKind = CellKind.EMPTY
    text: str = EMPTY_TEXT


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def tall(self) -> bool:
        """Over so many rows that they are not listed one by one."""
        return self.bottom - self.top > _TALL

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell lies in the block."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """The rows that hold anything: number of row → number of column → cell."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merges: tuple[Merge, ...] = field(default=())

    def cell(self, row: int, column: int) -> Cell:
        """The cell as it stands, without what a merge would show in it."""
        return self.rows.get(row, {}).get(column, NOTHING)

    def shown(self, row: int, column: int) -> Cell:
        """The cell as a person sees it: every part of a merged block shows its upper left cell."""
        merge = self.merge_at(row, column)
        return self.cell(merge.top, merge.left) if merge else self.cell(row, column)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged block around a cell."""
        if not self.merges:
            return None
        near = (*self._merges_by_row.get(row, ()), *self._tall_merges)
        return next((m for m in near if m.covers(row, column)), None)

    @cached_property
    def _merges_by_row(self) -> Mapping[int, tuple[Merge, ...]]:
        found: dict[int, tuple[Merge, ...]] = {}
        for merge in self.merges:
            if not merge.tall:
                for row in range(merge.top, merge.bottom + 1):
                    found[row] = (*found.get(row, ()), merge)
        return found

    @cached_property
    def _tall_merges(self) -> tuple[Merge, ...]:
        return tuple(m for m in self.merges if m.tall)

    def numbers(self) -> Iterator[int]:
        """Numbers of the rows that hold anything, from the top."""
        yield from sorted(self.rows)


@dataclass(frozen=True)
class Workbook:
    """A file of sheets."""

    file: str
    sheets: tuple[Sheet, ...]


def letter(column: int) -> str:
    """The column's letter: 1 → A, 28 → AB."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@lru_cache(maxsize=65_536)
def column_number(reference: str) -> int:
    """The column of a reference: `AB7` → 28."""
    number = 0
    for c in reference:
        if not c.isalpha():
            break
        number = number * 26 + ord(c.upper()) - 64
    return number
