"""How does the yearly monitoring report (年度监测报告) leave as a Word paper?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from docx.shared import Mm

from zhiheng.judgement.verdict import Verdict
from zhiheng.plans.model import Task
from zhiheng.publication.departments import departments
from zhiheng.publication.findings import LAGGING, OPEN, Finding, Findings
from zhiheng.publication.narrative import (
    baseline_words,
    day_words,
    forecast_words,
    group_sentences,
    needed_words,
    overall,
    progress_words,
    title_parts,
)
from zhiheng.publication.wording import VERDICT_COLOURS, VERDICT_TINTS, VERDICT_WORDS, value_words
from zhiheng.publication.writers.official_paper import KAITI, NOTE_SIZE, OfficialPaper
from zhiheng.publication.writers.paper_table import Row, TableCell, TableColumn, add_table
from zhiheng.publication.writers.placing import put
from zhiheng.publication.writers.word_charts import Chart, Kind, Series, body_width, chart_run
from zhiheng.rules.messages import sentence

_TARGETS, _EARLIER, _TASKS, _SOURCES = "规划目标监测一览表", "上期规划目标完成情况表", "规划任务分工表", "数据来源"
_BARS_PER_CHART = 20
_NUMERALS = "一二三四五六七八九十"


def write_report(path: Path, findings: Findings, *, issuer: str | None = None) -> Path:
    """report.docx of a run; `issuer` signs it, without one only the day stands at its end."""
    return put(path, report_paper(findings, issuer=issuer))


def report_paper(findings: Findings, *, issuer: str | None = None) -> bytes:
    """The bytes of report.docx."""
    report = _Report(findings)
    report.front()
    report.overall_picture()
    report.what_lags()
    report.what_is_open()
    report.tasks()
    report.earlier()
    report.close(issuer)
    report.annexes()
    return report.paper.content()


class _Report:
    """The report, section by section."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.title = title_parts(findings)
        self.paper = OfficialPaper("".join(self.title), findings.as_of)
        self.sections = 0
        self.charts = 0

    def front(self) -> None:
        """Title and the day it speaks of."""
        self.paper.title(*self.title)
        self.paper.subtitle(f"（截至{day_words(self.findings.as_of)}）")
        self.paper.blank()
        if self.findings.figures_note:
            self.paper.body(f"数据说明：{self.findings.figures_note.rstrip('。')}。", face=KAITI)

    def overall_picture(self) -> None:
        """Counts in words and pictures."""
        self._section("总体情况")
        for said in overall(self.findings):
            self.paper.body(said)
        if self.findings.own:
            self._chart(_verdict_chart(self.findings))
        groups = group_sentences(self.findings)
        if len(groups) > 1:
            self.paper.heading("（一）分领域情况", 2)
            self.paper.body(f"目标分属{len(groups)}个领域，各领域评价结果见图{self.charts + 1}。")
            self._chart(_group_chart(self.findings))
            for said in groups:
                self.paper.body(said)
        moving = [f for f in self.findings.own if f.judgement.progress and f.judgement.progress.share is not None]
        if moving:
            self.paper.heading("（二）时序进度" if len(groups) > 1 else "（一）时序进度", 2)
            self.paper.body(_pace(moving))
            for start in range(0, len(moving), _BARS_PER_CHART):
                self._chart(_progress_chart(moving[start : start + _BARS_PER_CHART], start))

    def what_lags(self) -> None:
        """Missed and behind, one by one."""
        self._section("未完成和进度滞后的目标")
        late = self.findings.with_verdict(*LAGGING)
        if not late:
            self.paper.body(f"截至{day_words(self.findings.as_of)}，没有未完成或者进度滞后的目标。")
        for level, verdict in enumerate(v for v in LAGGING if self.findings.counts.get(v)):
            members = self.findings.with_verdict(verdict)
            self.paper.heading(f"（{_NUMERALS[level]}）{VERDICT_WORDS[verdict]}的目标（{len(members)}项）", 2)
            for number, finding in enumerate(members, 1):
                self.paper.body(_why(finding), lead=f"{number}.{finding.indicator}。")

    def what_is_open(self) -> None:
        """What cannot be judged yet and what to do about it."""
        self._section("需要明确和补充的事项")
        level = 0
        for verdict in OPEN:
            members = self.findings.with_verdict(verdict)
            if not members:
                continue
            self.paper.heading(f"（{_NUMERALS[level]}）{VERDICT_WORDS[verdict]}（{len(members)}项）", 2)
            level += 1
            for number, finding in enumerate(members, 1):
                self.paper.body(_open(finding), lead=f"{number}.{finding.indicator}。")
        if not level:
            self.paper.body("各项目标的口径均已明确，数据均已收到，没有需要另行明确的事项。")

    def tasks(self) -> None:
        """Who has to do what."""
        self._section("任务分工")
        known = departments(self.findings)
        named = self.findings.plan.tasks
        if not named:
            self.paper.body("规划没有列出任务分工。各项目标的责任单位按数据来源列示。")
        else:
            self.paper.body(f"规划共部署任务{len(named)}项，涉及单位{len(known)}个，各单位承担情况如下，任务明细见附件。")
        if not known:
            return
        self.paper.caption("表1 各单位任务和目标承担情况", above=True)
        columns = [
            TableColumn("单位", 46),
            TableColumn("牵头任务", 20, centred=True),
            TableColumn("参与任务", 20, centred=True),
            TableColumn("负责目标", 20, centred=True),
            TableColumn("其中未完成或滞后", 50),
        ]
        rows: list[Row] = []
        for unit in known:
            late = unit.lagging
            tint = VERDICT_TINTS[Verdict.BEHIND] if late else None
            name = f"{unit.name}（集合表述，需明确成员）" if unit.open_set else unit.name
            counts = [str(len(items) or "—") for items in (unit.leads, unit.joins, unit.targets)]
            rows.append([name, *counts, TableCell("、".join(f.indicator for f in late) or "—", tint)])
        add_table(self.paper, columns, rows)

    def earlier(self) -> None:
        """How the predecessor's targets ended, when this plan reports them."""
        rows = self.findings.earlier
        if not rows:
            return
        self._section("上期规划目标完成情况")
        counts = "、".join(f"{VERDICT_WORDS[v]}{n}项" for v in Verdict if (n := sum(f.verdict is v for f in rows)))
        self.paper.body(f"规划报告了上期规划目标{len(rows)}项的完成情况：{counts}。上期目标不计入本期统计，明细见附件。")

    def close(self, issuer: str | None) -> None:
        """List of attachments, signature, day."""
        self.paper.attachments([name for name, *_ in self._annexes()])
        self.paper.signed(issuer, day_words(self.findings.as_of))

    def annexes(self) -> None:
        """The tables."""
        annexes = self._annexes()
        for number, (name, columns, rows, wide) in enumerate(annexes, 1):
            self.paper.annex(f"附件{number}" if len(annexes) > 1 else "附件", name, wide=wide)
            add_table(self.paper, columns, rows, size=NOTE_SIZE)

    def _annexes(self) -> list[tuple[str, list[TableColumn], list[Row], bool]]:
        found = [(_TARGETS, _target_columns(), list(_target_rows(self.findings)), True)]
        if self.findings.earlier:
            found.append((_EARLIER, _target_columns(), [_target_row(f) for f in self.findings.earlier], True))
        if self.findings.plan.tasks:
            found.append((_TASKS, _task_columns(), list(_task_rows(self.findings.plan.tasks)), True))
        found.append((_SOURCES, _source_columns(), list(_source_rows(self.findings)), True))
        return found

    def _section(self, name: str) -> None:
        self.paper.heading(f"{_NUMERALS[self.sections]}、{name}", 1)
        self.sections += 1

    def _chart(self, chart: Chart) -> None:
        self.charts += 1
        self.paper.picture(chart_run(self.paper.document, chart, self.charts))
        self.paper.caption(f"图{self.charts} {chart.title}")


