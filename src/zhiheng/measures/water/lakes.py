"""Which class and which trophic level does a lake have? (环办〔2011〕22号 二、（二）)

The index rests on logarithms, which no fraction holds: it is reckoned in decimals of 34 digits, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column
from zhiheng.measures.water.classes import class_of_means
from zhiheng.measures.water.model import PLACES, MainPollutant, WaterRule
from zhiheng.measures.water.pollutants import in_order
from zhiheng.measures.water.rivers import item_means

_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class LakeState:
    """What is said of a lake: the class of its means and the items that exceed; `water_class` None: nothing was measured."""

    means: Mapping[str, Fraction]
    water_class: int | None
    status: str | None
    pollutants: tuple[MainPollutant, ...]


@dataclass(frozen=True)
class TrophicStates:
    """TLI(Σ) of each row as Decimal and its level; masked where one of the five items is missing or zero."""

    index: Column
    level: Column
    confirmed: bool


def lake_state(points: NDArray[np.intp], columns: Mapping[str, Column], rule: WaterRule) -> LakeState:
    """The state of one lake: each point's mean over time, then the mean of the points, then the worst item.

    One row a sampling; `points` holds the point of each row, `columns` as in `classes_of`.
    """
    by_point = [item_means(columns, np.flatnonzero(points == point)) for point in np.unique(points)]
    means: dict[str, Fraction] = {}
    for name in columns:
        found = [point[name] for point in by_point if name in point]
        if found:
            means[name] = sum(found, Fraction(0)) / len(found)
    worst, classes = class_of_means(means, True, rule)
    if worst is None:
        return LakeState(means, None, None, ())
    pollutants = in_order(means, classes, True, rule) if worst > rule.good_to else ()
    return LakeState(means, worst, rule.statuses[worst - 1], pollutants)


def trophic_states(columns: Mapping[str, Column], rule: Reading) -> TrophicStates:
    """The trophic index of each row by a reading of `water.trophic`.

    `columns`: int64 in billionths of the rule's units (chlorophyll mg/m3, transparency m, the others mg/L), all items of
    the rule. `RuleError` when one of them is not handed in.
    """
    items = rule.item("items")
    if not isinstance(items, Mapping) or set(items) - set(columns):
        raise RuleError("base.rule_has_no_part", rule=rule.label, part="items")
    squares = {name: rule.number("items", name, "r") ** 2 for name in items}
    total = sum(squares.values(), Fraction(0))
    names = list(items)
    weights = [(squares[n] / total, rule.number("items", n, "constant"), rule.number("items", n, "slope")) for n in names]
    amounts = np.array([np.ma.filled(columns[name], 0) for name in names])
    index = np.ma.masked_array(np.empty(amounts.shape[1], dtype=object), mask=(amounts <= 0).any(axis=0))
    level = index.copy()
    for row in np.flatnonzero(~np.ma.getmaskarray(index)):
        index[row] = found = _index([int(a) for a in amounts[:, row]], weights)
        level[row] = _level(found, rule)
    return TrophicStates(index, level, rule.confirmed)


def _index(amounts: list[int], weights: list[tuple[Fraction, Fraction, Fraction]]) -> Decimal:
    """Σ weight · 10 · (constant + slope · ln amount): the constant part in fractions, the logarithms in decimals."""
    plain = sum((10 * w * constant for w, constant, _ in weights), Fraction(0))
    logs = [
        _EXACT.multiply(_decimal(10 * w * slope), Decimal(a).scaleb(-PLACES).ln(_EXACT))
        for a, (w, _, slope) in zip(amounts, weights, strict=True)
    ]
    found = _decimal(plain)
    for log in logs:
        found = _EXACT.add(found, log)
    return found


def _decimal(amount: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(amount.numerator), Decimal(amount.denominator))


def _level(index: Decimal, rule: Reading) -> str:
    levels: Any = rule.item("levels")
    for row in levels:
        if ("short_of" not in row and "to" not in row) or (
            index < Decimal(row["short_of"]) if "short_of" in row else index <= Decimal(row["to"])
        ):
            return str(row["name"])
    raise RuleError("base.rule_has_no_part", rule=rule.label, part="levels")
