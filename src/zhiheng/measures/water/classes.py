"""Which class does a section have?

GB 3838: every item has the best class whose limit it holds, and 环办〔2011〕22号 takes the worst of the items that count. Amounts
are whole billionths, so that no binary fraction decides on a limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.measures.model import Column
from zhiheng.measures.water.model import BEST, BILLION, WORST, LimitKind, SectionClasses, WaterItem, WaterRule

Classes = NDArray[np.int8]


def classes_of(
    columns: Mapping[str, Column], lake: Column, rule: WaterRule, *, saturation: Column | None = None
) -> SectionClasses:
    """The class of each row.

    `columns`: int64 by item in billionths of its unit (`billionths`), missing ones masked. `lake`: whether the row is judged
    by the limits of lakes and reservoirs; masked where nobody knows, and then there is a class only where both limits give
    the same. `saturation`: per cent of dissolved oxygen's saturation in billionths. `DataError` for an item that the rule
    does not know, a negative amount, or columns of different lengths.
    """
    _require_sound(columns, lake, rule)
    known = ~np.ma.getmaskarray(lake)
    is_lake = np.ma.getdata(lake).astype(bool) & known
    items: dict[str, Column] = {}
    worst = {side: np.zeros(lake.shape[0], dtype=np.int8) for side in (False, True)}
    measured = np.zeros(lake.shape[0], dtype=np.int8)
    for name, column in columns.items():
        item, there = rule.items[name], ~np.ma.getmaskarray(column)
        sides = {side: _side(item, column, side, saturation) * there for side in (False, True)}
        mine = np.where(is_lake, sides[True], sides[False])
        items[name] = np.ma.masked_array(mine, mask=(mine == 0) | (~known & (sides[True] != sides[False])))
        if item.counted:
            measured += (mine > 0).astype(np.int8)
            for side, found in sides.items():
                np.maximum(worst[side], found, out=worst[side])
    decided = np.where(is_lake, worst[True], worst[False])
    undecided = ~known & (worst[True] != worst[False])
    return SectionClasses(rule, items, np.ma.masked_array(decided, mask=(decided == 0) | undecided), measured, undecided)


def class_of_means(means: Mapping[str, Fraction], lake: bool, rule: WaterRule) -> tuple[int | None, dict[str, int]]:
    """The class of exact means in the unit of each item, and that of each item; None where no counted item has a mean."""
    found = {name: one for name, mean in means.items() if (one := _class_of(rule.items[name], mean * BILLION, lake))}
    return max((one for name, one in found.items() if rule.items[name].counted), default=None), found


def _class_of(item: WaterItem, amount: Fraction, lake: bool) -> int:
    limits = item.limits(lake)
    if not limits:
        return 0
    if item.kind is LimitKind.BETWEEN:
        return BEST if limits[0] <= amount <= limits[1] else WORST
    holds = (amount >= limit if item.kind is LimitKind.AT_LEAST else amount <= limit for limit in limits)
    return next((k for k, held in enumerate(holds, BEST) if held), WORST)


def _side(item: WaterItem, column: Column, lake: bool, saturation: Column | None) -> Classes:
    """The classes of an item by one set of limits, 0 where it has none there."""
    amounts, limits = np.ma.getdata(column), item.limits(lake)
    if not limits:
        return np.zeros(amounts.shape[0], dtype=np.int8)
    if item.kind is LimitKind.BETWEEN:
        inside = (amounts >= limits[0]) & (amounts <= limits[1])
        return np.where(inside, np.int8(BEST), np.int8(WORST))
    sign = -1 if item.kind is LimitKind.AT_LEAST else 1
    found = (np.searchsorted(sign * np.array(limits, dtype=np.int64), sign * amounts, side="left") + BEST).astype(np.int8)
    if item.saturation is not None and saturation is not None:
        full: Any = np.ma.filled(saturation, -1) >= item.saturation
        found[full] = BEST
    return found


def _require_sound(columns: Mapping[str, Column], lake: Column, rule: WaterRule) -> None:
    if unknown := sorted(set(columns) - set(rule.items)):
        raise DataError("measures.unknown_item", items=unknown, known=sorted(rule.items))
    lengths = {lake.shape[0], *(column.shape[0] for column in columns.values())}
    if len(lengths) != 1:
        raise DataError("measures.columns_differ_in_length", lengths=sorted(lengths))
    for name, column in columns.items():
        below = np.ma.filled(column, 0) < 0
        if below.any():
            raise DataError("measures.negative_reading", item=rule.items[name].name, count=int(below.sum()))
