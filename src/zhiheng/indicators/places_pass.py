"""Of which places are there records that count, for many definitions of one register in one query?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from zhiheng.evidence.engines.model import Engine, Source, records_table
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.one_pass import COUNTS, PERIOD, PLACE
from zhiheng.indicators.shared_pass import SharedPass

_RECORD_PLACE, _BITS = "_record_place", "_bits"
# Definitions to a whole number, each a bit of it.
_TO_A_NUMBER = 60

Reporting = Mapping[tuple[str, int], list[tuple[str, date | None]]]


def reporting_places(
    engine: Engine, source: Source, definitions: Sequence[IndicatorDefinition], asked: Asked
) -> Sequence[Reporting]:
    """For each definition that can share: place and number of the period → places of the records that count there, without spans."""
    found: list[dict[tuple[str, int], list[tuple[str, date | None]]]] = [{} for _ in definitions]
    query = PlacesPass(records_table(source.register), asked, definitions, None).query()
    for row in engine.rows(query, source):
        cell = (row[PLACE] or "", int(row[PERIOD]))
        for number, places in enumerate(found):
            if int(row[f"{_BITS}{number // _TO_A_NUMBER}"]) >> number % _TO_A_NUMBER & 1:
                places.setdefault(cell, []).append((row[_RECORD_PLACE], None))
    return found


class PlacesPass(SharedPass):
    """Builds the query: whether records of a place count does not depend on what subjects they are of."""

    def __init__(self, records: ir.Table, asked: Asked, definitions: Sequence[IndicatorDefinition], words: None) -> None:
        super().__init__(records, asked, definitions, words)
        self.of_subjects = False

    def keys(self, table: ir.Table) -> dict[str, Any]:
        """The place of the record beside what definitions ask."""
        place = self.definitions[0].register.place
        return {**super().keys(table), _RECORD_PLACE: table[PLACE] if place is None else table[place]}

    def amounts(self, table: ir.Table) -> dict[str, Any]:
        """No sum is asked for."""
        return {}

    def query(self) -> ir.Table:
        """Places with, for each definition, a bit that says whether records count."""
        table = self.judged()
        table = table.filter(table[PERIOD] >= 0)
        bits: dict[str, list[Any]] = {}
        for number in range(len(self.definitions)):
            counts = (table[f"d{number}_fate"] == COUNTS).fill_null(False).any()
            bit = ibis.ifelse(counts, 1 << number % _TO_A_NUMBER, 0).cast("int64")
            bits.setdefault(f"{_BITS}{number // _TO_A_NUMBER}", []).append(bit)
        told = {name: reduce(add, several) for name, several in bits.items()}
        return table.group_by([PLACE, PERIOD, _RECORD_PLACE]).agg(**told)
