"""How does the page of a run leave? One file that asks nothing of any network, every text of the data escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape

from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.departments import departments
from zhiheng.publication.findings import LAGGING, NO_UNIT, OPEN, Finding, Findings
from zhiheng.publication.heads import Head
from zhiheng.publication.narrative import (
    contradictions,
    day_words,
    fallen_back,
    group_sentences,
    needed_words,
    overall,
    report_title,
    rules_words,
    title_parts,
)
from zhiheng.publication.page import page_record
from zhiheng.publication.wording import (
    VERDICT_COLOURS,
    VERDICT_TINTS,
    VERDICT_WORDS,
    percent_words,
    readable,
    source_words,
    value_words,
)
from zhiheng.publication.writers.pages import asset, digest, filled, script_json

_VERSION = re.compile(r"\| echarts\.min\.js \| echarts \| ([\d.]+) \|")


def report_page(findings: Findings) -> str:
    """The text of report.html."""
    echarts, script = asset("vendor/echarts.min.js"), asset("report.js")
    units = [d.name for d in departments(findings) if d.targets]
    values = sum(len(f.observations) for f in (*findings.own, *findings.earlier))
    title = report_title(findings)
    return filled(
        asset("report.html"),
        {
            "title": escape(title),
            "heading": "".join(f"<span>{escape(part)}</span>" for part in title_parts(findings)),
            "day": day_words(findings.as_of),
            "note": f'<p class="note">{escape(findings.figures_note)}</p>' if findings.figures_note else "",
            "overall": "".join(f"<p>{escape(said)}</p>" for said in overall(findings)),
            "tiles": "".join(_tile(v, findings.counts.get(v, 0)) for v in Verdict if findings.counts.get(v)),
            "doughnut_label": escape("；".join(overall(findings))),
            "groups_label": escape("".join(group_sentences(findings))),
            "attention": _attention(findings),
            "total": str(len(findings.own)),
            "verdict_options": _options((v.value, VERDICT_WORDS[v]) for v in Verdict if findings.counts.get(v)),
            "group_options": _options((g, g) for g in findings.groups()),
            "unit_options": _options((u, u) for u in units if u != NO_UNIT),
            "table": _table(findings.own, interactive=True),
            "trend_options": _options((str(i), f"{f.number}. {f.indicator}") for i, f in enumerate(findings.own)),
            "departments": _departments(findings),
            "rules": escape("".join((fallen_back(findings), *rules_words(findings)))),
            "earlier": _earlier(findings),
            "sources": _sources((*findings.own, *findings.earlier)),
            "value_count": str(values),
            "echarts_version": _echarts_version(),
            "style": asset("report.css"),
            "data": script_json(page_record(findings)),
            "echarts": echarts,
            "script": script,
            "script_digests": " ".join(digest(s) for s in (echarts, script)),
        },
    )


def _echarts_version() -> str:
    found = _VERSION.search(asset("vendor/README.md"))
    return found[1] if found else ""


def _colours(verdict: Verdict) -> str:
    return f"--c:#{VERDICT_COLOURS[verdict]};--t:#{VERDICT_TINTS[verdict]}"


def _pill(verdict: Verdict) -> str:
    return f'<span class="pill" style="{_colours(verdict)}">{VERDICT_WORDS[verdict]}</span>'


def _tile(verdict: Verdict, count: int) -> str:
    return (
        f'<button type="button" class="tile" value="{verdict.value}" aria-pressed="false" style="{_colours(verdict)}">'
        f"<b>{count}</b>{VERDICT_WORDS[verdict]}</button>"
    )


def _options(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in pairs)


def _attention(findings: Findings) -> str:
    late, unsettled = findings.with_verdict(*LAGGING), findings.with_verdict(*OPEN)
    said = _cards(late) if late else '<p class="empty">没有未完成或者进度滞后的目标。</p>'
    if against := contradictions(findings):
        told = "".join(f"<li>{escape(one)}</li>" for one in against)
        said += f"<details open><summary>填报数与台账记录不一致（{len(against)}处）</summary><ul>{told}</ul></details>"
    if not unsettled:
        return said
    return f"{said}<details open><summary>暂不能评价的目标及原因（{len(unsettled)}项）</summary>{_cards(unsettled)}</details>"


def _cards(findings: Iterable[Finding]) -> str:
    return f'<ul class="cards">{"".join(_card(f) for f in findings)}</ul>'


def _card(finding: Finding) -> str:
    units = f"<p>责任单位：{_units(finding)}</p>"
    needed = needed_words(finding)
    return (
        f'<li style="{_colours(finding.verdict)}"><h3>{escape(finding.indicator)} {_pill(finding.verdict)}</h3>'
        f"<p>{escape(finding.reason)}{escape(needed)}</p>{units}"
        f"<p>{_figure(finding, '查看原文和来源', 'detail-text')}</p></li>"
    )


def _figure(finding: Finding, text: str, part: str) -> str:
    spoken = escape(f"{finding.indicator}：{text}，打开详情")
    return (
        f'<button type="button" class="figure" data-at="{finding.number - 1}" data-part="{part}" '
        f'aria-haspopup="dialog" aria-label="{spoken}">{escape(text)}</button>'
    )


_COLUMNS = (
    ("n", Head.NUMBER),
    ("name", Head.INDICATOR),
    ("kind", Head.ATTRIBUTE),
    ("goal", Head.GOAL),
    ("base", Head.BASELINE),
    ("now", Head.LATEST),
    ("verdict", Head.VERDICT),
    ("share", Head.SHARE),
    ("unit", Head.UNITS),
)


def _table(findings: Sequence[Finding], *, interactive: bool) -> str:
    cols = "".join(f'<col class="c-{key}">' for key, _ in _COLUMNS)
    heads = "".join(f'<th scope="col">{head}</th>' for _, head in _COLUMNS)
    body = "".join(_row(f, interactive=interactive) for f in findings)
    return f'<table class="stack"><colgroup>{cols}</colgroup><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _row(finding: Finding, *, interactive: bool) -> str:
    now, period = finding.latest
    goal, latest = escape(finding.goal), escape(now)
    if interactive:
        goal = _figure(finding, finding.goal, "detail-text")
        latest = _figure(finding, now, "detail-source")
    cells = (
        ("n", str(finding.number)),
        ("kind", finding.attribute or "—"),
        ("goal", f"{goal}{_sub(f'{finding.year}年' if finding.year else '')}"),
        ("base", escape(finding.baseline)),
        ("now", f"{latest}{_sub(period)}"),
        ("verdict", _pill(finding.verdict)),
        ("share", _bar(finding)),
        ("unit", _units(finding)),
    )
    made = [
        f'<td class="{key}{" none" if cell == "—" else ""}" data-label="{dict(_COLUMNS)[key]}"><span>{cell}</span></td>'
        for key, cell in cells
    ]
    name = f'<th scope="row">{escape(finding.indicator)}{_sub(finding.group)}</th>'
    at = f' data-at="{finding.number - 1}"' if interactive else ""
    return f"<tr{at}>{made[0]}{name}{''.join(made[1:])}</tr>"


def _units(finding: Finding) -> str:
    reported = f"填报单位：{'、'.join(finding.reporters)}" if finding.reporters and not finding.units else ""
    return f"{escape(finding.answering)}{_sub(reported)}"


def _none(cell: str) -> str:
    """A mark by which a narrow screen leaves a cell out that says nothing."""
    return ' class="none"' if cell == "—" else ""


def _sub(text: str) -> str:
    return f'<span class="sub">{escape(text)}</span>' if text else ""


def _bar(finding: Finding) -> str:
    progress = finding.judgement.progress
    if progress is None or progress.share is None:
        return "—"
    share = min(max(progress.share, Fraction(0)), Fraction(1))
    mark = f'<s style="left:{readable(progress.elapsed * 100, 1)}%"></s>' if progress.elapsed is not None else ""
    words = percent_words(progress.share)
    elapsed = f"（时间进度{percent_words(progress.elapsed)}）" if progress.elapsed is not None else ""
    return (
        f'{words}<span class="sub">{elapsed}</span><span class="bar" aria-hidden="true" style="{_colours(finding.verdict)}">'
        f'<i style="width:{readable(share * 100, 1)}%"></i>{mark}</span>'
    )


LATE = "其中未完成或滞后"


def _departments(findings: Findings) -> str:
    rows = []
    for unit in departments(findings):
        late = "、".join(f.indicator for f in unit.lagging) or "—"
        name = escape(unit.name) + (_sub("集合表述，需明确成员") if unit.open_set else "")
        cells = [*((head, str(count or "—")) for head, count in unit.counts), (LATE, escape(late))]
        made = "".join(f'<td{_none(cell)} data-label="{head}"><span>{cell}</span></td>' for head, cell in cells)
        rows.append(f'<tr><th scope="row">{name}</th>{made}</tr>')
    if not rows:
        return '<p class="empty">规划没有列出责任单位。</p>'
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("单位", *(head for head, _ in unit.counts), LATE))
    return f'<table class="stack"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _earlier(findings: Findings) -> str:
    if not findings.earlier:
        return ""
    table = _table(findings.earlier, interactive=False)
    return (
        '<section id="earlier" aria-labelledby="earlier-head"><h2 id="earlier-head">上期规划目标</h2>'
        f"<p>规划报告的上期目标{len(findings.earlier)}项，不计入本期统计。</p><details><summary>完成情况</summary>{table}</details>"
        "</section>"
    )


def _sources(findings: Sequence[Finding]) -> str:
    heads = ("指标", "时期", "数值", "填报单位或台账", "文件", "工作表", "行")
    rows = []
    for finding in findings:
        for value in finding.observations:
            origin = (value.typed or value).origin
            place = (origin.file, origin.sheet or "正文", str(origin.row)) if origin else ("—", "—", "—")
            source = source_words(value) or "—"
            cells = (value.period.label, value_words(value, finding.bound), source, *place)
            made = "".join(f'<td data-label="{h}"><span>{escape(c)}</span></td>' for h, c in zip(heads[1:], cells, strict=True))
            rows.append(f'<tr><th scope="row">{escape(value.indicator)}</th>{made}</tr>')
    if not rows:
        return '<p class="empty">没有收到数据。</p>'
    top = "".join(f'<th scope="col">{h}</th>' for h in heads)
    return f'<table class="stack"><thead><tr>{top}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
