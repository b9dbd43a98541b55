"""What is needed from here on, has a year ever brought that much, and where does the trend lead?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from zhiheng.evidence.units import PERCENT, canonical
from zhiheng.indicators.counting import names_a_change
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.case import Case, Point
from zhiheng.judgement.verdict import Forecast, Progress
from zhiheng.rules.messages import sentence
from zhiheng.stats.trend import FEWEST_POINTS, predict


def with_needs(progress: Progress, case: Case, series: Sequence[Point]) -> Progress:
    """The progress with what each remaining year must bring, the best year so far, and whether that is enough."""
    if case.last_year is None or not series:
        return progress
    latest, left = series[-1], Fraction(case.last_year + 1) - series[-1].at
    if left <= 0 or case.bound.holds(latest.amount):
        return progress
    goal = case.bound.goal(latest.amount)
    better = -1 if goal < latest.amount or (goal == latest.amount and case.bound.upper_only) else 1
    needed = (goal - latest.amount) * better / left
    steps = [step * better for step in yearly_steps(series)]
    best = max(steps, default=None)
    return replace(progress, needed_per_year=needed, best_year=best, in_reach=None if best is None else needed <= best)


def yearly_steps(series: Sequence[Point]) -> list[Fraction]:
    """By how much the series moved from one year's end to the next (over a gap: on average)."""
    ends = year_ends(series)
    return [(b.amount - a.amount) / (b.at - a.at) for a, b in pairwise(ends)]


def year_ends(series: Sequence[Point]) -> list[Point]:
    """The last point of each year's end."""
    return list({p.at: p for p in series if p.at.denominator == 1}.values())


def forecast(case: Case, series: Sequence[Point]) -> Forecast | None:
    """Where the straight line through the years' ends would be at the deadline, or why that cannot be said."""
    if case.last_year is None or case.due:
        return None
    ends = year_ends(series)
    found = predict([(p.at, p.amount) for p in ends], Fraction(case.last_year + 1))
    if found is None:
        facts = {"points": len(ends), "fewest": FEWEST_POINTS}
        return Forecast(None, None, None, len(ends), sentence("judgement.forecast_too_few", facts))
    amount, low, high = (_possible(x, case) for x in (found.amount, found.low, found.high))
    return Forecast(amount, low, high, found.points)


def _possible(amount: float, case: Case) -> float:
    """Within what the indicator can be: a share of a whole lies between 0 and 100, other amounts are not negative."""
    if case.changes or names_a_change(case.target.indicator):
        return amount
    share = canonical(case.target.unit) == PERCENT and _share(case.bound)
    return min(max(amount, 0.0), 100.0) if share else max(amount, 0.0)


def _share(bound: Bound) -> bool:
    return all(end is None or end <= 100 for end in (bound.low, bound.high))
