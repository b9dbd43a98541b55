"""What did a row say, cell by cell, before it is known to make sense?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from zhiheng.base.period import Period
from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof
from zhiheng.evidence.intake.columns import Column, assigned_of, basis_of, proof_of
from zhiheng.evidence.intake.header import Header
from zhiheng.evidence.intake.numbers import LONGEST, NumberRead, read_number
from zhiheng.evidence.intake.sheet import Cell, CellKind, Sheet, letter

# What a person fills in; the template has filled in the rest.
FILLED_IN = (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.SOURCE, Column.PROOF, Column.NOTE)
FREE_TEXT = (Column.SOURCE, Column.NOTE)
_NUMBERS = (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR)
_SCALE_WORDS = frozenset("%‰百千万亿")
Chosen = TypeVar("Chosen")


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding about the cell in `column`."""

    column: Column
    code: str
    facts: Mapping[str, object]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Draft:
    """A row read into types; what could not be read is None and has its fault."""

    texts: Mapping[Column, str]
    value: NumberRead | None
    numerator: NumberRead | None
    denominator: NumberRead | None
    period: Period | None
    basis: Basis | None
    proof: Proof | None
    assigned: bool
    faults: tuple[Fault, ...]

    def text(self, column: Column) -> str:
        """What stands in the column."""
        return self.texts.get(column, "")


def cells_of(sheet: Sheet, header: Header, row: int) -> Mapping[Column, Cell]:
    """The row's cells by column; a source or note merged over several rows belongs to each of them."""
    found = {}
    for column, number in header.columns.items():
        merge = sheet.merge_at(row, number)
        downwards = merge is not None and merge.left == merge.right
        found[column] = sheet.shown(row, number) if column in FREE_TEXT and downwards else sheet.cell(row, number)
    return found


def untouched(cells: Mapping[Column, Cell]) -> bool:
    """A row of the template in which nobody filled anything in, or a note under the table."""
    return all(cells.get(c, Cell()).kind is CellKind.EMPTY for c in FILLED_IN)


def draft_of(sheet: Sheet, header: Header, row: int, cells: Mapping[Column, Cell]) -> Draft:
    """The row's cells read into types."""
    faults = [*_merged(sheet, header, row), *_not_plain(cells)]
    readable = {c: cell for c, cell in cells.items() if not any(f.column is c for f in faults)}
    numbers = {c: read_number(readable[c]) for c in _NUMBERS if readable.get(c, Cell()).kind is not CellKind.EMPTY}
    faults += [Fault(c, n.fault, {"limit": LONGEST}) for c, n in numbers.items() if n.fault]
    faults += [
        Fault(c, "evidence.unit_in_count", {"unit": n.unit})
        for c, n in numbers.items()
        if c is not Column.VALUE and n.unit and not _SCALE_WORDS.isdisjoint(n.unit)
    ]
    texts = {c: cell.text for c, cell in cells.items()}
    period = _period(cells.get(Column.PERIOD, Cell()))
    if period is None and Column.PERIOD in readable:
        faults.append(
            Fault(Column.PERIOD, "evidence.unreadable_period" if texts[Column.PERIOD] else "evidence.missing_period", {})
        )
    return Draft(
        texts,
        numbers.get(Column.VALUE),
        numbers.get(Column.NUMERATOR),
        numbers.get(Column.DENOMINATOR),
        period,
        _chosen(readable, Column.BASIS, basis_of, "evidence.unknown_basis", faults),
        _chosen(readable, Column.PROOF, proof_of, "evidence.unknown_proof", faults),
        _chosen(readable, Column.KIND, assigned_of, "evidence.unknown_kind", faults) or False,
        tuple(faults),
    )


def _period(cell: Cell) -> Period | None:
    """The period in a cell; a number is a year or nothing, since 2025.1 may have been typed as 2025.10."""
    if cell.kind is CellKind.NUMBER and not cell.text.isdigit():
        return None
    return Period.parse(cell.text)


def _merged(sheet: Sheet, header: Header, row: int) -> Iterator[Fault]:
    """A merged block leaves all but its first cell empty: which row its content belongs to cannot be told."""
    seen = set()
    for column, number in header.columns.items():
        merge = sheet.merge_at(row, number)
        if merge is None or merge in seen or column in (*FREE_TEXT, Column.ERROR):
            continue
        seen.add(merge)
        block = f"{letter(merge.left)}{merge.top}:{letter(merge.right)}{merge.bottom}"
        yield Fault(column, "evidence.merged_cell", {"block": block, "value": sheet.shown(row, number).text})


def _not_plain(cells: Mapping[Column, Cell]) -> Iterator[Fault]:
    for column, cell in cells.items():
        if column is Column.ERROR:
            continue
        if cell.kind is CellKind.FORMULA:
            yield Fault(column, "evidence.formula", {})
        elif cell.kind is CellKind.ERROR:
            yield Fault(column, "evidence.error_value", {})


def _chosen(
    cells: Mapping[Column, Cell], column: Column, known: Callable[[str], Chosen | None], code: str, faults: list[Fault]
) -> Chosen | None:
    text = cells.get(column, Cell()).text
    found = known(text) if text else None
    if text and found is None:
        faults.append(Fault(column, code, {}))
    return found
