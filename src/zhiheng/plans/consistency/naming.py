"""Of which levels does a name speak, and what is left of it without them?

县 < 市 < 省 < 国家: 市级以上 includes 省级; 省、市级 is the union of two levels and no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.documents.fold import fold

RANKS = {"县": 1, "区": 1, "市": 2, "省": 3, "国家": 4}
_LEVEL = "(?:国家|省|市|县|区)"
_ABOVE = re.compile(rf"(?P<level>{_LEVEL})级?(?:及其?)?以上")
_SEVERAL = re.compile(rf"(?P<levels>{_LEVEL}级?(?:[、和及与]{_LEVEL}级?)+)(?=政府|标准|质量|[^部])")
_ONE = re.compile(
    rf"(?P<level>{_LEVEL})级(?!联|配)|(?P<award>中国|全国|省政府|市政府|县政府|区政府|省长|市长|县长|区长)(?=质量奖)"
)
_AWARD_RANKS = {"中国": "国家", "全国": "国家"}
_ORNAMENT = re.compile(r"\([^()]*\)|[“”\"'《》\s·]")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}[市县省区](?=(?:市长|县长|区长|省长)质量奖)")
_LIGHT = re.compile(
    r"获奖|获得?(?:了)?|累计|新增|总数|总量|数量|个数|企业数?$|组织$|培育|创建|建成|建设|打造|认定|拥有|申请数?|申报|并|的|数$|^企业|和(?=申)|、"
)


@dataclass(frozen=True, slots=True)
class Levels:
    """The ranks a name speaks of, whether it means those above too, and the thing it counts."""

    ranks: tuple[int, ...]
    above: bool
    thing: str


def levels(indicator: str) -> Levels | None:
    """The levels in a name; None when it names none, or one only as part of another word."""
    name = _ORNAMENT.sub("", _PLACE.sub("", fold(indicator)))
    if m := _ABOVE.search(name):
        return Levels((RANKS[m["level"]],), True, thing_of(name[: m.start()] + name[m.end() :]))
    if (m := _SEVERAL.search(name)) and "级" in name[m.start() : m.end() + 1]:
        ranks = tuple(RANKS[w] for w in re.findall(_LEVEL, m["levels"]))
        return Levels(ranks, False, thing_of(name[: m.start()] + name[m.end() :]))
    if m := _ONE.search(name):
        level = m["level"] or _AWARD_RANKS.get(m["award"], m["award"][0])
        return Levels((RANKS[level],), False, thing_of(name[: m.start()] + name[m.end() :]))
    return None


def thing_of(name: str) -> str:
    """What a name counts, without words of winning and counting; 政府质量奖 and 质量奖 are one thing."""
    return _LIGHT.sub("", name).replace("政府质量奖", "质量奖")


def core(indicator: str) -> str:
    """A name without levels, brackets and words of counting."""
    name = _ORNAMENT.sub("", fold(indicator))
    return thing_of(_ONE.sub("", _ABOVE.sub("", name)))
