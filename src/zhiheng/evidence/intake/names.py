"""Which indicator that is asked for does a name in a row mean?

Only the name or a listed alias counts: indicators that look alike (监督抽查, 评价性抽检, 例行监测) measure different
things, so a near name is suggested to the person and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from zhiheng.documents.fold import fold
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.names import plain_name
from zhiheng.evidence.units import same_unit

_SUGGESTED = 3
_NEAR = 45
_BRACKET = re.compile(r"\(([^()]+)\)$")


def _without_unit(one: Expected) -> str:
    """`投诉办结率（%）` as people write it where the unit has a column of its own."""
    m = _BRACKET.search(fold(one.indicator))
    return one.indicator[: m.start()] if m and same_unit(m[1], one.unit) else one.indicator


@dataclass(frozen=True)
class Names:
    """All names and aliases of what is asked for."""

    by_name: Mapping[str, tuple[Expected, ...]]
    printed: Mapping[str, str]

    @classmethod
    def of(cls, expected: Iterable[Expected]) -> Names:
        """A name of one indicator is never an alias of another."""
        known = list(expected)
        by_name: dict[str, tuple[Expected, ...]] = {}
        for one in known:
            key = plain_name(one.indicator)
            by_name[key] = (*by_name.get(key, ()), one)
        own = frozenset(by_name)
        for one in known:
            for alias in {plain_name(a) for a in (*one.aliases, _without_unit(one))} - own:
                by_name[alias] = (*by_name.get(alias, ()), one)
        return cls(by_name, {plain_name(one.indicator): one.indicator for one in known})

    def find(self, name: str) -> tuple[Expected, ...]:
        """What the name may mean: nothing, one, or several that only the unit or period tells apart."""
        return self.by_name.get(plain_name(name), ())

    def near(self, name: str) -> tuple[str, ...]:
        """Names like it, nearest first."""
        found = process.extract(plain_name(name), list(self.printed), scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=_NEAR)
        return tuple(self.printed[key] for key, _, _ in found)
