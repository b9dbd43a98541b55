"""Which index do scores make? (GB/T 19038, GB/T 19039: means of questions, weighted, on a scale of 100)

How a mean becomes an index is named with every index: 4.2 of five is 80 between least and most, and 84 as a share of the most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError, RuleError
from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column

_HUNDRED = 100


class IndexMethod(StrEnum):
    """How a mean becomes an index of 100: between the least and the most score, or as a share of the most."""

    MIN_MAX = "min_max"
    SHARE_OF_MOST = "share_of_most"


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """The scores a question may have, and how their mean becomes an index; `label` names the rule it rests on."""

    method: IndexMethod
    least: Fraction
    most: Fraction
    label: str
    confirmed: bool

    def index(self, mean: Fraction) -> Fraction:
        """The index of a mean score, from 0 to 100."""
        if self.method is IndexMethod.SHARE_OF_MOST:
            return mean / self.most * _HUNDRED
        return (mean - self.least) / (self.most - self.least) * _HUNDRED


@dataclass(frozen=True, slots=True)
class QuestionMean:
    """The mean score of a question over those who answered; None when nobody did. `unanswered`: refusals and gaps."""

    mean: Fraction | None
    answered: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class WeightedTotal:
    """A weighted total; the weight of what is `missing` went to the rest, and `covered` is the share of weight that spoke."""

    amount: Fraction | None
    covered: Fraction
    missing: tuple[str, ...]


def score_scale(rule: Reading) -> ScoreScale:
    """The scale of a reading of `satisfaction.index`; `RuleError` when it has no span or an unknown method."""
    least, most, method = rule.number("least"), rule.number("most"), rule.word("method")
    if most <= max(least, Fraction(0)) or method not in {m.value for m in IndexMethod}:
        raise RuleError("measures.scale_without_span", rule=rule.label, least=least, most=most, method=method)
    return ScoreScale(IndexMethod(method), least, most, rule.label, rule.confirmed)


def question_means(
    questions: NDArray[np.intp], count: int, scores: Column, scale: ScoreScale, weights: Column | None = None
) -> tuple[QuestionMean, ...]:
    """The mean of each of the questions 0 … count - 1.

    One row an answer: `questions` its question, `scores` exact numbers (Decimal or int), masked where refused; `weights` those
    of the respondents, exact, a missing one leaves the answer out. `DataError` for a score outside the scale or a weight below zero.
    """
    there = ~np.ma.getmaskarray(scores)
    if weights is not None:
        there &= ~np.ma.getmaskarray(weights)
    weighing = [1] * int(there.sum()) if weights is None else weights.data[there].tolist()
    totals, shares, answered = [Fraction(0)] * count, [Fraction(0)] * count, [0] * count
    for (question, given, share), rows in Counter(
        zip(questions[there].tolist(), scores.data[there].tolist(), weighing, strict=True)
    ).items():
        score, weight = Fraction(given), Fraction(share)
        if not scale.least <= score <= scale.most or weight < 0:
            raise DataError("measures.score_outside_scale", score=score, weight=weight, least=scale.least, most=scale.most)
        totals[question] += score * weight * rows
        shares[question] += weight * rows
        answered[question] += rows
    asked = np.bincount(questions, minlength=count)
    return tuple(
        QuestionMean(totals[q] / shares[q] if shares[q] else None, answered[q], int(asked[q]) - answered[q])
        for q in range(count)
    )


def weighted_total(amounts: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> WeightedTotal:
    """The weighted mean of amounts by name; what has none is missing and its weight is shared out among the others.

    `DataError` for a weight below zero, an amount without a weight, or weights that sum to zero.
    """
    whole = sum(weights.values(), Fraction(0))
    unknown = sorted(set(amounts) - set(weights))
    if unknown or whole <= 0 or min(weights.values()) < 0:
        raise DataError("measures.weights_do_not_fit", names=unknown or sorted(weights))
    missing = tuple(name for name in weights if amounts.get(name) is None)
    pairs = [(amount, weights[name]) for name, amount in amounts.items() if amount is not None]
    covered = sum((w for _, w in pairs), Fraction(0))
    amount = sum((a * w for a, w in pairs), Fraction(0)) / covered if covered else None
    return WeightedTotal(amount, covered / whole, missing)


def satisfaction_index(
    means: Mapping[str, Fraction | None], weights: Mapping[str, Fraction], scale: ScoreScale
) -> WeightedTotal:
    """The index of weighted questions: (Σ w·x̄ − Σ w·least) / (Σ w·most − Σ w·least) · 100 over those that were answered."""
    total = weighted_total(means, weights)
    return WeightedTotal(None if total.amount is None else scale.index(total.amount), total.covered, total.missing)
