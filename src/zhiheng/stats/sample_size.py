"""How many must be asked, and what does a design cost against a simple draw? Exact, rounded up once and only at the end."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil


def sample_size(
    z: Fraction,
    share: Fraction,
    error: Fraction,
    *,
    population: int | None = None,
    design_effect: Fraction = Fraction(1),
    response: Fraction = Fraction(1),
) -> int:
    """How many to draw so that a share is known within ± `error` (0.05 is five points) at the confidence of `z`.

    n = z² p (1 − p) / e² (Cochran), n / (1 + (n − 1) / N) in a finite population of N, times the design effect, never above N,
    over the share that answers. `ValueError` for numbers outside their range.
    """
    if not (z > 0 and 0 < share < 1 and 0 < error < 1 and 0 < response <= 1 and design_effect > 0):
        raise ValueError(f"no sample size for z {z}, share {share}, error {error}, effect {design_effect}, response {response}")
    if population is not None and population < 1:
        raise ValueError(f"no sample of a population of {population}")
    needed = z * z * share * (1 - share) / (error * error)
    if population is not None:
        needed = needed / (1 + (needed - 1) / population)
    needed *= design_effect
    if population is not None:
        needed = min(needed, Fraction(population))
    return ceil(needed / response)


def effect_of_weights(weights: Sequence[Fraction]) -> Fraction | None:
    """The design effect of unequal weights, n Σw² / (Σw)² (Kish); None when they sum to zero or there are none."""
    total = sum(weights, Fraction(0))
    return len(weights) * sum((w * w for w in weights), Fraction(0)) / (total * total) if total else None


def effect_of_clusters(size: Fraction, correlation: Fraction) -> Fraction:
    """The design effect of drawing whole clusters of a mean size whose members are that alike, 1 + (m − 1) ρ (Kish)."""
    return 1 + (size - 1) * correlation
