"""How do two years compare when the standard changed between them?

Since 2026-03-01 an AQI of 100 is reached at lower concentrations of particles, so that shares of good days judged by
different editions say nothing of the air. Such a change is given, and marked as not comparable; both years judged by one
edition (`index_of`) are.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhiheng.measures.air.year import GoodDays


@dataclass(frozen=True, slots=True)
class YearChange:
    """The change of the share of good days of one place, as a share; None where a year has no valid day.

    `comparable`: all days of both years were judged by one and the same rule. The labels say which rules they were.
    """

    points: Fraction | None
    comparable: bool
    earlier_rules: tuple[str, ...]
    later_rules: tuple[str, ...]


def year_on_year(earlier: GoodDays, later: GoodDays) -> tuple[YearChange, ...]:
    """The change of each group; group k of both is the same place."""
    shares = zip(earlier.shares(), later.shares(), strict=True)
    return tuple(_change(earlier, later, group, *pair) for group, pair in enumerate(shares))


def _change(earlier: GoodDays, later: GoodDays, group: int, before: Fraction | None, after: Fraction | None) -> YearChange:
    rules = [days.rules_of(group) for days in (earlier, later)]
    before_rules, after_rules = (tuple(sorted({label for rule in used for label in rule.labels})) for used in rules)
    points = None if before is None or after is None else after - before
    one_rule = len(rules[0]) == len(rules[1]) == 1 and before_rules == after_rules
    return YearChange(points, one_rule and points is not None, before_rules, after_rules)
