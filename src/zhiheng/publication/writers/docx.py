"""How does the yearly monitoring report (年度监测报告) leave as a Word paper?"""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.departments import departments
from zhiheng.publication.findings import LAGGING, NO_UNIT, OPEN, Finding, Findings
from zhiheng.publication.narrative import (
    baseline_words,
    contradictions,
    day_words,
    fallen_back,
    forecast_words,
    group_sentences,
    needed_words,
    overall,
    rules_words,
    title_parts,
)
from zhiheng.publication.wording import VERDICT_TINTS, VERDICT_WORDS
from zhiheng.publication.writers.official_paper import KAITI, NOTE_SIZE, OfficialPaper
from zhiheng.publication.writers.paper_table import Row, TableCell, TableColumn, add_table
from zhiheng.publication.writers.report_annexes import annexes_of
from zhiheng.publication.writers.report_charts import BARS_PER_CHART, group_chart, progress_chart, verdict_chart
from zhiheng.publication.writers.word_charts import Chart, chart_run
from zhiheng.rules.messages import sentence

_NUMERALS = "一二三四五六七八九十"


def report_paper(findings: Findings) -> bytes:
    """The bytes of report.docx."""
    report = _Report(findings)
    report.front()
    report.overall_picture()
    report.what_lags()
    report.what_is_open()
    report.tasks()
    report.earlier()
    report.close()
    report.annexes()
    return report.paper.content()


class _Report:
    """The report, section by section."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.title = title_parts(findings)
        self.paper = OfficialPaper("".join(self.title), findings.as_of)
        self.attached = annexes_of(findings)
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
            self._chart(verdict_chart(self.findings))
        groups = group_sentences(self.findings)
        if len(groups) > 1:
            self.paper.heading("（一）分领域情况", 2)
            self.paper.body(f"目标分属{len(groups)}个领域，各领域评价结果见图{self.charts + 1}。")
            self._chart(group_chart(self.findings))
            for said in groups:
                self.paper.body(said)
        moving = [f for f in self.findings.own if f.moving]
        if moving:
            self.paper.heading("（二）时序进度" if len(groups) > 1 else "（一）时序进度", 2)
            self.paper.body(f"{_pace(moving)}{fallen_back(self.findings)}{''.join(rules_words(self.findings))}")
            for start in range(0, len(moving), BARS_PER_CHART):
                self._chart(progress_chart(moving[start : start + BARS_PER_CHART], start))

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
        heads: dict[str, list[Finding]] = {}
        for finding in self.findings.with_verdict(*OPEN):
            lack = f"：{finding.lacking}" if finding.lacking else ""
            heads.setdefault(f"{VERDICT_WORDS[finding.verdict]}{lack}", []).append(finding)
        for level, (head, members) in enumerate(heads.items()):
            self.paper.heading(f"（{_NUMERALS[level]}）{head}（{len(members)}项）", 2)
            for number, finding in enumerate(members, 1):
                self.paper.body(_open(finding), lead=f"{number}.{finding.indicator}。")
        against = contradictions(self.findings)
        if against:
            self.paper.heading(f"（{_NUMERALS[len(heads)]}）填报数与台账记录不一致（{len(against)}处）", 2)
            for number, said in enumerate(against, 1):
                self.paper.body(said, lead=f"{number}.")
        if not heads and not against:
            self.paper.body("各项目标的口径均已明确，数据均已收到，没有需要另行明确的事项。")

    def tasks(self) -> None:
        """Who has to do what."""
        self._section("任务分工")
        known = departments(self.findings)
        named = self.findings.plan.tasks
        if not named:
            self.paper.body("规划没有列出任务分工，各项目标的责任单位未列明。")
        else:
            count = sum(unit.name != NO_UNIT for unit in known)
            said = f"规划共部署任务{len(named)}项，涉及单位{count}个，各单位承担情况见表1，任务明细见附件。"
            self.paper.body(f"{said}规划写明“牵头”的计为牵头任务，只列为责任单位的计为责任任务。")
        if not known:
            return
        self.paper.caption("表1 各单位任务和目标承担情况", above=True)
        columns = [
            TableColumn("单位", 48),
            *(TableColumn(head, 15, centred=True) for head, _ in known[0].counts),
            TableColumn("其中未完成或滞后", 48),
        ]
        rows: list[Row] = []
        for unit in known:
            late = unit.lagging
            tint = VERDICT_TINTS[Verdict.BEHIND] if late else None
            name = f"{unit.name}（集合表述，需明确成员）" if unit.open_set else unit.name
            counts = [str(count or "—") for _, count in unit.counts]
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

    def close(self) -> None:
        """List of attachments, the body that issued the plan where it is known, and the day."""
        self.paper.attachments([annex.name for annex in self.attached])
        self.paper.signed(self.findings.plan.meta.issuing_body or "", day_words(self.findings.as_of))

    def annexes(self) -> None:
        """The tables, each from a page of its own on, turned on its side."""
        for number, annex in enumerate(self.attached, 1):
            self.paper.annex(f"附件{number}" if len(self.attached) > 1 else "附件", annex.name, wide=True)
            add_table(self.paper, annex.columns, annex.rows, size=NOTE_SIZE)

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
    reported = f"（填报单位：{'、'.join(finding.reporters)}）" if finding.reporters and not finding.units else ""
    return f"责任单位：{finding.answering}{reported}。"


def _pace(moving: Sequence[Finding]) -> str:
    late = sum(f.verdict is Verdict.BEHIND for f in moving)
    return f"有{len(moving)}项目标可以按时序比较进度，其中{len(moving) - late}项不慢于时间进度，{late}项慢于时间进度。"
