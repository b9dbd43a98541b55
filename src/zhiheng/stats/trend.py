"""Where would a series stand if it went on along its straight line, and how sure is that?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhiheng.stats.student import t_quantile

# Two points fix a line and a third leaves one degree of freedom (t = 12.7): an interval says something from four on.
FEWEST_POINTS = 4

Point = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A value on the line with the interval in which a single new observation is expected, at `confidence`."""

    amount: float
    low: float
    high: float
    confidence: float
    points: int


@dataclass(frozen=True, slots=True)
class Line:
    """The least-squares line through points; slope, level and squares are exact."""

    slope: Fraction
    mean_x: Fraction
    mean_y: Fraction
    spread_x: Fraction
    residual: Fraction
    points: int

    def at(self, x: Fraction) -> Fraction:
        """The line's value at `x`."""
        return self.mean_y + self.slope * (x - self.mean_x)


def least_squares(points: Sequence[Point]) -> Line | None:
    """The ordinary least-squares line, or None when the points do not differ in x."""
    n = len(points)
    if n < 2:
        return None
    mean_x = sum((x for x, _ in points), Fraction(0)) / n
    mean_y = sum((y for _, y in points), Fraction(0)) / n
    spread_x = sum(((x - mean_x) ** 2 for x, _ in points), Fraction(0))
    if spread_x == 0:
        return None
    slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Fraction(0)) / spread_x
    residual = sum(((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points), Fraction(0))
    return Line(slope, mean_x, mean_y, spread_x, residual, n)


def predict(points: Sequence[Point], at: Fraction, confidence: float = 0.95) -> Prediction | None:
    """The line carried on to `at` with its prediction interval; None with fewer than `FEWEST_POINTS` distinct times."""
    if len({x for x, _ in points}) < FEWEST_POINTS:
        return None
    line = least_squares(points)
    if line is None:
        return None
    degrees = line.points - 2
    variance = line.residual / degrees * (1 + Fraction(1, line.points) + (at - line.mean_x) ** 2 / line.spread_x)
    half = t_quantile((1 + confidence) / 2, degrees) * math.sqrt(variance)
    centre = float(line.at(at))
    return Prediction(centre, centre - half, centre + half, confidence, line.points)
