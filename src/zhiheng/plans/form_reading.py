"""Which plan does an Excel form hold, that a person may have corrected by hand? Wrong cells come back as problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.plans.form import ASKED, COVER, LAYOUTS, LONG, MARK, TARGETS, VERSION, Column, Layout
from zhiheng.plans.form_cells import CellFault, cell_text, whole_text
from zhiheng.plans.model import Comparator, Plan, TargetKind
from zhiheng.plans.restore import plan_of

Grid = Sequence[Sequence[object]]

_LOW = frozenset({Comparator.AT_LEAST.value, Comparator.ABOVE.value})
_HIGH = frozenset({Comparator.AT_MOST.value, Comparator.BELOW.value})
BY_HAND = "by_hand"
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


def is_form(sheets: Iterable[str]) -> bool:
    """Whether a workbook with sheets of these names is a plan's Excel form."""
    return MARK in sheets


def plan_from_form(grids: Mapping[str, Grid], file: str = "") -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of a form's sheets (rows of cell values from the first row on), and what is wrong with its cells.

    A row with a wrong cell is left out and told; a form that cannot be one raises a DataError.
    """
    reading = _Reading(file, grids, _long_texts(grids))
    record = reading.cover()
    for layout in LAYOUTS:
        rows = reading.rows(layout)
        usable = reading.completed(rows) if layout.name == TARGETS else rows
        _put(record, layout.key, [row.record for row in usable])
    reading.check_references(record)
    return plan_of(record), tuple(reading.problems)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    record: dict[str, Any]
    cells: Mapping[str, object]


@dataclass
class _Reading:
    file: str
    grids: Mapping[str, Grid]
    long: dict[int, str]
    problems: list[Problem] = field(default_factory=list)

    def cover(self) -> dict[str, Any]:
        """The record with what the marking sheet says."""
        if MARK not in self.grids:
            raise DataError("plan_form.no_mark", file=self.file, sheet=MARK)
        said = {cell_text(row[0]).strip(): (i, row[1]) for i, row in enumerate(self.grids[MARK], 1) if len(row) > 1 and row[0]}
        version = cell_text(said.get("表式版本", (0, ""))[1]).strip()
        if version != VERSION:
            raise DataError("plan_form.version", file=self.file, found=version or "(空)", known=VERSION)
        if TARGETS not in self.grids:
            raise DataError("plan_form.no_targets_sheet", file=self.file, sheet=TARGETS)
        record: dict[str, Any] = {}
        for name, column in COVER:
            row, cell = said.get(name, (1, None))
            where = Column(name, column.key, column.codec, empty=column.empty)
            _put(record, column.key, self.value(MARK, row, where, cell))
        return record

    def rows(self, layout: Layout) -> Iterator[_Row]:
        """The rows of a sheet that can be used."""
        grid = self.grids.get(layout.name, ())
        header = [cell_text(c).strip() for c in grid[0]] if grid else []
        lacking = [c.header for c in layout.columns if c.needed and c.header not in header]
        if grid and lacking:
            for name in lacking:
                self.tell("plan_form.no_column", layout.name, 1, name)
            return
        for number, row in enumerate(grid[1:], 2):
            cells = dict(zip(header, row, strict=False))
            if any(not _blank(c) for c in row):
                before = len(self.problems)
                record = self.record(layout, number, cells)
                if not any(p.severity is Severity.ERROR for p in self.problems[before:]):
                    yield _Row(number, record, cells)

    def record(self, layout: Layout, number: int, cells: Mapping[str, object]) -> dict[str, Any]:
        """The record that a row holds; its faults are told."""
        record: dict[str, Any] = {}
        for column in layout.columns:
            value = self.value(layout.name, number, column, cells.get(column.header))
            outer, _, inner = column.key.partition(".")
            if inner and outer not in record:  # its first column says whether there is an inner record at all
                record[outer] = None if value is None else {}
            if not inner or record[outer] is not None:
                _put(record, column.key, value)
        return record

    def value(self, sheet: str, row: int, column: Column, cell: object) -> Any:
        """What a cell holds; a fault is told and stands as empty."""
        try:
            cell = whole_text(cell, self.long)
            if not _blank(cell):
                return column.codec.read(cell)
        except CellFault as fault:
            self.tell("plan_form.bad_cell", sheet, row, column.header, found=cell_text(cell)[:40], expected=fault.expected)
        else:
            if column.needed:
                self.tell("plan_form.empty_cell", sheet, row, column.header)
        return list(column.empty) if isinstance(column.empty, tuple) else column.empty

    def completed(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Target rows that hold together, with what a person may leave out filled in."""
        rows, taken = list(rows), Counter[str]()
        known = {row.record["id"] for row in rows}
        for row in rows:
            target = row.record
            if not target.pop(ASKED) and target["questions"]:
                target["questions"], target["judged_by"] = [], BY_HAND
            target["kind"] = target["kind"] or _kind(target["comparator_judged"])
            target["comparator_printed"] = target["comparator_printed"] or target["comparator_judged"]
            target["judged_by"] = target["judged_by"] or BY_HAND
            if not target["id"]:
                target["id"] = _free(f"F{row.number}", known)
                known.add(target["id"])
            taken[target["id"]] += 1
            before = len(self.problems)
            if taken[target["id"]] > 1:
                self.tell("plan_form.same_id", TARGETS, row.number, "编号", id=target["id"])
            self.bounds(row)
            self.years(row)
            if not any(p.severity is Severity.ERROR for p in self.problems[before:]):
                yield row

    def bounds(self, row: _Row) -> None:
        """The values that the comparator needs, in order."""
        target = row.record
        low, high, how = target["value_low"], target["value_high"], target["comparator_judged"]
        if how == Comparator.ZERO_EVENTS.value:
            low, high = low or "0", high or "0"
        elif how == Comparator.EQUAL.value or how in (Comparator.INCREASE_BY.value, Comparator.DECREASE_BY.value):
            low, high = low or high, high or low
        target["value_low"], target["value_high"] = low, high
        if low is None and high is None:
            if not target["questions"]:
                self.tell("plan_form.without_value", TARGETS, row.number, "数值下限", Severity.WARNING)
            return
        if low is None and how not in _HIGH:
            self.tell("plan_form.no_value", TARGETS, row.number, "数值下限")
        if high is None and how not in _LOW:
            self.tell("plan_form.no_value", TARGETS, row.number, "数值上限")
        if how == Comparator.RANGE.value and low and high and Decimal(low) > Decimal(high):
            self.tell("plan_form.crossed_bounds", TARGETS, row.number, "数值下限", low=low, high=high)
        for header in ("数值下限", "数值上限"):
            printed = row.cells.get(header)
            if target["unit"] == "%" and isinstance(printed, float) and 0 < printed < 1:
                self.tell("plan_form.share_for_percent", TARGETS, row.number, header, Severity.WARNING, found=str(printed))

    def years(self, row: _Row) -> None:
        """Years of this age."""
        for header, key in (("完成年份", "year"), ("起算年份", "period_start")):
            year = row.record[key]
            if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
                self.tell("plan_form.odd_year", TARGETS, row.number, header, found=str(year))

    def check_references(self, record: Mapping[str, Any]) -> None:
        """Targets name mentions that the form holds."""
        known = {m["id"] for m in record["mentions"]}
        for target in record["targets"]:
            for header, key in (("目标出处", "mentions"), ("实绩出处", "actuals")):
                for lost in [m for m in target[key] if m not in known]:
                    self.tell(
                        "plan_form.unknown_mention", TARGETS, None, header, Severity.WARNING, id=lost, target=target["id"]
                    )

    def tell(
        self,
        code: str,
        sheet: str,
        row: int | None,
        column: str,
        severity: Severity = Severity.ERROR,
        **facts: object,
    ) -> None:
        """Note a finding with its place."""
        self.problems.append(Problem(code, severity, facts, file=self.file, sheet=sheet, row=row, column=column))


def _long_texts(grids: Mapping[str, Grid]) -> dict[int, str]:
    parts: dict[int, list[tuple[int, str]]] = {}
    for row in list(grids.get(LONG, ()))[1:]:
        if len(row) >= 3 and all(cell_text(c).isdecimal() for c in row[:2]):
            parts.setdefault(int(cell_text(row[0])), []).append((int(cell_text(row[1])), cell_text(row[2])))
    return {number: "".join(text for _, text in sorted(found)) for number, found in parts.items()}


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _put(record: dict[str, Any], key: str, value: object) -> None:
    *outer, last = key.split(".")
    for part in outer:
        record = record.setdefault(part, {})
    record[last] = value


def _kind(comparator: str) -> str:
    return (TargetKind.ZERO_EVENTS if comparator == Comparator.ZERO_EVENTS.value else TargetKind.NUMERIC).value


def _free(wish: str, known: set[str]) -> str:
    while wish in known:
        wish += "'"
    return wish
