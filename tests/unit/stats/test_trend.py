from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.stats.trend import least_squares, predict


def points(*pairs):
    return [(Fraction(str(x)), Fraction(str(y))) for x, y in pairs]


def test_a_worked_example():
    # Anscombe's first set: slope 0.5000909…, residual sum of squares 13.76269, n = 11.
    xs = (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
    ys = (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68)
    anscombe = points(*zip(xs, ys, strict=True))
    line = least_squares(anscombe)
    assert line is not None
    assert float(line.slope) == pytest.approx(0.5000909, abs=1e-7)
    assert float(line.at(Fraction(0))) == pytest.approx(3.0000909, abs=1e-7)
    assert float(line.residual) == pytest.approx(13.76269, abs=1e-5)
    # s = 1.236603, t(0.975, 9) = 2.262157; at the mean: half = t·s·√(1 + 1/11)
    found = predict(anscombe, Fraction(9))
    assert found is not None
    assert found.amount == pytest.approx(7.500909, abs=1e-6)
    assert found.high - found.amount == pytest.approx(2.262157 * 1.236603 * (12 / 11) ** 0.5, abs=1e-4)
    assert (found.points, found.confidence) == (11, 0.95)


def test_three_points_are_too_few():
    assert predict(points((1, 1), (2, 2), (3, 3)), Fraction(5)) is None
    assert predict(points((1, 1), (1, 2), (2, 2), (3, 3)), Fraction(5)) is None


def test_a_vertical_line_has_no_slope():
    assert least_squares(points((1, 1), (1, 2))) is None
    assert least_squares(points((1, 1))) is None


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(4, 12))
def test_points_on_a_line_leave_no_doubt(level, slope, count):
    exact = predict([(Fraction(x), Fraction(level + slope * x)) for x in range(count)], Fraction(20))
    assert exact is not None
    assert exact.low == exact.amount == exact.high == level + 20 * slope
