"""Which cells make up one row of an indicator table? For drawn grids, and for cells that only follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.cells import (
    BREAK,
    CellValue,
    cell_values,
    is_attribute,
    is_empty,
    is_office,
    is_unit,
    is_verdict,
    is_words,
)
from zhiheng.plans.quantities.columns import Column, Kind, classify, is_table


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


def grid_columns(grid: Sequence[Sequence[Text]]) -> tuple[list[Column | None], int] | None:
    """Columns of a drawn table and the number of its head rows; None when it is no indicator table."""
    for first in range(min(4, len(grid))):
        for depth in (1, 2, 3):
            rows = grid[first : first + depth]
            if len(rows) < depth or first + depth >= len(grid):
                break
            heads = [_joined_head([row[k].folded for row in rows if k < len(row)]) for k in range(len(rows[0]))]
            columns = [classify(h) for h in heads]
            known = [c for c in columns if c]
            if not is_table(known):
                continue
            if depth < 3 and first + depth < len(grid) - 1 and _is_subhead(grid[first + depth], columns):
                continue
            return columns, first + depth
    return None


def _joined_head(parts: Sequence[str]) -> str:
    seen: list[str] = []
    for part in parts:
        text = re.sub(r"\s+", "", part)
        if text and text not in seen:
            seen.append(text)
    return "".join(seen)


def _is_subhead(row: Sequence[Text], columns: Sequence[Column | None]) -> bool:
    """Whether the next row still belongs to the head: its value cells name years or parts instead of holding values."""
    named = 0
    for cell, column in zip(row, columns, strict=False):
        if column is None or column.kind is not Kind.VALUE:
            continue
        sub = classify(cell.folded)
        if sub is None or sub.kind is not Kind.VALUE or (re.fullmatch(r"\s*\d{4}\s*", cell.folded) and int(cell.folded) < 1990):
            return False
        named += 1
    return named > 0


def grid_rows(grid: Sequence[Sequence[Text]], columns: Sequence[Column | None], head: int) -> Iterator[Row]:
    """Rows of a drawn table; a group or unit cell left empty takes the one above."""
    group = None
    for cells in grid[head:]:
        row = Row([], None, None)
        names: list[Text] = []
        for column, cell in zip(columns, cells, strict=False):
            text = plain(cell)
            if column is None or (not text and column.kind is not Kind.VALUE):
                continue
            if column.kind is Kind.GROUP:
                group = text
            elif column.kind is Kind.INDICATOR:
                if not names or names[-1].string != cell.string:
                    names.append(cell)
            elif column.kind is Kind.UNIT:
                row.unit = None if is_empty(cell.folded) else text
            elif column.kind is Kind.VALUE:
                row.entries.append(Entry(column, cell, cell_values(cell)))
            elif column.kind is Kind.ATTRIBUTE:
                row.attribute = text
            elif column.kind is Kind.VERDICT:
                row.verdict = text
            elif column.kind is Kind.OFFICE:
                row.offices = text
            elif column.kind is Kind.SERIAL:
                row.serial = text
        if not names:
            continue
        row.group = group
        row.indicators = _stacked_names(names[-1], row.entries)
        if len(names) > 1 and row.group is None:
            row.group = plain(names[0])
        if row.indicators:
            yield row


def _stacked_names(cell: Text, entries: Sequence[Entry]) -> list[str]:
    """The indicators of a cell: one, or as many as its value cells hold values."""
    count = max((len(e.values) for e in entries if not any(v.part for v in e.values)), default=0)
    if count < 2:
        return [plain(cell)] if plain(cell) else []
    for separator in (BREAK.pattern, r"\s{2,}", r"\s+(?=[^\s(])", r"[;、]"):
        parts = [p.strip() for p in re.split(separator, cell.string.strip().strip('"')) if p.strip()]
        if len(parts) == count:
            return [re.sub(r"\s+", "", p) for p in parts]
    return [plain(cell)]


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
        ):
            yield from self.flush(keep_names=not self.slots)
            self.before_serial, self.names = self.names, []
            self.serial = text
            self.expected = int(text) + 1
            return
        if self.unit_leads and is_unit(text):
            labels = self.names if not self.slots else []
            yield from self.flush()
            self.before_serial, self.names, self.unit = labels, [], text
            return
        if self.names and self.units and not self.slots and self.unit is None and is_unit(text):
            self.unit = text
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


_ATTRIBUTE_END = re.compile(r"(?:约束性|预期性|引导性|指导性)")
_GLUED = re.compile(
    r"^(?P<serial>\d{1,3})?\s*(?P<name>(?=\S).*?[^\d\s.,])(?P<note>\d)?\s*(?P<unit>"
    + "{unit}"
    + r")?\s*(?P<values>[≥≤<>〔{\[+\-]?\s*(?:年均)?\s*\d[\d.,≥≤<>〔〕{}\[\]*~—\-%年均累计以上下内左右\s]*)$"
)


def split_glued(text: Text, columns: Sequence[Column], expected: int | None) -> list[Text] | None:
    """The cells of a row printed without separators (10食品合格率%99.299.5以上约束性), or None when it is no such row."""
    folded = text.folded
    end = len(folded.rstrip())
    tail: list[Text] = []
    if m := re.search(rf"{_ATTRIBUTE_END.pattern}\s*$", folded):
        tail = [text.slice(m.start(), end)]
        end = m.start()
    body = folded[:end]
    start = len(body) - len(body.lstrip())
    cells: list[Text] = []
    if expected is not None:
        number = re.match(rf"{expected}(?=[^\d.%])|{expected}(?=\d{{1,4}}[^\d.%]*[一-鿿])", body[start:])
        if not number:
            return None
        cells.append(text.slice(start, start + number.end()))
        start += number.end()
    parsed = _glued_values(body, start, sum(c.kind is Kind.VALUE for c in columns), any(c.kind is Kind.UNIT for c in columns))
    if parsed is None:
        return None
    name, unit, spans = parsed
    cells.append(text.slice(*name).stripped())
    if unit:
        cells.append(text.slice(*unit))
    cells += [text.slice(a, b).stripped() for a, b in spans]
    return [*cells, *tail]


def _glued_values(
    body: str, start: int, width: int, units: bool
) -> tuple[tuple[int, int], tuple[int, int] | None, list[tuple[int, int]]] | None:
    value_run = re.compile(r"[≥≤<>〔{\[+\-]?\s*(?:年均)?\s*\d[\d.,≥≤<>〔〕{}\[\]*~—\-年均以上下内左右%\s]*$")
    best = None
    for at in range(start + 2, len(body)):
        if not value_run.match(body, at) or (body[at].isdigit() and body[at - 1] in "0123456789."):
            continue
        name_end, unit = at, None
        left = body[start:at].rstrip()
        if units:
            for length in range(min(8, len(left) - 1), 0, -1):
                if is_unit(left[-length:]):
                    unit = (start + len(left) - length, start + len(left))
                    name_end = unit[0]
                    break
        name = body[start:name_end].rstrip()
        if name and name[-1].isdigit() and len(name) > 2 and not name[-2].isascii():
            name = name[:-1]
        if units and unit is None and best is not None:
            continue
        spans = _split_values(body, at, width)
        if spans and len(name.strip()) >= 2:
            best = ((start, start + len(name)), unit, spans)
            if unit or not units:
                break
    return best


def _split_values(body: str, at: int, width: int) -> list[tuple[int, int]] | None:
    """Cut a run of glued values into `width` values; where digits touch, the cut that leaves them nearest in size wins."""
    run = body[at:]
    tokens = [
        m.span()
        for m in re.finditer(
            r"[≥≤<>]?\s*[〔{\[<]?\s*(?:年均)?\s*[-+]?\d+(?:\.\d+)?(?:\s*[~—\-]\s*\d+(?:\.\d+)?)?\s*[〕}\]>]?\*?%?(?:以上|以下|左右|以内)?|[-—]+",
            run,
        )
    ]
    if len(tokens) == width:
        if not any("." in run[a:b] and re.search(r"\.\d{3,}", run[a:b]) for a, b in tokens):
            return [(at + a, at + b) for a, b in tokens]
    m = re.match(r"\s*(?P<digits>\d[\d.]*)(?P<bound>以上|以下|左右|以内)?\s*$", run)
    if m is None or width != 2:
        return [(at + a, at + b) for a, b in tokens] if len(tokens) == width else None
    digits = m["digits"]
    base = at + m.start("digits")
    candidates = []
    for cut in range(1, len(digits)):
        for note in (0, 1):
            a, b = digits[:cut], digits[cut + note :]
            if not (_number(a) and _number(b)):
                continue
            cost = _distance(a, b) + 0.001 * note + 0.25 * (max(0, _places(a) - 1) + max(0, _places(b) - 1))
            candidates.append((cost, cut, note))
    if not candidates:
        return None
    _, cut, note = min(candidates)
    return [(base, base + cut), (base + cut + note, at + len(run.rstrip()))]


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", text))


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def _distance(a: str, b: str) -> float:
    x, y = float(a), float(b)
    if x == y:
        return 0.0
    return max(x, y) / max(min(x, y), 0.001) - 1
