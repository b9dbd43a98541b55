"""What is the quality competitiveness index of manufacturing, as far as it is published? (制造业质量竞争力指数)

Published are the tree of indicators and that the two halves weigh the same. How an indicator is standardised, between which
bounds, and the weights below the halves are not: the bounds are handed in, the weights are equal, and every answer says that
it is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading


@dataclass(frozen=True, slots=True)
class CompetitivenessIndex:
    """The index with the scores it is the mean of; without every indicator there is no index, and `missing` names them.

    `scores` by indicator, `groups` and `halves` by name; `confirmed` as the rule has it.
    """

    index: Fraction | None
    halves: Mapping[str, Fraction | None]
    groups: Mapping[str, Fraction | None]
    scores: Mapping[str, Fraction | None]
    missing: tuple[str, ...]
    confirmed: bool


def competitiveness(
    amounts: Mapping[str, Fraction | None], bounds: Mapping[str, tuple[Fraction, Fraction]], rule: Reading
) -> CompetitivenessIndex:
    """The index of a place by a reading of `quality.competitiveness`.

    `amounts` and `bounds` (least and most of all places) by indicator id. `DataError` for an unknown indicator, or bounds
    that are missing or have no span.
    """
    told: Any = rule.item("indicators")
    unknown = sorted((set(amounts) | set(bounds)) - set(told))
    if unknown:
        raise DataError("measures.unknown_item", items=unknown, known=sorted(told))
    scores = {name: _score(name, amounts.get(name), bounds, told[name].get("reversed") is True, rule) for name in told}
    groups: dict[str, Fraction | None] = {}
    halves: dict[str, Fraction | None] = {}
    listed: Any = rule.item("halves")
    for half in listed:
        mine = {str(g["name"]): _mean([scores[name] for name in g["indicators"]]) for g in half["groups"]}
        groups.update(mine)
        halves[str(half["name"])] = _mean(list(mine.values()))
    missing = tuple(name for name, score in scores.items() if score is None)
    return CompetitivenessIndex(index_of_halves(list(halves.values())), halves, groups, scores, missing, rule.confirmed)


def index_of_halves(halves: Sequence[Fraction | None]) -> Fraction | None:
    """The index of its halves, which weigh the same; None when one is missing."""
    return _mean(halves)


def bands(index: Fraction, rule: Reading) -> dict[str, str | None]:
    """The word of each published set of bands for an index, by the name of the set; None below the lowest band of a set."""
    sets: Any = rule.item()
    return {
        str(name): next((str(row["name"]) for row in rows if index >= Fraction(row["from"])), None)
        for name, rows in sets.items()
    }


def _score(
    name: str, amount: Fraction | None, bounds: Mapping[str, tuple[Fraction, Fraction]], turned: bool, rule: Reading
) -> Fraction | None:
    if amount is None:
        return None
    least, most = bounds.get(name, (Fraction(0), Fraction(0)))
    if most <= least:
        raise DataError("measures.bounds_without_span", indicator=name, least=least, most=most)
    floor, ceiling = rule.number("floor"), rule.number("ceiling")
    reached = (most - amount if turned else amount - least) / (most - least)
    return min(max(floor + (ceiling - floor) * reached, floor), ceiling)


def _mean(amounts: Sequence[Fraction | None]) -> Fraction | None:
    known = [a for a in amounts if a is not None]
    return sum(known, Fraction(0)) / len(known) if known and len(known) == len(amounts) else None
