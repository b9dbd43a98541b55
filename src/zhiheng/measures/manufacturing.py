"""Which share of manufactured products passes? (制造业产品质量合格率: divisions weighted by output, regions by output again)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column


@dataclass(frozen=True, slots=True)
class DivisionCount:
    """Samples of one division, and how many of them passed."""

    passed: int
    sampled: int


@dataclass(frozen=True, slots=True)
class PassRate:
    """The weighted rate and what it is made of.

    `pooled`: passed over sampled without weights, for comparison; `missing`: divisions that have output and no sample, whose
    weight went to the others; `covered`: share of output that was sampled; `outside`: samples of other divisions, left out.
    """

    rate: Fraction | None
    pooled: Fraction | None
    covered: Fraction
    missing: tuple[str, ...]
    outside: int


def division_counts(divisions: Sequence[str | None], passed: Column) -> dict[str, DivisionCount]:
    """Counts by division of GB/T 4754 (the first two digits of each code); rows without code or verdict are left out."""
    found: dict[str, list[int]] = {}
    verdicts, missing = np.ma.getdata(passed), np.ma.getmaskarray(passed)
    for code, good, unknown in zip(divisions, verdicts.tolist(), missing.tolist(), strict=True):
        if code and not unknown:
            count = found.setdefault(code.lstrip("C")[:2], [0, 0])
            count[0] += bool(good)
            count[1] += 1
    return {division: DivisionCount(*count) for division, count in sorted(found.items())}


def manufacturing_pass_rate(counts: Mapping[str, DivisionCount], output: Mapping[str, Fraction], rule: Reading) -> PassRate:
    """The rate of one region by a reading of `quality.manufacturing`.

    `output`: output value by division, in any one unit. `DataError` for a negative output or a sampled division without one:
    its weight would be a guess.
    """
    listed: Any = rule.item("divisions")
    inside = [str(division) for division in listed]
    sampled = [d for d in inside if d in counts and counts[d].sampled]
    lacking = [d for d in sampled if d not in output]
    negative = [d for d in inside if output.get(d, Fraction(0)) < 0]
    if lacking or negative:
        raise DataError("measures.output_does_not_fit", divisions=lacking or negative)
    weights = {d: output[d] for d in inside if output.get(d)}
    covered = sum((weights.get(d, Fraction(0)) for d in sampled), Fraction(0))
    whole = sum(weights.values(), Fraction(0))
    passed = sum(weights.get(d, Fraction(0)) * Fraction(counts[d].passed, counts[d].sampled) for d in sampled)
    samples = sum(counts[d].sampled for d in sampled)
    return PassRate(
        rate=passed / covered if covered else None,
        pooled=Fraction(sum(counts[d].passed for d in sampled), samples) if samples else None,
        covered=covered / whole if whole else Fraction(0),
        missing=tuple(d for d in weights if d not in sampled),
        outside=sum(count.sampled for division, count in counts.items() if division not in inside),
    )


def rate_of_regions(rates: Sequence[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """The rate of a wider place: rates of regions weighted by their output; None when one is missing or nothing was made."""
    whole = sum((output for _, output in rates), Fraction(0))
    known = [(rate, output) for rate, output in rates if rate is not None]
    if len(known) != len(rates) or not whole:
        return None
    return sum((rate * output for rate, output in known), Fraction(0)) / whole
