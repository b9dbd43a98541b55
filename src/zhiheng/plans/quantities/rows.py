"""Which cells make up one row of an indicator table, when they only follow one another?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.cells import (
    CellValue,
    cell_values,
    is_attribute,
    is_empty,
    is_office,
    is_unit,
    is_verdict,
    is_words,
)
from zhiheng.plans.quantities.columns import Column, Kind

_NUMBERED = re.compile(r"\s*(\d{1,2})[.、]\s*(?=[^\d\s])")


@dataclass(slots=True)
class Entry:
    """One value of a row: the column it stands in and the cell it is printed in (values empty: nothing or words)."""

    column: Column
    cell: Text
    values: list[CellValue]


@dataclass(slots=True)
class Row:
    """An indicator (several when cells were stacked) with its values."""

    indicators: list[str]
    group: str | None
    unit: str | None
    entries: list[Entry] = field(default_factory=list)
    attribute: str | None = None
    verdict: str | None = None
    offices: str | None = None
    serial: str | None = None


def plain(text: Text) -> str:
    """The words of a cell without the blanks and breaks that layout put into it."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.string.strip())
    return re.sub(r"\s+", " ", joined)


def sequence_rows(cells: Sequence[Text], columns: Sequence[Column]) -> Iterator[Row]:
    """Rows of cells that only follow one another; empty cells may be missing.

    A row is: group labels, serial, name (perhaps broken over cells), unit, values, attribute, verdict, offices.
    """
    reader = _Sequence(columns)
    for i, cell in enumerate(cells):
        following = next((c for c in cells[i + 1 :] if c.folded.strip()), None)
        yield from reader.take(cell, following)
    yield from reader.flush()


class _Sequence:
    def __init__(self, columns: Sequence[Column]) -> None:
        self.values = [c for c in columns if c.kind is Kind.VALUE]
        kinds = {c.kind for c in columns}
        self.serials, self.units = Kind.SERIAL in kinds, Kind.UNIT in kinds
        order = [c.kind for c in columns]
        self.unit_leads = self.units and order.index(Kind.UNIT) < order.index(Kind.INDICATOR)
        self.verdicts, self.offices, self.groups = Kind.VERDICT in kinds, Kind.OFFICE in kinds, Kind.GROUP in kinds
        self.expected: int | None = None  # the first serial number may be any, where a table goes on
        self.group: str | None = None
        self._reset()

    def _reset(self) -> None:
        self.names: list[Text] = []
        self.before_serial: list[Text] = []
        self.serial: str | None = None
        self.unit: str | None = None
        self.slots: list[tuple[Text, list[CellValue]]] = []
        self.attribute: str | None = None
        self.verdict: str | None = None
        self.office: str | None = None

    def take(self, cell: Text, following: Text | None) -> Iterator[Row]:
        text = cell.folded.strip()
        if not text:
            return
        if (
            self.serials
            and self._is_next(text)
            and self._row_may_end()
            and following is not None
            and not self._is_value(following)
            and not is_unit(following.folded)
            and not is_attribute(following.folded)
        ):
            yield from self.flush(keep_names=not self.slots)
            self.before_serial, self.names = self.names, []
            self.serial = text
            self.expected = int(text) + 1
            return
        if self.unit_leads and is_unit(text):
            labels = self.names if not self.slots else []
            yield from self.flush()
            self.before_serial, self.names, self.unit = labels, [], plain(cell)
            return
        if self.names and self.units and not self.slots and self.unit is None and is_unit(text):
            self.unit = plain(cell)
            return
        if self.names and self._is_value(cell):
            if (self.attribute or self.verdict) and self.slots:
                return
            self.slots.append((cell, cell_values(cell)))
            return
        if self.slots and is_attribute(text):
            self.attribute = text
            return
        if self.slots and len(self.slots) < len(self.values) and following is not None and is_attribute(following.folded):
            self.slots.append((cell, []))  # a promise in words where a number could stand
            return
        if self.slots and self.verdicts and is_verdict(text):
            self.verdict = text
            return
        if self.slots and self.offices and is_office(text):
            self.office = text if self.office is None else self.office + text
            return
        if self.slots:
            yield from self.flush()
        if m := _NUMBERED.match(cell.folded):  # 1.地区生产总值: the number belongs to the name's cell
            self.before_serial, self.names, self.serial = self.names, [], m[1]
            cell = cell.slice(m.end(), len(cell))
        self.names.append(cell)

    def _is_next(self, text: str) -> bool:
        """Whether a cell is the next serial number."""
        return text.isdecimal() and len(text) <= 3 and (self.expected is None or int(text) == self.expected)

    def _is_value(self, cell: Text) -> bool:
        text = cell.folded.strip()
        return bool(cell_values(cell)) or (is_empty(text) and bool(text)) or is_words(text)

    def _row_may_end(self) -> bool:
        return not self.slots or len(self.slots) >= len(self.values) or self.attribute is not None or len(self.slots) >= 1

    def flush(self, *, keep_names: bool = False) -> Iterator[Row]:
        if keep_names:
            return
        if self.names and self.slots:
            yield self._row()
        names = self.names if not self.slots else []
        self._reset()
        self.names = names

    def _row(self) -> Row:
        width = max(len(self.values), 1)
        stacked = max(1, -(-len(self.slots) // width)) if len(self.slots) > width else 1
        names = [plain(n) for n in self.names]
        labels = [plain(n) for n in self.before_serial]
        if stacked > 1 and len(names) >= stacked:
            labels += names[:-stacked]
            indicators = names[-stacked:]
        else:
            stacked = 1
            cut = 0 if self.serial or self.unit_leads else _label_count(names)
            labels += names[:cut]
            indicators = ["".join(names[cut:])]
        if labels:
            self.group = "".join(labels)
        row = Row(indicators, self.group, self.unit, [], self.attribute, self.verdict, self.office, self.serial)
        per = [self.slots[k::stacked] for k in range(stacked)]  # a stacked cell is read out before the next column
        for slots in per:
            columns = self.values if len(slots) >= len(self.values) else self.values[-len(slots) :]
            row.entries += [Entry(c, cell, values) for c, (cell, values) in zip(columns, slots, strict=False)]
        return row


def _label_count(names: Sequence[str]) -> int:
    """How many of the texts before the values are group labels; the rest is the indicator, perhaps broken over cells."""
    if len(names) < 2:
        return 0
    count = len(names) - 1
    while count and len(names[count - 1]) >= 7 and (len(names[count]) <= 5 or re.match(r"^[)(率比]", names[count])):
        count -= 1
    return count
