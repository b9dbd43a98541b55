"""The pass rate of manufactured products against the worked value of the norms."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from zhiheng.base.errors import DataError
from zhiheng.base.quantity import present
from zhiheng.measures.manufacturing import DivisionCount, division_counts, manufacturing_pass_rate, rate_of_regions
from zhiheng.rules.rulebook import open_rulebook

RULE = open_rulebook().read("quality.manufacturing", date(2024, 12, 31))
COUNTS = {"13": DivisionCount(190, 200), "17": DivisionCount(45, 50), "38": DivisionCount(294, 300)}
OUTPUT = {"13": Fraction(300), "17": Fraction(100), "38": Fraction(600)}


def test_divisions_weigh_by_their_output() -> None:
    found = manufacturing_pass_rate(COUNTS, OUTPUT, RULE)
    assert found.rate == Fraction("0.963")
    assert found.pooled == Fraction(529, 550) and present(found.pooled * 100, 2) == "96.18"
    assert (found.covered, found.missing, found.outside) == (1, (), 0)


def test_29_divisions_count() -> None:
    listed = RULE.item("divisions")
    assert isinstance(listed, tuple) and len(listed) == 29 and not {"42", "43"} & set(listed)
    found = manufacturing_pass_rate({**COUNTS, "42": DivisionCount(0, 9), "06": DivisionCount(0, 1)}, OUTPUT, RULE)
    assert (found.rate, found.outside) == (Fraction("0.963"), 10)


def test_output_without_samples_is_told() -> None:
    found = manufacturing_pass_rate(COUNTS, {**OUTPUT, "14": Fraction(1000), "15": Fraction(0)}, RULE)
    assert (found.rate, found.covered, found.missing) == (Fraction("0.963"), Fraction(1, 2), ("14",))


def test_nothing_sampled_is_no_rate() -> None:
    found = manufacturing_pass_rate({}, OUTPUT, RULE)
    assert (found.rate, found.pooled, found.covered) == (None, None, 0)


@pytest.mark.parametrize("output", [{"13": Fraction(1)}, {**OUTPUT, "14": Fraction(-1)}])
def test_weights_are_not_guessed(output: dict[str, Fraction]) -> None:
    with pytest.raises(DataError):
        manufacturing_pass_rate(COUNTS, output, RULE)


def test_samples_are_counted_by_division() -> None:
    passed = np.ma.masked_array([True, False, True, True, True], mask=[0, 0, 0, 1, 0])
    found = division_counts(["1310", "C13", "C3821", "38", None], passed)
    assert found == {"13": DivisionCount(1, 2), "38": DivisionCount(1, 1)}


def test_a_nation_weighs_its_regions() -> None:
    regions: list[tuple[Fraction | None, Fraction]] = [(Fraction("0.95"), Fraction(300)), (Fraction("0.91"), Fraction(100))]
    assert rate_of_regions(regions) == Fraction("0.94")
    assert rate_of_regions([*regions, (None, Fraction(1))]) is None
    assert rate_of_regions([]) is None
