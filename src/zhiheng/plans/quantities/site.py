"""What stands around a value: the words on either side of it, and how they join it to an indicator?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.values import Value

MONEY = re.compile(r"元$")
# Words behind a value that name no thing.
GENERIC = re.compile(r"^(?:目标|水平|要求|标准|任务|规模|速度|基础上|比例|幅度|左右|以上|程度|总数|总量|大关|关口|台阶|区间)$")
_PER_HEAD = re.compile(
    r"每[\d十百千万一]*[万千百十]?(?:名|个)?(?:人|常住人口|户|平方公里|百户|家企业|百家企业|老年人)|人均|户均|每百|每千|每万|万[人台车](?!次)|^千人"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a value is joined to its indicator.

    `behind` when the noun follows the value (`stop`: where it ends, when a list goes on there); `link` the words between
    noun and value; `verbs` what governed the noun; `change` comparator and start of 增长, 下降 …; `lessened` under 削减 …;
    `origin` for X of 由X提高到Y; `inherited` when the noun is the last one's; `year` when a list of years gave one; `bound` before what
    the value is a multiple of (不低于最低标准的1.6倍).
    """

    indicator: str
    link: str = ""
    verbs: str = ""
    change: tuple[Comparator, int] | None = None
    background: bool = False
    origin: bool = False
    origin_start: int = 0
    behind: bool = False
    inherited: bool = False
    lessened: bool = False
    year: int | None = None
    stop: int | None = None
    bound: str | None = None

    @property
    def per_head(self) -> bool:
        """Whether the indicator counts per person, household or the like."""
        return per_head(self.indicator)


@dataclass(frozen=True, slots=True)
class Site:
    """A value with the words on either side of it."""

    folded: str
    masked: str
    start: int
    begin: int
    value: Value
    noun: str
    verbs: str
    link: str
    left: str
    right: str
    right_raw: str
    last: Phrase | None


def unit_of_work(value: Value) -> bool:
    """Whether a unit counts pieces or stretches of work, not points of a scale or money."""
    unit = value.unit or ""
    return unit not in {"分", "位", "倍", "名次"} and not MONEY.search(unit)


def per_head(indicator: str) -> bool:
    """Whether an indicator counts per person, household or the like."""
    return bool(_PER_HEAD.search(indicator))
