"""How do plans side by side leave as a page? One file that asks nothing of any network, with a small picture a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape

from zhiheng.base.units import converted
from zhiheng.plans.comparison.model import Comparison, Demand, Line
from zhiheng.plans.model import Plan
from zhiheng.publication.quoting import place_words
from zhiheng.publication.side_by_side import (
    ambition_words,
    base_words,
    by_area,
    caution_words,
    cell_remarks,
    columns,
    goal_words,
    obstacle_words,
    reason_words,
    resembling,
)
from zhiheng.publication.writers.pages import asset, filled

_LEFT, _WIDTH = 6, 148
_INK, _BASE = "#1f3a5f", "#8a96a3"


def comparison_page(comparison: Comparison) -> str:
    """The text of the page."""
    names = columns(comparison)
    shared, alone = comparison.shared, comparison.alone
    return filled(
        asset("compare.html"),
        {
            "style": asset("report.css"),
            "own_style": asset("compare.css"),
            "remark": f"{len(names)}份规划，{len(shared)}项指标两地以上都有，{len(alone)}项只有一地有",
            "plans": _plans(comparison, names),
            "cautions": _list(caution_words(comparison), "cautions"),
            "shared": _table(shared, names, comparison.used),
            "resembling": _resembling(comparison),
            "alone": f"<details><summary>展开{len(alone)}项</summary>{_table(alone, names, comparison.used)}</details>",
        },
    )


def _plans(comparison: Comparison, names: Sequence[str]) -> str:
    items = "".join(
        f"<li><b>{escape(name)}</b>　{escape(_title(p))}{'' if i in comparison.used else '　没有读到指标目标'}</li>"
        for i, (name, p) in enumerate(zip(names, comparison.plans, strict=True))
    )
    return f'<ol class="plans">{items}</ol>'


def _title(plan: Plan) -> str:
    return f"{plan.meta.title}（{plan.name}）" if plan.meta.title else ""


def _list(words: Iterable[str], kind: str) -> str:
    items = "".join(f"<li>{escape(said)}</li>" for said in words)
    return f'<ul class="{kind}">{items}</ul>' if items else ""


def _table(lines: tuple[Line, ...], names: Sequence[str], used: Sequence[int]) -> str:
    if not lines:
        return '<p class="empty">没有这样的指标。</p>'
    heads = "".join(f'<th scope="col">{escape(names[i])}</th>' for i in used)
    body = []
    for area, members in by_area(lines).items():
        body.append(f'<tr class="area"><th class="area" colspan="{len(used) + 1}" scope="colgroup">{escape(area)}</th></tr>')
        body += [_row(line, names, used) for line in members]
    return (
        '<table class="stack compare"><colgroup><col class="c-name"></colgroup>'
        f'<thead><tr><th scope="col">指标</th>{heads}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    )


def _row(line: Line, names: Sequence[str], used: Sequence[int]) -> str:
    scale = _scale(line)
    cells = "".join(_cell(line.cells[i], names[i], line, scale) for i in used)
    return f'<tr><th scope="row">{escape(line.name)}</th>{cells}</tr>'


def _cell(cell: Demand | None, name: str, line: Line, scale: tuple[Fraction, Fraction] | None) -> str:
    if cell is None:
        return f'<td class="absent" data-label="{escape(name)}">—</td>'
    target = cell.target
    parts = [f'<span class="goal">{escape(goal_words(cell))}</span>']
    if scale is not None:
        parts.append(_picture(cell, line, scale))
    base = base_words(cell)
    if base:
        parts.append(f'<span class="sub">基期 {escape(base)}</span>')
    yearly = "每年 " if cell.ambition.yearly is not None else "每年多少算不出："
    parts.append(f'<span class="sub">{yearly}{escape(ambition_words(cell.ambition, target.unit))}</span>')
    if not cell.comparable:
        prevents = "；".join(obstacle_words(o) for o in cell.obstacles if o.prevents)
        parts.append(f'<span class="apart">不可直接比较：{escape(prevents)}</span>')
    remarks = [
        r
        for r, o in zip(cell_remarks(cell), sorted(cell.obstacles, key=lambda o: not o.prevents), strict=True)
        if not o.prevents
    ]
    parts += [f'<span class="care">{escape(said)}</span>' for said in remarks]
    if target.indicator != line.name:
        parts.append(f'<span class="care">原文：{escape(target.indicator)}</span>')
    where = place_words(target.anchor, ())
    title = f"{target.context}\n{where}".strip()
    return f'<td data-label="{escape(name)}" title="{escape(title)}"><div>{"".join(parts)}</div></td>'


def _scale(line: Line) -> tuple[Fraction, Fraction] | None:
    """Least and greatest of the figures of a line that can stand on one scale; None when they are one point."""
    amounts = [a for cell in line.filled for a in _amounts(cell, line)]
    if len(amounts) < 2 or min(amounts) == max(amounts):
        return None
    return min(amounts), max(amounts)


def _amounts(cell: Demand, line: Line) -> list[Fraction]:
    """Target, then base, in the unit of the first cell; none of a figure that cannot be put beside it."""
    target, unit = cell.target, line.filled[0].target.unit
    said = target.value_low if target.value_low is not None else target.value_high
    if not cell.comparable or said is None:
        return []
    found = [Fraction(said)]
    if target.baseline is not None and not cell.ambition.counted:
        found.append(Fraction(target.baseline.value))
    return [c if (c := converted(amount, target.unit, unit)) is not None else amount for amount in found]


def _picture(cell: Demand, line: Line, scale: tuple[Fraction, Fraction]) -> str:
    """A line from the base (hollow) to the target (solid)."""
    amounts = _amounts(cell, line)
    if not amounts:
        return ""
    low, high = scale
    xs = [round(float(_LEFT + (amount - low) / (high - low) * _WIDTH), 1) for amount in amounts]
    parts = [f'<line x1="{_LEFT}" y1="9" x2="{_LEFT + _WIDTH}" y2="9" stroke="#d5dbe2" stroke-width="2"/>']
    if len(xs) > 1:
        parts.append(f'<line x1="{xs[1]}" y1="9" x2="{xs[0]}" y2="9" stroke="{_INK}" stroke-width="3"/>')
        parts.append(f'<circle cx="{xs[1]}" cy="9" r="4" fill="#fff" stroke="{_BASE}" stroke-width="2"/>')
    parts.append(f'<circle cx="{xs[0]}" cy="9" r="5" fill="{_INK}"/>')
    return f'<svg viewBox="0 0 160 18" aria-hidden="true">{"".join(parts)}</svg>'


def _resembling(comparison: Comparison) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(line.name)}</th><td data-label="与之相似">{escape(found.name)}</td>'
        f'<td data-label="差别">{escape(obstacle_words(found.differ))}</td>'
        f'<td data-label="为什么">{escape(reason_words(found, line))}</td></tr>'
        for line, found in resembling(comparison)
    )
    if not rows:
        return '<p class="empty">没有这样的指标。</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("指标", "与之相似", "差别", "为什么不可比"))
    return f'<table class="stack"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
