"""Which pictures does the report show? Charts of verdicts, of groups, of progress."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from docx.shared import Mm

from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.findings import Finding, Findings
from zhiheng.publication.narrative import group_sentences, progress_words
from zhiheng.publication.wording import VERDICT_COLOURS, VERDICT_WORDS
from zhiheng.publication.writers.word_charts import Chart, Kind, Series, body_width

BARS_PER_CHART = 20


def verdict_chart(findings: Findings) -> Chart:
    """A doughnut of the counts of verdicts."""
    shown = [v for v in Verdict if findings.counts.get(v)]
    numbers = tuple(float(findings.counts[v]) for v in shown)
    words = "，".join(f"{VERDICT_WORDS[v]}{findings.counts[v]}项" for v in shown)
    return Chart(
        Kind.DOUGHNUT,
        "监测目标评价结果（单位：项）",
        f"圆环图：{words}。",
        tuple(VERDICT_WORDS[v] for v in shown),
        (Series("项数", numbers, tuple(VERDICT_COLOURS[v] for v in shown)),),
        Mm(140),
        Mm(64),
    )


def group_chart(findings: Findings) -> Chart:
    """The verdicts of each group, side by side."""
    groups = findings.groups()
    shown = [v for v in Verdict if findings.counts.get(v)]
    series = tuple(
        Series(
            VERDICT_WORDS[v],
            tuple(float(sum(f.verdict is v for f in members)) for members in groups.values()),
            (VERDICT_COLOURS[v],),
        )
        for v in shown
    )
    return Chart(
        Kind.STACKED,
        "各领域目标评价结果（单位：项）",
        f"堆积条形图：{''.join(group_sentences(findings))}",
        tuple(_short(g) for g in groups),
        series,
        body_width(),
        Mm(26 + 8 * len(groups)),
    )


def progress_chart(moving: Sequence[Finding], before: int) -> Chart:
    """How far each target is on its way; `before` charts of the same kind precede."""
    exact = [f.judgement.progress.share for f in moving if f.judgement.progress and f.judgement.progress.share is not None]
    shares = tuple(float(min(max(share, Fraction(0)), Fraction(1))) for share in exact)
    part = f"（续{before // BARS_PER_CHART}）" if before else ""
    beyond = "（不足0的按0、超过100%的按100%绘出）" if any(not 0 <= share <= 1 for share in exact) else ""
    return Chart(
        Kind.BARS,
        f"各目标已完成进度{part}{beyond}",
        "条形图：" + "；".join(f"{f.indicator}{progress_words(f.judgement)}" for f in moving) + "。",
        tuple(_short(f.indicator) for f in moving),
        (Series("已完成进度", shares, tuple(VERDICT_COLOURS[f.verdict] for f in moving)),),
        body_width(),
        Mm(18 + 7.5 * len(moving)),
        number_format="0%",
        maximum=1.0,
    )


def _short(name: str) -> str:
    return name if len(name) <= 20 else f"{name[:19]}…"
