"""Sizes of samples against the worked values of the norms, and design effects against what they mean."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.rules.rulebook import open_rulebook
from zhiheng.stats.sample_size import effect_of_clusters, effect_of_weights, sample_size

Z, HALF = Fraction("1.96"), Fraction(1, 2)


@pytest.mark.parametrize(
    ("error", "population", "size"),
    [("0.05", None, 385), ("0.03", None, 1068), ("0.05", 1000, 278), ("0.05", 1, 1), ("0.05", 10**9, 385)],
)
def test_worked_sizes(error: str, population: int | None, size: int) -> None:
    assert sample_size(Z, HALF, Fraction(error), population=population) == size


def test_size_by_the_rule() -> None:
    rule = open_rulebook().read("satisfaction.sample", date(2026, 1, 1))
    assert sample_size(rule.number("z"), rule.number("share"), rule.number("error")) == 385
    assert not rule.confirmed


def test_a_design_and_refusals_need_more() -> None:
    error = Fraction("0.05")
    assert sample_size(Z, HALF, error, design_effect=Fraction("1.5")) == 577
    assert sample_size(Z, HALF, error, response=Fraction("0.6")) == 641
    assert sample_size(Z, HALF, error, population=300, design_effect=Fraction(2)) == 300


@pytest.mark.parametrize("wrong", [{"share": 0}, {"error": 0}, {"response": 0}, {"population": 0}, {"design_effect": 0}])
def test_numbers_out_of_range(wrong: dict[str, int]) -> None:
    rest = {"z": Z, "share": HALF, "error": Fraction(1, 20)} | {
        k: v if k == "population" else Fraction(v) for k, v in wrong.items()
    }
    with pytest.raises(ValueError, match="no sample"):
        sample_size(**rest)  # type: ignore[arg-type]


@given(st.lists(st.fractions(Fraction(1, 100), 100), min_size=1, max_size=12))
def test_equal_weights_cost_nothing_and_others_something(weights: list[Fraction]) -> None:
    effect = effect_of_weights(weights)
    assert effect is not None and 1 <= effect <= len(weights)
    assert (effect == 1) == (len(set(weights)) == 1)


def test_effects_at_their_ends() -> None:
    assert effect_of_weights([]) is None
    assert effect_of_clusters(Fraction(10), Fraction(0)) == 1
    assert effect_of_clusters(Fraction(10), Fraction(1)) == 10
    assert effect_of_clusters(Fraction(10), Fraction("0.05")) == Fraction("1.45")
