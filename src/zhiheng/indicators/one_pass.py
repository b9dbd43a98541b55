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
from zhiheng.evidence.registers.expressions import Expression
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
    return Pass(records, asked, definitions, words, per).query()


def simple(asked: Asked, definitions: Sequence[IndicatorDefinition]) -> bool:
    """Whether each record belongs to at most one period, the same for all definitions."""
    return asked.apart and all(d.window is Window.PERIOD for d in definitions) and len({d.event for d in definitions}) == 1


def rows_behind(records: ir.Table, asked: Asked, definition: IndicatorDefinition) -> ir.Table:
    """The query for the records themselves: every one that is meant, with its number under `fate` (-1 counts, else the reason), where
    it came from, and what it contributes: `subject`, `holds`, `decides`, and amounts as text."""
    return Pass(records, asked, (definition,), None, definition.measure.per).rows()


class Pass:
    """Builds the query over records themselves, definition by definition."""

    def __init__(
        self,
        records: ir.Table,
        asked: Asked,
        definitions: Sequence[IndicatorDefinition],
        words: Words | None,
        per: tuple[str, ...] = (),
    ) -> None:
        self.records = records
        self.asked = asked
        self.definitions = definitions
        self.words = words
        self.per = per
        self.simple = simple(asked, definitions)

    def query(self) -> ir.Table:
        """The totals by place, period and group."""
        table = self.judged()
        totals = self.each(self.totals, table)
        return table.group_by([PLACE, PERIOD, *self.per]).agg(**totals)

    def judged(self) -> ir.Table:
        """Every record with what each definition says of it."""
        table = self.laid_out()
        table = table.mutate(**self.each(self.seen, table))
        table = table.mutate(**self.each(self.fate, table))
        return table.mutate(**self.each(self.deciding, table))

    def laid_out(self) -> ir.Table:
        """What is judged: each record with its place and period."""
        return self.in_periods(self.in_places(self.records))

    # How a definition asks of a table, and how what is found is counted.

    def asks(self, expression: Expression, table: ir.Table) -> Any:
        """What a condition says of each row."""
        return condition(expression, table)

    def lacks(self, table: ir.Table, names: Sequence[str | None]) -> Any | None:
        """Whether one of the fields is missing; None where none can be."""
        found = None
        for name in names:
            if name is not None:
                found = table[name].isnull() if found is None else found | table[name].isnull()
        return found

    def number(self, table: ir.Table, where: Any) -> Any:
        """How many records."""
        return table.count(where=where)

    def total(self, table: ir.Table, names: Sequence[str | None], where: Any) -> Any:
        """The sum of the product of fields."""
        product: Any = None
        for name in names:
            if name is not None:
                product = table[name] if product is None else product * table[name]
        return product.sum(where=where)

    def subjects(self, table: ir.Table, head: str, where: Any) -> Any:
        """How many distinct subjects; of definitions without one, how many records."""
        if f"{head}subject" not in table.columns:
            return self.number(table, where)
        # Missing values are no subject: DuckDB counts so in two thirds of the time that a filtered count takes.
        return ibis.cases((where, table[f"{head}subject"])).nunique()

    def row_set(self, table: ir.Table, where: Any) -> Mapping[str, Any]:
        """Sums of the words of digests, and of versions."""
        if self.words is None:
            return {}
        sums = {f"word{number}": word.sum(where=where) for number, word in enumerate(self.words(table[DIGEST]))}
        return sums | {"versions": table[VERSION].sum(where=where)}

    def rows(self) -> ir.Table:
        """The records that are meant, and what each contributes."""
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
        """Columns that are made for every definition, under its number."""
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
        return {"seen": self.inside(table, definition)}

    def inside(self, table: ir.Table, definition: IndicatorDefinition) -> Any:
        """Whether the days of a record fit the period."""
        if self.simple:
            return ibis.literal(value=True)
        end = table[_END]
        if definition.in_force is None:
            event = _day(table[definition.event])
            inside = event.between(table[_START], end) if definition.window is Window.PERIOD else event <= end
        else:
            inside = _day(table[definition.in_force.start]) <= end
            for name in definition.in_force.through:
                inside &= table[name].isnull() | (_day(table[name]) >= end)
            for name in definition.in_force.until:
                inside &= table[name].isnull() | (_day(table[name]) > end)
        return inside.fill_null(False)

    def fate(self, table: ir.Table, definition: IndicatorDefinition, head: str) -> Mapping[str, Any]:
        """Missing, -1, or the number of the reason; and what subject it is of and whether it holds."""
        measure = definition.measure
        seen = table[f"{head}seen"]
        meant = None if definition.population is None else self.asks(definition.population, table)
        population = seen if meant is None else seen & meant.fill_null(False)
        holds = None
        if measure.numerator is not None and measure.kind is not MeasureKind.INDEX:
            holds = self.asks(measure.numerator, table)
        missing = {
            NO_SUBJECT: self.lacks(table, (*definition.subject, *measure.per)),
            NO_VALUE: self.lacks(table, (measure.of,)),
            NO_WEIGHT: self.lacks(table, (measure.weight,)),
            UNKNOWN: None if holds is None else holds.isnull(),
        }
        asked = [self.asks(e.when, table).fill_null(False) for e in definition.exclusions] + list(missing.values())
        cases = [(when, number) for number, when in enumerate(asked) if when is not None]
        found: dict[str, Any] = {"fate": ibis.cases((~population, ibis.null("int64")), *cases, else_=COUNTS)}
        if meant is not None:
            found["unclear"] = seen & meant.isnull()
        if not self.simple and may_be_undated(definition):
            undated = self.lacks(table, (dated_by(definition),))
            for other in (None if meant is None else meant.fill_null(False), *(~when for when in asked if when is not None)):
                undated = undated if other is None else undated & other
            found["undated"] = undated
        if holds is not None:
            found["holds"] = holds
        subject = self.subject(definition, table)
        if subject is not None:
            found["subject"] = subject
        return found

    def subject(self, definition: IndicatorDefinition, table: ir.Table) -> Any | None:
        """What names the subject of a row."""
        return subject_of(definition, table)

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
        """All that is counted of a definition."""
        fate = table[f"{head}fate"]
        counts = fate == COUNTS
        found: dict[str, Any] = {
            "seen": self.number(table, table[f"{head}seen"]),
            "records": self.number(table, fate.notnull()),
            "used": self.number(table, counts),
        }
        for name in ("unclear", "undated"):
            if f"{head}{name}" in table.columns:
                found[name] = self.number(table, table[f"{head}{name}"])
        for number in possible_reasons(definition):
            found[f"reason{number}"] = self.number(table, fate == number)
        for number, name in enumerate(definition.apart):
            word = table[name].cast("string").fill_null("")
            found |= {f"apart{number}_least": word.min(where=counts), f"apart{number}_most": word.max(where=counts)}
        if definition.due is not None:
            span = _day(table[definition.event]).truncate("D" if definition.due == "day" else "M")
            found["due_met"] = span.nunique(where=counts)
        return {**found, **self.measured(table, definition, head, counts), **self.row_set(table, counts)}

    def measured(self, table: ir.Table, definition: IndicatorDefinition, head: str, counts: Any) -> Mapping[str, Any]:
        """Numerator and denominator, or what groups are made of."""
        measure = definition.measure
        of, weight = measure.of, measure.weight
        holds: Any = table[f"{head}holds"] if f"{head}holds" in table.columns else None
        match measure.kind:
            case MeasureKind.RATIO | MeasureKind.SHARE_OF_DAYS | MeasureKind.COUNT:
                return self.shares(table, definition, head, counts, holds)
            case MeasureKind.WEIGHTED_RATIO:
                above, below = self.total(table, (weight,), counts & holds), self.total(table, (weight,), counts)
                return {"numerator": above, "denominator": below}
            case MeasureKind.SUM:
                return {"numerator": self.total(table, (of,), counts)}
            case MeasureKind.MEAN:
                return {"numerator": self.total(table, (of,), counts), "denominator": self.number(table, counts)}
            case MeasureKind.WEIGHTED_MEAN:
                return {
                    "numerator": self.total(table, (of, weight), counts),
                    "denominator": self.total(table, (weight,), counts),
                }
            case _:
                sums = {f"sum_{name}": self.total(table, (name,), counts) for name in measure.means}
                return sums | {f"count_{name}": self.number(table, counts & table[name].notnull()) for name in measure.means}

    def shares(
        self, table: ir.Table, definition: IndicatorDefinition, head: str, counts: Any, holds: Any | None
    ) -> Mapping[str, Any]:
        """How many subjects hold, and how many there are."""
        if f"{head}decides" in table.columns:
            decides = table[f"{head}decides"]
            return {"numerator": self.number(table, decides & holds), "denominator": self.number(table, decides)}
        subjects = self.subjects(table, head, counts)
        if holds is None:
            return {"numerator": subjects}
        if definition.holds_of is Holding.ALL:
            return {"numerator": subjects - self.subjects(table, head, counts & ~holds), "denominator": subjects}
        return {"numerator": self.subjects(table, head, counts & holds), "denominator": subjects}


