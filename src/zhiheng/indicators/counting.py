"""Does a count begin at zero with the period, or go on from what was there?"""

from __future__ import annotations

import re

from zhiheng.base.quantity import Basis
from zhiheng.plans.model import Target

# Marks around a value that a plan's notes explain as the sum over the period.
_SUM_MARKS = "〔{［"
_ALL_HISTORY = "累计"
_EACH_YEAR = "每年"
_CHANGE_WORDS = ("增长", "增速", "增幅", "下降", "降低", "降幅", "减少", "提高")
_PERIOD_MEAN_MARK = re.compile("[<〈][^<>〈〉]+[>〉]")
_PERIOD_MEAN_WORDS = ("五年平均", "期间平均", "年均增", "年均下降", "年均提高", "年均降")


def counts_from_zero(target: Target) -> bool:
    """New in the period, or a sum over it: its yearly amounts add up from zero, whatever the base figure says.

    (累计) in the indicator's name is all of history and goes on from the base.
    """
    if target.basis is Basis.NEW:
        return True
    if target.basis is not Basis.CUMULATIVE:
        return False
    if any(mark in target.text for mark in _SUM_MARKS):
        return True
    return target.baseline is None and _ALL_HISTORY not in target.indicator + target.text


def fitting_bases(target: Target, *, one_year: bool = True) -> tuple[Basis, ...]:
    """The bases a figure may have to be compared with a target; `one_year`: it does not cover several years.

    新增 is never added to 累计, and a mean of years never stands for the last of them.
    """
    states = tuple(basis for basis in Basis if basis.is_a_state)
    if target.comparator_judged.states_a_change:
        return (Basis.REDUCTION, *states, Basis.AVERAGE)
    if target.basis is Basis.REDUCTION:
        return (Basis.REDUCTION,)
    if counts_from_zero(target):
        return (Basis.NEW, Basis.CUMULATIVE) if target.basis is Basis.CUMULATIVE else (Basis.NEW,)
    if target.basis is Basis.CUMULATIVE:
        return (Basis.CUMULATIVE,)
    return (*states, Basis.AVERAGE) if one_year or mean_over_period(target) else states


def holds_each_year(target: Target) -> bool:
    """每年: every single year has to pass."""
    return _EACH_YEAR in (target.scope or "") or target.indicator.startswith(_EACH_YEAR)


def names_a_change(indicator: str) -> bool:
    """Whether an indicator is itself a growth or fall (GDP增速): it may be negative, and a growth may pass 100 %."""
    return any(word in indicator for word in _CHANGE_WORDS)


def mean_over_period(target: Target) -> bool:
    """A mean over the whole period (<97.1%>, 年均增长 6%), not the mean of a single year (年均浓度)."""
    if target.basis is not Basis.AVERAGE:
        return False
    if target.comparator_judged.states_a_change or _PERIOD_MEAN_MARK.search(target.text):
        return True
    return any(word in target.indicator + target.text for word in _PERIOD_MEAN_WORDS)
