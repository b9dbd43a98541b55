"""What is the state of a river, a basin or a lake, and which share of sections is good? (环办〔2011〕22号 二、三)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column
from zhiheng.measures.water.classes import class_of_means
from zhiheng.measures.water.model import BILLION, WORST, ClassCounts, ExceedingItem, MainPollutant, SectionClasses, WaterRule
from zhiheng.measures.water.pollutants import exceeding_items, in_order

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class RiverState:
    """What is said of a river or basin. With few sections `water_class` is that of the means and `pollutants` theirs; with
    more there is no class, and `exceeding` names the items by the share of sections. `status` None: nothing was evaluated."""

    counts: ClassCounts
    water_class: int | None
    status: str | None
    pollutants: tuple[MainPollutant, ...]
    exceeding: tuple[ExceedingItem, ...]


@dataclass(frozen=True, slots=True)
class WaterTrend:
    """How the shares changed, in percentage points: of classes Ⅰ to Ⅲ, of 劣Ⅴ; `difference` the first less the second."""

    good: Fraction
    worst: Fraction
    difference: Fraction
    word: str
    confirmed: bool


def count_classes(classes: Column) -> ClassCounts:
    """How many rows have each class."""
    by_class = np.bincount(np.ma.filled(classes, 0), minlength=WORST + 1)
    return ClassCounts(tuple(int(n) for n in by_class[1:]), int(by_class[0]))


def count_classes_by(groups: NDArray[np.intp], classes: Column, count: int) -> tuple[ClassCounts, ...]:
    """The counts of each of the groups 0 … count - 1; `groups` holds the group of each row."""
    width = WORST + 1
    flat = np.bincount(groups * width + np.ma.filled(classes, 0), minlength=count * width).reshape(count, width)
    return tuple(ClassCounts(tuple(int(n) for n in row[1:]), int(row[0])) for row in flat)


def status_by_shares(counts: ClassCounts, rule: WaterRule) -> str | None:
    """The status of a river of many sections; None where none has a class."""
    good, worst = counts.good, counts.worst
    if good is None or worst is None:
        return None
    for status, from_good, below_worst in rule.shares:
        if (from_good is None or good >= from_good) and (below_worst is None or worst < below_worst):
            return status
    return None


def river_states(
    groups: NDArray[np.intp], count: int, columns: Mapping[str, Column], found: SectionClasses
) -> tuple[RiverState, ...]:
    """The state of each of the rivers 0 … count - 1; one row a section, `groups` its river, `columns` what `found` is made of.

    Below `rule.few` sections the means of each item are classed by the limits of rivers, else the shares of classes speak.
    """
    counts = count_classes_by(groups, found.classes, count)
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(count + 1))
    return tuple(_state(order[bounds[k] : bounds[k + 1]], one, columns, found) for k, one in enumerate(counts))


def _state(rows: NDArray[np.intp], counts: ClassCounts, columns: Mapping[str, Column], found: SectionClasses) -> RiverState:
    rule = found.rule
    if len(rows) >= rule.few:
        return RiverState(counts, None, status_by_shares(counts, rule), (), exceeding_items(found, rows))
    means = item_means(columns, rows)
    worst, classes = class_of_means(means, False, rule)
    if worst is None:
        return RiverState(counts, None, None, (), ())
    pollutants = in_order(means, classes, False, rule) if worst > rule.good_to else ()
    return RiverState(counts, worst, rule.statuses[worst - 1], pollutants, ())


def item_means(columns: Mapping[str, Column], rows: NDArray[np.intp]) -> dict[str, Fraction]:
    """The exact mean of each item over these rows, in its unit, without items that none of them has."""
    found: dict[str, Fraction] = {}
    for name, column in columns.items():
        amounts = np.ma.getdata(column)[rows][~np.ma.getmaskarray(column)[rows]]
        if amounts.size:
            found[name] = Fraction(sum(int(a) for a in amounts), BILLION * amounts.size)
    return found


def trend(before: ClassCounts, after: ClassCounts, rule: Reading) -> WaterTrend | None:
    """How the water changed between two periods by a reading of `water.trend`; None where one of them has no section."""
    if before.good is None or before.worst is None or after.good is None or after.worst is None:
        return None
    good, worst = (after.good - before.good) * _HUNDRED, (after.worst - before.worst) * _HUNDRED
    difference = good - worst
    word = "same"
    if abs(difference) > rule.number("slight_above"):
        word = "better" if difference > 0 else "worse"
    if abs(difference) > rule.number("marked_above"):
        word = f"much_{word}"
    return WaterTrend(good, worst, difference, rule.word(word), rule.confirmed)
