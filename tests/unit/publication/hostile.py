"""Which findings try to break out of a paper? Names and texts that are markup, script, formula or no text at all."""

from __future__ import annotations

from dataclasses import replace

from sample import AS_OF, JUDGEMENTS, PLAN

from zhiheng.publication.findings import Findings, findings_of

NAMES = (
    "</script><script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "<!--<script>",
    "' onfocus=window.hacked=1 autofocus '",
    '=HYPERLINK("http://example.invalid")',
    "质量\x00\x0b\ufffe合格率",
    "{{echarts}}{{data}}",
    "很长的指标名称" * 30,
    "A" * 300,
)


def hostile_findings() -> Findings:
    """The sample with hostile texts in every place that a paper prints."""
    names = [NAMES[i % len(NAMES)] for i in range(len(PLAN.targets))]
    targets = [
        replace(t, indicator=f"{n}{i}", group=n, text=n, context=f"前{n}后", unit=n[:12])
        for i, (t, n) in enumerate(zip(PLAN.targets, names, strict=True))
    ]
    judgements = [
        replace(
            j,
            indicator=t.indicator,
            sentence=n,
            observations=tuple(replace(v, indicator=t.indicator, source=n, note=n, place=n) for v in j.observations),
            value=replace(j.value, indicator=t.indicator, source=n, note=n, place=n) if j.value else None,
        )
        for j, t, n in zip(JUDGEMENTS, targets, names, strict=True)
    ]
    tasks = [replace(t, title=n, responsible_units=(n, *t.responsible_units)) for t, n in zip(PLAN.tasks, NAMES, strict=False)]
    plan = replace(PLAN, targets=tuple(targets), tasks=tuple(tasks), meta=replace(PLAN.meta, title=NAMES[0]))
    return findings_of(plan, judgements, as_of=AS_OF, figures_note=NAMES[1])
