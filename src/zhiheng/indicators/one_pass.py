"""Which single query answers for several definitions of one register at once?

Each record gets, for every definition, one whole number: missing where the definition does not mean it, -1 where it counts, else
the number of the reason why it does not. Counts, distinct subjects and sums under that condition are then taken by place and period.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from zhiheng.evidence.lake.columns import DIGEST, FILE, IMPORT, KEY, KNOWN_FROM, ROW, SHEET, VERSION
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.conditions import condition
from zhiheng.indicators.definition import Holding, IndicatorDefinition, MeasureKind, Window

PLACE, PERIOD = "_place", "_period"
COUNTS, UNDATED_PERIOD = -1, -1
_START, _END = "_period_start", "_period_end"
_BETWEEN = "\x1f"
# Reasons that every definition has, in the order in which they are asked after its own.
NO_SUBJECT, NO_VALUE, NO_WEIGHT, UNKNOWN = "no_subject", "no_value", "no_weight", "unknown"

Words = Callable[[ir.Value], tuple[ir.IntegerValue, ...]]


def reasons(definition: IndicatorDefinition) -> tuple[str, ...]:
    """Why a record that is meant may not count: the definition's own reasons, then what is missing in it."""
    return (*(e.id for e in definition.exclusions), NO_SUBJECT, NO_VALUE, NO_WEIGHT, UNKNOWN)


def possible_reasons(definition: IndicatorDefinition) -> tuple[int, ...]:
    """The numbers of the reasons that can apply: a required field is never missing."""
    measure = definition.measure
    fields = {NO_SUBJECT: (*definition.subject, *measure.per), NO_VALUE: (measure.of,), NO_WEIGHT: (measure.weight,)}
    own = len(definition.exclusions)
    return tuple(
        number
        for number, reason in enumerate(reasons(definition))
        if number < own
        or (reason == UNKNOWN and measure.numerator is not None and measure.kind is not MeasureKind.INDEX)
        or any(name and not definition.register.field(name).required for name in fields.get(reason, ()))
    )


def one_pass(
    records: ir.Table, asked: Asked, definitions: Sequence[IndicatorDefinition], words: Words | None, per: tuple[str, ...] = ()
) -> ir.Table:
    """The query; a row for each place, period and group (of the fields `per`) that has records.

    With `words` the digests of the records that count are summed. A definition's columns begin with its number: `d0_used`.
    """
    return _Pass(records, asked, definitions, words, per).query()


def simple(asked: Asked, definitions: Sequence[IndicatorDefinition]) -> bool:
    """Whether each record belongs to at most one period, the same for all definitions."""
    return asked.apart and all(d.window is Window.PERIOD for d in definitions) and len({d.event for d in definitions}) == 1


def rows_behind(records: ir.Table, asked: Asked, definition: IndicatorDefinition) -> ir.Table:
    """The query for the records themselves: every one that is meant, with its number under `fate` (-1 counts, else the reason), where
    it came from, and what it contributes: `subject`, `holds`, `decides`, and amounts as text."""
    return _Pass(records, asked, (definition,), None, definition.measure.per).rows()


