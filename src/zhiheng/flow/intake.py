"""A department's file into a register: what was taken, unchanged, corrected, asked and refused, and nothing half."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.intake.forms.hand_back import HandedBack, write_hand_back
from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.intake.matching import Match, Names
from zhiheng.evidence.intake.sources.opening import beginning, tables
from zhiheng.evidence.intake.sources.raw_table import RawTable
from zhiheng.evidence.intake.staging import plain_csv, raw_rows
from zhiheng.evidence.intake.staging.checking import Checked, check
from zhiheng.evidence.intake.staging.findings import MarkedRow, marked_rows
from zhiheng.evidence.intake.staging.laying_out import STAGED, lay_out, persons
from zhiheng.evidence.intake.staging.repeats import find_repeats
from zhiheng.evidence.intake.staging.workplace import workplace
from zhiheng.evidence.lake.differences import Correction, asked, corrections
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.keeping import Kept, foresee, keep
from zhiheng.evidence.lake.originals import keep_original
from zhiheng.evidence.lake.people import pseudonyms, remember
from zhiheng.evidence.lake.table import digest_of
from zhiheng.evidence.registers.model import Register
from zhiheng.rules.messages import problem_sentence

# How many findings and corrections are held for showing; the workbook that goes back has them all.
SHOWN = 1_000
# Findings that one word brings in every row it stands in; each word is shown once.
_OF_WORDS = frozenset(("evidence.word_unknown", "evidence.word_of_several", "evidence.code_not_then"))
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """One import as it was asked for; `as_of` is the day on which nothing later can have happened."""

    register: Register
    path: Path
    mapping: ColumnMapping
    by: str
    at: datetime
    as_of: date
    mapping_name: str | None = None
    dry_run: bool = False
    hand_back: Path | None = None
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows of one file; with `dry_run`, what would."""

    order: Order
    import_id: str
    digest: str
    rows: int
    kept: Kept
    refused: int
    repeated: int
    problems: tuple[Problem, ...]
    counts: Mapping[tuple[Severity, str], int]
    words: Mapping[tuple[str, str | None, str], int]
    corrections: tuple[Correction, ...]
    matches: tuple[tuple[str, Match], ...]
    hand_back: Path | None


@dataclass
class _Findings:
    """Findings as they come: the first few, how many of each, and how often the same word stands in the same column."""

    shown: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)
    words: Counter[tuple[str, str | None, str]] = field(default_factory=Counter)

    def add(self, problem: Problem) -> None:
        self.counts[problem.severity, problem.code] += 1
        if problem.code in _OF_WORDS:
            word = (problem.code, problem.column, str(problem.facts["value"]))
            self.words[word] += 1
            if self.words[word] > 1:
                return
        if len(self.shown) < SHOWN:
            self.shown.append(problem)


def import_file(home: Home, order: Order, progress: Progress = lambda step, rows: None) -> ImportReport:
    """Take the rows of a file into the lake, all sound ones in one commit or none."""
    register, found = order.register, _Findings()
    beginning(order.path)
    digest = digest_of(order.path) if order.dry_run else keep_original(home, order.path)
    with workplace(home) as connection:
        matches = _read(connection, order, digest, found, progress)
        rows = _count(connection, raw_rows.RAW)
        progress("check", rows)
        checked = check(connection, register, order.as_of)
        find_repeats(connection, register, checked)
        lay_out(connection, register, checked, order.by, lambda keys, payloads: pseudonyms(home, register.id, keys, payloads))
        progress("keep", rows)
        import_id = uuid.uuid4().hex
        kept = _keep(home, order, connection, import_id, digest)
        progress("report", rows)
        refused, repeated, back = _hand_back(home, connection, order, checked, kept, found)
        shown = corrections(home, register, connection, SHOWN) if kept.corrected else ()
    return ImportReport(
        order,
        import_id,
        digest,
        rows,
        kept,
        refused,
        repeated,
        tuple(found.shown),
        found.counts,
        found.words,
        shown,
        matches,
        back,
    )


def preview(order: Order, rows: int) -> Iterator[tuple[str, Match, list[tuple[str | None, ...]]]]:
    """Sheet, columns and first rows of each table of a file; nothing is checked or kept."""
    names = Names(order.register, order.mapping)
    for table in tables(order.path, names.knows):
        if table.headers:
            batch = next(iter(table.batches), None)
            first = [tuple(column[i] for column in batch.columns) for i in range(min(rows, len(batch.rows)))] if batch else []
            yield table.sheet, names.match(table.headers, table.units), first


def _read(
    connection: duckdb.DuckDBPyConnection, order: Order, digest: str, found: _Findings, progress: Progress
) -> tuple[tuple[str, Match], ...]:
    """Fill `raw`; the tables of the file that were read, with their columns."""
    names = Names(order.register, order.mapping)
    raw_rows.make(connection, order.register)
    matches: list[tuple[str, Match]] = []
    unfit: list[tuple[RawTable, Match]] = []
    rows = 0
    for table in tables(order.path, names.knows):
        match = names.match(table.headers, table.units)
        if table.headers and match.fits:
            for taken in _take(connection, order, digest, table, match):
                rows += taken
                progress("read", rows)
            matches.append((table.sheet, match))
            for problem in _of_columns(order, table, match):
                found.add(problem)
        elif table.headers:
            unfit.append((table, match))
        for problem in table.problems:
            found.add(problem)
    if not matches:
        raise _no_table(order, unfit)
    for table, match in unfit:
        found.add(_unfit(order, table, match, Severity.WARNING))
    return tuple(matches)


