"""Published two-sided tables of Student's t (p = 0.90, 0.95, 0.975, 0.99, 0.995)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.stats.student import t_quantile

PROBABILITIES = (0.90, 0.95, 0.975, 0.99, 0.995)
PUBLISHED = """
1    3.078  6.314  12.706  31.821  63.657
2    1.886  2.920   4.303   6.965   9.925
3    1.638  2.353   3.182   4.541   5.841
4    1.533  2.132   2.776   3.747   4.604
5    1.476  2.015   2.571   3.365   4.032
6    1.440  1.943   2.447   3.143   3.707
7    1.415  1.895   2.365   2.998   3.499
8    1.397  1.860   2.306   2.896   3.355
9    1.383  1.833   2.262   2.821   3.250
10   1.372  1.812   2.228   2.764   3.169
11   1.363  1.796   2.201   2.718   3.106
15   1.341  1.753   2.131   2.602   2.947
20   1.325  1.725   2.086   2.528   2.845
30   1.310  1.697   2.042   2.457   2.750
60   1.296  1.671   2.000   2.390   2.660
120  1.289  1.658   1.980   2.358   2.617
"""


@pytest.mark.parametrize("row", PUBLISHED.strip().splitlines())
def test_the_published_table(row):
    degrees, *printed = row.split()
    for probability, expected in zip(PROBABILITIES, printed, strict=True):
        assert abs(t_quantile(probability, int(degrees)) - float(expected)) < 6e-4


def test_closed_forms_of_one_and_two_degrees():
    for p in (0.6, 0.9, 0.975, 0.9999):
        assert t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)), rel=1e-10)
        assert t_quantile(p, 2) == pytest.approx((2 * p - 1) / math.sqrt(2 * p * (1 - p)), rel=1e-10)


@given(st.floats(0.001, 0.999), st.integers(1, 200))
def test_it_is_symmetric_and_rises(p, degrees):
    assert t_quantile(p, degrees) == pytest.approx(-t_quantile(1 - p, degrees), rel=1e-9, abs=1e-12)
    assert t_quantile(min(p + 0.0005, 0.9995), degrees) >= t_quantile(p, degrees)


@pytest.mark.parametrize(("p", "degrees"), [(0.0, 5), (1.0, 5), (0.9, 0)])
def test_there_is_no_quantile_outside(p, degrees):
    with pytest.raises(ValueError, match="no quantile"):
        t_quantile(p, degrees)
