"""How is the state of a plan told in words? The sentences that the report and the page share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from zhiheng.base.quantity import Basis
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.judgement.words import with_unit
from zhiheng.plans.model import Comparator, Target
from zhiheng.publication.findings import ATTRIBUTES, JUDGED, LAGGING, OPEN, Finding, Findings
from zhiheng.publication.left_out import left_out_words
from zhiheng.publication.wording import STATE_WORDS, VERDICT_WORDS, counted_figure_words, percent_words, readable


def day_words(day: date) -> str:
    """2026年6月30日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def title_parts(findings: Findings) -> tuple[str, ...]:
    """The title of the yearly report in parts that a line end may stand between."""
    return (*re.split(r"(?=（)", findings.cited), "实施情况", "年度监测报告")


def report_title(findings: Findings) -> str:
    """The title of the yearly report."""
    return "".join(title_parts(findings))


def overall(findings: Findings) -> list[str]:
    """The overall picture: counts of verdicts in words."""
    total, counts = len(findings.own), findings.counts
    said = "，".join(f"{VERDICT_WORDS[v]}{counts[v]}项" for v in JUDGED)
    unjudged = sum(counts[v] for v in OPEN)
    sentences = [f"{findings.cited}共有监测目标{total}项。截至{day_words(findings.as_of)}，{said}"]
    if unjudged:
        why = "、".join(f"{VERDICT_WORDS[v]}{counts[v]}项" for v in OPEN if counts[v])
        sentences[0] += f"；另有{unjudged}项暂不能评价（{why}）"
    sentences[0] += "。"
    judged = total - unjudged
    if judged:
        good = counts[Verdict.MET] + counts[Verdict.ON_TRACK]
        share = percent_words(Fraction(good, judged))
        sentences.append(f"在能够评价的{judged}项目标中，已完成和进度正常的共{good}项，占{share}。")
    if findings.refused:
        sentences.append(f"另有{findings.refused}行填报数据未通过校验，没有计入评价，已随退回的工作簿说明原因。")
    return [*sentences, *_from_records(findings), *left_out_words(findings.plan), *_by_attribute(findings)]


def contradictions(findings: Findings) -> list[str]:
    """Each figure that was handed in and says otherwise than the records, which decide."""
    found = []
    for value in findings.values:
        typed = value.typed
        if value.contradicted and typed is not None:
            where = f"（{typed.origin.file}，{typed.origin.sheet or '正文'}，第{typed.origin.row}行）" if typed.origin else ""
            said = f"“{value.indicator}”{value.period.label}填报{counted_figure_words(typed)}{where}，由台账记录计算是"
            found.append(f"{said}{counted_figure_words(value)}，按台账评价。请核对后更正填报或台账。")
    return found


def _from_records(findings: Findings) -> list[str]:
    """How many of the figures records make, and how many of those that were handed in say otherwise."""
    known = [v for v in findings.values if v.amount is not None and not v.assigned]
    made = [v for v in known if v.receipt is not None]
    if not made:
        return []
    checked = [v for v in made if v.typed is not None]
    wrong = sum(v.contradicted for v in checked)
    said = f"采用的数据共{len(known)}个，其中{len(made)}个由台账记录计算，每个都有可以核对的凭证"
    if checked:
        agree = f"{len(checked) - wrong}个与台账相符" + (f"，{wrong}个与台账不一致、按台账评价" if wrong else "")
        said += f"；同时收到填报数{len(checked)}个，{agree}"
    return [f"{said}。"]


def _by_attribute(findings: Findings) -> list[str]:
    """How the binding and the expected indicators stand; nothing when the plan tells them not apart."""
    marked = {name: [f for f in findings.own if f.attribute == name] for name in ATTRIBUTES}
    said = [f"{name}指标{len(members)}项，其中{_counted(members)}" for name, members in marked.items() if members]
    rest = len(findings.own) - sum(map(len, marked.values()))
    if rest and said:
        said.append(f"规划未标明属性的目标{rest}项")
    return [f"按规划标明的属性分：{'；'.join(said)}。"] if said else []


