"""Is a section in a river or in a lake, as far as names tell?

A list of sections that states it is better; where there is none, the rulebook's words are looked for, and what they leave open
stays open: such a section has a class only where the limits of rivers and of lakes agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column


def lakes_by_name(bodies: Iterable[str | None], sections: Iterable[str | None], rule: Reading) -> Column:
    """Whether each section lies in a lake, by a reading of `water.kind_by_name`; masked where the names leave it open.

    `bodies`: the river, lake or reservoir as stated, empty or None when nobody said; `sections`: the names of the sections.
    """
    ends, within = (tuple(_words(rule, key)) for key in ("lakes", "within"))
    known: dict[tuple[str, str], bool | None] = {}
    found: list[bool | None] = []
    for pair in zip((b or "" for b in bodies), (s or "" for s in sections), strict=True):
        if pair not in known:
            known[pair] = _lake(*pair, ends, within)
        found.append(known[pair])
    return np.ma.masked_array(np.array([one is True for one in found], dtype=bool), mask=[one is None for one in found])


def _lake(body: str, section: str, ends: tuple[str, ...], within: tuple[str, ...]) -> bool | None:
    name = _bare(section)
    if _bare(body).endswith(ends) or name.endswith(within):
        return True
    return False if body and not name.endswith(ends) else None


def _bare(name: str) -> str:
    """The name without what stands in brackets behind it."""
    return name.replace("（", "(").partition("(")[0].strip()


def _words(rule: Reading, key: str) -> tuple[str, ...]:
    found: Any = rule.item(key)
    return tuple(str(word) for word in found)
