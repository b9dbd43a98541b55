"""Was the same figure handed in twice?"""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.base.period import Period
from zhiheng.base.problem import Problem
from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Figure
from zhiheng.evidence.intake.columns import Column
from zhiheng.evidence.intake.rows import RowReading, Table
from zhiheng.evidence.names import plain_name
from zhiheng.evidence.places import same_place

Row = tuple[Table, RowReading]
_Key = tuple[str, str, Period, Basis | None, bool]


def without_duplicates(rows: Sequence[Row]) -> list[Row]:
    """The rows with duplicates refused: the later of two that agree, both of two that differ, since neither is known right."""
    by_key: dict[_Key, list[tuple[int, Figure]]] = {}
    for index, (table, row) in enumerate(rows):
        if row.figure is not None:
            by_key.setdefault(_key(table, row.figure), []).append((index, row.figure))
    found = list(rows)
    for group in by_key.values():
        agree = len({_said(figure) for _, figure in group}) == 1
        for index, figure in group[1:]:
            found[index] = _refused(rows[index], figure, group[0][1], agree)
        if not agree:
            found[group[0][0]] = _refused(rows[group[0][0]], group[0][1], group[1][1], agree)
    return found


def _key(table: Table, figure: Figure) -> _Key:
    own = table.region is not None and same_place(figure.place, table.region)
    place = "" if own else plain_name(figure.place or "")
    return plain_name(figure.indicator), place, figure.period, figure.basis, figure.assigned


def _said(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.numerator, figure.denominator, figure.unit, figure.proof, figure.bound


def _shown(figure: Figure) -> str:
    ratio = f"{figure.numerator}/{figure.denominator}" if figure.numerator is not None else ""
    return ratio if figure.value is None else f"{figure.value}" + (f" ({ratio})" if ratio else "")


def _refused(row: Row, figure: Figure, other: Figure, agree: bool) -> Row:
    table, reading = row
    at, header = table.header.place(Column.INDICATOR)
    facts = {
        "header": header,
        "indicator": figure.indicator,
        "period": figure.period,
        "value": _shown(figure),
        "other_value": _shown(other),
        "other_sheet": other.origin.sheet if other.origin else "",
        "other_row": other.origin.row if other.origin else 0,
    }
    code = "evidence.duplicate_row" if agree else "evidence.contradicting_rows"
    problem = Problem(code, facts=facts, file=table.file, sheet=table.sheet.name, row=reading.row, column=at)
    return table, RowReading(reading.row, None, (*reading.problems, problem))
