"""Which items pollute a section or a river most? (环办〔2011〕22号 二、（一）3)

A section names them only when it is worse than class Ⅲ: cyanide and heavy metals that exceed come first, then the worst class,
then the largest multiple over class Ⅲ; among items of one class those without a multiple (pH, dissolved oxygen) come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhiheng.measures.model import Column
from zhiheng.measures.water.model import BILLION, ExceedingItem, MainPollutant, SectionClasses, WaterItem, WaterRule

_NONE: tuple[MainPollutant, ...] = ()


def main_pollutants(columns: Mapping[str, Column], lake: Column, found: SectionClasses) -> list[tuple[MainPollutant, ...]]:
    """The main pollutants of each row, at most as many as the rule says; empty where a row is good or has no class.

    `columns` and `lake` are those that `found` was made from.
    """
    rule = found.rule
    names = [name for name in rule.items if name in found.items and rule.items[name].counted]
    told = [_NONE] * found.classes.shape[0]
    classes = np.array([np.ma.filled(found.items[name], 0) for name in names])
    lakes = np.ma.filled(lake, False)
    for row in np.flatnonzero(np.ma.filled(found.classes, 0) > rule.good_to):
        over = [k for k in range(len(names)) if classes[k, row] > rule.good_to]
        amounts = {names[k]: Fraction(int(columns[names[k]][row]), BILLION) for k in over}
        told[row] = in_order(amounts, {names[k]: int(classes[k, row]) for k in over}, bool(lakes[row]), rule)
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
    bound = Fraction(item.limits(lake)[rule.good_to - 1], BILLION)
    return (amount - bound) / bound


def _place(one: MainPollutant, rule: WaterRule) -> tuple[bool, int, bool, Fraction]:
    return (one.item not in rule.first, -one.water_class, one.multiple is None, -(one.multiple or Fraction(0)))
