"""What does a number in running text count over: a state, things, all history, the period, a mean, a fall?"""

from __future__ import annotations

import re

from zhiheng.base.quantity import Basis
from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.exclusions import HIDDEN
from zhiheng.plans.quantities.leftward import begins_with_verb
from zhiheng.plans.quantities.site import Phrase
from zhiheng.plans.quantities.values import Value
from zhiheng.plans.quantities.vocabulary import CUMULATIVE_WORDS, NEW_VERBS, alternation

_NEW = re.compile(
    rf"(?:{alternation(NEW_VERBS)})(?!\(|和?(?:扩|改)建成|率|额|量|值|民用|建筑|公共(?:建筑|机构)|项目|成区|住宅|住房|居民)"
)
_CUMULATIVE = re.compile(alternation(CUMULATIVE_WORDS))
# What may stand at the head of a clause that still belongs to the list under 累计.
_CARRIED = re.compile(
    rf"^$|^(?:取得|获得|获|荣获|获评|完成投资|主导|参与|制定|制修订|其中|{HIDDEN}|\d|[一二两三四五六七八九十]+[家个项])"
)
_ADDED = re.compile(r"新增$|新增(?:达到?|超过|不少于|约)?$")
_ANNUAL = re.compile(r"每年|每半年|每季度|每月|每周|每日|^(?:■的?|预计|力争|到)*年(?=接待|服务|处理|新增|产|培训|检)")
_THROUGHPUT = re.compile(r"能力$")
_YEARLY_MEAN = re.compile(r"年均|平均每年|[三四五]年平均")
_MADE = re.compile(
    r"建成|完成|建设|改造|治理|修复|新建|整治|创建|栽植|种植|实施|铺设|疏浚|打造|盘活|更新|推进|推动|配建|腾退|复垦|种植|造林|提升|整理"
)
_WORK = re.compile(r"(?:造林|绿化|改造|治理|修复|整治|疏浚)$")
_FLOW_NAME = re.compile(r"(?:吞吐量|客运量|货运量|周转量|产量|销量|接待量|成交量|运输量|客流量)$")
_MONEY = re.compile(r"(?:元|美元|人民币)$")
_FLOW = re.compile(r"投资|投入|资金|筹集|到位|引资|融资|贷款|签约|质量贷")
_TOTAL = re.compile(r"总数|总量|总计")
_GRADES = frozenset({"分", "位", "倍"})


class Carry:
    """What 累计 and 新增 reach: they hold for the items of a list, and end with a clause of its own."""

    def __init__(self) -> None:
        self.cumulative = self.new = False
        self.verbs = ""

    def step(self, left: str, phrase: Phrase, *, first: bool) -> None:
        """Move on to the next value; `left` is the text between the value before and this one."""
        clause_at = max(left.rfind(","), left.rfind(":"))
        fresh = left[clause_at + 1 :].strip()
        if _CUMULATIVE.search(fresh):
            self.cumulative = True
        elif clause_at >= 0:
            self.cumulative = bool(_CARRIED.match(fresh)) and (self.cumulative or bool(_CUMULATIVE.search(left)))
        if _NEW.search(phrase.verbs) or _NEW.search(fresh[:8]) or _ADDED.search(phrase.link):
            self.new = True
        elif first or clause_at >= 0 or begins_with_verb(fresh.lstrip("、和及与")):
            self.new = False
        if first or clause_at >= 0 or phrase.verbs.strip("、和及与 "):
            self.verbs = phrase.verbs
        if _TOTAL.search(phrase.link + fresh):
            self.new = False


def made_by(verbs: str) -> bool:
    """Whether a verb of making or repairing governs the number."""
    return bool(_MADE.search(verbs))


def basis_of(comparator: Comparator, value: Value, phrase: Phrase, carry: Carry, *, clause: str, period: str | None) -> Basis:
    """The basis of a value; `clause` is the text of its clause up to it, `period` the plan period the text names."""
    if phrase.background and value.after is not None:
        return Basis.LEVEL  # a threshold of a class of things
    if comparator is Comparator.DECREASE_BY:
        return Basis.REDUCTION
    unit = value.unit or ""
    mean = bool(_YEARLY_MEAN.search(clause)) or "年均" in phrase.indicator
    if comparator is Comparator.INCREASE_BY:
        return Basis.AVERAGE if mean else Basis.LEVEL
    if mean and value.kind == "rate":
        return Basis.AVERAGE
    if _ANNUAL.search(clause) or value.kind in {"rate", "bare", "time"} or unit in _GRADES or "/" in unit:
        added = carry.new and (unit.endswith("/年") or _THROUGHPUT.search(phrase.indicator))
        return Basis.NEW if added else Basis.LEVEL
    if phrase.per_head or _FLOW_NAME.search(phrase.indicator):
        return Basis.LEVEL
    if value.kind in {"count", "scale"}:
        return Basis.NEW if carry.new else Basis.CUMULATIVE if carry.cumulative else Basis.AVERAGE if mean else Basis.COUNT
    if _MONEY.search(unit):
        summed = carry.cumulative or ((period or re.search(r"期间|时期", clause)) and _FLOW.search(phrase.indicator))
        return Basis.CUMULATIVE if summed else Basis.AVERAGE if mean else Basis.LEVEL
    if carry.new or carry.cumulative:
        return Basis.NEW if carry.new else Basis.CUMULATIVE
    if mean:
        return Basis.AVERAGE
    return Basis.COUNT if made_by(carry.verbs) or _WORK.search(phrase.indicator) else Basis.LEVEL
