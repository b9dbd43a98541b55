"""分别 and 均: which noun of a list has which value?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.site import Phrase
from zhiheng.plans.quantities.values import Value

Joined = tuple[Value, Phrase, int]

_BETWEEN = re.compile(r"[、,和及与以\s]*(?:增长|下降|提高|降低|减少|增加|达到|达)?")
_RESPECTIVELY = re.compile(r"分别[^,;。]*$")
_EACH = re.compile(r"均|都|双双|同时|全部")
_EACH_CHANGE = re.compile(r"(?:均|都|双双)(?:增长|下降|提高|降低|减少)?$")
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|指数|满意度|得分|评分|系数|强度|浓度|密度|数量|总数|总量|次数|人数|起数|件数|水平|产值|收入|支出|总额|面积|投资|增加值|零售额|(?<!氧)量)$"
)
_MEASURE_WORD = re.compile(r"(?:起数|人数|次数|件数|总数|数量|[一-鿿]{2}率|满意度|比例|比重)$")
# Words that begin the part which all nouns of a list share.
_SHARED_START = re.compile(
    r"重点工程|评价性|监督抽|抽检|抽查|检测|监测|一次|验收|综合|质量|创建|安全|平均|人均|居民|合格|满意|筛查|断面|覆盖|占比|比例|浓度|强度|增加值|产值|排放|减排|达标|办结|配备|利用|处理"
)


def distribute(masked: str, joined: Sequence[Joined], years: Sequence[tuple[int, int]]) -> list[Joined]:
    """One row for each noun of 均, one value for each noun (or year) of 分别.

    `years`: position and year of every time named in the sentence, for 2027年、2030年…分别达到90%和95%.
    """
    out: list[Joined] = []
    listed_last: list[int] = []  # 2026、2027年分别新增A 20家、25家, B分别达到8个、15个
    i = 0
    while i < len(joined):
        value, phrase, at = joined[i]
        listed = _years_listed(masked, years, at, value)
        if len(listed) > 1:  # 2026、2027年各淘汰1500辆
            out += [(value, replace(phrase, year=year), at) for year in listed]
            i += 1
            continue
        verb = phrase.change[1] if phrase.change else value.start
        if "分别" in phrase.link or _RESPECTIVELY.search(masked, at, value.start) or phrase.link[-1:] == "各":
            j = i + 1
            while (
                j < len(joined)
                and joined[j][1].inherited
                and _BETWEEN.fullmatch(masked[joined[j - 1][0].end : joined[j][0].start])
            ):
                j += 1
            own = [year for position, year in years if at <= position < value.start]
            listed_last = own if len(own) > 1 else listed_last
            out += _respectively(joined[i:j], own or (listed_last if not any(p for p, _ in years if p > at) else []))
            i = j
            continue
        if _EACH.search(phrase.link) or (phrase.change and _EACH_CHANGE.search(masked[max(at, verb - 3) : value.start])):
            out += [(value, replace(phrase, indicator=noun), at) for noun in split_nouns(phrase.indicator, None)]
        else:
            out.append(joined[i])
        i += 1
    return out


def _years_listed(masked: str, years: Sequence[tuple[int, int]], at: int, value: Value) -> list[int]:
    """The years of a list that all have the value: those right before 各."""
    left = masked[at : value.start]
    m = re.search(r"((?:■+、)+■+)各[^,;。]{0,6}$", left)
    return [year for position, year in years if m and at + m.start() <= position < at + m.end()] if m else []


def _respectively(group: Sequence[Joined], years: Sequence[int]) -> list[Joined]:
    first = group[0][1]
    nouns = split_nouns(first.indicator, len(group))
    if len(group) == 1 and len(nouns) > 1:
        return [(group[0][0], replace(first, indicator=noun), group[0][2]) for noun in nouns]
    rows: list[Joined] = []
    for k, (value, phrase, at) in enumerate(group):
        rows.append(
            (
                _with_shared_bound(value, group[0][0], group[-1][0]),
                replace(
                    phrase,
                    indicator=nouns[k] if len(nouns) == len(group) else first.indicator,
                    change=phrase.change or ((first.change[0], value.start) if first.change else None),
                    link=phrase.link if "分别" in phrase.link else first.link,
                    verbs=first.verbs,
                    year=years[k] if len(nouns) == 1 and len(years) == len(group) else None,
                ),
                at,
            )
        )
    return rows


def _with_shared_bound(value: Value, head: Value, tail: Value) -> Value:
    """A bound behind the last value (85%和80%以上) or before the first (不低于82分、80分) holds for all, and so does a unit."""
    shared: Comparator | None = None
    if value.comparator is Comparator.EQUAL:
        if tail.after and tail.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}:
            shared = tail.comparator
        elif not head.after and head.comparator not in {Comparator.EQUAL, Comparator.RANGE}:
            shared = head.comparator
    if shared is not None:
        rising = shared in {Comparator.AT_LEAST, Comparator.ABOVE}
        value = replace(value, comparator=shared, low=value.low if rising else None, high=None if rising else value.low)
    if value.unit is None and tail.unit:
        value = replace(value, unit=tail.unit, kind=tail.kind)
    return value


def split_nouns(phrase: str, wanted: int | None) -> list[str]:
    """The nouns of a coordinated phrase, shared beginnings and endings restored (食品、药品合格率 → 食品合格率, 药品合格率)."""
    parts = _outside_brackets(phrase)
    if wanted is None or len(parts) < wanted:
        finer: list[str] = []
        for k, part in enumerate(parts):
            if k == len(parts) - 1 or wanted:
                finer += re.split(r"(?<=.{2})(?:以及|和|及|与)(?=.{2})", part)
            else:
                finer.append(part)
        if wanted is None or len(finer) == wanted:
            parts = finer
    parts = [p.strip() for p in parts if p.strip()]
    return _restored(parts) if len(parts) > 1 else parts or [phrase]


def _outside_brackets(phrase: str) -> list[str]:
    phrase = phrase.replace("”“", "”、“")
    parts, depth, at = [], 0, 0
    for i, c in enumerate(phrase):
        if c in "(“《":
            depth += 1
        elif c in ")”》":
            depth = max(0, depth - 1)
        elif c == "、" and depth == 0:
            parts.append(phrase[at:i])
            at = i + 1
    return [*parts, phrase[at:]]


def _restored(parts: list[str]) -> list[str]:
    """Each part with the ending of the last (…、…合格率) or the beginning of the first (人口入学率、巩固率) that it shares."""
    first, last = parts[0], parts[-1]
    whole = [bool(_MEASURED.search(p)) for p in parts]
    if not all(whole[:-1]) and (whole[-1] or _alike_end(parts[0], last)):
        return [
            *(p if whole[k] or p[-2:] == last[-2:] else p + _shared_ending(p, last) for k, p in enumerate(parts[:-1])),
            last,
        ]
    stem = _MEASURE_WORD.sub("", first)
    if whole[0] and len(first) > 6:
        return [first, *(stem + p if len(p) <= 4 and p[-1] == first[-1] else p for p in parts[1:])]
    if len(first) > 6 and all(len(p) <= 4 and p[-1] == first[-1] for p in parts[1:]):
        return [first, *(first[: -len(p)] + p for p in parts[1:])]
    return parts


def _alike_end(part: str, last: str) -> bool:
    """Whether the last noun begins with a word of the kind the part is (国家级 | 省级制造业…)."""
    return 1 < len(part) <= 6 and last.find(part[-1], 1, len(part) + 2) >= 1 and len(last) > len(part)


def _shared_ending(part: str, last: str) -> str:
    """What the last noun adds to its own counterpart of `part`."""
    at = last.find(part[-1], 1, len(part) + 2)
    if at >= 1 and len(last) - at > 2:
        return last[at + 1 :]
    m = _SHARED_START.search(last, 2)
    cut = min(len(part), m.start()) if m else len(part)
    return last[cut:] if len(last) - cut >= 2 else last[-2:]
