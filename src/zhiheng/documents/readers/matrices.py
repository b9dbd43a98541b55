"""Where does a point of an object drawn on a sheet stand on the sheet?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

SLANTED = 4  # of an angle: no quarter
_QUARTER = 0.05

Point = tuple[float, float]


class Matrix(NamedTuple):
    """From the points of an object to those of the sheet: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """The point on the sheet."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: Matrix) -> Matrix:
        """This matrix for an object that stands in another one, which has `outer`."""
        e, f = outer.at(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            e,
            f,
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The upright rectangle on the sheet that holds this one, least numbers first."""
        points = [self.at(x, y) for x in (left, right) for y in (bottom, top)]
        return bounds(points)

    @property
    def angle(self) -> int:
        """How text runs along, in quarters to the left; `SLANTED` for any other angle."""
        return quarters(self.a, self.b)

    @property
    def height(self) -> float:
        """By how much upright sizes grow."""
        return math.hypot(self.c, self.d)


def quarters(x: float, y: float) -> int:
    """The direction of (x, y), y upwards, in quarters to the left from the right; `SLANTED` for any other."""
    turned = math.degrees(math.atan2(y, x)) / 90
    return round(turned) % 4 if abs(turned - round(turned)) < _QUARTER else SLANTED


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Least x, least y, most x, most y."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
