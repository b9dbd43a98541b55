"""What does the page of a run know of each target? Records that its pictures, filters and details are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from zhiheng.indicators.behind import Behind
from zhiheng.indicators.counting import counts_from_zero, holds_each_year
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound
from zhiheng.judgement.case import Point
from zhiheng.judgement.verdict import Verdict
from zhiheng.judgement.words import amount_text, with_unit
from zhiheng.plans.labels import label
from zhiheng.plans.model import Baseline, Target
from zhiheng.publication.evidence_words import evidence_facts, evidence_rows
from zhiheng.publication.findings import Finding, Findings
from zhiheng.publication.narrative import forecast_words, needed_words, progress_words
from zhiheng.publication.quoting import place_words, quoted
from zhiheng.publication.wording import (
    VERDICT_COLOURS,
    VERDICT_TINTS,
    VERDICT_WORDS,
    figure_words,
    percent_words,
    readable,
    source_words,
    value_words,
    why_judged_words,
)

Record = dict[str, Any]


def page_record(findings: Findings) -> Record:
    """Everything the page's script needs."""
    return {
        "verdicts": [
            {"code": v.value, "word": VERDICT_WORDS[v], "colour": f"#{VERDICT_COLOURS[v]}", "count": findings.counts.get(v, 0)}
            for v in Verdict
        ],
        "groups": [
            {"name": name, "counts": {v.value: sum(f.verdict is v for f in members) for v in Verdict}}
            for name, members in findings.groups().items()
        ],
        "findings": [finding_record(f, findings.behind) for f in findings.own],
    }


def finding_record(finding: Finding, behind: Mapping[str, Behind] | None = None) -> Record:
    """One target: what the filters ask for, its sentence, its sources, its picture."""
    words = (finding.indicator, finding.goal, finding.group, *finding.units, finding.judgement.sentence)
    return {
        "indicator": finding.indicator,
        "verdict": finding.verdict.value,
        "word": VERDICT_WORDS[finding.verdict],
        "colour": VERDICT_COLOURS[finding.verdict],
        "tint": VERDICT_TINTS[finding.verdict],
        "group": finding.group,
        "units": list(finding.units),
        "unit": finding.target.unit if finding.target else None,
        "reason": finding.reason,
        "facts": [list(pair) for pair in _facts(finding)],
        "where": place_words(finding.anchor, finding.titles),
        "clause": list(quoted(finding.context, finding.text, finding.indicator)),
        "values": [_value(v, finding.bound, behind or {}) for v in finding.observations],
        "trend": _trend(finding),
        "trend_words": trend_words(finding),
        "searched": " ".join(words).lower(),
    }


def trend_words(finding: Finding) -> str:
    """The picture in words, for those who do not see it."""
    known = "，".join(f"{v.period.label}{value_words(v, finding.bound)}" for v in finding.observations if v.amount is not None)
    deadline = f"{finding.year}年" if finding.year else ""
    return f"{known or '没有数据'}；目标：{deadline}{finding.goal}。{forecast_words(finding)}"


def _facts(finding: Finding) -> Iterable[tuple[str, str]]:
    target, progress = finding.target, finding.judgement.progress
    yield "规划目标", f"{finding.goal}（{finding.year}年）" if finding.year else finding.goal
    start, year = finding.start
    if start:
        yield "基期水平", f"{start}（{year}年）" if year else start
    figure, span = finding.latest
    if span:
        yield "最新进展", f"{figure}（{span}）"
    if progress is not None:
        yield "已完成进度", f"{progress_words(finding.judgement)}；时间进度{percent_words(progress.elapsed)}"
        if progress.cited:
            yield "进度评语", f"按{progress.cited}"
        if needed := needed_words(finding):
            yield "还需努力", needed
    if forecast := forecast_words(finding):
        yield "预测", forecast
    if target and target.comparator_printed is not target.comparator_judged:
        how = (label(target.comparator_printed), label(target.comparator_judged), why_judged_words(target.judged_by))
        yield "判定方式", "规划原文为“{}”，按“{}”判定；依据：{}".format(*how)
    if finding.attribute:
        yield "属性", finding.attribute
    yield "责任单位", finding.answering
    if finding.reporters:
        yield "填报单位", "、".join(finding.reporters)