def _counted(members: Iterable[Finding]) -> str:
    counts = Counter(f.verdict for f in members)
    return "、".join(f"{VERDICT_WORDS[v]}{counts[v]}项" for v in Verdict if counts[v])


def group_sentences(findings: Findings) -> list[str]:
    """How each group of targets stands."""
    said = []
    for group, members in findings.groups().items():
        late = [f.indicator for f in members if f.verdict in LAGGING]
        watch = f"需重点关注{_listed(late)}。" if late else ""
        said.append(f"{group}方面共{len(members)}项：{_counted(members)}。{watch}")
    return said


def rules_words(findings: Findings) -> list[str]:
    """By which rules the words of progress were given, and whether anyone confirmed these: said once in each paper."""
    known = (f.judgement.progress.cited for f in findings.own if f.judgement.progress)
    return [f"进度评语按{rule}。" for rule in dict.fromkeys(known) if rule]


def fallen_back(findings: Findings) -> str:
    """Which targets are behind without a way left to measure: the base satisfied them, the figures no longer do."""
    back = [f.indicator for f in findings.with_verdict(Verdict.BEHIND) if not f.moving]
    return f"另有{len(back)}项基期已符合目标、目前退到目标之外，按进度滞后评价：{_listed(back)}。" if back else ""


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{n}”" if "、" in n else n for n in names)


def baseline_words(finding: Finding) -> str:
    """Where it started, as a sentence; empty when the plan does not say."""
    value, year = finding.start
    return f"基期{f'{year}年' if year else ''}为{value}，" if value else ""


def needed_words(finding: Finding) -> str:
    """What is needed from now on, and whether that is in reach; empty when nothing can be said."""
    progress, target = finding.judgement.progress, finding.target
    if progress is None or target is None or progress.needed_per_year is None or progress.needed_per_year <= 0:
        return ""
    unit, verb = step_unit(target.unit), _step_verb(target)
    said = f"今后每年需{verb}{with_unit(readable(progress.needed_per_year), unit)}"
    if progress.best_year is not None:
        best = with_unit(readable(progress.best_year), unit)
        said += f"，以往最好的一年{verb}{best}" if progress.best_year > 0 else "，以往各年没有改善"
    if progress.in_reach is not None:
        said += "，按此可以达到" if progress.in_reach else "，超出以往最好水平，需采取新的措施"
    return said + "。"


def _step_verb(target: Target) -> str:
    if target.comparator_judged in (Comparator.AT_MOST, Comparator.BELOW):
        return "下降"
    return "增加" if target.basis in (Basis.COUNT, Basis.NEW, Basis.CUMULATIVE) else "提高"


def step_unit(unit: str | None) -> str | None:
    """The unit of a difference: of percents, percentage points."""
    return "个百分点" if unit == "%" else unit


def progress_words(judgement: Judgement) -> str:
    """Share of the way and the word for it."""
    progress = judgement.progress
    if progress is None or progress.share is None:
        return "—"
    return f"{percent_words(progress.share)}（{STATE_WORDS[progress.state]}）"


def forecast_words(finding: Finding) -> str:
    """Where the series would stand at the deadline, with interval; else why there is no forecast."""
    forecast, target = finding.judgement.forecast, finding.target
    if forecast is None:
        return ""
    if forecast.amount is None or target is None:
        return forecast.reason
    unit = target.unit
    low, high = (f"{v:.2f}" if v is not None else "—" for v in (forecast.low, forecast.high))
    return (
        f"按现有{forecast.points}个数据点外推，{target.year}年约为{with_unit(f'{forecast.amount:.2f}', unit)}"
        f"（预测区间{low}—{with_unit(high, unit)}），仅供参考。"
    )
