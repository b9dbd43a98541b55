"""Which thing of the new version is which of the old one, although it was renumbered, reworded or moved?

Pairs are taken best first, so that a thing finds its like before a mere look-alike can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Pairs(NamedTuple):
    """Positions of what was found again, of what was dropped and of what was added."""

    found: list[tuple[int, int]]
    dropped: list[int]
    added: list[int]


def pairs(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> Pairs:
    """The pairs, in the order of `new`; `likeness` is 0 for what cannot be the same. Of equals the nearest in order win."""
    scored = [
        (-score, abs(i - j), i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (score := likeness(one, other)) > 0
    ]
    scored.sort()
    mates: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if i not in taken and j not in mates:
            mates[j] = i
            taken.add(i)
    found = [(mates[j], j) for j in range(len(new)) if j in mates]
    return Pairs(found, [i for i in range(len(old)) if i not in taken], [j for j in range(len(new)) if j not in mates])


def moved(found: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs that left their order: all but a longest run of those that kept it, so one move marks one thing."""
    lengths: list[int] = []
    before: list[int] = []
    for at, (i, _) in enumerate(found):
        best, mate = 1, -1
        for earlier in range(at):
            if found[earlier][0] < i and lengths[earlier] + 1 > best:
                best, mate = lengths[earlier] + 1, earlier
        lengths.append(best)
        before.append(mate)
    kept: set[tuple[int, int]] = set()
    at = max(range(len(found)), key=lengths.__getitem__, default=-1)
    while at >= 0:
        kept.add(found[at])
        at = before[at]
    return set(found) - kept
