"""In which row does the table begin, and which column is which?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhiheng.evidence.intake.columns import Column, column_of
from zhiheng.evidence.intake.sheet import Sheet, letter

# Titles, notes and an empty line or two stand above a header, never a page of rows.
_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: rows `top`..`bottom` (a merged header has two), column of each name.

    `twice`: names that mean the same column; `wide`: names merged over several filled columns, with the block.
    """

    top: int
    bottom: int
    columns: Mapping[Column, int]
    labels: Mapping[int, str]
    twice: tuple[str, ...] = ()
    wide: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which no row can be read."""
        needed = [c for c in (Column.INDICATOR, Column.PERIOD) if c not in self.columns]
        ratio = Column.NUMERATOR in self.columns and Column.DENOMINATOR in self.columns
        return tuple(c.value for c in needed) + (() if ratio or Column.VALUE in self.columns else (Column.VALUE.value,))

    def place(self, column: Column) -> tuple[str, str]:
        """Letter and printed header of a column."""
        number = self.columns.get(column, 0)
        return letter(number) or "—", self.labels.get(number, column.value)


def find_header(sheet: Sheet) -> Header | None:
    """The header, found under titles and notes by the names in it; None when the sheet has no table of figures."""
    best: Header | None = None
    numbers = list(sheet.numbers())[:_SEARCHED]
    for number in numbers:
        for bottom in (number, number + 1):
            found = _header(sheet, number, bottom)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best


def _header(sheet: Sheet, top: int, bottom: int) -> Header | None:
    """The rows `top`..`bottom` read as a header: of two stacked cells the lower one names the column, if it does at all."""
    columns: dict[Column, int] = {}
    labels: dict[int, str] = {}
    twice: list[str] = []
    wide: list[tuple[str, str]] = []
    for number in sorted({c for row in range(top, bottom + 1) for c in sheet.rows.get(row, ())}):
        texts = dict.fromkeys(sheet.shown(row, number).text for row in range(bottom, top - 1, -1))
        label = next((t for t in texts if column_of(t)), "")
        column = column_of(label)
        if column is None:
            continue
        labels[number] = label.replace("\n", "")
        if column in columns:
            twice.append(labels[number])
            continue
        columns[column], doubtful = _meant_column(sheet, top, bottom, number)
        if doubtful:
            wide.append((labels[number], doubtful))
    if Column.INDICATOR not in columns or len(columns) < 2 or not _has_figures(columns):
        return None
    return Header(top, bottom, columns, labels, tuple(twice), tuple(wide))


def _meant_column(sheet: Sheet, top: int, bottom: int, number: int) -> tuple[int, str]:
    """The column under a header cell; of one merged over several, the only filled one, else the block as a doubt."""
    merge = sheet.merge_at(bottom, number) or sheet.merge_at(top, number)
    if merge is None or merge.left == merge.right or merge.bottom < bottom:
        return number, ""
    filled = {c for row, cells in sheet.rows.items() if row > bottom for c in cells if merge.left <= c <= merge.right}
    if len(filled) > 1:
        return number, f"{letter(merge.left)}{merge.top}:{letter(merge.right)}{merge.bottom}"
    return (filled.pop() if filled else number), ""


def _has_figures(columns: Mapping[Column, int]) -> bool:
    return any(c in columns for c in (Column.PERIOD, Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR))
