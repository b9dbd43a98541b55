"""The rule of the water measures as the rulebook has it, and columns written as a person writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from zhiheng.measures.model import Column
from zhiheng.measures.water.limits import water_rule
from zhiheng.measures.water.model import WaterRule, billionths
from zhiheng.rules.rulebook import open_rulebook

DAY = date(2024, 6, 30)


def rule(day: date = DAY) -> WaterRule:
    book = open_rulebook()
    return water_rule(*(book.read(f"water.{name}", day) for name in ("surface_limits", "evaluation", "pollutant_priority")))


def columns(**amounts: Iterable[str | int | None]) -> dict[str, Column]:
    return {name: billionths(values) for name, values in amounts.items()}


def lakes(*answers: bool | None) -> Column:
    return np.ma.masked_array([a is True for a in answers], mask=[a is None for a in answers])