def _why(finding: Finding) -> str:
    said = (baseline_words(finding), finding.reason, needed_words(finding), forecast_words(finding), _answers(finding))
    return "".join(said)


def _open(finding: Finding) -> str:
    questions = finding.target.questions if finding.target else ()
    asked = (sentence(q.code, q.facts) for q in questions)
    unasked = "".join(said for said in asked if said not in finding.reason)
    goal = "" if "目标" in finding.reason else f"目标：{finding.goal}。"
    return f"{goal}{finding.reason}{unasked}{_answers(finding)}"


def _answers(finding: Finding) -> str:
    return f"责任单位：{'、'.join(finding.units)}。" if finding.units else ""


def _pace(moving: Sequence[Finding]) -> str:
    late = sum(f.verdict is Verdict.BEHIND for f in moving)
    return f"有{len(moving)}项目标可以按时序比较进度，其中{len(moving) - late}项不慢于时间进度，{late}项慢于时间进度。"


def _verdict_chart(findings: Findings) -> Chart:
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


def _group_chart(findings: Findings) -> Chart:
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


def _progress_chart(moving: Sequence[Finding], before: int) -> Chart:
    exact = [f.judgement.progress.share for f in moving if f.judgement.progress and f.judgement.progress.share is not None]
    shares = tuple(float(min(max(share, Fraction(0)), Fraction(1))) for share in exact)
    part = f"（续{before // _BARS_PER_CHART}）" if before else ""
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


def _target_columns() -> list[TableColumn]:
    return [
        TableColumn("序号", 12, centred=True),
        TableColumn("指标", 40),
        TableColumn("规划目标", 25, centred=True),
        TableColumn("基期水平", 20, centred=True),
        TableColumn("最新进展", 25, centred=True),
        TableColumn("评价", 23, centred=True),
        TableColumn("已完成进度", 22, centred=True),
        TableColumn("评价理由", 58),
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
        TableColumn("任务", 78),
        TableColumn("牵头单位", 55),
        TableColumn("责任（配合）单位", 80),
    ]


def _task_rows(tasks: Sequence[Task]) -> Iterator[Row]:
    chapter: str | None = None
    for number, task in enumerate(tasks, 1):
        above = " · ".join(filter(None, (task.chapter, task.parent_title)))
        if above and above != chapter:
            chapter = above
            yield above
        units = dict.fromkeys((*(task.responsible_units or task.inherited_units), *task.supporting_units))
        others = [u for u in units if u not in task.lead_units]
        yield [str(number), task.title, "、".join(task.lead_units) or "—", "、".join(others) or "—"]


def _source_columns() -> list[TableColumn]:
    return [
        TableColumn("指标", 52),
        TableColumn("时期", 24, centred=True),
        TableColumn("数值", 26, centred=True),
        TableColumn("分子／分母", 29, centred=True),
        TableColumn("来源", 44),
        TableColumn("填报文件、工作表、行", 50),
    ]


def _source_rows(findings: Findings) -> Iterator[Row]:
    any_row = False
    for finding in (*findings.own, *findings.earlier):
        for value in finding.observations:
            any_row = True
            counts = "—"
            if value.numerator is not None and value.denominator is not None:
                counts = f"{value.numerator}／{value.denominator}"
            origin = value.origin
            place = f"{origin.file}，{origin.sheet or '正文'}，第{origin.row}行" if origin else "—"
            said = "，".join(filter(None, (value.source, value.note))) or "—"
            yield [value.indicator, value.period.label, value_words(value), counts, said, place]
    if not any_row:
        yield "没有收到数据。"