class _Pass:
    def __init__(
        self,
        records: ir.Table,
        asked: Asked,
        definitions: Sequence[IndicatorDefinition],
        words: Words | None,
        per: tuple[str, ...],
    ) -> None:
        self.records = records
        self.asked = asked
        self.definitions = definitions
        self.words = words
        self.per = per
        self.simple = simple(asked, definitions)

    def query(self) -> ir.Table:
        table = self.judged()
        totals = self.each(self.totals, table)
        return table.group_by([PLACE, PERIOD, *self.per]).agg(**totals)

    def judged(self) -> ir.Table:
        """Every record with what each definition says of it."""
        table = self.in_periods(self.in_places(self.records))
        table = table.mutate(**self.each(self.seen, table))
        table = table.mutate(**self.each(self.fate, table))
        return table.mutate(**self.each(self.deciding, table))

    def rows(self) -> ir.Table:
        (definition,) = self.definitions
        table = self.judged()
        table = table.filter(table["d0_fate"].notnull() & (table[PERIOD] >= 0))
        measure = definition.measure
        amounts = [name for name in (measure.of, measure.weight, *measure.means) if name]
        found: dict[str, Any] = {
            name: table[name] for name in (PLACE, PERIOD, KEY, VERSION, KNOWN_FROM, IMPORT, FILE, SHEET, ROW)
        }
        found["fate"] = table["d0_fate"]
        for name in ("subject", "holds", "decides"):
            found[name] = table[f"d0_{name}"] if f"d0_{name}" in table.columns else ibis.null("string")
        found |= {name: table[name].cast("string") for name in dict.fromkeys((*amounts, *measure.per))}
        return table.select(**found)

    def each(self, made: Callable[[ir.Table, IndicatorDefinition, str], Mapping[str, Any]], table: ir.Table) -> dict[str, Any]:
        return {
            f"d{number}_{name}": value
            for number, definition in enumerate(self.definitions)
            for name, value in made(table, definition, f"d{number}_").items()
        }

    def in_places(self, table: ir.Table) -> ir.Table:
        """Records of the places asked for, with the place they count for."""
        field, prefixes = self.definitions[0].register.place, self.asked.prefixes
        if field is None or not self.asked.level:
            return table.mutate(**{PLACE: ibis.literal("")})
        table = table.mutate(**{PLACE: table[field].left(int(self.asked.level))})
        return table if prefixes is None else table.filter(table[PLACE].isin(prefixes))

    def in_periods(self, table: ir.Table) -> ir.Table:
        """Each record with the period it belongs to, or once for every period where it may belong to several."""
        periods = self.asked.periods
        if self.simple:
            event = table[self.definitions[0].event]
            number = ibis.cases(
                (event.isnull(), UNDATED_PERIOD),
                *((_day(event).between(_date(p.start), _date(p.end)), n) for n, p in enumerate(periods)),
            )
            table = table.mutate(**{PERIOD: number})
            return table.filter(table[PERIOD].notnull())
        table = table.mutate(**{PERIOD: ibis.array(list(range(len(periods)))).unnest()})
        ends = [(table[PERIOD] == n, _date(p.end)) for n, p in enumerate(periods)]
        starts = [(table[PERIOD] == n, _date(p.start)) for n, p in enumerate(periods)]
        return table.mutate(**{_START: ibis.cases(*starts), _END: ibis.cases(*ends)})

    def seen(self, table: ir.Table, definition: IndicatorDefinition, _: str) -> Mapping[str, Any]:
        """Whether a record belongs to the period, whatever it is of."""
        if self.simple:
            return {"seen": ibis.literal(value=True)}
        end = table[_END]
        match definition.window:
            case Window.PERIOD:
                inside = _day(table[definition.event]).between(table[_START], end)
            case Window.TO_END:
                inside = _day(table[definition.event]) <= end
            case _:
                stands = definition.in_force
                assert stands is not None  # noqa: S101 - the loader demands it with this window
                inside = _day(table[stands.start]) <= end
                for name in stands.through:
                    inside &= table[name].isnull() | (_day(table[name]) >= end)
                for name in stands.until:
                    inside &= table[name].isnull() | (_day(table[name]) > end)
        return {"seen": inside.fill_null(False)}

    def fate(self, table: ir.Table, definition: IndicatorDefinition, head: str) -> Mapping[str, Any]:
        """Missing, -1, or the number of the reason; and what subject it is of and whether it holds."""
        measure = definition.measure
        meant = None if definition.population is None else condition(definition.population, table)
        population = table[f"{head}seen"] if meant is None else table[f"{head}seen"] & meant.fill_null(False)
        holds = None
        if measure.numerator is not None and measure.kind is not MeasureKind.INDEX:
            holds = condition(measure.numerator, table)
        subject = subject_of(definition, table)
        missing = {
            NO_SUBJECT: _any_missing(table, (*definition.subject, *measure.per)),
            NO_VALUE: _any_missing(table, (measure.of,) if measure.of else ()),
            NO_WEIGHT: _any_missing(table, (measure.weight,) if measure.weight else ()),
            UNKNOWN: None if holds is None else holds.isnull(),
        }
        asked = [condition(e.when, table).fill_null(False) for e in definition.exclusions] + list(missing.values())
        cases = [(when, number) for number, when in enumerate(asked) if when is not None]
        fate = ibis.cases((~population, ibis.null("int64")), *cases, else_=COUNTS)
        found: dict[str, Any] = {"fate": fate}
        if meant is not None:
            found["unclear"] = table[f"{head}seen"] & meant.isnull()
        if not self.simple and self.may_be_undated(definition):
            undated = table[self.dated_by(definition)].isnull()
            for other in (None if meant is None else meant.fill_null(False), *(~when for when in asked if when is not None)):
                undated = undated if other is None else undated & other
            found["undated"] = undated
        if holds is not None:
            found["holds"] = holds
        if subject is not None:
            found["subject"] = subject
        return found

    @staticmethod
    def dated_by(definition: IndicatorDefinition) -> str:
        return definition.event if definition.in_force is None else definition.in_force.start

    def may_be_undated(self, definition: IndicatorDefinition) -> bool:
        return not definition.register.field(self.dated_by(definition)).required

    def deciding(self, table: ir.Table, definition: IndicatorDefinition, head: str) -> Mapping[str, Any]:
        """Whether a record is the one of its subject that decides."""
        if not definition.decides_by_order:
            return {}
        counts = table[f"{head}fate"] == COUNTS
        order = table[definition.order]
        latest = definition.holds_of is Holding.LATEST
        by = [counts.fill_null(False).desc(), order.desc() if latest else order, table[KEY].desc() if latest else table[KEY]]
        among = ibis.window(group_by=[PLACE, PERIOD, *self.per, f"{head}subject"], order_by=by)
        return {"decides": (ibis.row_number().over(among) == 0) & counts.fill_null(False)}

    def totals(self, table: ir.Table, definition: IndicatorDefinition, head: str) -> Mapping[str, Any]:
        fate = table[f"{head}fate"]
        counts = fate == COUNTS
        found: dict[str, Any] = {
            "seen": table.count(where=table[f"{head}seen"]),
            "records": table.count(where=fate.notnull()),
            "used": table.count(where=counts),
        }
        for name in ("unclear", "undated"):
            if f"{head}{name}" in table.columns:
                found[name] = table.count(where=table[f"{head}{name}"])
        for number in possible_reasons(definition):
            found[f"reason{number}"] = table.count(where=fate == number)
        found |= self.measured(table, definition, head, counts)
        for number, name in enumerate(definition.apart):
            word = table[name].cast("string").fill_null("")
            found |= {f"apart{number}_least": word.min(where=counts), f"apart{number}_most": word.max(where=counts)}
        if self.words is not None:
            sums = self.words(table[DIGEST])
            found |= {f"word{number}": word.sum(where=counts) for number, word in enumerate(sums)}
            found["versions"] = table[VERSION].sum(where=counts)
        if definition.due is not None:
            span = _day(table[definition.event]).truncate("D" if definition.due == "day" else "M")
            found["due_met"] = span.nunique(where=counts)
        return found

    def measured(
        self, table: ir.Table, definition: IndicatorDefinition, head: str, counts: ir.BooleanValue
    ) -> Mapping[str, Any]:
        """Numerator and denominator, or what groups are made of."""
        measure = definition.measure
        of: Any = table[measure.of] if measure.of else None
        weight: Any = table[measure.weight] if measure.weight else None
        holds: Any = table[f"{head}holds"] if f"{head}holds" in table.columns else None
        match measure.kind:
            case MeasureKind.RATIO | MeasureKind.SHARE_OF_DAYS | MeasureKind.COUNT:
                return _subjects(table, definition, head, counts, holds)
            case MeasureKind.WEIGHTED_RATIO:
                return {"numerator": weight.sum(where=counts & holds), "denominator": weight.sum(where=counts)}
            case MeasureKind.SUM:
                return {"numerator": of.sum(where=counts)}
            case MeasureKind.MEAN:
                return {"numerator": of.sum(where=counts), "denominator": table.count(where=counts)}
            case MeasureKind.WEIGHTED_MEAN:
                return {"numerator": (of * weight).sum(where=counts), "denominator": weight.sum(where=counts)}
            case _:
                sums = {f"sum_{name}": table[name].sum(where=counts) for name in measure.means}
                return sums | {f"count_{name}": table.count(where=counts & table[name].notnull()) for name in measure.means}


