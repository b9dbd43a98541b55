"""How sure is a value whose records were drawn at random by a sample design?

The engine tells how many units of each stratum add the same above and below the line: counts and sums, as everywhere. Squares are taken of
these sums as fractions, so no product of an engine can run out of digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis
import ibis.expr.types as ir

from zhiheng.evidence.engines.model import Engine, Row, Source, records_table
from zhiheng.evidence.lake.columns import KEY
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.computed import DrawnSample, DrawnStratum, Interval, NoInterval
from zhiheng.indicators.definition import IndicatorDefinition, MeasureKind, SampleDesign
from zhiheng.indicators.one_pass import COUNTS, NO_WEIGHT, PERIOD, PLACE, Pass, reasons
from zhiheng.stats.design import DesignEstimate, StratumSums, around, around_share, ratio_of
from zhiheng.stats.proportions import CONFIDENCE

OF_DESIGN = (MeasureKind.RATIO, MeasureKind.WEIGHTED_RATIO, MeasureKind.MEAN, MeasureKind.WEIGHTED_MEAN)
LOGIT, STUDENT = "design_logit", "design_t"
_SHARES = (MeasureKind.RATIO, MeasureKind.WEIGHTED_RATIO)
_UNIT, _ABOVE, _BELOW, _HELD, _LEAST, _MOST = "_unit", "_above", "_below", "_held", "_held_least", "_held_most"
_RANDOM, _NAMED, _UNITS, _WEIGHTLESS = "_random", "_named", "_units", "_weightless"

Cell = tuple[str, int]


def drawn_rows(engine: Engine, source: Source, definition: IndicatorDefinition, asked: Asked) -> Mapping[Cell, list[Row]]:
    """Units drawn, by place and period."""
    found: dict[Cell, list[Row]] = {}
    if definition.design is not None:
        for row in engine.rows(_query(records_table(source.register), asked, definition, definition.design), source):
            found.setdefault((row[PLACE] or "", int(row[PERIOD])), []).append(row)
    return found


def _query(records: ir.Table, asked: Asked, definition: IndicatorDefinition, design: SampleDesign) -> ir.Table:
    """How many units of each stratum add the same, by place and period; records without weight stand in rows of their own."""
    made = Pass(records, asked, (definition,), None)
    table = made.judged()
    weightless = reasons(definition).index(NO_WEIGHT)
    table = table.filter(table["d0_fate"].isin([COUNTS, weightless]) & (table[PERIOD] >= 0))
    strata = {_stratum(n): table[name].cast("string") for n, name in enumerate(design.strata)}
    units = {f"{_UNIT}{n}": table[name].cast("string") for n, name in enumerate(design.unit)} or {f"{_UNIT}0": table[KEY]}
    told: dict[str, Any] = {_WEIGHTLESS: table["d0_fate"] == weightless, _NAMED: ibis.literal(value=True)}
    for column in units.values():
        told[_NAMED] &= column.notnull()
    told[_RANDOM] = ibis.literal(value=True) if design.when is None else made.asks(design.when, table).fill_null(False)
    held = ibis.null("int64") if design.population is None else table[design.population].cast("int64")
    table = table.mutate(**strata, **units, **told, **{_HELD: held})
    groups = [PLACE, PERIOD, *strata, _WEIGHTLESS, _NAMED, _RANDOM]
    above, below = _parts(made, table, definition)
    sums = {_ABOVE: above, _BELOW: below, _LEAST: table[_HELD].min(), _MOST: table[_HELD].max()}
    each = table.group_by([*groups, *units]).agg(**sums)
    return each.group_by([*groups, *sums]).agg(**{_UNITS: each.count()})


def _parts(made: Pass, table: ir.Table, definition: IndicatorDefinition) -> tuple[Any, Any]:
    """What the records of a unit add above and below the line, as the pass counts it of all."""
    counts = table["d0_fate"] == COUNTS
    measure = definition.measure
    holds: Any = table["d0_holds"] if "d0_holds" in table.columns else None
    match measure.kind:
        case MeasureKind.RATIO:
            return made.number(table, counts & holds), made.number(table, counts)
        case MeasureKind.MEAN:
            return made.total(table, (measure.of,), counts), made.number(table, counts)
        case _:
            found = made.measured(table, definition, "d0_", counts)
            return found["numerator"], found["denominator"]


def sample_of(definition: IndicatorDefinition, rows: Sequence[Row]) -> tuple[DrawnSample, Interval | None]:
    """The parts of the design in one place and period and the interval, in the unit of numerator over denominator."""
    design = definition.design or SampleDesign()
    absence = _incomplete(design, rows)
    if absence is not None:
        return DrawnSample(absence=absence), None
    by_name: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        by_name.setdefault(tuple(row[_stratum(n)] for n in range(len(design.strata))), []).append(row)
    strata = tuple(DrawnStratum(names, _sums(by_name[names])) for names in sorted(by_name))
    found = ratio_of([one.sums for one in strata])
    if not isinstance(found, DesignEstimate):
        return DrawnSample(absence=NoInterval(found.value)), None
    share = definition.measure.kind in _SHARES
    low, high = (around_share if share else around)(found, CONFIDENCE)
    return DrawnSample(strata, found.degrees), Interval(low, high, CONFIDENCE, LOGIT if share else STUDENT)


def _incomplete(design: SampleDesign, rows: Sequence[Row]) -> NoInterval | None:
    """What the records lack that the design asks."""
    counting = [row for row in rows if not row[_WEIGHTLESS]]
    if not all(row[_RANDOM] for row in rows):
        return NoInterval.NOT_RANDOM
    if len(counting) < len(rows):
        return NoInterval.NO_WEIGHT
    if any(row[_stratum(n)] is None for row in rows for n in range(len(design.strata))):
        return NoInterval.NO_STRATUM
    if not all(row[_NAMED] for row in rows):
        return NoInterval.NO_UNIT
    return None if design.population is None else _unheld(design, rows)


def _unheld(design: SampleDesign, rows: Iterable[Row]) -> NoInterval | None:
    """Whether each stratum is told to hold one number of units."""
    held: dict[tuple[str, ...], set[int]] = {}
    for row in rows:
        ends = {row[_LEAST], row[_MOST]} - {None}
        held.setdefault(tuple(row[_stratum(n)] for n in range(len(design.strata))), set()).update(ends)
    if not all(held.values()):
        return NoInterval.HELD_UNKNOWN
    return NoInterval.HELD_DIFFERS if any(len(numbers) > 1 for numbers in held.values()) else None


def _sums(rows: Sequence[Row]) -> StratumSums:
    """The sums over a stratum's units."""
    parts = [(int(row[_UNITS]), _exact(row[_ABOVE]), _exact(row[_BELOW])) for row in rows]
    held = {int(row[_LEAST]) for row in rows if row[_LEAST] is not None}
    return StratumSums(
        units=sum(number for number, _, _ in parts),
        above=sum((number * above for number, above, _ in parts), Fraction(0)),
        below=sum((number * below for number, _, below in parts), Fraction(0)),
        above_squared=sum((number * above * above for number, above, _ in parts), Fraction(0)),
        product=sum((number * above * below for number, above, below in parts), Fraction(0)),
        below_squared=sum((number * below * below for number, _, below in parts), Fraction(0)),
        held=max(held, default=None),
    )


def _exact(amount: Any) -> Fraction:
    return Fraction(0) if amount is None else Fraction(Decimal(amount))


def _stratum(number: int) -> str:
    return f"_stratum{number}"
