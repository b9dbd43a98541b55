"""Which figures does a workbook report, which rows must come back, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers import DEFAULT_LIMITS, Limits, content_of
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.figures import Figure
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.duplicates import Row, without_duplicates
from zhiheng.evidence.intake.header import Header, find_header
from zhiheng.evidence.intake.names import Names
from zhiheng.evidence.intake.opening import open_workbook
from zhiheng.evidence.intake.rows import Table
from zhiheng.evidence.intake.sheet import Sheet, Workbook

NOTES_SHEET = "填表说明"


@dataclass(frozen=True)
class SheetIntake:
    """A sheet that has a table: its header and the rows that were refused."""

    sheet: Sheet
    header: Header
    refused: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """What a workbook brought: good rows as figures, findings, rows nobody filled in, and rows to hand back."""

    file: str
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    skipped: int
    sheets: tuple[SheetIntake, ...]

    @property
    def refused(self) -> int:
        """How many rows are handed back."""
        return sum(len(s.refused) for s in self.sheets)


def read_figures(
    source: Path,
    expected: Iterable[Expected],
    region: str | None = None,
    *,
    as_of: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Intake:
    """The figures in a file, read against what is asked for; `region` is the place that a blank 地区 means.

    `as_of`: the day the figures are used; periods that are not over by then are pointed out.
    """
    content = content_of(source, limits)
    return figures_in(content, source.name, expected, region, as_of=as_of, limits=limits)


def figures_in(
    content: bytes,
    file: str,
    expected: Iterable[Expected],
    region: str | None = None,
    *,
    as_of: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Intake:
    """The figures in the content of a file called `file`."""
    book = open_workbook(content, file, limits)
    tables = [(sheet, find_header(sheet)) for sheet in book.sheets]
    if not any(header for _, header in tables):
        raise DataError("evidence.no_header", file=file, columns=_wanted(), sheets=[s.name for s in book.sheets])
    names = Names.of(expected)
    problems: list[Problem] = []
    rows: list[Row] = []
    sheets: list[SheetIntake] = []
    for sheet, header in tables:
        if header is None:
            problems += _without_header(book, sheet)
            continue
        table = Table(file, sheet, header, names, region, as_of)
        faults = _header_faults(table)
        if faults:
            problems += faults
            sheets.append(SheetIntake(sheet, header, _all_refused(table, faults)))
        else:
            rows += [(table, row) for row in table.rows()]
    kept = without_duplicates(rows)
    problems += [p for _, row in kept for p in row.problems]
    figures = tuple(row.figure for _, row in kept if row.figure is not None)
    sheets += _sheets(kept)
    return Intake(file, figures, tuple(problems), sum(row.skipped for _, row in kept), tuple(sheets))


def _sheets(kept: Sequence[Row]) -> list[SheetIntake]:
    """The sheets that could be read, each with its refused rows."""
    tables = {id(table): table for table, _ in kept}
    refused: dict[int, dict[int, tuple[Problem, ...]]] = {key: {} for key in tables}
    for table, row in kept:
        if not row.skipped and row.figure is None:
            refused[id(table)][row.row] = tuple(p for p in row.problems if p.severity is Severity.ERROR)
    return [SheetIntake(table.sheet, table.header, refused[key]) for key, table in tables.items()]


def _wanted() -> tuple[str, ...]:
    return (Column.INDICATOR.value, Column.PERIOD.value, Column.VALUE.value)


def _without_header(book: Workbook, sheet: Sheet) -> list[Problem]:
    if not sheet.rows or sheet.name == NOTES_SHEET:
        return []
    return [Problem("evidence.sheet_without_header", Severity.WARNING, {"columns": _wanted()}, book.file, sheet.name)]


def _header_faults(table: Table) -> list[Problem]:
    header, place = table.header, (table.file, table.sheet.name, table.header.bottom)
    faults = [Problem("evidence.missing_column", Severity.ERROR, {"missing": c}, *place) for c in header.missing]
    faults += [Problem("evidence.column_twice", Severity.ERROR, {"header": c}, *place) for c in header.twice]
    wide = [{"header": c, "block": block} for c, block in header.wide]
    return faults + [Problem("evidence.merged_header", Severity.ERROR, facts, *place) for facts in wide]


def _all_refused(table: Table, faults: list[Problem]) -> dict[int, tuple[Problem, ...]]:
    """Without its columns no row of the sheet can be read, so all go back."""
    return {n: tuple(faults) for n in table.sheet.numbers() if n > table.header.bottom}
