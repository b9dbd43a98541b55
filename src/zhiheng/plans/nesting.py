"""Which kind of number stands inside which, in this paper?

The genre's habit is 一、 > (一) > 1. > (1); papers with chapters put these above; now and then 1. stands above (一). What
restarts under what decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.plans.numbering import Mark, Style

_CHAPTERS = (Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE)
_BELOW = (Style.CHINESE, Style.BRACKETED, Style.ARABIC, Style.BRACKETED_ARABIC)
_INNERMOST = 100


@dataclass(frozen=True, slots=True)
class Nesting:
    """Styles from the outermost in, and what the paper's own heading levels stand for."""

    styles: tuple[Style, ...]
    by_given: dict[int, Style | int]

    def rank(self, mark: Mark | None, given: int | None) -> int:
        """A number that is smaller for the outer of two titles."""
        if mark:
            return _INNERMOST if mark.style is Style.BOX else 10 + self.styles.index(mark.style)
        known = self.by_given.get(given or 1, 1)
        return 10 + self.styles.index(known) if isinstance(known, Style) else known

    def level(self, mark: Mark | None, given: int | None) -> int:
        """The level in the outline: 1 一、, 2 (一), 3 1., 4 专栏; chapters push the rest down."""
        if mark and mark.style is Style.BOX:
            return 4
        known = mark.style if mark else self.by_given.get(given or 1, 1)
        return self.styles.index(known) + 1 if isinstance(known, Style) else known


def nesting(titles: Sequence[tuple[Mark | None, int | None]]) -> Nesting:
    """How the numbers of these titles nest."""
    marks = [m for m, _ in titles if m and m.style is not Style.BOX]
    used = {m.style for m in marks}
    chapters = [s for s in _CHAPTERS if s in used]
    below = list(_BELOW)
    for outer, inner in ((Style.BRACKETED, Style.ARABIC), (Style.CHINESE, Style.BRACKETED), (Style.CHINESE, Style.ARABIC)):
        if {outer, inner} <= used and _inverted(marks, outer, inner):
            i, k = below.index(outer), below.index(inner)
            below[i], below[k] = below[k], below[i]
            # The usual levels no longer hold: only styles in use take one.
            below = [s for s in below if s in used]
    styles = (*chapters, *below)
    return Nesting(styles, _given_levels(titles, styles))


def _inverted(marks: Sequence[Mark], outer: Style, inner: Style) -> bool:
    """Whether `outer` starts anew under each `inner`, and not the other way round."""
    evidence = {outer: 0, inner: 0}
    last: dict[Style, int] = {}
    anew = {outer: False, inner: False}  # whether it started at 1 since the other one last stood
    for mark in marks:
        if mark.style not in evidence:
            if mark.style < min(outer, inner):
                last.clear()
            continue
        other = inner if mark.style is outer else outer
        if mark.value > 1 and last.get(mark.style) == mark.value - 1 and anew[other]:
            evidence[mark.style] += 1
        anew[mark.style] |= mark.value == 1
        anew[other] = False
        last[mark.style] = mark.value
    return evidence[inner] > evidence[outer]


def _given_levels(titles: Sequence[tuple[Mark | None, int | None]], order: Sequence[Style]) -> dict[int, Style | int]:
    """For each heading level of the paper itself: the style its numbered titles mostly have; without numbers the style inside
    that of the level above, or its place among the levels."""
    levels = sorted({given for _, given in titles if given is not None})
    known: dict[int, Style | int] = {}
    for place, level in enumerate(levels, 1):
        styles = Counter(m.style for m, given in titles if m and given == level and m.style is not Style.BOX)
        above = known.get(levels[place - 2]) if place > 1 else None
        if styles:
            known[level] = styles.most_common(1)[0][0]
        elif isinstance(above, Style):
            known[level] = order[min(order.index(above) + 1, len(order) - 1)]
        else:
            known[level] = place
    return known
