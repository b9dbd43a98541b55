"""Which smallest plan, target, mention, figure or value does a test need? Every field has a default."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.base.reading import Citation, Reading, RuleStanding
from zhiheng.documents.tree import Anchor, Place
from zhiheng.evidence.figures import Figure, Proof, RowRef
from zhiheng.indicators.value import IndicatorValue
from zhiheng.plans.model import (
    Baseline,
    Commitment,
    CommitmentKind,
    Comparator,
    Mention,
    Meta,
    Modality,
    Plan,
    Role,
    Source,
    Target,
    TargetKind,
)

INDICATOR = "制造业产品质量合格率"
_UPPER_ONLY = (Comparator.AT_MOST, Comparator.BELOW)
_LOWER_ONLY = (Comparator.AT_LEAST, Comparator.ABOVE)


def an_anchor(line: int = 1, start: int = 0, end: int = 1) -> Anchor:
    return Anchor(Place(line=line), start, end)


def a_mention(value: str | None = "93", comparator: str = ">=", *, line: int = 1, **fields: Any) -> Mention:
    word = Comparator(comparator)
    given: dict[str, Any] = {
        "id": f"m{line}",
        "indicator": INDICATOR,
        "role": Role.TARGET,
        "comparator": word,
        "value_low": None if word in _UPPER_ONLY else value,
        "value_high": None if word in _LOWER_ONLY else value,
        "unit": "%",
        "year": 2025,
        "basis": Basis.LEVEL,
        "modality": Modality.FIRM,
        "scope": None,
        "source": Source.TABLE,
        "text": f"{value}%",
        "anchor": an_anchor(line),
    }
    return Mention(**(given | fields))


def a_target(value: str | None = "93", comparator: str = ">=", *, base: str | None = None, **fields: Any) -> Target:
    """`comparator` is both printed and judged; `base` is the value of 2020."""
    word = Comparator(comparator)
    given: dict[str, Any] = {
        "id": "t1",
        "indicator": INDICATOR,
        "kind": TargetKind.ZERO_EVENTS if word is Comparator.ZERO_EVENTS else TargetKind.NUMERIC,
        "comparator_printed": word,
        "comparator_judged": word,
        "judged_by": "printed",
        "value_low": None if word in _UPPER_ONLY else value,
        "value_high": None if word in _LOWER_ONLY else value,
        "unit": "%",
        "year": 2025,
        "period_start": 2021,
        "basis": Basis.LEVEL,
        "modality": Modality.FIRM,
        "baseline": Baseline(base, 2020) if base is not None else None,
        "anchor": an_anchor(),
    }
    return Target(**(given | fields))


def a_commitment(kind: CommitmentKind = CommitmentKind.ASSIGNED, **fields: Any) -> Commitment:
    given: dict[str, Any] = {
        "id": "c1",
        "kind": kind,
        "indicator": "单位地区生产总值能耗降低",
        "text": "完成省下达任务",
        "context": "单位地区生产总值能耗降低完成省下达任务。",
        "year": 2025,
        "modality": Modality.FIRM,
        "anchor": an_anchor(),
    }
    return Commitment(**(given | fields))


def a_plan(*targets: Target, **fields: Any) -> Plan:
    given: dict[str, Any] = {
        "name": "青岭县质量发展规划",
        "meta": Meta(title="青岭县质量发展规划", region_name="青岭县", period_start=2021, period_end=2025),
        "targets": targets,
    }
    return Plan(**(given | fields))


def a_period(period: str | int) -> Period:
    found = Period.parse(str(period))
    assert found is not None, period
    return found


def a_figure(value: str | None = "93.2", period: str | int = 2023, **fields: Any) -> Figure:
    given: dict[str, Any] = {
        "indicator": INDICATOR,
        "period": a_period(period),
        "value": None if value is None else Decimal(value),
        "unit": "%",
        "origin": RowRef("figures.xlsx", "填报", 2),
    }
    return Figure(**(given | fields))


def a_value(amount: str | None = "93.2", period: str | int = 2023, **fields: Any) -> IndicatorValue:
    """`amount` as a decimal or `9996/10000` (counts behind a ratio in %)."""
    given: dict[str, Any] = {"indicator": INDICATOR, "period": a_period(period), "unit": "%"}
    if amount is None:
        given |= {"amount": None, "missing": ("value",)}
    elif "/" in amount:
        numerator, denominator = (Fraction(part) for part in amount.split("/"))
        given |= {"amount": numerator / denominator * 100, "numerator": numerator, "denominator": denominator}
    else:
        given |= {"amount": Fraction(amount), "printed": amount}
    return IndicatorValue(**(given | fields))


def a_zero(period: str | int = 2023, proof: Proof | None = Proof.DECLARED, **fields: Any) -> IndicatorValue:
    return a_value("0", period, **({"unit": "起", "proof": proof} | fields))


def a_progress_rule(standing: RuleStanding = RuleStanding.IN_FORCE, **fields: Any) -> Reading:
    thresholds: Mapping[str, Any] = {"ahead": "1", "on_track": "0.9", "lag": "0.7"}
    given: dict[str, Any] = {
        "rule": "plan.progress",
        "name": "时序进度",
        "as_of": date(2024, 1, 1),
        "standing": standing,
        "start": date(2021, 1, 1),
        "end": None,
        "value": thresholds if standing is RuleStanding.IN_FORCE else None,
        "unit": "1",
        "citation": Citation("监测办法", "第三条"),
        "confirmed": True,
        "checked_on": None,
        "unverified": False,
        "layer": "national",
    }
    return Reading(**(given | fields))
