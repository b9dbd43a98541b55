"""Was a register declared complete for a place, all kinds and every day of a period? Only then is zero proven (D17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhiheng.base.period import Period
from zhiheng.evidence.engines.model import Engine, Source, records_table
from zhiheng.evidence.lake.standing import RegisterStanding, standing_at
from zhiheng.indicators.definition import Completeness

_ONE_DAY = timedelta(days=1)

Span = tuple[date, date]


@dataclass(frozen=True)
class Declarations:
    """First and last days declared complete, by place and kind; the register that holds them."""

    kinds: tuple[str, ...]
    spans: Mapping[tuple[str, str], tuple[Span, ...]]
    standing: RegisterStanding

    def cover(self, place: str, period: Period) -> bool:
        """Whether declarations of the place itself cover every kind without a gap."""
        return all(covered(self.spans.get((place, kind), ()), period) for kind in self.kinds)


def declarations(engine: Engine, source: Source, wanted: Completeness) -> Declarations:
    """All declarations of the kinds asked for."""
    register = wanted.register
    standing = standing_at(source.home, register.id, source.other(register).position)
    other = replace(source.other(register), position=standing.position)
    table = records_table(register)
    kept = table.filter(table[wanted.kind].isin(wanted.kinds))
    columns = {"kind": kept[wanted.kind], "start": kept[wanted.start], "end": kept[wanted.end]}
    if register.place is not None:
        columns["place"] = kept[register.place]
    spans: dict[tuple[str, str], tuple[Span, ...]] = {}
    for row in engine.rows(kept.select(**columns), other):
        key = (row.get("place", ""), row["kind"])
        spans[key] = (*spans.get(key, ()), (row["start"], row["end"]))
    return Declarations(wanted.kinds, spans, standing)


def covered(spans: Iterable[Span], period: Period) -> bool:
    """Whether every day of the period lies in one of the spans, both ends included."""
    reached = period.start
    for start, end in sorted(spans):
        if start > reached:
            return False
        reached = max(reached, end + _ONE_DAY)
    return reached > period.end
