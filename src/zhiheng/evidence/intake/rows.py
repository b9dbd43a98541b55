"""Which figure does a row of the workbook report, or which faults keep it from being one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.figures import Figure, RowRef
from zhiheng.evidence.intake.checks import day_faults, indicator_faults, presence_faults
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.draft import Draft, Fault, cells_of, draft_of, untouched
from zhiheng.evidence.intake.header import Header
from zhiheng.evidence.intake.names import Names
from zhiheng.evidence.intake.sheet import Sheet
from zhiheng.evidence.places import same_place
from zhiheng.evidence.units import same_unit


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row with its figure (None when it has an error) and its problems; `skipped` when nobody filled it in."""

    row: int
    figure: Figure | None = None
    problems: tuple[Problem, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header, and what its rows are read against."""

    file: str
    sheet: Sheet
    header: Header
    names: Names
    region: str | None = None
    as_of: date | None = None

    def rows(self) -> Iterator[RowReading]:
        """Every row under the header."""
        for number in self.sheet.numbers():
            if number > self.header.bottom:
                yield self.row(number)

    def row(self, number: int) -> RowReading:
        """One row."""
        cells = cells_of(self.sheet, self.header, number)
        if untouched(cells):
            return RowReading(number, skipped=True)
        draft = draft_of(self.sheet, self.header, number, cells)
        expected, doubts = _meant(draft, self.names)
        faults = [*draft.faults, *presence_faults(draft), *doubts, *self._place_faults(draft)]
        if expected is not None:
            faults += indicator_faults(draft, expected)
            faults += day_faults(draft, self.as_of) if self.as_of else ()
        problems = tuple(self.problem(number, f, draft) for f in faults)
        if expected is None or any(p.severity is Severity.ERROR for p in problems):
            return RowReading(number, None, problems)
        return RowReading(number, _figure(draft, expected, RowRef(self.file, self.sheet.name, number)), problems)

    def problem(self, number: int, fault: Fault, draft: Draft) -> Problem:
        """The fault with its place."""
        at, header = self.header.place(fault.column)
        facts = {"header": header, "value": draft.text(fault.column), **fault.facts}
        return Problem(fault.code, fault.severity, facts, self.file, self.sheet.name, number, at)

    def _place_faults(self, draft: Draft) -> Iterator[Fault]:
        place = draft.text(Column.PLACE)
        if place and self.region and not same_place(place, self.region):
            yield Fault(Column.PLACE, "evidence.other_place", {"region": self.region}, Severity.WARNING)


def _meant(draft: Draft, names: Names) -> tuple[Expected | None, list[Fault]]:
    name = draft.text(Column.INDICATOR)
    if not name or any(f.column is Column.INDICATOR for f in draft.faults):
        return None, []
    found = names.find(name)
    if not found:
        return None, [Fault(Column.INDICATOR, "evidence.unknown_indicator", {"near": names.near(name) or "（无）"})]
    if len(found) > 1:
        unit = draft.text(Column.UNIT) or (draft.value.unit if draft.value else None)
        year = draft.period.end.year if draft.period else None
        fits = [e for e in found if same_unit(unit or e.unit, e.unit)]
        fits = [e for e in fits if year in e.years] or fits
        if len(fits) != 1:
            return None, [Fault(Column.INDICATOR, "evidence.ambiguous_indicator", {"meanings": [e.indicator for e in found]})]
        return fits[0], []
    return found[0], []


def _figure(draft: Draft, expected: Expected, origin: RowRef) -> Figure:
    value = draft.value
    return Figure(
        indicator=expected.indicator,
        period=draft.period,  # type: ignore[arg-type]  # an unreadable period is an error, so it is there
        value=value.amount if value else None,
        numerator=draft.numerator.amount if draft.numerator else None,
        denominator=draft.denominator.amount if draft.denominator else None,
        unit=draft.text(Column.UNIT) or (value.unit if value else None) or expected.unit,
        basis=draft.basis or expected.basis,
        place=draft.text(Column.PLACE) or None,
        source=draft.text(Column.SOURCE),
        note=draft.text(Column.NOTE),
        proof=draft.proof,
        assigned=draft.assigned,
        bound=value.bound if value else None,
        definition=expected.definition,
        scope=expected.scope,
        origin=origin,
    )
