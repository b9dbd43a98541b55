"""Which place (GB/T 2260) does a name or a title speak of?

A name that several places bear (朝阳区) is settled by a wider name beside it, or stays None: a place is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

_CODES = ("rulebook", "national", "codes", "gbt2260.csv")
_LONGEST_NAME = 15
Codes = tuple[str, ...]
# 城区, 郊区, 矿区 are places only behind the name of their city; elsewhere they are plain words.
_PLAIN_WORDS = frozenset(["城区", "郊区", "矿区"])
# 合作市场, 新建区域: the word runs on, so no place ends here.
_RUNS_ON = frozenset(["市场", "区域", "区间", "区块", "市值", "市价", "县域"])
# 朝阳区 is not the city 朝阳, nor 嘉兴路 the city 嘉兴.
_OTHER_PLACE = frozenset("市县区旗盟州镇乡路街")
_PEOPLES_WITHOUT_MARK = ("蒙古", "维吾尔", "柯尔克孜", "塔吉克", "哈萨克")
_PEOPLES = (
    *("阿昌", "白", "保安", "布朗", "布依", "朝鲜", "达斡尔", "傣", "东乡", "侗", "独龙", "鄂伦春", "鄂温克", "高山", "仡佬"),
    *(
        "哈尼",
        "哈萨克",
        "回",
        "景颇",
        "柯尔克孜",
        "拉祜",
        "黎",
        "傈僳",
        "满",
        "毛南",
        "蒙古",
        "苗",
        "仫佬",
        "纳西",
        "怒",
        "普米",
    ),
    *("羌", "撒拉", "畲", "水", "塔吉克", "土", "土家", "佤", "维吾尔", "锡伯", "瑶", "彝", "裕固", "藏", "壮", "各"),
)
_MARKED = "|".join(sorted(_PEOPLES, key=len, reverse=True))
_SUFFIX = re.compile(
    rf"(?:(?:{_MARKED})族)*(?:(?:(?<!^内){'|(?<!^内)'.join(_PEOPLES_WITHOUT_MARK)}))?自治[区州县旗]$"
    r"|特别行政区$|地区$|林区$|特区$|[省市县区旗盟]$"
)


class RegionLevel(StrEnum):
    """How wide a place is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


_LEVELS = {"province": RegionLevel.PROVINCE, "city": RegionLevel.CITY, "area": RegionLevel.COUNTY}


@dataclass(frozen=True, slots=True)
class Region:
    """A place with its six-digit code."""

    code: str
    name: str
    level: RegionLevel

    def contains(self, other: Region) -> bool:
        """Whether `other` lies in this place or is it."""
        significant = {RegionLevel.PROVINCE: 2, RegionLevel.CITY: 4, RegionLevel.COUNTY: 6}[self.level]
        return other.code.startswith(self.code[:significant])


def region_by_code(code: str) -> Region | None:
    """The place with this six-digit code."""
    row = _rows().get(code)
    return Region(code, row[0], _LEVELS[row[1]]) if row else None


def wider_regions(place: Region) -> tuple[Region, ...]:
    """The places that `place` lies in, widest first, without itself."""
    codes = (place.code[:2] + "0000", place.code[:4] + "00")
    found = (region_by_code(code) for code in codes if code != place.code)
    return tuple(p for p in found if p is not None)


@lru_cache(maxsize=4096)
def region(name: str, within: Region | None = None) -> Region | None:
    """The place a name means: 海盐县, 上海市嘉定区, 浙江省嘉兴市, 嘉兴; None when no place or several bear it."""
    name = "".join(name.split())
    found = _only(_full_names().get(name) or _short_names(counties=True).get(name) or (), within)
    if found is not None:
        return found
    for cut in range(len(name) - 2, 1, -1):
        head = region(name[:cut], within)
        if head is not None and head.level is not RegionLevel.COUNTY:
            return region(name[cut:], head)
    return None


@lru_cache(maxsize=1024)
def region_in(text: str, within: Region | None = None) -> Region | None:
    """The place a title or the name of an office speaks of: the first one named, as narrowly as the names in it say.

    Names without 市, 县 or 区 count only where no full name stands, and those of counties only `within` a known place.
    """
    found = _first_chain(text, _full_names(), within)
    if found is not None:
        return found
    return _first_chain(text, _short_names(counties=within is not None), within, short=True)


def _first_chain(text: str, names: Mapping[str, Codes], within: Region | None, *, short: bool = False) -> Region | None:
    found, at = None, 0
    while at < len(text):
        name = _name_at(text, at, names, short=short)
        if name is None or (name in _PLAIN_WORDS and (found is None or not text[:at].endswith(found.name))):
            at += 1
            continue
        place = _only(names[name], found or within)
        if place is None and found is not None:
            return found
        found = place or found
        at += len(name)
    return found


def _name_at(text: str, at: int, names: Mapping[str, Codes], *, short: bool) -> str | None:
    for length in range(min(_LONGEST_NAME, len(text) - at), 1, -1):
        end = at + length
        if text[at:end] not in names or text[end - 1 : end + 1] in _RUNS_ON:
            continue
        if not (short and text[end : end + 1] in _OTHER_PLACE):
            return text[at:end]
    return None


def _only(codes: Codes, within: Region | None) -> Region | None:
    """The one candidate in reach; of two levels (吉林: province and city) the wider one."""
    candidates = [place for code in codes if (place := region_by_code(code)) is not None]
    inside = [c for c in candidates if within is None or (within.contains(c) and within != c)]
    for level in RegionLevel:
        of_level = [c for c in inside if c.level is level]
        if of_level:
            return of_level[0] if len(of_level) == 1 else None
    return None


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, tuple[str, str]]:
    """Name and level by code, without the headings that stand for no place (429000)."""
    text = files("zhiheng").joinpath(*_CODES).read_text(encoding="utf-8")
    rows = (line.split(",") for line in text.splitlines()[1:])
    return {code: (name, level) for code, name, level in rows if not name.endswith("直辖县级行政区划")}


@lru_cache(maxsize=1)
def _full_names() -> Mapping[str, Codes]:
    return _index((name, code) for code, (name, _) in _rows().items())


@lru_cache(maxsize=2)
def _short_names(*, counties: bool) -> Mapping[str, Codes]:
    return _index((_SUFFIX.sub("", name), code) for code, (name, level) in _rows().items() if counties or level != "area")


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, Codes]:
    found: dict[str, Codes] = {}
    for name, code in pairs:
        if len(name) > 1:
            found[name] = (*found.get(name, ()), code)
    return found
