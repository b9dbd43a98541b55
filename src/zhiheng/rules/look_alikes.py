"""Which indicators look alike and must not be merged, and in what do they differ?

The reason stands in the catalogue (`look_alikes` of a group); where it does not, the flags of the two entries say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from zhiheng.rules import fields
from zhiheng.rules.strict_yaml import Table


class Obstacle(StrEnum):
    """In what two figures differ that look alike; all but the last four keep them from being compared."""

    PROGRAMME = "programme"
    LEVEL = "level"
    SCOPE = "scope"
    DENOMINATOR = "denominator"
    NUMERATOR = "numerator"
    ATTEMPT = "attempt"
    INCLUSION = "inclusion"
    COUNTED = "counted"
    ROLE = "role"
    METHOD = "method"
    MEASURE = "measure"
    UNIT = "unit"
    BASIS = "basis"
    BOUND = "bound"
    THING = "thing"
    PERIOD = "period"
    OPEN = "open"
    DEADLINE = "deadline"
    EARLIER_TERM = "earlier_term"
    PLACE_LEVEL = "place_level"
    PLACE_WITHIN = "place_within"

    @property
    def prevents(self) -> bool:
        """Whether it keeps the figures from being compared, or only asks for care."""
        return self not in (Obstacle.DEADLINE, Obstacle.EARLIER_TERM, Obstacle.PLACE_LEVEL, Obstacle.PLACE_WITHIN)


_OF_INDICATORS = (
    *(Obstacle.PROGRAMME, Obstacle.LEVEL, Obstacle.SCOPE, Obstacle.DENOMINATOR, Obstacle.NUMERATOR, Obstacle.ATTEMPT),
    *(Obstacle.INCLUSION, Obstacle.COUNTED, Obstacle.ROLE, Obstacle.METHOD, Obstacle.MEASURE, Obstacle.UNIT, Obstacle.BASIS),
)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Why some indicators are no one indicator; `lines` are rows of the founding analysis that say so."""

    of: tuple[str, ...]
    differ: Obstacle
    chinese: str
    english: str
    lines: tuple[str, ...] = ()

    def pairs(self) -> Iterable[frozenset[str]]:
        """Every two of them."""
        return map(frozenset, combinations(self.of, 2))


def look_alikes_of(table: Table) -> list[LookAlike]:
    """The reasons that a group of the catalogue gives."""
    if "look_alikes" not in table:
        return []
    return [_look_alike(row) for row in fields.tables(table, "look_alikes")]


def _look_alike(row: Table) -> LookAlike:
    fields.require_keys(row, ("of", "differ", "zh", "en"), ("lines",))
    differ = Obstacle(fields.one_of(row, "differ", _OF_INDICATORS))
    said = fields.text(row, "zh"), fields.text(row, "en")
    return LookAlike(fields.texts(row, "of"), differ, *said, fields.texts(row, "lines"))


def by_pair(look_alikes: Iterable[LookAlike]) -> Mapping[frozenset[str], LookAlike]:
    """The reason by the two indicators; of several the first."""
    found: dict[frozenset[str], LookAlike] = {}
    for one in look_alikes:
        for pair in one.pairs():
            found.setdefault(pair, one)
    return found
