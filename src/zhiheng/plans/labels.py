"""What are the model's words called in Chinese? For tables and papers; the first spelling is written, all are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import BASIS_WORDS, Basis
from zhiheng.plans.model import CommitmentClass, CommitmentKind, Comparator, Modality, Role, Source, Standing, TargetKind

SPELLINGS: Mapping[type[StrEnum], Mapping[StrEnum, tuple[str, ...]]] = {
    Comparator: {
        Comparator.AT_LEAST: ("不低于", "≥", ">=", "以上", "不少于"),
        Comparator.AT_MOST: ("不高于", "≤", "<=", "以下", "以内", "不超过"),
        Comparator.ABOVE: ("高于", ">", "＞", "大于", "超过"),
        Comparator.BELOW: ("低于", "<", "＜", "小于"),
        Comparator.EQUAL: ("等于", "=", "==", "达到"),
        Comparator.RANGE: ("区间", "range"),
        Comparator.INCREASE_BY: ("增长", "增长幅度", "increase_by"),
        Comparator.DECREASE_BY: ("下降", "下降幅度", "decrease_by"),
        Comparator.ZERO_EVENTS: ("零发生", "零事故", "zero_events"),
    },
    Basis: {basis: BASIS_WORDS[basis] for basis in Basis},
    Modality: {
        Modality.FIRM: ("确定", "firm"),
        Modality.STRIVE: ("力争", "strive"),
        Modality.MAINTAIN: ("保持", "maintain"),
    },
    Role: {
        Role.TARGET: ("目标", "target"),
        Role.BASELINE: ("基期", "baseline"),
        Role.ACTUAL: ("实绩", "actual"),
        Role.BACKGROUND: ("背景", "background"),
    },
    Source: {Source.TABLE: ("表格", "table"), Source.PROSE: ("正文", "prose")},
    TargetKind: {
        TargetKind.NUMERIC: ("数值", "numeric"),
        TargetKind.ZERO_EVENTS: ("零发生", "zero_events"),
    },
    CommitmentKind: {
        CommitmentKind.TREND: ("趋势", "trend"),
        CommitmentKind.ASSIGNED: ("上级下达", "assigned"),
        CommitmentKind.RELATIVE: ("相对水平", "relative"),
        CommitmentKind.FULL_COVERAGE: ("全覆盖", "full_coverage"),
        CommitmentKind.FIRST_EVER: ("零的突破", "first_ever"),
        CommitmentKind.TOTAL_REMOVAL: ("全面消除", "total_removal"),
    },
    CommitmentClass: {
        CommitmentClass.STRICT: ("严格执行", "strict"),
        CommitmentClass.FULL: ("全面推行", "full"),
        CommitmentClass.ENCOURAGE: ("鼓励", "encourage"),
        CommitmentClass.EXPLORE: ("探索", "explore"),
        CommitmentClass.PLAIN: ("一般", "plain"),
    },
    Standing: {
        Standing.MENTION: ("已提取", "mention"),
        Standing.EXCLUDED: ("已排除", "excluded"),
        Standing.NOT_UNDERSTOOD: ("未识别", "not_understood"),
    },
    Severity: {
        Severity.ERROR: ("错误", "error"),
        Severity.WARNING: ("提醒", "warning"),
        Severity.QUESTION: ("待确认", "question"),
    },
}


def label(word: StrEnum) -> str:
    """The Chinese word that tables and papers show."""
    return SPELLINGS[type(word)][word][0]


def labels(of: type[StrEnum]) -> tuple[str, ...]:
    """The Chinese words of an enumeration, in its order."""
    return tuple(spelled[0] for spelled in SPELLINGS[of].values())


def word_of(of: type[StrEnum], printed: str) -> StrEnum | None:
    """Which word a person wrote; None when it is none of them."""
    return next((word for word, spelled in SPELLINGS[of].items() if printed in spelled), None)
