"""Is the design's variance and interval that of the `survey` package of R?

The sums are those of the package's own example data (Academic Performance Index of California schools: `apistrat`, strata of school
types; `apiclus1`, whole districts), the expected numbers what `survey` 4.1-1 prints with 17 digits by `svymean`, `svyratio`,
`svyciprop(method = "xlogit")` and `confint(df = degf(design))`. Weights are the very doubles of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import InternalError
from zhiheng.stats.design import DesignEstimate, StratumSums, Unspread, around, around_share, ratio_of
from zhiheng.stats.student import t_quantile

WEIGHTS = {"E": 44.209999084472656, "H": 15.100000381469727, "M": 20.360000610351562}
HELD = {"E": 4421, "H": 755, "M": 1018}
DISTRICT_WEIGHT = 33.846996307373047
# Of each district: schools, sum of api00, schools that met the school-wide target.
DISTRICTS = (
    (13, 9372, 11), (34, 22508, 31), (4, 2077, 3), (13, 8593, 10), (16, 11369, 15), (2, 1116, 2), (1, 551, 1), (4, 1888, 4),
    (12, 9111, 12), (21, 13761, 18), (9, 6386, 7), (11, 7359, 11), (37, 20394, 32), (2, 905, 1), (4, 2493, 2),
)  # fmt: skip


def strata(**sums: Sequence[int]) -> list[StratumSums]:
    """By stratum: units, then sums of above, below, above², above · below, below², all before weighing."""
    found = []
    for name, (units, above, below, above_squared, product, below_squared) in sums.items():
        w = Fraction(WEIGHTS[name])
        squared = (above_squared * w * w, product * w * w, below_squared * w * w)
        found.append(StratumSums(units, above * w, below * w, *squared, HELD[name]))
    return found


MEANS = strata(
    E=(100, 67443, 100, 47038637, 67443, 100), H=(50, 31291, 50, 20167941, 31291, 50), M=(50, 31830, 50, 20940396, 31830, 50)
)
SHARES = strata(E=(100, 91, 100, 91, 91, 100), H=(50, 26, 50, 26, 26, 50), M=(50, 35, 50, 35, 35, 50))
RATIOS = strata(
    E=(100, 35502, 41678, 14540460, 17044937, 20100668),
    H=(50, 53526, 66035, 74325088, 88952856, 109279081),
    M=(50, 34785, 41624, 30316915, 35464569, 42310204),
)


def districts(column: int) -> list[StratumSums]:
    """One stratum whose units are districts; their schools' sums are below and above."""
    w = Fraction(DISTRICT_WEIGHT)
    pairs = [(Fraction(row[column]) * w, Fraction(row[0]) * w) for row in DISTRICTS]
    return [of_units(pairs, 757)]


def of_units(pairs: Sequence[tuple[Fraction, Fraction]], held: int | None = None) -> StratumSums:
    """The sums of units that are told one by one, as above and below."""
    return StratumSums(
        len(pairs),
        sum((a for a, _ in pairs), Fraction(0)),
        sum((b for _, b in pairs), Fraction(0)),
        sum((a * a for a, _ in pairs), Fraction(0)),
        sum((a * b for a, b in pairs), Fraction(0)),
        sum((b * b for _, b in pairs), Fraction(0)),
        held,
    )


def endless(drawn: Sequence[StratumSums]) -> list[StratumSums]:
    """The same draw from strata of unknown size."""
    return [replace(one, held=None) for one in drawn]


def estimate(drawn: Sequence[StratumSums]) -> DesignEstimate:
    """The estimate, which there must be."""
    found = ratio_of(drawn)
    assert isinstance(found, DesignEstimate)
    return found


@pytest.mark.parametrize(
    ("drawn", "ratio", "error", "degrees", "low", "high"),
    [
        (MEANS, 662.28736315932076, 9.4089408027845796, 197, 643.7321882720862, 680.84253804655532),
        (endless(MEANS), 662.28736315932076, 9.5361322969251585, 197, 643.48135659321667, 681.09336972542485),
        (districts(1), 644.16939890710387, 23.542240693781039, 14, 593.67631446332553, 694.66248335088221),
        (RATIOS, 0.83695688694052173, 0.0077571031666378827, 197, 0.82165926642273834, 0.85225450745830511),
    ],
)  # fmt: skip
def test_means_and_ratios_are_those_of_survey(
    drawn: list[StratumSums], ratio: float, error: float, degrees: int, low: float, high: float
) -> None:
    found = estimate(drawn)
    assert float(found.ratio) == pytest.approx(ratio, rel=1e-13)
    assert sqrt(found.variance) == pytest.approx(error, rel=1e-11)
    assert found.degrees == degrees
    assert around(found, "0.95") == pytest.approx((low, high), rel=1e-11)


