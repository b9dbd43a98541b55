"""Which values do the records of a register make, for all definitions in one pass?

Engines answer with exact counts and sums; here they become fractions, and what may not become a number becomes a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial

from zhiheng.base.errors import UsageError
from zhiheng.base.period import Period
from zhiheng.evidence.engines.model import WORDS, Engine, Row, Source, records_table
from zhiheng.evidence.lake.standing import RegisterStanding, standing_at
from zhiheng.indicators.asking import GRAIN_WORDS, Asked, fine_enough, spans
from zhiheng.indicators.completeness import declarations
from zhiheng.indicators.computed import Absence, ComputedValue, Counts, DrawnSample, Interval, LeftOut, RowSet, times
from zhiheng.indicators.definition import IndicatorDefinition, MeasureKind, Selection
from zhiheng.indicators.drawn import drawn_rows, sample_of
from zhiheng.indicators.group_means import groups_holding
from zhiheng.indicators.kept_sums import KeptSums
from zhiheng.indicators.missing import Known, with_missing
from zhiheng.indicators.one_pass import PERIOD, PLACE, UNDATED_PERIOD, one_pass, possible_reasons, reasons, simple
from zhiheng.indicators.places_pass import reporting_places
from zhiheng.indicators.rounding import printed
from zhiheng.indicators.shared_pass import SEVERAL, SeveralPass, SharedPass, can_share, subject_fields
from zhiheng.rules.dated import read_between
from zhiheng.stats.proportions import CONFIDENCE, wilson

_WITHOUT_DENOMINATOR = (MeasureKind.COUNT, MeasureKind.SUM)
_METHOD = "wilson"
_SEVERAL = 2

Cell = tuple[str, int]


def compute(
    engine: Engine,
    source: Source,
    definitions: Sequence[IndicatorDefinition],
    asked: Asked,
    *,
    rows: bool = True,
    sums: KeptSums | None = None,
) -> tuple[ComputedValue, ...]:
    """The values of definitions of one register, by definition, place and period in the order asked.

    `rows` False leaves out which records count; then there can be no receipt. With `sums` what is additive comes from kept sums where
    they can answer. `UsageError` for a period that is too short for a
    definition.
    """
    for definition in definitions:
        for period in asked.periods:
            if not fine_enough(period, definition.grain):
                facts = {"indicator": definition.indicator.name, "period": period.label, "grain": GRAIN_WORDS[definition.grain]}
                facts["grain_en"] = definition.grain.value
                raise UsageError("indicators.period_too_short", **facts)
    standing = standing_at(source.home, source.register.id, source.position)
    # Records that are taken in meanwhile are no part of what the value says it was made from.
    source = replace(source, position=standing.position)
    found: dict[str, list[ComputedValue]] = {}
    together = _reporting(engine, source, definitions, asked)
    for group in _passes(definitions):
        one_period = simple(asked, group)
        cells = None if sums is None else sums.cells(source, group, asked)
        asks_lake = cells is None and standing.position is not None
        answered = _answered(engine, source, group, asked, rows=rows) if asks_lake else []
        for number, definition in enumerate(group):
            maker = _Maker(engine, source, standing, definition, asked, f"d{number}_", one_period or cells is not None)
            known = together.get(definition.id)
            if cells is not None:
                answered = cells.rows(definition, maker.head, asked, every_place=not one_period, rows=rows)
                known = partial(cells.reporting, definition, asked)
            found[definition.id] = with_missing(engine, source, definition, asked, maker.values(answered), known)
    return tuple(value for definition in definitions for value in found[definition.id])


def _reporting(
    engine: Engine, source: Source, definitions: Sequence[IndicatorDefinition], asked: Asked
) -> Mapping[str, Callable[[], Known]]:
    """Who is asked for the places of the records that count: one query tells those of all that can share, when the first is asked."""
    sharing = tuple(filter(can_share, definitions))
    if len(sharing) < _SEVERAL:
        return {}

    @cache
    def places() -> Sequence[Known]:
        return reporting_places(engine, source, sharing, asked)

    return {definition.id: partial(_nth, places, number) for number, definition in enumerate(sharing)}


def _nth(told: Callable[[], Sequence[Known]], number: int) -> Known:
    return told()[number]


def _passes(definitions: Sequence[IndicatorDefinition]) -> Iterable[Sequence[IndicatorDefinition]]:
    """Definitions that are asked together: those of the same subject that can share, and the others each for itself."""
    together: dict[tuple[str, ...], list[IndicatorDefinition]] = {}
    for definition in definitions:
        if can_share(definition):
            together.setdefault(subject_fields(definition), []).append(definition)
        else:
            yield (definition,)
    yield from together.values()


def _answered(
    engine: Engine, source: Source, definitions: Sequence[IndicatorDefinition], asked: Asked, *, rows: bool
) -> list[Row]:
    words, records = engine.words if rows else None, records_table(source.register)
    if len(definitions) == 1:
        return engine.rows(one_pass(records, asked, definitions, words, definitions[0].measure.per), source)
    found = engine.rows(SharedPass(records, asked, definitions, words).query(), source)
    if any(row.get(SEVERAL) for row in found):
        found += engine.rows(SeveralPass(records, asked, definitions, words).query(), source)
    return found


class _Maker:
    """Makes the values of one definition from what was counted."""

    def __init__(
        self,
        engine: Engine,
        source: Source,
        standing: RegisterStanding,
        definition: IndicatorDefinition,
        asked: Asked,
        head: str,
        undated_apart: bool,
    ) -> None:
        self.engine = engine
        self.source = source
        self.standing = standing
        self.definition = definition
        self.asked = asked
        self.head = head
        self.undated_apart = undated_apart
        self.reasons = [
            (number, reason) for number, reason in enumerate(reasons(definition)) if number in possible_reasons(definition)
        ]
        self.declared = declarations(engine, source, definition.complete) if definition.complete else None
        self.drawn = drawn_rows(engine, source, definition, asked) if standing.position is not None else {}

    def values(self, answered: Iterable[Row]) -> Iterable[ComputedValue]:
        cells: dict[Cell, list[Row]] = {}
        for row in answered:
            cells.setdefault((row[PLACE] or "", int(row[PERIOD])), []).append(row)
        prefixes = self.asked.prefixes
        places = sorted({place for place, _ in cells}) if prefixes is None and self.asked.level else (prefixes or ("",))
        for place in places:
            undated = self.total(cells.get((place, UNDATED_PERIOD), ()), "used") if self.undated_apart else 0
            for number, period in enumerate(self.asked.periods):
                yield self.value(cells.get((place, number), []), (place, number), period, undated)

    def value(self, rows: Sequence[Row], cell: Cell, period: Period, undated: int) -> ComputedValue:
        definition, (place, _) = self.definition, cell
        counts, numerator, denominator = self.counted(rows, period, undated)
        apart = self.apart(rows)
        complete = self.declared.cover(self.asked.code(place), period) if self.declared else None
        absence = self.absent(counts, denominator, apart, complete)
        if absence is Absence.MIXED:
            numerator = denominator = None
        amount = None if absence else self.amount(numerator, denominator)
        sample, interval = (None, None) if amount is None else self.interval(cell, numerator, denominator)
        return ComputedValue(
            definition,
            period,
            self.asked.code(place),
            amount,
            None if amount is None else printed(amount, definition.decimals, definition.rounding),
            numerator,
            denominator,
            absence,
            counts,
            self.standing,
            self.engine.name,
            self.row_set(rows),
            apart,
            interval,
            complete,
            self.declared.standing if self.declared else None,
            rules=tuple(r for rule in definition.rules for r in read_between(rule, period.start, period.end)),
            sample=sample,
        )

    def total(self, rows: Iterable[Row], name: str) -> int:
        column, found = f"{self.head}{name}", 0
        for row in rows:
            found += int(row.get(column) or 0)
        return found

    def exact(self, rows: Iterable[Row], name: str) -> Fraction:
        column = f"{self.head}{name}"
        found = [row[column] for row in rows if row[column] is not None]
        if all(type(one) is int for one in found):
            return Fraction(sum(found))
        return sum((Fraction(Decimal(one)) for one in found), Fraction(0))

    def counted(self, rows: Sequence[Row], period: Period, undated: int) -> tuple[Counts, Fraction | None, Fraction | None]:
        definition, head = self.definition, self.head
        kind, unclear_groups = definition.measure.kind, 0
        numerator: Fraction | None
        denominator: Fraction | None = None
        if kind is MeasureKind.INDEX:
            groups = groups_holding(definition, rows, head, period)
            numerator, denominator = Fraction(groups.holding), Fraction(groups.holding + groups.failing)
            unclear_groups = groups.unclear
        else:
            if kind not in _WITHOUT_DENOMINATOR:
                denominator = self.exact(rows, "denominator")
            numerator = self.exact(rows, "numerator")
        groups_used = sum(bool(row[f"{head}used"]) for row in rows) if definition.measure.per else 1
        due = len(spans(period, definition.due)) * groups_used if definition.due else None
        counts = Counts(
            self.total(rows, "seen"),
            self.total(rows, "records"),
            self.total(rows, "used"),
            self.left_out(rows),
            self.total(rows, "unclear"),
            undated + self.total(rows, "undated"),
            unclear_groups,
            due,
            self.total(rows, "due_met") if definition.due else None,
        )
        return counts, numerator, denominator

    def left_out(self, rows: Sequence[Row]) -> tuple[LeftOut, ...]:
        own = {e.id: e for e in self.definition.exclusions}
        found = []
        for number, reason in self.reasons:
            records = self.total(rows, f"reason{number}")
            if records:
                said = own.get(reason)
                found.append(LeftOut(reason, said.zh if said else "", said.en if said else "", records))
        return tuple(found)

    def apart(self, rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]] | None:
        """The programme, level … of the records that count; of several the least and the greatest."""
        names = self.definition.apart
        if not names:
            return None
        found = {}
        for number, name in enumerate(names):
            words = {row[f"{self.head}apart{number}_{end}"] for row in rows for end in ("least", "most")} - {None}
            found[name] = tuple(sorted({min(words), max(words)})) if words else ()
        return found

    def row_set(self, rows: Sequence[Row]) -> RowSet | None:
        if not rows:
            return RowSet(0, (0,) * WORDS, 0)
        if f"{self.head}versions" not in rows[0]:
            return None
        words = tuple(self.total(rows, f"word{number}") for number in range(WORDS))
        return RowSet(self.total(rows, "used"), words, self.total(rows, "versions"))

    def absent(
        self, counts: Counts, denominator: Fraction | None, apart: Mapping[str, tuple[str, ...]] | None, complete: bool | None
    ) -> Absence | None:
        if self.standing.position is None:
            return Absence.NEVER_KEPT
        if apart is not None and any(len(words) > 1 for words in apart.values()):
            return Absence.MIXED
        kind = self.definition.measure.kind
        if kind is MeasureKind.COUNT and not counts.used:
            if complete is not None:
                return None if complete else Absence.NOT_DECLARED_COMPLETE
            return None if counts.seen else Absence.NO_RECORDS
        if not counts.seen:
            return Absence.NO_RECORDS
        return Absence.NOTHING_COUNTS if not counts.used or denominator == 0 else None

    def amount(self, numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
        if numerator is None or denominator is None:
            return numerator
        return numerator / denominator * times(self.definition)

    def interval(
        self, cell: Cell, numerator: Fraction | None, denominator: Fraction | None
    ) -> tuple[DrawnSample | None, Interval | None]:
        """Of what was drawn at random only, in the unit of the value."""
        sample = None
        if self.definition.design is not None:
            sample, found = sample_of(self.definition, self.drawn.get(cell, ()))
        else:
            found = self.simply_drawn(numerator, denominator)
        factor = times(self.definition)
        return sample, found and replace(found, low=found.low * factor, high=found.high * factor)

    def simply_drawn(self, numerator: Fraction | None, denominator: Fraction | None) -> Interval | None:
        """Of a proportion only: counts of records themselves have none."""
        drawn = self.definition.selection is Selection.SIMPLE_RANDOM and self.definition.measure.kind is MeasureKind.RATIO
        if not drawn or numerator is None or not denominator:
            return None
        return Interval(*wilson(int(numerator), int(denominator)), CONFIDENCE, _METHOD)
