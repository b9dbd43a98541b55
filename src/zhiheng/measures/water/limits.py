"""Which limits do readings of GB 3838 and of the evaluation method make?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Reading
from zhiheng.measures.water.model import BILLION, LimitKind, WaterItem, WaterRule

_CLASSES = 5


def water_rule(limits: Reading, evaluation: Reading, priority: Reading) -> WaterRule:
    """The rule of a day, from readings of `water.surface_limits`, `water.evaluation` and `water.pollutant_priority`.

    `confirmed` tells of the first two: the third only orders pollutants.
    """
    reference = set(_texts(evaluation, evaluation.item("not_counted"), "not_counted"))
    table = limits.item()
    if not isinstance(table, Mapping):
        raise RuleError("base.rule_has_no_part", rule=limits.label, part="value")
    items = {str(name): _item(limits, str(name), row, str(name) not in reference) for name, row in table.items()}
    return WaterRule(
        labels=tuple(r.label for r in (limits, evaluation, priority)),
        items=items,
        good_to=int(evaluation.number("good_to")),
        statuses=_texts(evaluation, evaluation.item("statuses"), "statuses"),
        few=int(evaluation.number("few")),
        shares=tuple(_band(evaluation, row) for row in _rows(evaluation, evaluation.item("shares"), "shares")),
        pollutants=int(evaluation.number("pollutants")),
        first=frozenset(_texts(priority, priority.item(), "value")),
        confirmed=limits.confirmed and evaluation.confirmed,
    )


def _item(reading: Reading, name: str, row: Any, counted: bool) -> WaterItem:
    if not isinstance(row, Mapping):
        raise RuleError("base.rule_has_no_part", rule=reading.label, part=name)
    kind = next((kind for kind in LimitKind if kind.value in row), LimitKind.AT_MOST)
    river = _limits(reading, name, kind.value, kind) if kind.value in row else ()
    lake = _limits(reading, name, "at_most_lake", kind) if "at_most_lake" in row else river
    saturation = billion(reading, name, "saturation_1") if "saturation_1" in row else None
    return WaterItem(
        name, reading.word(name, "name"), kind, river, lake, counted, row.get("multiple", True) is True, saturation
    )


def _limits(reading: Reading, name: str, key: str, kind: LimitKind) -> tuple[int, ...]:
    found = tuple(_whole(reading, Fraction(text), name) for text in _texts(reading, reading.item(name, key), f"{name}.{key}"))
    rising = all(a >= b if kind is LimitKind.AT_LEAST else a <= b for a, b in pairwise(found))
    if not rising or len(found) != (2 if kind is LimitKind.BETWEEN else _CLASSES):
        raise RuleError("measures.limits_not_in_order", rule=reading.label, part=f"{name}.{key}")
    return found


def _band(reading: Reading, row: Any) -> tuple[str, Fraction | None, Fraction | None]:
    if not isinstance(row, Mapping) or not isinstance(row.get("status"), str):
        raise RuleError("base.rule_has_no_part", rule=reading.label, part="shares.status")
    good, worse = row.get("good"), row.get("worse")
    return row["status"], None if good is None else Fraction(good), None if worse is None else Fraction(worse)


def billion(reading: Reading, *keys: str) -> int:
    """The number at `keys` in billionths; a number of more than nine decimals is no limit."""
    return _whole(reading, reading.number(*keys), ".".join(keys))


def _whole(reading: Reading, amount: Fraction, part: str) -> int:
    scaled = amount * BILLION
    if scaled.denominator != 1:
        raise RuleError("base.rule_not_a_number", rule=reading.label, part=part, found=str(amount))
    return int(scaled.numerator)


def _texts(reading: Reading, found: Any, part: str) -> tuple[str, ...]:
    rows = _rows(reading, found, part)
    if not all(isinstance(row, str) for row in rows):
        raise RuleError("base.rule_not_a_word", rule=reading.label, part=part, found=str(found))
    return tuple(rows)


def _rows(reading: Reading, found: Any, part: str) -> Sequence[Any]:
    if isinstance(found, Mapping | str) or not isinstance(found, Sequence) or not found:
        raise RuleError("base.rule_has_no_part", rule=reading.label, part=part)
    return found
