"""Which tables are attached to the report? Targets, the predecessor's targets, tasks, sources of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiheng.plans.model import Task
from zhiheng.publication.answering import Part, units_with
from zhiheng.publication.findings import Finding, Findings
from zhiheng.publication.heads import Head
from zhiheng.publication.narrative import progress_words
from zhiheng.publication.wording import VERDICT_COLOURS, VERDICT_TINTS, VERDICT_WORDS
from zhiheng.publication.writers.paper_table import Row, TableCell, TableColumn
from zhiheng.publication.writers.report_evidence import evidence_tables
from zhiheng.publication.writers.report_sources import source_tables


@dataclass(frozen=True, slots=True)
class Annex:
    """An attachment: its name and its table."""

    name: str
    columns: list[TableColumn]
    rows: list[Row]


def annexes_of(findings: Findings) -> list[Annex]:
    """The attachments, in the order they are listed."""
    found = [Annex("规划目标监测一览表", _target_columns(), list(_target_rows(findings)))]
    if findings.earlier:
        found.append(Annex("上期规划目标完成情况表", _target_columns(), [_target_row(f) for f in findings.earlier]))
    if findings.plan.tasks:
        found.append(Annex("规划任务分工表", _task_columns(), list(_task_rows(findings.plan.tasks))))
    return [*found, *(Annex(*table) for table in (*source_tables(findings), *evidence_tables(findings)))]


def _target_columns() -> list[TableColumn]:
    return [
        TableColumn(Head.NUMBER, 11, centred=True),
        TableColumn(Head.INDICATOR, 36),
        TableColumn(Head.ATTRIBUTE, 15, centred=True),
        TableColumn(Head.GOAL, 22, centred=True),
        TableColumn(Head.BASELINE, 19, centred=True),
        TableColumn(Head.LATEST, 23, centred=True),
        TableColumn(Head.VERDICT, 20, centred=True),
        TableColumn(Head.SHARE, 19, centred=True),
        TableColumn(Head.REASON, 60),
    ]


def _target_rows(findings: Findings) -> Iterator[Row]:
    for group, members in findings.groups().items():
        if len(findings.groups()) > 1:
            yield f"{group}（{len(members)}项）"
        for finding in members:
            yield _target_row(finding)


def _target_row(finding: Finding) -> Row:
    verdict = finding.verdict
    return [
        str(finding.number),
        finding.indicator,
        finding.attribute or "—",
        f"{finding.goal}\n{finding.year}年" if finding.year else finding.goal,
        finding.baseline,
        "\n".join(finding.latest).strip(),
        TableCell(VERDICT_WORDS[verdict], VERDICT_TINTS[verdict], VERDICT_COLOURS[verdict]),
        progress_words(finding.judgement).replace("（", "\n").rstrip("）"),
        finding.reason,
    ]


def _task_columns() -> list[TableColumn]:
    return [
        TableColumn("序号", 12, centred=True),
        TableColumn("任务", 60),
        *(TableColumn(f"{part}单位", 51) for part in Part),
    ]


def _task_rows(tasks: Sequence[Task]) -> Iterator[Row]:
    chapter: str | None = None
    for number, task in enumerate(tasks, 1):
        above = " · ".join(filter(None, (task.chapter, task.parent_title)))
        if above and above != chapter:
            chapter = above
            yield above
        yield [str(number), task.title, *("、".join(units_with(task, part)) or "—" for part in Part)]
