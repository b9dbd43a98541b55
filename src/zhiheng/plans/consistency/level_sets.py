"""Do counts of nested and of united levels agree: 省级以上 within 市级以上, and 省、市级 as the sum of its levels?

What a narrower set counts can never be more than what the wider one does. Both are asked about, never mended: winners may be counted
once as an organisation and twice as awards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis, exact
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.doubt import Doubt, Passage, at, passage, sentences
from zhiheng.plans.consistency.measures import measure, plain_unit, printed
from zhiheng.plans.consistency.naming import Levels, core, levels
from zhiheng.plans.model import Mention, Plan, Role

_COUNTED = (Basis.COUNT, Basis.CUMULATIVE, Basis.NEW)
# 云溪阀门荣获省质量奖: a winner without a number
_NAMED_WINNER = re.compile(
    r"(?:获得?了?|荣获了?|摘得|斩获)(?P<name>[^,，。;、\d]{0,6}?(?:省|市|国家|中国|全国)[^,，。;、\d的]{0,6}?(?P<award>质量奖))(?!提名)"
)
_PIPELINE = re.compile("申请|申报|培育")
_WON = re.compile("获得|获批|取得|注册")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Count:
    """A count with the levels of its name."""

    mention: Mention
    levels: Levels
    number: Fraction


def level_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Counts of levels that cannot hold together."""
    counts = [c for m in plan.mentions if (c := _count(m)) is not None]
    for wide in counts:
        alike = [c for c in counts if c.mention.id != wide.mention.id and _same_matter(wide, c)]
        if wide.levels.above:
            yield from _nested(wide, alike)
        elif len(wide.levels.ranks) > 1:
            yield from _united(wide, alike, document)
    yield from _more_won_than_sought(plan)


def _count(m: Mention) -> _Count | None:
    if m.basis not in _COUNTED or m.role is Role.BACKGROUND or m.comparator.states_a_change or plain_unit(m.unit)[0] != "count":
        return None
    found = levels(m.indicator)
    return _Count(m, found, measure(m).number) if found and len(found.thing) >= 3 else None


def _same_matter(wide: _Count, other: _Count) -> bool:
    one, two = wide.mention, other.mention
    same_part = (one.role is Role.TARGET) == (two.role is Role.TARGET)
    return same_part and one.year == two.year and wide.levels.thing == other.levels.thing and one.scope in (two.scope, None)


def _nested(wide: _Count, alike: Sequence[_Count]) -> Iterator[Doubt]:
    lowest = wide.levels.ranks[0]
    for narrow in alike:
        inside = min(narrow.levels.ranks) >= lowest and (narrow.levels.above or len(narrow.levels.ranks) == 1)
        same = narrow.levels.above and min(narrow.levels.ranks) == lowest
        if inside and not same and narrow.mention.basis is wide.mention.basis and narrow.number > wide.number:
            yield _doubt("consistency.narrower_is_more", narrow, wide)


def _doubt(code: str, narrow: _Count, wide: _Count) -> Doubt:
    facts = {
        "one": narrow.mention.indicator, "part": printed(narrow.mention), "other": wide.mention.indicator,
        "whole": printed(wide.mention),
    }  # fmt: skip
    return Doubt(code, Severity.QUESTION, facts, (passage(narrow.mention), passage(wide.mention)))


def _united(wide: _Count, alike: Sequence[_Count], document: Document | None) -> Iterator[Doubt]:
    """The levels of a union, counted one by one in the text, against the number of the union."""
    parts: dict[int, tuple[str, Fraction, Passage]] = {}
    for c in alike:
        if len(c.levels.ranks) == 1 and not c.levels.above and c.levels.ranks[0] in wide.levels.ranks:
            parts.setdefault(c.levels.ranks[0], (f"{c.mention.indicator} {printed(c.mention)}", c.number, passage(c.mention)))
    for rank, name, place in _winners(document, wide.levels.thing) if wide.mention.role is not Role.TARGET else ():
        if rank in wide.levels.ranks:
            parts.setdefault(rank, (f"{name} 1", Fraction(1), place))
    total = sum((number for _, number, _ in parts.values()), Fraction(0))
    if len(parts) > 1 and total > wide.number:
        facts = {
            "indicator": wide.mention.indicator, "whole": printed(wide.mention), "year": wide.mention.year,
            "parts": [said for said, _, _ in parts.values()], "sum": exact(total),
        }  # fmt: skip
        places = (passage(wide.mention), *(place for _, _, place in parts.values()))
        yield Doubt("consistency.levels_over_union", Severity.QUESTION, facts, places)


def _winners(document: Document | None, thing: str) -> Iterator[tuple[int, str, Passage]]:
    for sentence in sentences(document) if document else ():
        for m in _NAMED_WINNER.finditer(sentence.folded):
            found = levels(m["name"])
            before = sentence.folded[max(0, m.start() - 12) : m.start()]
            if found and found.thing == thing and not re.search(r"\d[家个]", before):
                yield found.ranks[0], sentence.string[m.start("name") : m.end("name")], at(sentence, m.start(), m.end())


def _more_won_than_sought(plan: Plan) -> Iterator[Doubt]:
    """More obtained than were applied for: the two are counted differently, or one number is wrong."""
    facts_only = [m for m in plan.mentions if m.role in (Role.BASELINE, Role.ACTUAL) and m.basis in _COUNTED]
    for sought in facts_only:
        name = core(sought.indicator)
        if not _PIPELINE.search(fold(sought.indicator)) or len(name) < _SHORTEST or _WON.search(fold(sought.indicator)):
            continue
        for won in facts_only:
            same = core(won.indicator).startswith(name) and won.year == sought.year
            if same and _WON.search(fold(won.indicator)) and measure(won).number > measure(sought).number:
                doubt_facts = {
                    "one": won.indicator, "won": printed(won), "other": sought.indicator, "sought": printed(sought),
                    "year": sought.year,
                }  # fmt: skip
                yield Doubt("consistency.more_won_than_sought", Severity.QUESTION, doubt_facts, (passage(won), passage(sought)))
