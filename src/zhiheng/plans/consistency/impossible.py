"""Which printed values cannot be?

Shares of a whole above 100 %, scales passed, ranges turned round, bounds at nothing, days that no calendar has. Which names are
those of shares is dated data (`plan/bounded_shares`), not code.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.doubt import Doubt, at, passage, strips
from zhiheng.plans.consistency.measures import COUNTED, LOWER, UPPER, printed, quantity
from zhiheng.plans.model import Comparator, Mention, Plan, Role

_WHOLE = 100
_ENDING = re.compile(r"[(〔\[][^)〕\]]*[)〕\]]$")
# 分别达到100%和92%以上: the bound is the last value's own
_LOWER_WORD = re.compile("以上|不低于|不少于|超|高于|大于|至少|[≥>]")
_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年 ?(?P<month>\d{1,2}) ?月(?: ?(?P<day>\d{1,2}) ?[日号])?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rules say of values that cannot be passed.

    `shares` are endings of names of shares of a whole, `beyond` parts of names of shares that may pass it (增长率, 负债率),
    `scales` endings of names of scales with their highest value.
    """

    shares: Sequence[str]
    beyond: Sequence[str]
    scales: Mapping[str, Fraction]

    def is_share(self, m: Mention) -> bool:
        """Whether a mention is a share of a whole, which ends at 100 %."""
        name = _ENDING.sub("", fold(m.indicator))
        if m.unit not in ("%", "％") or m.comparator.states_a_change or any(word in name for word in self.beyond):
            return False
        return name.endswith(tuple(self.shares))

    def top(self, m: Mention) -> Fraction | None:
        """The end of the scale a mention is read on."""
        name = _ENDING.sub("", fold(m.indicator))
        return next((highest for ending, highest in self.scales.items() if name.endswith(ending)), None)


def bounds_of(value: object) -> Bounds:
    """The bounds in the value of the rule `plan/bounded_shares`; empty where the rule says nothing."""
    if not isinstance(value, Mapping):
        return Bounds((), (), {})
    scales = value.get("scales", {})
    return Bounds(
        tuple(map(str, value.get("shares", ()))),
        tuple(map(str, value.get("beyond", ()))),
        {str(k): Fraction(str(v)) for k, v in scales.items()} if isinstance(scales, Mapping) else {},
    )


def impossible_doubts(plan: Plan, document: Document | None, bounds: Bounds) -> Iterator[Doubt]:
    """Values and days that cannot be, in reading order."""
    for m in plan.mentions:
        code = _fault(m, bounds)
        if code is not None:
            facts = {"indicator": m.indicator, "value": printed(m), "top": bounds.top(m) or _WHOLE}
            yield Doubt(code, Severity.WARNING, facts, (passage(m),))
    for text in strips(document) if document else ():
        for found in _DAY.finditer(text.folded):
            if not _exists(found["year"], found["month"], found["day"]):
                facts = {"day": found[0]}
                yield Doubt("consistency.no_such_day", Severity.WARNING, facts, (at(text, found.start(), found.end()),))


def _fault(m: Mention, bounds: Bounds) -> str | None:
    """The code of what cannot be; None when nothing is wrong."""
    if m.role is Role.BACKGROUND or m.comparator is Comparator.ZERO_EVENTS:
        return None
    said = quantity(m)
    if said.low is not None and said.high is not None and said.low > said.high:
        return "consistency.range_turned"
    if said.unit == COUNTED and said.number < 0:
        return "consistency.count_below_zero"
    if bounds.is_share(m):
        if said.number < 0:
            return "consistency.share_below_zero"
        if said.largest > _WHOLE:
            return "consistency.share_over_whole"
        if said.comparator in LOWER and said.number == _WHOLE and _LOWER_WORD.search(fold(m.text)):
            return "consistency.above_the_whole"
    top = bounds.top(m)
    if top is not None and said.largest > top:
        return "consistency.scale_passed"
    if said.number == 0 and not m.comparator.states_a_change:
        return _at_nothing(said.comparator)
    return None


def _at_nothing(comparator: Comparator) -> str | None:
    """Bounds that every result keeps, or none can pass."""
    if comparator in LOWER:
        return "consistency.from_nothing_up"
    return "consistency.at_most_nothing" if comparator in UPPER else None


def _exists(year: str, month: str, day: str | None) -> bool:
    if not 1 <= int(month) <= 12:
        return False
    return day is None or 1 <= int(day) <= monthrange(int(year), int(month))[1]
