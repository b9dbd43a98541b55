"""When is a number no promise but a size of a programme, a reward, or the threshold of a class of things?"""

from __future__ import annotations

import re

from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.site import GENERIC, MONEY, Site

_PROGRAMME = re.compile(
    r"^[^,;。]{0,6}(?:主要|具体|重点|核心|量化|细化|共性|一级|二级|三级)?(?:指标|任务|举措|措施|条款|条意见|政策措施|工作任务|重点任务|具体任务|具体措施"
    r"|改革任务|工作举措|民生实事|实事|实事项目|重大(?:项目|政策|事项))(?:[,;。中里]|全部|$)"
)
_REWARD = re.compile(r"奖励|奖金|给予|奖补|处以|每家|每项|最高|一次性|每餐|户均补贴|标准为|每[个台户人项家]补[助贴]")
_OF_NEW_THINGS = re.compile(r"(?:新建|新装|新上|更新)[^,的]*(?:浓度|效率|能效|能耗|强度)$")
_PAID = re.compile(r"(?:每餐|一次性)?(?:奖励|奖金|补助|补贴|奖补|资助)$")


def is_background(site: Site, noun: str) -> bool:
    """Whether the number is a bonus, a size of a programme, or a threshold of a class of things."""
    value, right = site.value, site.right
    unit = value.unit or ""
    if (
        MONEY.search(unit)
        and _REWARD.search(site.folded[site.begin : value.start])
        and not re.search(r"资金|收入|支出|总额", noun[-4:])
    ):
        return True
    if value.kind == "count" and unit in {"项", "个", "条", "件"}:
        return (
            right == "项目"
            or bool(_PROGRAMME.match(right))
            or bool(re.fullmatch(r"(?:评价|考核|监测|评估)?指标", noun))
            or (not right and bool(re.search(r"(?:指标|任务|举措|措施|指标个数|断面个数|评价因子|评价范围)$", noun)))
        )
    if value.kind == "measure" and value.after and noun and not GENERIC.match(right):
        return site.right_raw.startswith("的") or (bool(right) and not MONEY.search(unit))
    if (
        _OF_NEW_THINGS.search(site.verbs + noun)
        and value.comparator not in {Comparator.EQUAL, Comparator.RANGE}
        and value.kind in {"measure", "bare", "rate"}
    ):
        return True
    return value.kind == "rate" and value.comparator is Comparator.AT_LEAST and bool(re.search(r"(?:(?<!有)效率|能效)$", noun))


def paid(noun: str) -> str:
    """What is paid, of the words before a sum (对获奖组织给予一次性奖励 → 一次性奖励)."""
    m = _PAID.search(noun)
    return m[0] if m else noun