def subject_of(definition: IndicatorDefinition, table: ir.Table) -> ir.Value | None:
    """What names the subject of a record; None where each record is one."""
    if definition.measure.kind is MeasureKind.SHARE_OF_DAYS:
        day = _day(table[definition.event]).cast("string")
        place = definition.register.place
        return day if place is None else table[place] + _BETWEEN + day
    if not definition.distinct and not definition.decides_by_order:
        return None
    # Where several of a field kept apart are found there is no value, so within a value it names nothing.
    return _joined(table, [name for name in definition.subject if name not in definition.apart] or list(definition.subject))


def _subjects(
    table: ir.Table, definition: IndicatorDefinition, head: str, counts: ir.BooleanValue, holds: ir.BooleanValue | None
) -> Mapping[str, Any]:
    if f"{head}decides" in table.columns:
        decides = table[f"{head}decides"]
        return {"numerator": table.count(where=decides & holds), "denominator": table.count(where=decides)}

    def subjects(where: ir.BooleanValue) -> Any:
        if f"{head}subject" not in table.columns:
            return table.count(where=where)
        # Missing values are no subject: DuckDB counts so in two thirds of the time that a filtered count takes.
        return ibis.cases((where, table[f"{head}subject"])).nunique()

    if holds is None:
        return {"numerator": subjects(counts)}
    if definition.holds_of is Holding.ALL:
        return {"numerator": subjects(counts) - subjects(counts & ~holds), "denominator": subjects(counts)}
    return {"numerator": subjects(counts & holds), "denominator": subjects(counts)}


def _joined(table: ir.Table, names: Sequence[str]) -> Any:
    """The fields as one value, which is missing where one of them is."""
    if len(names) == 1:
        return table[names[0]]
    joined = table[names[0]].cast("string")
    for name in names[1:]:
        joined = joined + _BETWEEN + table[name].cast("string")
    return joined


def _any_missing(table: ir.Table, names: Sequence[str]) -> Any | None:
    found = None
    for name in names:
        found = table[name].isnull() if found is None else found | table[name].isnull()
    return found


def _day(column: Any) -> Any:
    return column.date() if column.type().is_timestamp() else column


def _date(day: Any) -> Any:
    return ibis.date(day.isoformat())