@pytest.mark.parametrize(
    ("drawn", "share", "error", "low", "high"),
    [
        (SHARES, 0.82794801141582341, 0.024344780113074775, 0.77453965474676822, 0.87081485494359867),
        (endless(SHARES), 0.82794801141582341, 0.024756802875456112, 0.77354200972569198, 0.87145518275852962),
        (districts(2), 0.87431693989071035, 0.02035947724462743, 0.82379889238300175, 0.91190007702439313),
    ],
)
def test_shares_are_those_of_survey(drawn: list[StratumSums], share: float, error: float, low: float, high: float) -> None:
    found = estimate(drawn)
    assert float(found.ratio) == pytest.approx(share, rel=1e-13)
    assert sqrt(found.variance) == pytest.approx(error, rel=1e-11)
    assert around_share(found, "0.95") == pytest.approx((low, high), rel=1e-11)


@pytest.mark.parametrize(
    ("probability", "degrees", "expected"),
    [
        (0.975, 1, 12.7062047361746941), (0.975, 5, 2.5705818356363137), (0.975, 197, 1.9720790337785010),
        (0.975, 1999, 1.9611514201705613), (0.975, 2000, 1.9611508260994375), (0.975, 2001, 1.9611502326224410),
        (0.975, 5000, 1.9604385517065075), (0.975, 100_000, 1.9599877075346088), (0.975, 10_000_000, 1.9599642217672049),
        (0.95, 2001, 1.6456154855920266), (0.95, 100_000, 1.6448688647849685),
        (0.995, 2001, 2.5782885568255685), (0.995, 3000, 2.5774691348386072),
    ],
)  # fmt: skip
def test_quantiles_are_those_of_qt(probability: float, degrees: int, expected: float) -> None:
    assert t_quantile(probability, degrees) == pytest.approx(expected, rel=1e-12)


def test_what_says_nothing_of_the_spread_is_a_word() -> None:
    one = of_units([(Fraction(1), Fraction(1))])
    two = of_units([(Fraction(1), Fraction(1)), (Fraction(0), Fraction(1))])
    assert ratio_of([one, two]) is Unspread.LONE_UNIT
    assert ratio_of([replace(one, held=0), two]) is Unspread.TOO_FEW_HELD
    assert ratio_of([of_units([(Fraction(1), Fraction(1))] * 9)]) is Unspread.NO_SPREAD
    assert ratio_of([replace(two, held=2), replace(one, held=1)]) is Unspread.NO_SPREAD
    assert isinstance(ratio_of([replace(one, held=1), two]), DesignEstimate)
    with pytest.raises(InternalError, match="nothing_below_the_line"):
        ratio_of([of_units([(Fraction(0), Fraction(0))] * 2)])
    with pytest.raises(InternalError, match="not_between_0_and_1"):
        around_share(DesignEstimate(Fraction(1), Fraction(1), 3), "0.95")


SMALL = st.fractions(min_value=Fraction(1, 8), max_value=9, max_denominator=8)
UNIT = st.tuples(st.booleans(), SMALL).map(lambda pair: (pair[1] if pair[0] else Fraction(0), pair[1]))


@given(st.lists(st.lists(UNIT, min_size=2, max_size=6), min_size=1, max_size=4))
def test_the_variance_is_that_of_the_deviations_unit_by_unit(drawn: list[list[tuple[Fraction, Fraction]]]) -> None:
    below = sum(b for stratum in drawn for _, b in stratum)
    ratio = sum(a for stratum in drawn for a, _ in stratum) / below
    expected = Fraction(0)
    for stratum in drawn:
        n, deviations = len(stratum), [(a - ratio * b) / below for a, b in stratum]
        mean = sum(deviations, Fraction(0)) / n
        expected += (1 - Fraction(n, 40)) * n / (n - 1) * sum((d - mean) ** 2 for d in deviations)
    found = ratio_of([of_units(stratum, 40) for stratum in drawn])
    if not expected:
        assert found is Unspread.NO_SPREAD
        return
    assert found == DesignEstimate(ratio, expected, sum(map(len, drawn)) - len(drawn))
    assert isinstance(found, DesignEstimate)
    low, high = around_share(found, "0.95")
    assert 0 <= low <= float(ratio) <= high <= 1