def dated_by(definition: IndicatorDefinition) -> str:
    """The field whose day places a record in time."""
    return definition.event if definition.in_force is None else definition.in_force.start


def may_be_undated(definition: IndicatorDefinition) -> bool:
    """Whether that field may be missing."""
    return not definition.register.field(dated_by(definition)).required


def subject_of(definition: IndicatorDefinition, table: ir.Table) -> ir.Value | None:
    """What names the subject of a record; None where each record is one."""
    if definition.measure.kind is MeasureKind.SHARE_OF_DAYS:
        day = _day(table[definition.event]).cast("string")
        place = definition.register.place
        return day if place is None else table[place] + _BETWEEN + day
    if not definition.distinct and not definition.decides_by_order:
        return None
    return _joined(table, naming(definition))


def naming(definition: IndicatorDefinition) -> tuple[str, ...]:
    """The fields that name a subject: where several of a field kept apart are found there is no value, so that one names nothing."""
    return tuple(name for name in definition.subject if name not in definition.apart) or definition.subject


def _joined(table: ir.Table, names: Sequence[str]) -> Any:
    """The fields as one value, which is missing where one of them is."""
    if len(names) == 1:
        return table[names[0]]
    joined = table[names[0]].cast("string")
    for name in names[1:]:
        joined = joined + _BETWEEN + table[name].cast("string")
    return joined


def _day(column: Any) -> Any:
    return column.date() if column.type().is_timestamp() else column


def _date(day: Any) -> Any:
    return ibis.date(day.isoformat())
