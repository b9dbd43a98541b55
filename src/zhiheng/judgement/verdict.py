"""What can be said of a target? The verdict, its reason in words, and how far along it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhiheng.base.period import Period
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.case import Point


class Verdict(StrEnum):
    """The eight answers; a plan prints only 完成 (D55), the others are our own."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    PENDING_ASSIGNMENT = "pending_assignment"
    NO_EVIDENCE = "no_evidence"
    NOT_COMPARABLE = "not_comparable"
    UNCONFIRMED = "unconfirmed"


class ProgressState(StrEnum):
    """The word of the dated rule `plan.progress`."""

    DONE = "done"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    LAG = "lag"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target is before its deadline, exact.

    `share` of the way done, `elapsed` share of the time, `schedule` where the path stands now; `needed_per_year` from
    now on, `best_year` the best yearly step so far, `in_reach` = needed ≤ best (None when there is no step yet).
    `rule` names the dated rule and its start (`plan.progress@2000-01-01`, marked `(unconfirmed)` where nobody confirmed its
    numbers, `(unverified)` where nobody checked them for too long) or the plan's own yearly path (`plan.path`); empty where
    status follows from comparison alone. `cited`: the rule behind the word with the clause it rests on, for papers.
    """

    state: ProgressState
    share: Fraction | None
    elapsed: Fraction | None
    schedule: Fraction | None
    needed_per_year: Fraction | None = None
    best_year: Fraction | None = None
    in_reach: bool | None = None
    rule: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the series would stand at the deadline; `amount` None with `reason` when there are too few points."""

    amount: float | None
    low: float | None
    high: float | None
    points: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One target judged on one day from the values known; of a promise handed down, `target_id` is the commitment's.

    `reason` names the sentence, `reason_facts` fill it, `sentence` is it in Chinese. `observations` are all values of
    the target's indicator in order of time; `value` the one that decides. `totals`: of a target that adds up from zero,
    what had come together after each report, as the verdict counts it.
    """

    target_id: str
    indicator: str
    as_of: date
    period: Period | None
    verdict: Verdict
    reason: str
    sentence: str
    reason_facts: Mapping[str, object] = field(default_factory=dict)
    value: IndicatorValue | None = None
    observations: tuple[IndicatorValue, ...] = ()
    totals: tuple[Point, ...] = ()
    progress: Progress | None = None
    forecast: Forecast | None = None
