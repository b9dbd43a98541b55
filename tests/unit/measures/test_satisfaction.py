"""Indices of satisfaction against the worked values of the norms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import DataError, RuleError
from zhiheng.base.quantity import present
from zhiheng.measures.satisfaction import IndexMethod, question_means, satisfaction_index, score_scale, weighted_total
from zhiheng.rules.rulebook import open_rulebook

RULE = open_rulebook().read("satisfaction.index", date(2026, 1, 1))
SCALE = score_scale(RULE)
FIVE = replace(SCALE, most=Fraction(5))


def fractions(**written: str | None) -> dict[str, Fraction]:
    return {name: Fraction(text) for name, text in written.items() if text is not None}


def test_index_of_three_weighted_questions() -> None:
    found = satisfaction_index(fractions(a="8.1", b="7.8", c="8.4"), fractions(a="0.40", b="0.35", c="0.25"), SCALE)
    assert found.amount is not None and present(found.amount, 2) == "78.56"
    assert (found.covered, found.missing, SCALE.confirmed) == (1, (), False)


def test_one_mean_has_two_indices() -> None:
    assert FIVE.index(Fraction("4.2")) == 80
    assert replace(FIVE, method=IndexMethod.SHARE_OF_MOST).index(Fraction("4.2")) == 84


def test_a_missing_domain_is_told_and_its_weight_shared_out() -> None:
    weights = fractions(education="0.3", health="0.5", transport="0.2")
    found = weighted_total({"education": Fraction(80), "health": None, "transport": Fraction(90)}, weights)
    assert (found.amount, found.covered, found.missing) == (84, Fraction(1, 2), ("health",))
    assert weighted_total({}, weights).amount is None


@pytest.mark.parametrize("weights", [{"a": "0"}, {"a": "1", "b": "-1"}, {"b": "1"}])
def test_weights_that_do_not_fit(weights: dict[str, str]) -> None:
    with pytest.raises(DataError):
        weighted_total({"a": Fraction(1)}, fractions(**weights))


def test_means_of_questions() -> None:
    scores = np.ma.masked_array([Decimal("8"), Decimal("9.5"), Decimal("0"), Decimal("10")], mask=[0, 0, 1, 0])
    questions = np.array([0, 0, 0, 2], dtype=np.intp)
    found = question_means(questions, 3, scores, SCALE)
    assert [(q.mean, q.answered, q.unanswered) for q in found] == [(Fraction("8.75"), 2, 1), (None, 0, 0), (10, 1, 0)]
    weights = np.ma.masked_array([Decimal(3), Decimal(1), Decimal(1), Decimal(0)], mask=[0, 0, 0, 1])
    assert [q.mean for q in question_means(questions, 3, scores, SCALE, weights)] == [Fraction("8.375"), None, None]


def test_scores_outside_the_scale() -> None:
    with pytest.raises(DataError):
        question_means(np.array([0], dtype=np.intp), 1, np.ma.masked_array([11]), SCALE)


def test_a_scale_without_span() -> None:
    for value in ({"method": "min_max", "least": "5", "most": "5"}, {"method": "mean", "least": "1", "most": "5"}):
        with pytest.raises(RuleError):
            score_scale(replace(RULE, value=value))


@given(st.dictionaries(st.sampled_from("abcd"), st.fractions(1, 10), min_size=1))
def test_an_index_stays_within_0_and_100(means: dict[str, Fraction]) -> None:
    found = satisfaction_index(dict(means), {name: Fraction(1, 4) for name in "abcd"}, SCALE)
    assert found.amount is not None and 0 <= found.amount <= 100
    assert min(map(SCALE.index, means.values())) <= found.amount <= max(map(SCALE.index, means.values()))
