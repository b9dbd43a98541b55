"""Which functions of the norms can be asked of the means of a group, and what do they need to know?

A function gets all groups of a place and period at once, with exact means, and the readings of its rules; it gives a number or a truth
for each, None where the norm gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading
from zhiheng.evidence.registers.expressions import NUMBER, TRUTH, Kind
from zhiheng.measures import RULED, RuledMeasure
from zhiheng.measures.exact import PLACES, THOUSAND
from zhiheng.measures.model import Column
from zhiheng.measures.water.classes import class_of_means
from zhiheng.measures.water.limits import water_rule
from zhiheng.rules.dated import Rule

Readings = Mapping[str, Sequence[Reading]]
_LIMITS, _EVALUATION, _PRIORITY = "water.surface_limits", "water.evaluation", "water.pollutant_priority"


@dataclass(frozen=True, slots=True)
class MeansOfGroup:
    """A group: its day, where it is one of a day, and the exact mean of each field, None where no record has it."""

    day: date | None
    means: Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """A function of groups: the rules it reads, what it gives, which fields it knows, and whether groups must be of one day."""

    rules: tuple[str, ...]
    gives: Kind
    fields: Callable[[Mapping[str, Rule]], frozenset[str]]
    of_days: bool
    function: Callable[[Sequence[MeansOfGroup], Readings], list[Any]]


def _air(measure: RuledMeasure) -> GroupMeasure:
    def function(groups: Sequence[MeansOfGroup], readings: Readings) -> list[Any]:
        days = np.ma.masked_array(np.array([group.day for group in groups], dtype="datetime64[D]"))
        columns = {name: _thousandths([group.means.get(name) for group in groups]) for name in measure.columns}
        found: list[Any] = measure.function(days, columns, readings).tolist()
        return found

    gives = TRUTH if measure.gives == "boolean" else NUMBER
    return GroupMeasure(measure.rules, gives, lambda _: frozenset(measure.columns), True, function)


def _thousandths(means: Sequence[Fraction | None]) -> Column:
    """A column of whole thousandths; `DataError` for a mean that is none, as only that of several records can be."""
    scaled = [None if mean is None else mean * THOUSAND for mean in means]
    for mean, one in zip(means, scaled, strict=True):
        if one is not None and one.denominator != 1:
            raise DataError("measures.too_many_decimals", amount=str(mean), decimals=PLACES)
    data = np.array([0 if one is None else int(one) for one in scaled], dtype=np.int64)
    return np.ma.masked_array(data, mask=[one is None for one in scaled])


def _water(*, lake: bool) -> GroupMeasure:
    def function(groups: Sequence[MeansOfGroup], readings: Readings) -> list[Any]:
        # A mean over a period is judged by what is in force at its end.
        rule = water_rule(*(readings[name][-1] for name in (_LIMITS, _EVALUATION, _PRIORITY)))
        return [
            class_of_means({name: mean for name, mean in group.means.items() if mean is not None}, lake, rule)[0]
            for group in groups
        ]

    return GroupMeasure((_LIMITS, _EVALUATION, _PRIORITY), NUMBER, _water_items, False, function)


def _water_items(rules: Mapping[str, Rule]) -> frozenset[str]:
    values = [version.value for version in rules[_LIMITS].versions]
    return frozenset(str(name) for value in values if isinstance(value, Mapping) for name in value)


GROUP_MEASURES: Mapping[str, GroupMeasure] = {
    **{name: _air(measure) for name, measure in RULED.items()},
    "water.class_of_rivers": _water(lake=False),
    "water.class_of_lakes": _water(lake=True),
}
