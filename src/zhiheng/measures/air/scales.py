"""Which tables does a reading of HJ 633 make?

A concentration is rounded before it is looked up, so only finitely many occur: each scale is the list of their IAQI, made
once in whole numbers (HJ 633, the formula of IAQI and its rounding up to an integer).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Reading
from zhiheng.measures.air.model import BEYOND, MISSING, IndexRule, Pollutant, Report, ReportItem, Scale


def index_rules(
    aqi: Sequence[Reading], missing: Sequence[Reading], report: Report, practice: Sequence[Reading] = ()
) -> tuple[IndexRule, ...]:
    """The rules of a report in order of time.

    Readings of `air.aqi` and of `air.aqi_missing`, each in order of time; `practice`: readings of a rule whose items are
    used in place of the standard's own (`air.realtime_release`), on the days for which it is in force.
    """
    parts: list[Sequence[Reading]] = [aqi, missing, *([practice] if practice else [])]
    return tuple(_rule(*found, report=report) for found in _together(parts))


def _together(parts: Sequence[Sequence[Reading]]) -> Iterator[tuple[Reading, ...]]:
    """One reading of each part for every span of days that all of them share."""
    starts = sorted({reading.start for part in parts for reading in part})
    for start in starts:
        found = [next((r for r in part if r.start <= start <= (r.end or start)), None) for part in parts]
        if all(found):
            yield tuple(r for r in found if r is not None)


def _rule(aqi: Reading, missing: Reading, practice: Reading | None = None, *, report: Report) -> IndexRule:
    read = [aqi, missing, *([practice] if practice else [])]
    steps = [int(v) for v in _rows(aqi, "iaqi")]
    least = int(aqi.number("least"))
    scales = {str(name): _scale(aqi, str(name), steps, least) for name in _table(aqi, "scales")}
    listed = practice.item() if practice else aqi.item(report.value)
    levels, names = _levels(aqi, steps[-1])
    ends = [reading.end for reading in read if reading.end is not None]
    return IndexRule(
        labels=tuple(reading.label for reading in read),
        first=max(reading.start for reading in read),
        last=min(ends) if ends else None,
        items=tuple(_item(aqi, row, scales) for row in _sequence(aqi, report.value, listed)),
        primary_above=int(aqi.number("primary_above")),
        publish_above=int(missing.number("publish_above")),
        good_to=int(aqi.number("good_to")),
        levels=levels,
        level_names=names,
        confirmed=all(reading.confirmed for reading in read),
    )


def _scale(aqi: Reading, name: str, steps: list[int], least: int) -> Scale:
    decimals = int(aqi.number("scales", name, "decimals"))
    points = [int(v) * 10**decimals for v in _rows(aqi, "scales", name, "points")]
    if len(points) > len(steps) or points != sorted(set(points)) or points[0] != 0:
        raise RuleError("measures.scale_not_rising", rule=aqi.label, part=name)
    top = points[-1]
    table = np.full(top + 3, steps[0], dtype=np.int64)
    for (low, high), (below, above) in zip(pairwise(points), pairwise(steps), strict=False):
        rise = np.arange(1, high - low + 1, dtype=np.int64) * (above - below)
        table[low + 1 : high + 1] = below - (-rise // (high - low))
    table[top + 1] = table[top] if aqi.word("scales", name, "above") == "hold" else BEYOND
    table[: top + 1] = np.maximum(table[: top + 1], least)
    table[top + 2] = MISSING
    return Scale(name, decimals, top, table.astype(np.int16))


def _item(aqi: Reading, row: Any, scales: Mapping[str, Scale]) -> ReportItem:
    if not isinstance(row, Mapping) or row.get("scale") not in scales:
        raise RuleError("base.rule_has_no_part", rule=aqi.label, part=f"scales.{row}")
    return ReportItem(row["item"], Pollutant(row["pollutant"]), scales[row["scale"]], row.get("only_beyond"))


def _levels(aqi: Reading, most: int) -> tuple[np.ndarray[Any, np.dtype[np.int8]], tuple[str, ...]]:
    rows = _rows(aqi, "levels")
    bounds = [int(row["to"]) for row in rows]
    table = np.searchsorted(bounds, np.arange(most + 1)) + 1
    return np.append(table, 0).astype(np.int8), tuple(str(row["name"]) for row in rows)


def _rows(reading: Reading, *keys: str) -> Sequence[Any]:
    return _sequence(reading, ".".join(keys), reading.item(*keys))


def _sequence(reading: Reading, part: str, found: Any) -> Sequence[Any]:
    if isinstance(found, Mapping | str) or not isinstance(found, Sequence) or not found:
        raise RuleError("base.rule_has_no_part", rule=reading.label, part=part)
    return found


def _table(reading: Reading, key: str) -> Mapping[str, Any]:
    found = reading.item(key)
    if not isinstance(found, Mapping):
        raise RuleError("base.rule_has_no_part", rule=reading.label, part=key)
    return found


def rule_for(rules: Sequence[IndexRule], day: date) -> IndexRule:
    """The rule of a day; `RuleError` when none holds on it."""
    for rule in rules:
        if rule.first <= day <= (rule.last or day):
            return rule
    raise RuleError("measures.no_rule_for_day", rule=", ".join(rules[0].labels) if rules else "-", as_of=day)