def _value(value: IndicatorValue, bound: Bound | None, behind: Mapping[str, Behind]) -> Record:
    counts = "—"
    if value.numerator is not None and value.denominator is not None:
        counts = f"{readable(value.numerator)}／{readable(value.denominator)}"
    origin = (value.typed or value).origin
    return {
        "period": value.period.label,
        "words": value_words(value, bound),
        "counts": counts,
        "source": "，".join(filter(None, (value.place, source_words(value)))) or "—",
        "file": origin.file if origin else "—",
        "sheet": (origin.sheet or "正文") if origin else "—",
        "row": str(origin.row) if origin else "—",
        "evidence": _evidence(value, behind.get(value.receipt or "")),
    }


def _evidence(value: IndicatorValue, behind: Behind | None) -> Record | None:
    """What stands behind a value that records make, down to the first of them."""
    facts = [list(pair) for pair in evidence_facts(value, behind)]
    if not facts or value.records is None:
        return None
    heads, rows = evidence_rows(behind) if behind else ([], [])
    return {"facts": facts, "heads": heads, "rows": rows, "total": value.records.counts.records}


def _trend(finding: Finding) -> Record:
    """Points to draw; floats, since a picture shows no more than a pixel."""
    target = finding.target
    totals = finding.judgement.totals
    known = [(v, v.amount) for v in finding.observations if v.amount is not None]
    actual = [_total(p, finding.bound) for p in totals] or [_point(v, amount, finding.bound) for v, amount in known]
    path = _path(target) if target else []
    goals = _goals(target) if target else []
    forecast = _forecast(finding, actual)
    heights = [p["y"] for p in (*actual, *path, *goals)] + ([forecast["low"], forecast["high"]] if forecast else [])
    years = [p["x"] for p in (*actual, *path)] + ([float(finding.year)] if finding.year else [])
    low, high = min(heights, default=0.0), max(heights, default=1.0)
    room = (high - low) * 0.15 or abs(high) * 0.1 or 1.0
    return {
        "actual": actual,
        "path": path,
        "explicit": bool(target and target.path),
        "goals": goals,
        "forecast": forecast,
        "first": _floor(min(years, default=2000.0)),
        "last": -_floor(-max(years, default=2001.0)),
        "low": 0.0 if low >= 0 > low - room else _short(low - room),
        "high": _short(high + room),
    }


def _point(value: IndicatorValue, amount: Fraction, bound: Bound | None) -> Record:
    words = figure_words(value, bound)
    return {"x": _year(value.period.end), "y": float(amount), "label": value.period.label, "words": words}


def _total(point: Point, bound: Bound | None) -> Record:
    """What had come together by the end of a period, as the verdict counts it."""
    label = f"至{point.value.period.label}合计" if point.value else "合计"
    return {"x": float(point.at) - 1, "y": float(point.amount), "label": label, "words": amount_text(point.amount, bound)}


def _path(target: Target) -> list[Record]:
    """The plan's own yearly path, else the straight line from baseline (of sums: from zero) to goal; none to a yearly goal."""
    if target.path:
        return [{"x": float(year), "y": float(Fraction(value))} for year, value in sorted(target.path.items())]
    goal, start = target.value_low or target.value_high, target.baseline
    if holds_each_year(target):
        return []
    if counts_from_zero(target):
        start = Baseline("0", target.period_start - 1) if target.period_start else None
    if goal is None or start is None or start.year is None or target.year is None or target.comparator_judged.states_a_change:
        return []
    return [{"x": float(start.year), "y": float(Fraction(start.value))}, {"x": float(target.year), "y": float(Fraction(goal))}]


def _goals(target: Target) -> list[Record]:
    values = dict.fromkeys(v for v in (target.value_low, target.value_high) if v is not None)
    return [{"y": float(Fraction(v)), "words": f"目标{with_unit(v, target.unit)}"} for v in values]


def _forecast(finding: Finding, actual: list[Record]) -> Record | None:
    forecast = finding.judgement.forecast
    if forecast is None or forecast.amount is None or finding.year is None or not actual:
        return None
    middle = forecast.amount
    low, high = (middle if v is None else v for v in (forecast.low, forecast.high))
    start = {"x": actual[-1]["x"], "y": actual[-1]["y"]}
    ends = {"low": min(low, high), "high": max(low, high)}
    return {"from": start, "x": float(finding.year), "y": middle, **ends}


def _year(end: date) -> float:
    """Where a period's end stands on an axis of years: the end of 2025 at 2025."""
    days = date(end.year, 12, 31).timetuple().tm_yday
    return end.year - 1 + end.timetuple().tm_yday / days


def _floor(year: float) -> int:
    return int(year // 1)


def _short(number: float) -> float:
    return float(f"{number:.3g}")
