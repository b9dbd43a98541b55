"""To which area (领域) does a target belong? The plan's tables say so; else a title that names an area, else none does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhiheng.documents.tree import Anchor, Place
from zhiheng.plans.model import Commitment, Heading, Target

NO_AREA = "其他"
# Titles of aims, of safeguards and of pieces of work name no area.
_NO_AREA = re.compile("目标|指标|要求|原则|现状|基础|保障|考核|组织|领导|监测|评估|监督|实施|行动|工程|专栏|项目|计划|任务")


@dataclass(frozen=True)
class Outline:
    """The titles of a paper with their places, to tell under which a clause stands."""

    entries: tuple[tuple[tuple[int, int], Heading], ...]

    @classmethod
    def of(cls, outline: Iterable[Heading]) -> Outline:
        """The titles in order of their places."""
        placed = ((_position(h.anchor.place, h.anchor.start), h) for h in outline)
        return cls(tuple(sorted(((p, h) for p, h in placed if p), key=lambda e: e[0])))

    def above(self, anchor: Anchor | None) -> list[Heading]:
        """Headings from the outermost down to the one over the clause."""
        position = _position(anchor.place, anchor.start) if anchor else None
        chain: list[Heading] = []
        for at, heading in self.entries:
            if position is None or at > position:
                break
            chain = [h for h in chain if h.level < heading.level] + [heading]
        return chain


@dataclass(frozen=True)
class Areas:
    """The groups of the plan's tables, and to which of them a target outside the tables is told to belong."""

    named: tuple[str, ...]
    by_indicator: Mapping[str, str]

    @classmethod
    def of(cls, targets: Iterable[Target]) -> Areas:
        """The areas that the tables name."""
        grouped = [(t, t.group) for t in targets if t.group]
        return cls(tuple(dict.fromkeys(g for _, g in grouped)), {key: g for t, g in reversed(grouped) for key in _keys(t)})

    def area(self, promise: Target | Commitment, titles: Sequence[str]) -> str:
        """Its own group, that of the same indicator or of its row, the one a title above it names, else its section."""
        if isinstance(promise, Target):
            known = (self.by_indicator[key] for key in _keys(promise) if key in self.by_indicator)
            own = promise.group or next(known, None)
        else:
            own = next((cell for cell in promise.context.split() if cell in self.named), None)
        if own:
            return own
        if self.named:
            return next((g for title in reversed(titles) for g in self.named if _names(title, g)), NO_AREA)
        return next((title for title in (*titles[1:2], *titles[:1]) if not _NO_AREA.search(title)), NO_AREA)


def _names(title: str, area: str) -> bool:
    """Whether a title names the area, with other words between at most (工程质量 in 压实工程建设质量责任)."""
    return re.search(".*".join(map(re.escape, area)), title) is not None


def _keys(target: Target) -> tuple[str, ...]:
    """By which an indicator is known again: its entry in the catalogue, its name without what brackets add."""
    name = re.split("[（(]", target.indicator)[0]
    return (target.catalogue.indicator, name) if target.catalogue else (name,)


def _position(place: Place, start: int) -> tuple[int, int] | None:
    number = place.line or place.paragraph
    return (number, start) if number else None
