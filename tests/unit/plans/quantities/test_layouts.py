"""Does one table say the same in every layout that papers have? And what do marks, stacked cells, several heads mean in it?"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from zhiheng.documents.fold import fold
from zhiheng.documents.readers import read_content, read_text
from zhiheng.documents.tree import Document
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.model import Comparator, Mention, Plan

LAYOUTS = Path(__file__).parents[3] / "fixtures" / "layouts"
TABLES = Path(__file__).parent / "tables.txt"

# indicator | comparator | value | unit; each with a baseline of 2025 and a target of 2030
ROWS = (
    ("竹制品抽检合格率", "94.6", ">= 96", "%", "level"),
    ("县级以上质量奖企业", "14", "== 22", "家", "cumulative"),
    ("细颗粒物（PM2.5）浓度", "31", "<= 28", "微克/立方米", "level"),
    ("竹产业总产值", "82.5", "== 120", "亿元", "level"),
    ("公共服务质量满意度", "80.2", "== 83", "分", "level"),
    ("重大质量安全事故", "0", "zero 0", "起", "count"),
)
# Where the compiler is known to fall short.
KNOWN: set[str] = set()


def compiled(document: Document) -> Plan:
    known = knowledge()
    return compile_plan(document, known.catalogue, known.rulebook)


def said(m: Mention) -> tuple[Any, ...]:
    """What a mention says, without the marks and the width that a layout gives its name; zero events by whichever name."""
    name = re.sub(r"[（(](?:累计|家|%|％|微克/立方米|亿元|分|起)[)）]", "", fold(m.indicator))
    sign = (
        "zero"
        if m.comparator is Comparator.ZERO_EVENTS or (m.value_low == "0" and "事故" in m.indicator)
        else m.comparator.value
    )
    return name, m.role.value, m.year, f"{sign} {m.value_low or m.value_high}", m.unit, m.basis.value


def expected() -> list[tuple[Any, ...]]:
    rows = []
    for name, base, target, unit, basis in ROWS:
        sign = "zero" if "事故" in name else "=="
        rows += [
            (fold(name), "baseline", 2025, f"{sign} {base}", unit, basis),
            (fold(name), "target", 2030, target, unit, basis),
        ]
    return rows


def layouts() -> list[Any]:
    falls_short = pytest.mark.xfail(strict=True, reason="the compiler is known to fall short of this layout")
    files = sorted(LAYOUTS.iterdir())
    return [pytest.param(f, id=f.name, marks=falls_short if f.name in KNOWN else ()) for f in files]


@pytest.mark.parametrize("file", layouts())
def test_layout(file: Path):
    plan = compiled(read_content(file.read_bytes(), file.name))
    assert [said(m) for m in plan.mentions] == expected()
    assert all(m.source.value == "table" for m in plan.mentions)
    targets = [m for m in plan.mentions if m.role.value == "target"]
    assert [m.attribute for m in targets] == ["预期性", "预期性", "约束性", "预期性", "预期性", "约束性"]


@pytest.mark.parametrize("file", [f for f in sorted(LAYOUTS.iterdir()) if f.suffix != ".html"], ids=lambda f: f.name)
def test_spans_stand_in_their_line(file: Path):
    lines = file.read_text("utf-8").split("\n")
    for m in compiled(read_content(file.read_bytes(), file.name)).mentions:
        line = m.anchor.place.line
        assert line is not None
        assert lines[line - 1][m.anchor.start : m.anchor.end] == m.text


def word_file(rows: list[list[str]], merged: bool) -> bytes:
    word = docx.Document()
    for line in ("青岭县质量发展规划（2026—2030年）", "一、发展目标", "表1 质量发展主要指标"):
        word.add_paragraph(line)
    table = word.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    if merged:
        for r in (1, 4):  # 质量水平 over two rows, 产业质量 over two
            words = table.cell(r, 0).text
            table.cell(r, 0).merge(table.cell(r + 1, 0)).text = words
    word.add_paragraph("二、重点任务")
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("layout", "merged"), [("tabs.txt", False), ("groups_tabs.txt", True)], ids=["plain", "merged"])
def test_word_table(layout: str, merged: bool):
    lines = (LAYOUTS / layout).read_text("utf-8").split("\n")
    plan = compiled(read_content(word_file([line.split("\t") for line in lines if "\t" in line], merged), "paper.docx"))
    assert [said(m) for m in plan.mentions] == expected()
    assert all(m.anchor.place.table == 1 for m in plan.mentions)


def special() -> list[Any]:
    blocks = re.split(r"^# table", TABLES.read_text("utf-8"), flags=re.M)[1:]
    falls_short = pytest.mark.xfail(strict=True, reason="the compiler is known to fall short of this table")
    found = []
    for block in blocks:
        name, _, rest = block.partition("\n")
        table, _, rows = rest.partition("\n=>\n")
        mentions = [" | ".join(cell.strip() for cell in row.split("|")) for row in rows.split("\n") if row.strip()]
        marks = falls_short if name.startswith("!") else ()
        found.append(pytest.param(table.strip("\n"), mentions, id=name.lstrip("! "), marks=marks))
    return found


@pytest.mark.parametrize(("table", "mentions"), special())
def test_table(table: str, mentions: list[str]):
    paper = f"青岭县质量发展规划（2026—2030年）\n一、发展目标\n表1 质量发展主要指标\n{table}\n二、重点任务\n夯实基础。"
    plan = compiled(read_text(paper, "paper.txt"))
    assert [row(m) for m in plan.mentions] == mentions


def row(m: Mention) -> str:
    cells = (
        m.indicator, m.comparator.value, m.value_low, m.value_high, m.unit, m.year, m.basis.value, m.role.value,
        m.modality.value if m.modality else None, m.text,
    )  # fmt: skip
    return " | ".join("" if c is None else str(c) for c in cells)
