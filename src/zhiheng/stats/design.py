"""How sure is a ratio of which strata were drawn at random? Units in strata, weighted, of a finite population.

What was drawn from a stratum is told by exact sums over its units; the variance is that of Taylor's linearisation (W. G. Cochran,
Sampling Techniques, 3rd ed. 1977, 6.11 and 11.5; C.-E. Särndal and others, Model Assisted Survey Sampling, 1992, 5.5) and stays a
fraction. Only the interval takes a root.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhiheng.base.errors import InternalError
from zhiheng.stats.student import t_quantile


class Unspread(StrEnum):
    """Why the draw does not say how sure an estimate is.

    `lone_unit`: of a stratum one unit was drawn, and not all it holds; `too_few_held`: a stratum is said to hold fewer units than
    were drawn from it; `no_spread`: all that was drawn says the same, or everything was drawn.
    """

    LONE_UNIT = "lone_unit"
    TOO_FEW_HELD = "too_few_held"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, slots=True)
class StratumSums:
    """Units drawn from a stratum: how many, and sums over them of what each adds above and below the line, and of the products.

    `held`: how many units the stratum holds; None where that is not known, as if each were drawn from endlessly many.
    """

    units: int
    above: Fraction
    below: Fraction
    above_squared: Fraction
    product: Fraction
    below_squared: Fraction
    held: int | None = None


@dataclass(frozen=True, slots=True)
class DesignEstimate:
    """A ratio with its variance and the degrees of freedom: units less strata."""

    ratio: Fraction
    variance: Fraction
    degrees: int


def ratio_of(strata: Sequence[StratumSums]) -> DesignEstimate | Unspread:
    """The ratio of all that is above to all that is below, or why nothing is known of its spread.

    A stratum of which every unit was drawn adds nothing to the variance. `InternalError` where nothing is below the line.
    """
    below = sum((s.below for s in strata), Fraction(0))
    if not below:
        raise InternalError("stats.nothing_below_the_line", strata=len(strata))
    if any(s.held is not None and s.held < s.units for s in strata):
        return Unspread.TOO_FEW_HELD
    drawn = [s for s in strata if s.held != s.units]
    if any(s.units == 1 for s in drawn):
        return Unspread.LONE_UNIT
    ratio = sum((s.above for s in strata), Fraction(0)) / below
    variance = sum((_spread(s, ratio) for s in drawn), Fraction(0)) / (below * below)
    degrees = sum(s.units for s in strata) - len(strata)
    return DesignEstimate(ratio, variance, degrees) if variance and degrees else Unspread.NO_SPREAD


def _spread(stratum: StratumSums, ratio: Fraction) -> Fraction:
    """What a stratum adds: (1 - n/N) n/(n-1) Σ(e - ē)², where e = above - ratio · below of a unit."""
    n = stratum.units
    squares = stratum.above_squared - 2 * ratio * stratum.product + ratio * ratio * stratum.below_squared
    total = stratum.above - ratio * stratum.below
    left = Fraction(1) if stratum.held is None else 1 - Fraction(n, stratum.held)
    return left * Fraction(n, n - 1) * (squares - total * total / n)


def around(estimate: DesignEstimate, confidence: str) -> tuple[float, float]:
    """The bounds by Student's distribution: ratio ± t · standard error."""
    ratio, half = float(estimate.ratio), _t(estimate, confidence) * math.sqrt(estimate.variance)
    return ratio - half, ratio + half


def around_share(estimate: DesignEstimate, confidence: str) -> tuple[float, float]:
    """The bounds of a share between 0 and 1 by way of its logit, which never leave 0 to 1.

    E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193–201. `InternalError` for a ratio that is no such share.
    """
    if not 0 < estimate.ratio < 1:
        raise InternalError("stats.not_between_0_and_1", ratio=str(estimate.ratio))
    share = float(estimate.ratio)
    middle = math.log(share / float(1 - estimate.ratio))
    half = _t(estimate, confidence) * math.sqrt(estimate.variance) / float(estimate.ratio * (1 - estimate.ratio))
    return _share(middle - half), _share(middle + half)


def _t(estimate: DesignEstimate, confidence: str) -> float:
    return t_quantile((1 + float(confidence)) / 2, estimate.degrees)


def _share(logit: float) -> float:
    """The share of a logit, without overflow at either end."""
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
