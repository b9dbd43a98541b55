"""Which papers does a run leave behind? The one call that writes them all into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.findings import findings_of
from zhiheng.publication.writers.docx import write_report
from zhiheng.publication.writers.html import write_page
from zhiheng.publication.writers.json import write_plan, write_values, write_verdicts
from zhiheng.publication.writers.xlsx import write_table


def write_run(
    out: Path,
    plan: Plan,
    values: Iterable[IndicatorValue],
    judgements: Iterable[Judgement],
    *,
    as_of: date,
    figures_note: str = "",
    issuer: str | None = None,
) -> list[Path]:
    """report.docx, table.xlsx, report.html, plan.json, values.json, verdicts.json in `out`, each whole or not at all.

    `figures_note` is printed wherever the figures are (示例数据); `issuer` signs the report.
    """
    known, judged = list(values), list(judgements)
    findings = findings_of(plan, judged, as_of=as_of, figures_note=figures_note)
    return [
        write_report(out / "report.docx", findings, issuer=issuer),
        write_table(out / "table.xlsx", findings, known),
        write_page(out / "report.html", findings),
        write_plan(out / "plan.json", plan),
        write_values(out / "values.json", plan, known, as_of=as_of, figures_note=figures_note),
        write_verdicts(out / "verdicts.json", plan, judged, as_of=as_of),
    ]
