"""What does a chapter do: report the past, set aims, hand out work, or close the paper?

Decided by its title: by its last noun, and by whether a task verb leads it (夯实质量基础 is work, 发展基础 is the past).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from zhiheng.plans.title_words import TITLE_VERBS


class Chapter(StrEnum):
    """What a chapter is for; `mixed` has aims and work under one title, its parts decide for themselves."""

    PAST = "past"
    AIMS = "aims"
    MIXED = "mixed"
    WORK = "work"
    CLOSING = "closing"


# 发展, 建设, 保障 lead nouns as often as they lead tasks (发展基础, 建设背景).
_NOUN_LIKE = ("发展", "建设", "保障", "保护", "治理", "改革", "创新", "宣传", "考核", "评估", "监督", "攻坚", "明确", "坚持")
_VERBS = "|".join(sorted((v for v in TITLE_VERBS if v not in _NOUN_LIKE), key=len, reverse=True))
_VERB = re.compile(f"(?:[以在围用][^,、]{{2,12}}?)?(?:{_VERBS})")
# Short titles led by a verb of one character: 强基础, 优环境.
_SHORT_VERB = re.compile("[优强提促抓扩稳育防惠固兴补拓守建创治保夯](?!势|设|新|理|障|期|市|县|区|国|化|护)[一-鿿]{1,3}$")
_PAST = re.compile(
    r"(?:现状|基础|背景|形势|成效|成绩|成就|回顾|问题|挑战|机遇|情况|短板|弱项|不足|趋势|意义|依据|经验|进展|差距|困难|总结)(?:分析|和趋势)?$"
)
_PAST_ANYWHERE = re.compile(
    r"(?:发展|外部|宏观|国内|国际|内外)(?:发展)?环境$|(?:基础|有利|不利|发展|现实|自然|支撑)条件|现状|形势|回顾|(?:实施|完成|执行|进展)情况|发展基础|规划背景|面临|存在(?:的)?(?:主要)?问题"
)
_AIMS = re.compile(
    r"总体(?:要求|思路|目标|部署|考虑|定位)|指导思想|(?:基本|发展|工作|规划|遵循|实施)原则|^原则|(?:基本|发展|工作|规划)(?:思路|理念)"
    r"|(?:战略|功能|发展)定位|主要指标|指标体系|^目标|目标(?:$|与|和|及|、|要求|愿景|指标|任务|定位|设定|$)|愿景|远景|展望|^总则|^要求$|^思路$"
)
# Longer ones are sentences: they name what is to be done.
_LONGEST = 26
_WORK_TOO = re.compile(r"任务|举措|措施|工程|行动|项目|重点工作")
_CLOSING = re.compile(
    r"附则|名词解释|术语|(?:施行|有效)(?:日期|时间|期限)?$|有效期|适用范围|实施范围|编制依据|(?:进度|时间|步骤)安排|(?:实施|工作|方法)步骤|阶段安排|其他事项"
    r"|^附件|^附录|^附表|联系(?:人|方式)|资料来源|解读"
)


@lru_cache(maxsize=4096)
def chapter_kind(title: str) -> Chapter:
    """What a single title announces (folded)."""
    if len(title) > _LONGEST:
        return Chapter.WORK
    if _CLOSING.search(title):
        return Chapter.CLOSING
    led_by_verb = bool(_VERB.match(title) or _SHORT_VERB.match(title))
    if (aims := _AIMS.search(title)) and not (led_by_verb and aims[0].startswith("目标")):
        return Chapter.MIXED if _WORK_TOO.search(title) else Chapter.AIMS
    ends_as_past = _PAST.search(title) and "," not in title
    if not led_by_verb and (ends_as_past or _PAST_ANYWHERE.search(title)):
        return Chapter.PAST
    return Chapter.WORK


def place_in_plan(titles: Sequence[str]) -> Chapter:
    """What the text under these titles, outermost first, does: the first title that is not plain work decides."""
    kind = Chapter.WORK
    for title in titles:
        kind = chapter_kind(title)
        if kind in (Chapter.PAST, Chapter.AIMS, Chapter.CLOSING):
            return kind
    return kind