def _take(connection: duckdb.DuckDBPyConnection, order: Order, digest: str, table: RawTable, match: Match) -> Iterator[int]:
    """Bring the rows of a table into `raw`; how many, as they come."""
    layout = match.layout()
    if (
        table.plain
        and (rows := plain_csv.take(connection, order.register, layout, digest, order.path, table.headers)) is not None
    ):
        yield rows
    else:
        for batch in table.batches:
            raw_rows.add(connection, order.register, layout, digest, table.sheet, batch)
            yield len(batch.rows)
    raw_rows.mark_other_units(connection, layout, digest, table.sheet)


def _of_columns(order: Order, table: RawTable, match: Match) -> Iterator[Problem]:
    """Columns that nobody knows are left out and said."""
    for column in match.unknown:
        facts = {"header": column.header, "perhaps": column.perhaps.name if column.perhaps else ""}
        code = "evidence.column_perhaps" if column.perhaps else "evidence.column_ignored"
        yield Problem(code, Severity.WARNING, facts, order.path.name, table.sheet, table.header_row, column.header)


def _unfit(order: Order, table: RawTable, match: Match, severity: Severity) -> Problem:
    """Why a table cannot be read."""
    facts: dict[str, object] = {"register": order.register.name, "headers": "、".join(table.headers)}
    code = "evidence.columns_lacking"
    if match.lacking:
        perhaps = {c.perhaps.id: c.header for c in match.unknown if c.perhaps}
        facts |= {
            "lacking": "、".join(f.name for f in match.lacking),
            "perhaps": "、".join(f"--map {perhaps[f.id]}={f.name}" for f in match.lacking if f.id in perhaps),
            "first": match.lacking[0].name,
        }
        code = "evidence.columns_lacking_perhaps" if facts["perhaps"] else code
    elif match.claimed:
        name, headers = next(iter(match.claimed.items()))
        facts |= {"field": order.register.by_id[name].name, "columns": "、".join(headers)}
        code = "evidence.columns_claim_one"
    else:
        column = match.other_units[0]
        unit = column.field.unit if column.field else None
        facts |= {"header": column.header, "unit": column.unit, "wanted": unit}
        code = "evidence.header_unit"
    return Problem(code, severity, facts, order.path.name, table.sheet, table.header_row)


def _no_table(order: Order, unfit: list[tuple[RawTable, Match]]) -> DataError:
    if not unfit:
        return DataError("evidence.no_table", file=order.path.name, register=order.register.name)
    table, match = max(unfit, key=lambda one: len(one[1].columns) - len(one[1].unknown))
    problem = _unfit(order, table, match, Severity.ERROR)
    where = {"file": order.path.name, "sheet": problem.sheet or "", "row": problem.row or 0}
    return DataError(problem.code, **{**problem.facts, **where})


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.table(table).count("*").fetchall()[0][0])


def _keep(home: Home, order: Order, connection: duckdb.DuckDBPyConnection, import_id: str, digest: str) -> Kept:
    if order.dry_run:
        return foresee(home, order.register, connection, STAGED)
    for batch in persons(connection):
        remember(home, order.register.id, batch)
    told = {"files": {digest: order.path.name}, "mapping": order.mapping.record(), "mapping_name": order.mapping_name}
    entry = JournalEntry(import_id, order.register.id, ImportState.BEGUN, order.at.isoformat(), order.by, told)
    return keep(home, order.register, connection, STAGED, entry)


def _hand_back(
    home: Home, connection: duckdb.DuckDBPyConnection, order: Order, checked: Checked, kept: Kept, found: _Findings
) -> tuple[int, int, Path | None]:
    """Tell the findings and write the workbook of what has to be mended; refused and repeated rows, and the workbook."""
    counts = {"refused": 0, "repeated": 0}

    def rows() -> Iterator[HandedBack]:
        for row in marked_rows(connection, order.register, checked, order.path.name, order.as_of):
            for problem in row.problems:
                found.add(problem)
            counts["repeated"] += not row.refused and any(p.code == "evidence.row_twice" for p in row.problems)
            if row.refused:
                counts["refused"] += 1
                yield _handed_back(row, order.language)
        if kept.asked:
            for problem, texts in asked(home, order.register, connection, order.path.name):
                found.add(problem)
                yield HandedBack(problem.sheet or "", problem.row or 0, texts, (problem_sentence(problem, order.language),))

    coming = rows()
    first = next(coming, None)
    if first is None or order.hand_back is None:
        for _ in coming:
            pass
        return counts["refused"], counts["repeated"], None

    def all_rows() -> Iterator[HandedBack]:
        yield first
        yield from coming

    order.hand_back.parent.mkdir(parents=True, exist_ok=True)
    write_hand_back(order.hand_back, order.register, all_rows())
    return counts["refused"], counts["repeated"], order.hand_back


def _handed_back(row: MarkedRow, language: str) -> HandedBack:
    reasons = tuple(problem_sentence(p, language) for p in row.problems if p.severity is Severity.ERROR)
    return HandedBack(row.sheet, row.row, row.texts, reasons)
