"""What do the records of each place and month add to the counts and sums of definitions that are additive?

Counts of records and sums of their amounts over several months and places are those of each, added. So a cell is kept for each place and
month, and for each of the values that may not mix; records that went are taken away from it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhiheng.evidence.engines.model import records_table
from zhiheng.evidence.lake.columns import DIGEST, VERSION, YEAR
from zhiheng.evidence.lake.parts import SIGN
from zhiheng.evidence.registers.model import Register
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.one_pass import PERIOD, PLACE, Words
from zhiheng.indicators.shared_pass import SharedPass, can_share

MONTH = "_month"
# How many records of a cell went.
WENT = "_went"
_NUMBER = "_number"
_APART = "_apart_"


def additive(definition: IndicatorDefinition) -> bool:
    """Whether each record adds to the value for itself, whatever others there are, by its place and one day.

    Not where several records are one subject, for those of a subject may lie in several months and imports, and not for what is in force
    on a day, which no month adds up to.
    """
    return can_share(definition) and not definition.distinct and definition.in_force is None


def apart_column(name: str) -> str:
    """The column of a field in which values may not mix."""
    return f"{_APART}{name}"


def signed_records(register: Register) -> ir.Table:
    """The columns of a register's records with their sign."""
    return ibis.table({**records_table(register).schema(), SIGN: dt.Int64()}, name=records_table(register).get_name())


class CellPass(SharedPass):
    """Builds the query for the cells; all definitions go by the same day. A row is of a part, a place, a month and what is kept apart."""

    def __init__(self, definitions: Sequence[IndicatorDefinition], words: Words, *, signed: bool) -> None:
        super().__init__(signed_records(definitions[0].register), Asked(()), definitions, words)
        self.simple = True  # each record belongs to its month
        self.signed = signed

    @property
    def apart(self) -> tuple[str, ...]:
        """The fields that cells are kept apart by."""
        return tuple(sorted({name for definition in self.definitions for name in definition.apart}))

    def laid_out(self) -> ir.Table:
        """Parts, places, months and answers, with how many records they stand for."""
        register, event = self.definitions[0].register, self.records[self.definitions[0].event]
        place = ibis.literal("") if register.place is None else self.records[register.place]
        month = (event.date() if event.type().is_timestamp() else event).truncate("M").cast("date")
        table = self.records.mutate(**{PLACE: place, PERIOD: month})
        keys = self.keys(table)
        table = table.mutate(**keys)
        number = table[SIGN].sum() if self.signed else table.count()
        return table.group_by([YEAR, PLACE, PERIOD, *keys]).agg(**{_NUMBER: number, **self.amounts(table)})

    def query(self) -> ir.Table:
        """The cells."""
        table = self.judged()
        words = {apart_column(name): table[name].cast("string").fill_null("") for name in self.apart}
        table = table.mutate(**words)
        totals = {name: total.fill_null(0) for name, total in self.each(self.totals, table).items()}
        totals[WENT] = table[WENT].sum()
        return table.group_by([YEAR, PLACE, PERIOD, *words]).agg(**totals).rename({MONTH: PERIOD})

    def totals(self, table: ir.Table, definition: IndicatorDefinition, head: str) -> Mapping[str, Any]:
        """All that is counted; what is kept apart has cells of its own."""
        found = super().totals(table, definition, head)
        return {name: total for name, total in found.items() if not name.startswith("apart")}

    def amounts(self, table: ir.Table) -> dict[str, Any]:
        """Sums that definitions take, and those of the row set, with their sign."""
        found: dict[str, Any] = {}
        for definition in self.definitions:
            measure = definition.measure
            for names in ((measure.of,), (measure.weight,), (measure.of, measure.weight)):
                if all(names):
                    amount: Any = None
                    for name in names:
                        amount = table[name] if amount is None else amount * table[name]
                    found["_".join(("_sum", *(str(name) for name in names)))] = self._added(table, amount)
        words = self.words(table[DIGEST]) if self.words is not None else ()
        found |= {f"_word{number}": self._added(table, word) for number, word in enumerate(words)}
        found["_versions"] = self._added(table, table[VERSION])
        return found | {WENT: ibis.ifelse(table[SIGN] < 0, 1, 0).sum()}

    def _added(self, table: ir.Table, amount: Any) -> Any:
        """The sum over rows of a table of an amount with its sign."""
        return (ibis.ifelse(table[SIGN] > 0, amount, -amount) if self.signed else amount).sum()
