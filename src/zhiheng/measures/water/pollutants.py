"""Which items pollute a section or a river most? (环办〔2011〕22号 二、（一）3)

A section names them only when it is worse than class Ⅲ: cyanide and heavy metals that exceed come first, then the worst class,
then the largest multiple over class Ⅲ; among items of one class those without a multiple (pH, dissolved oxygen) come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.measures.model import Column
from zhiheng.measures.water.model import BILLION, ExceedingItem, MainPollutant, SectionClasses, WaterItem, WaterRule

_MOST = 2**63 - 1


@dataclass(frozen=True)
class MainPollutants:
    """The main pollutants of each row: `places[k, row]` is the place in `names` of the one that comes k-th, -1 for none."""

    names: tuple[str, ...]
    places: NDArray[np.int8]
    amounts: Mapping[str, Column]
    lake: Column
    found: SectionClasses

    def of(self, row: int) -> tuple[MainPollutant, ...]:
        """Those of one row, in order."""
        return tuple(self._one(self.names[place], row) for place in self.places[:, row].tolist() if place >= 0)

    def _one(self, name: str, row: int) -> MainPollutant:
        rule = self.found.rule
        amount, lake = Fraction(int(self.amounts[name][row]), BILLION), bool(np.ma.filled(self.lake[row], False))
        multiple = _multiple(rule.items[name], amount, lake, rule)
        return MainPollutant(name, rule.items[name].name, int(self.found.items[name][row]), multiple)


def main_pollutants(columns: Mapping[str, Column], lake: Column, found: SectionClasses) -> MainPollutants:
    """The main pollutants of each row, at most as many as the rule says; none where a row is good or has no class.

    `columns` and `lake` are those that `found` was made from. Multiples are compared as whole numbers over one denominator;
    `DataError` for an amount too large for that.
    """
    rule = found.rule
    names = tuple(n for n in rule.items if n in found.items and rule.items[n].counted)
    places = np.full((rule.pollutants, found.classes.shape[0]), -1, dtype=np.int8)
    rows = np.flatnonzero(np.ma.filled(found.classes, 0) > rule.good_to)
    if rows.size:
        classes = np.array([np.ma.filled(found.items[n], 0)[rows] for n in names])
        lakes = np.ma.filled(lake, False)[rows].astype(bool)
        ratios = _over_one({n: np.ma.filled(columns[n], 0)[rows] for n in names}, lakes, rule)
        led, silent = (_as_rows(flags, classes) for flags in ([n not in rule.first for n in names], _silent(names, rule)))
        order = np.lexsort((-ratios, silent, -classes, led, classes <= rule.good_to), axis=0)[: rule.pollutants]
        over = np.take_along_axis(classes, order, axis=0) > rule.good_to
        places[: len(order), rows] = np.where(over, order, -1)
    return MainPollutants(names, places, columns, lake, found)


def _silent(names: tuple[str, ...], rule: WaterRule) -> list[bool]:
    return [not rule.items[n].multiple for n in names]


def _as_rows(flags: list[bool], like: NDArray[np.int8]) -> NDArray[np.bool_]:
    return np.broadcast_to(np.array(flags)[:, None], like.shape)


def _over_one(amounts: Mapping[str, NDArray[np.int64]], lakes: NDArray[np.bool_], rule: WaterRule) -> NDArray[np.int64]:
    """Amount over the limit of class Ⅲ, in whole parts of one shared denominator; 0 where there is no multiple."""
    bounds = {n: tuple(_bound(rule.items[n], lake, rule) for lake in (False, True)) for n in amounts if rule.items[n].multiple}
    shared = lcm(*(bound for pair in bounds.values() for bound in pair))
    told = np.zeros((len(amounts), lakes.shape[0]), dtype=np.int64)
    for place, (name, column) in enumerate(amounts.items()):
        if name in bounds:
            river, lake = (shared // bound for bound in bounds[name])
            if int(column.max()) * max(river, lake) > _MOST:
                raise DataError("measures.too_large_to_be_exact", denominator=shared)
            told[place] = column * np.where(lakes, lake, river)
    return told


def in_order(
    amounts: Mapping[str, Fraction], classes: Mapping[str, int], lake: bool, rule: WaterRule
) -> tuple[MainPollutant, ...]:
    """The main pollutants among items of these amounts (in their unit) and classes, in order."""
    over = [name for name in rule.items if rule.items[name].counted and classes.get(name, 0) > rule.good_to]
    found = [
        MainPollutant(name, rule.items[name].name, classes[name], _multiple(rule.items[name], amounts[name], lake, rule))
        for name in over
    ]
    return tuple(sorted(found, key=lambda one: _place(one, rule))[: rule.pollutants])


def exceeding_items(found: SectionClasses, rows: NDArray[np.intp]) -> tuple[ExceedingItem, ...]:
    """The items that exceed class Ⅲ in these sections, by the share of all of them (断面超标率), the largest three.

    Of equal shares the one that stands first in GB 3838.
    """
    rule = found.rule
    counts = {
        name: int((np.ma.filled(found.items[name], 0)[rows] > rule.good_to).sum())
        for name in rule.items
        if name in found.items and rule.items[name].counted
    }
    told = [ExceedingItem(name, rule.items[name].name, count, len(rows)) for name, count in counts.items() if count]
    return tuple(sorted(told, key=lambda one: -one.sections)[: rule.pollutants])


def _multiple(item: WaterItem, amount: Fraction, lake: bool, rule: WaterRule) -> Fraction | None:
    if not item.multiple:
        return None
    bound = Fraction(_bound(item, lake, rule), BILLION)
    return (amount - bound) / bound


def _bound(item: WaterItem, lake: bool, rule: WaterRule) -> int:
    """The limit of class Ⅲ; where an item has none, that of the other kind of water, for it never exceeds there."""
    return (item.limits(lake) or item.limits(not lake))[rule.good_to - 1]


def _place(one: MainPollutant, rule: WaterRule) -> tuple[bool, int, bool, Fraction]:
    return (one.item not in rule.first, -one.water_class, one.multiple is None, -(one.multiple or Fraction(0)))
