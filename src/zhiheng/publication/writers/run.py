"""Which papers does a run leave behind? The one call that makes them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from zhiheng.indicators.behind import Behind
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.verdict import Judgement
from zhiheng.plans.model import Plan
from zhiheng.publication.findings import findings_of
from zhiheng.publication.writers.docx import report_paper
from zhiheng.publication.writers.html import report_page
from zhiheng.publication.writers.json import plan_bytes, utf8, values_bytes, verdicts_bytes
from zhiheng.publication.writers.xlsx import table_workbook


def run_papers(
    plan: Plan,
    values: Iterable[IndicatorValue],
    judgements: Iterable[Judgement],
    *,
    as_of: date,
    figures_note: str = "",
    refused: int = 0,
    behind: Mapping[str, Behind] | None = None,
) -> Mapping[str, bytes]:
    """Name and content of each paper: all are made before any is put in its place, so that a fault in one leaves no mixture.

    `figures_note` is printed wherever the figures are (示例数据); `refused`: how many rows of figures were handed back;
    `behind`: files and records of the values that records make, by the digest of the receipt.
    """
    known, judged = list(values), list(judgements)
    findings = findings_of(plan, judged, as_of=as_of, figures_note=figures_note, refused=refused, behind=behind)
    return {
        "report.docx": report_paper(findings),
        "table.xlsx": table_workbook(findings, known),
        "report.html": utf8(report_page(findings)),
        "plan.json": plan_bytes(plan),
        "values.json": values_bytes(plan, known, as_of=as_of, figures_note=figures_note),
        "verdicts.json": verdicts_bytes(plan, judged, as_of=as_of),
    }
