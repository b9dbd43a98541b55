"""Which words and figures do the papers show? Names of verdicts, targets in words, amounts to read."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from unicodedata import east_asian_width

from zhiheng.base.quantity import Basis, decimal_places, present
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.verdict import ProgressState, Verdict
from zhiheng.judgement.words import amount_text, with_unit
from zhiheng.plans.model import Comparator, Modality, Target
from zhiheng.rules.messages import sentence

STATE_WORDS = {
    ProgressState.DONE: "已达目标",
    ProgressState.AHEAD: "超前",
    ProgressState.ON_TRACK: "符合时序",
    ProgressState.LAG: "滞后",
    ProgressState.SEVERE: "严重滞后",
}
# Dark enough to be read as text on white (WCAG AA), apart in brightness for those who see no colours.
VERDICT_COLOURS = {
    Verdict.MET: "17703F",
    Verdict.ON_TRACK: "2F6DB5",
    Verdict.BEHIND: "985000",
    Verdict.MISSED: "B3261E",
    Verdict.PENDING_ASSIGNMENT: "6B5B95",
    Verdict.NO_EVIDENCE: "5B6370",
    Verdict.NOT_COMPARABLE: "3D4856",
    Verdict.UNCONFIRMED: "7A6100",
}
VERDICT_TINTS = {
    Verdict.MET: "E3F4EA",
    Verdict.ON_TRACK: "E4EEF9",
    Verdict.BEHIND: "FCEFDC",
    Verdict.MISSED: "FBE4E2",
    Verdict.PENDING_ASSIGNMENT: "EEEAF6",
    Verdict.NO_EVIDENCE: "F1F2F4",
    Verdict.NOT_COMPARABLE: "E9EBEE",
    Verdict.UNCONFIRMED: "FAF3D1",
}
SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.ABOVE: "＞",
    Comparator.BELOW: "＜",
    Comparator.EQUAL: "",
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDS = {Comparator.INCREASE_BY: "增长", Comparator.DECREASE_BY: "下降"}


def verdict_word(verdict: Verdict, language: str = "zh") -> str:
    """The verdict as papers print it (in Chinese), or as a terminal does."""
    return sentence(f"publication.verdict_{verdict.value}", {}, language)


VERDICT_WORDS = {verdict: verdict_word(verdict) for verdict in Verdict}


def readable(amount: Fraction | None, decimals: int = 2) -> str:
    """The amount to read: exact when short, else rounded to `decimals` places."""
    if amount is None:
        return "—"
    places = decimal_places(amount)
    return present(amount, places if places is not None and places <= decimals else decimals)


def value_words(value: IndicatorValue | None, bound: Bound | None = None) -> str:
    """A value with its unit as papers print it."""
    return "—" if value is None or value.amount is None else with_unit(figure_words(value, bound), value.unit)


def figure_words(value: IndicatorValue, bound: Bound | None = None) -> str:
    """What a value's counts make, else the figure as handed in.

    Counts go first, because they decide; rounding never carries the figure over `bound` (99.998 is not printed 100.00).
    """
    if value.amount is None:
        return "—"
    counted = value.numerator is not None and value.denominator is not None
    return value.printed if value.printed and not counted else amount_text(value.amount, bound)


def counted_figure_words(value: IndicatorValue) -> str:
    """A figure with its unit and the counts that make it."""
    said = value_words(value)
    if value.numerator is None or value.denominator is None:
        return said
    return f"{said}（{readable(value.numerator)}／{readable(value.denominator)}）"


def source_words(value: IndicatorValue) -> str:
    """Who says so: who handed the figure in, or the register whose records make it and what was handed in beside."""
    if value.records is None:
        return "，".join(filter(None, (value.source, value.note)))
    said = f"由台账“{value.records.definition.register.name}”计算"
    typed = value.typed
    if typed is None:
        return said
    who = "，".join(filter(None, (typed.source, typed.note)))
    beside = f"填报{counted_figure_words(typed)}，与台账不一致" if value.contradicted else "填报数与台账相符"
    return f"{said}；{beside}{f'（{who}）' if who else ''}"


def target_words(target: Target) -> str:
    """The judged bound as papers print it: ≥93%, 5—8%, 累计≥20家, 零发生."""
    low, high, how = target.value_low, target.value_high, target.comparator_judged
    if how is Comparator.ZERO_EVENTS or (how is Comparator.AT_MOST and high == "0" and target.unit == "起"):
        return "零发生"
    figure = low if low is not None else high
    if figure is None:
        return target.text or "—"
    if how is Comparator.RANGE or (low and high and Decimal(low) != Decimal(high)):
        figure = f"{low}—{high}"
    lead = {Basis.CUMULATIVE: "累计", Basis.NEW: "新增", Basis.AVERAGE: "平均"}.get(target.basis, "")
    lead = "" if lead[-1:] in target.indicator else lead
    if how in _WORDS:
        lead = ("年均" if target.basis is Basis.AVERAGE else "") + _WORDS[how]
    strive = "力争" if target.modality is Modality.STRIVE else ""
    return with_unit(f"{strive}{lead}{SIGNS.get(how, '')}{figure}", target.unit)


_WHY_JUDGED = {
    "printed": "原文写明",
    "whole": "比率以100%为满，达到即为全部",
    "counted": "计数指标，多者为好",
    "handed_down": "上级下达",
    "by_hand": "人工填写",
    "direction=higher": "指标越高越好",
    "direction=lower": "指标越低越好",
}


def why_judged_words(judged_by: str) -> str:
    """Why the judged comparator is not the printed one."""
    return next((words for code, words in _WHY_JUDGED.items() if code in judged_by), judged_by)


def percent_words(share: Fraction | None, decimals: int = 1) -> str:
    """A share in percent to read."""
    return "—" if share is None else f"{readable(share * 100, decimals)}%"


def printed_width(text: str) -> int:
    """How wide a text prints, in half-width characters."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def printable(text: str) -> str:
    """The text without the characters that no XML paper can hold."""
    return _UNPRINTABLE.sub("", text)
