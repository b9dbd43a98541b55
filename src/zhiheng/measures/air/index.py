"""Which AQI do concentrations make, and which pollutants lead?

HJ 633: every concentration is rounded and gives an IAQI, the largest IAQI is the AQI; above 50 all pollutants that reach it
are primary. Rows are worked through in pieces that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.measures.air.model import BEYOND, MISSING, AirIndex, AirState, IndexRule, Pollutant, ReportItem
from zhiheng.measures.air.scales import rule_for
from zhiheng.measures.exact import PLACES
from zhiheng.measures.model import Column

_AT_ONCE = 1 << 15
_NONE = -1
Rows = slice | NDArray[np.intp]


def index_of(columns: Mapping[str, Column], rule: IndexRule, *, unmonitored: Collection[Pollutant] = ()) -> AirIndex:
    """The index of each row by one rule, whatever the day.

    `columns`: int64 by item name (`so2`, `no2`, `co`, `o3_8h`, `pm10`, `pm25` …) in thousandths of μg/m3, carbon monoxide of
    mg/m3, missing values masked. `unmonitored`: pollutants that the plan of monitoring leaves out lawfully (HJ 633—2026,
    5.3.2); their absence holds nothing back. `DataError` for a negative amount or an unknown item.
    """
    sheet = _Sheet.of(_length(columns), (rule,))
    _require_known(columns, (rule,))
    sheet.fill(_pieces(sheet.length), columns, 0, unmonitored)
    return sheet.index()


def index_by_day(
    days: Column, columns: Mapping[str, Column], rules: Sequence[IndexRule], *, unmonitored: Collection[Pollutant] = ()
) -> AirIndex:
    """The index of each row by the rule of its day; `days` datetime64, none missing; otherwise as `index_of`.

    `RuleError` when a day has no rule.
    """
    used = tuple(rules)
    sheet = _Sheet.of(_length(columns), used)
    _require_known(columns, used)
    whole = np.ma.getdata(days).astype("datetime64[D]")
    left = np.ones(sheet.length, dtype=bool)
    for number, rule in enumerate(used):
        there = (whole >= np.datetime64(rule.first)) & (True if rule.last is None else whole <= np.datetime64(rule.last))
        left &= ~there
        pieces = _pieces(sheet.length) if there.all() else _pieces_of(np.flatnonzero(there))
        sheet.fill(pieces, columns, number, unmonitored)
    if left.any():
        rule_for(used, whole[left].min().item())
    return sheet.index()


@dataclass
class _Sheet:
    """The answer while it is being filled; in place of what is not given stand the marks of the scales, or -1."""

    rules: tuple[IndexRule, ...]
    length: int
    iaqi: dict[Pollutant, NDArray[np.int16]]
    aqi: NDArray[np.int16]
    level: NDArray[np.int8]
    primary: NDArray[np.uint8]
    state: NDArray[np.uint8]
    rule: NDArray[np.uint8] = field(init=False)

    def __post_init__(self) -> None:
        self.rule = np.zeros(self.length, dtype=np.uint8)

    @staticmethod
    def of(length: int, rules: tuple[IndexRule, ...]) -> _Sheet:
        iaqi = {p: np.full(length, MISSING, dtype=np.int16) for p in Pollutant}
        level, marks = np.zeros(length, dtype=np.int8), (np.zeros(length, dtype=np.uint8) for _ in range(2))
        return _Sheet(rules, length, iaqi, np.full(length, _NONE, dtype=np.int16), level, *marks)

    def fill(
        self, pieces: Iterator[Rows], columns: Mapping[str, Column], number: int, unmonitored: Collection[Pollutant]
    ) -> None:
        """Answer these rows by the rule with this number."""
        rule = self.rules[number]
        items = [(item, columns[item.name]) for item in rule.items if item.name in columns]
        wanted = [p for p in Pollutant if p not in unmonitored]
        for rows in pieces:
            found = _iaqi(items, rows)
            for pollutant, values in found.items():
                self.iaqi[pollutant][rows] = values
            absent = [p for p in wanted if p not in found]
            self._publish(rows, list(found.values()), [k for k, p in enumerate(Pollutant) if p in found], absent, rule)
            if number:
                self.rule[rows] = number

    def _publish(
        self, rows: Rows, values: list[NDArray[np.int16]], bits: list[int], absent: list[Pollutant], rule: IndexRule
    ) -> None:
        if not values:
            self.state[rows] = AirState.NO_DATA
            return
        top, low = values[0].copy(), values[0].copy()
        for one in values[1:]:
            np.maximum(top, one, out=top)
            np.minimum(low, one, out=low)
        if absent or low.min(initial=0) < 0:
            state = _state(top, values, bool(absent), rule)
            self.state[rows] = state
            top[state >= AirState.WITHHELD] = _NONE
        leading = np.zeros(top.shape, dtype=np.uint8)
        for bit, one in zip(bits, values, strict=True):
            leading |= (one == top).view(np.uint8) << np.uint8(bit)
        leading *= top > rule.primary_above
        self.primary[rows] = leading
        self.level[rows] = rule.levels.take(top)
        self.aqi[rows] = top

    def index(self) -> AirIndex:
        aqi = np.ma.masked_array(self.aqi, mask=self.aqi < 0)
        iaqi: dict[Pollutant, Column] = {p: np.ma.masked_array(v, mask=v < 0) for p, v in self.iaqi.items()}
        level: Any = np.ma.masked_array(self.level, mask=np.ma.getmask(aqi))
        return AirIndex(iaqi, aqi, level, self.primary, self.state, self.rule, self.rules)


def _iaqi(items: list[tuple[ReportItem, Column]], rows: Rows) -> dict[Pollutant, NDArray[np.int16]]:
    found: dict[Pollutant, NDArray[np.int16]] = {}
    for item, column in items:
        values = _look_up(item, np.ma.getdata(column)[rows], _mask(column, rows))
        before = found.get(item.pollutant)
        if before is None:
            found[item.pollutant] = np.where(values > MISSING, np.int16(MISSING), values) if item.only_beyond else values
        elif item.only_beyond is None:
            np.maximum(before, values, out=before)
        else:
            np.copyto(before, np.maximum(before, values), where=before == BEYOND)
    return found


def _look_up(item: ReportItem, amounts: NDArray[np.int64], mask: NDArray[np.bool_] | None) -> NDArray[np.int16]:
    scale = item.scale
    places = _rounded(amounts, 10 ** (PLACES - scale.decimals))
    np.minimum(places, scale.top + 1, out=places)
    if mask is not None:
        places[mask] = scale.top + 2
    if places.min(initial=0) < 0:
        raise DataError("measures.negative_amount", item=item.name, count=int((places < 0).sum()))
    return scale.iaqi.take(places)


def _rounded(amounts: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """As `exact.half_even` by an even step, in fewer passes: half a step up, and back to the even one where it was a tie."""
    raised = amounts + step // 2
    whole = raised // step
    whole -= (whole & 1) & (whole * step == raised)
    return whole


def _state(top: NDArray[np.int16], values: list[NDArray[np.int16]], absent: bool, rule: IndexRule) -> NDArray[np.uint8]:
    beyond, missing = np.zeros(top.shape, dtype=bool), np.full(top.shape, absent)
    for one in values:
        beyond |= one == BEYOND
        missing |= one == MISSING
    held = np.where(top > rule.publish_above, AirState.PARTIAL, AirState.WITHHELD)
    state = np.where(missing, held, AirState.COMPLETE)
    return np.where(beyond, AirState.BEYOND, np.where(top < 0, AirState.NO_DATA, state)).astype(np.uint8)


def _pieces(length: int) -> Iterator[Rows]:
    return (slice(at, min(at + _AT_ONCE, length)) for at in range(0, length, _AT_ONCE))


def _pieces_of(rows: NDArray[np.intp]) -> Iterator[Rows]:
    return (rows[at : at + _AT_ONCE] for at in range(0, rows.shape[0], _AT_ONCE))


def _mask(column: Column, rows: Rows) -> NDArray[np.bool_] | None:
    return None if np.ma.getmask(column) is np.ma.nomask else np.ma.getmaskarray(column)[rows]


def _length(columns: Mapping[str, Column]) -> int:
    lengths: set[int] = {column.shape[0] for column in columns.values()}
    if len(lengths) != 1:
        raise DataError("measures.columns_differ_in_length", lengths=sorted(lengths))
    return lengths.pop()


def _require_known(columns: Mapping[str, Column], rules: Sequence[IndexRule]) -> None:
    known = {item.name for rule in rules for item in rule.items}
    if unknown := sorted(set(columns) - known):
        raise DataError("measures.unknown_item", items=unknown, known=sorted(known))
