"""Is a table put together by the habits of the genre read back as it was meant? Heads, columns, units, layouts are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from unicodedata import east_asian_width

import pytest

from zhiheng.documents.readers import read_text
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.model import Mention

Answer = tuple[str, str, int | None, str, str | None, str | None, str | None]
Grid = list[list[str]]

ROWS = (
    ("竹制品抽检合格率", "%"), ("社区助餐服务满意度", "分"), ("老旧电梯检测覆盖率", "%"), ("物业投诉按时办结率", "%"), ("竹产业总产值", "亿元"),
    ("细颗粒物（PM2.5）平均浓度", "微克/立方米"), ("公共检测平台", "个"), ("首席质量官", "名"), ("每万人口有效发明专利拥有量", "件"), ("亩均税收", "万元/亩"),
    ("竹艺领军企业", "家"), ("参与制修订国家标准", "项"), ("森林覆盖率", "%"), ("地表水Ⅲ类及以上断面比例", "%"), ("老年助餐点", "个"), ("质量人才", "万人"),
)  # fmt: skip
# Heads of the base year and of the deadline of a plan 2026–2030.
HEADS = (
    ("2025年", "2030年"),
    ("2025年现状值", "2030年目标值"),
    ("2025年（基期）", "2030年（目标）"),
    ("2025年实绩", "2030年目标"),
    ("2025年基数", "2030年预期目标"),
    ("现状值（2025年）", "目标值（2030年）"),
    ("2025", "2030"),
    ("2025年实际", "2030年规划目标"),
    ("“十四五”末", "“十五五”末目标"),
    ("基期值（2025年）", "规划目标（2030年）"),
    ("2025年完成值", "2030年目标值"),
    ("2025年底现状", "到2030年目标"),
    ("现状值", "目标值"),
    ("基期值", "目标值"),
    ("2025年 基期值", "2030年 目标值"),
)
NAMES = ("指标", "指标名称", "主要指标", "具体指标", "指标内容", "考核指标")
BOUNDS = (("", "=="), ("以上", ">="), ("左右", "=="), ("≥", ">="), ("≤", "<="), ("以内", "<="))


@dataclass(frozen=True)
class Drawn:
    """A table and the mentions it must give."""

    grid: Grid
    answers: list[Answer]


def drawn(random: Random, heads: tuple[str, str], *, unit_in: str = "", whole: bool = False) -> Drawn:
    """A table of four to eight rows; `whole`: no cell empty, as layouts without separators need."""
    rows = random.sample(ROWS, random.randint(4, 8))
    serial, attribute, office = (random.random() < share for share in (0.6, 0.5, 0.3))
    unit_in = unit_in or random.choice(["column", "name", "cell"])
    group = not serial and not whole and random.random() < 0.5
    grid: Grid = [_head(random, heads, serial, group, unit_in, attribute, office)]
    answers: list[Answer] = []
    for k, (name, unit) in enumerate(rows):
        printed = f"{name}（{unit}）" if unit_in == "name" else name
        base, target, sign, cells = _values(random, unit if unit_in == "cell" else "")
        low, high = (None if sign == "<=" else target), (None if sign == ">=" else target)
        row = [str(k + 1)] * serial + [("甲类", "")[k % 2]] * group + [printed] + [unit] * (unit_in == "column") + cells
        row += [random.choice(["预期性", "约束性"])] * attribute + ["县市场监管局"] * office
        grid.append(row)
        answers += [
            (printed, "baseline", 2025, "==", base, base, unit),
            (printed, "target", 2030, sign, low, high, unit),
        ]
    return Drawn(grid, answers)


def _head(
    random: Random, heads: tuple[str, str], serial: bool, group: bool, unit_in: str, attribute: bool, office: bool
) -> list[str]:
    head = ["序号"] * serial + ["类别"] * group + [random.choice(NAMES)] + ["单位"] * (unit_in == "column") + list(heads)
    return head + [random.choice(["属性", "指标属性"])] * attribute + [random.choice(["责任单位", "牵头单位"])] * office


def _values(random: Random, unit: str) -> tuple[str, str, str, list[str]]:
    def number() -> str:
        return f"{random.randint(2, 96)}" + (f".{random.randint(1, 9)}" if random.random() < 0.5 else "")

    base, target = number(), number()
    word, sign = random.choice(BOUNDS)
    cell = f"{word}{target}{unit}" if word in {"≥", "≤"} else f"{target}{unit}{word}"
    return base, target, sign, [base + unit, cell]


def by(mark: str, before: str = "", behind: str = "") -> Callable[[Grid], str]:
    return lambda grid: "\n".join(before + mark.join(row) + behind for row in grid)


def markdown(grid: Grid) -> str:
    lines = by(" | ", "| ", " |")(grid).split("\n")
    return "\n".join([lines[0], "|" + " --- |" * len(grid[0]), *lines[1:]])


def aligned(grid: Grid) -> str:
    def width(cell: str) -> int:
        return sum(2 if east_asian_width(c) in "FWA" else 1 for c in cell)

    widths = [max(width(row[i]) for row in grid) for i in range(len(grid[0]))]
    return "\n".join("".join(c + " " * (w - width(c) + 3) for c, w in zip(row, widths, strict=True)).rstrip() for row in grid)


LAYOUTS: dict[str, Callable[[Grid], str]] = {
    "tabs": by("\t"),
    "bars": by(" | ", "| ", " |"),
    "markdown": markdown,
    "aligned": aligned,
    "one cell a line": lambda grid: "\n".join(c for row in grid for c in row if c),
    "one cell a line, blank lines": lambda grid: "\n\n".join(c for row in grid for c in row if c),
}


def glued(grid: Grid) -> str:
    """A row a line, nothing between cells but a blank where two numbers would become one."""
    rows = []
    for row in grid:
        words = ""
        for cell in row:
            words += (" " if words[-1:].isdigit() and cell[:1].isdigit() else "") + cell
        rows.append(words)
    return "\n".join(rows)


WITHOUT_EMPTY = {"one cell a line", "one cell a line, blank lines"}


def read(table: str, one_line: bool = False) -> list[Answer]:
    known = knowledge()
    text = f"青岭县质量发展规划（2026—2030年）\n一、发展目标\n表1 质量发展主要指标\n{table}\n二、重点任务\n夯实基础。"
    document = read_text(text.replace("\n", " ") if one_line else text, "paper.txt")
    return [answer(m) for m in compile_plan(document, known.catalogue, known.rulebook).mentions]


def answer(m: Mention) -> Answer:
    return m.indicator, m.role.value, m.year, m.comparator.value, m.value_low, m.value_high, m.unit


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- draws test tables, not secrets


@pytest.mark.parametrize("heads", HEADS, ids=lambda h: h[0] + "|" + h[1])
def test_heads(heads: tuple[str, str]):
    for seed in range(6):
        table = drawn(seeded(seed), heads)
        assert read(by("\t")(table.grid)) == table.answers, by("\t")(table.grid)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str):
    for seed in range(100, 125):
        table = drawn(seeded(seed), HEADS[seed % 4], whole=layout in WITHOUT_EMPTY)
        text = LAYOUTS[layout](table.grid)
        assert read(text) == table.answers, text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_cell_without_a_value(layout: str):
    for seed in range(400, 412):
        random, table = seeded(seed), drawn(seeded(seed), HEADS[0], whole=True)
        grid, answers = [list(row) for row in table.grid], list(table.answers)
        k = random.randrange(1, len(grid))
        grid[k][grid[0].index("2025年")] = random.choice(["—", "-", "/", "－"])
        answers.pop(2 * (k - 1))
        assert read(LAYOUTS[layout](grid)) == answers, LAYOUTS[layout](grid)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_without_a_unit(layout: str):
    for seed in range(500, 512):
        table = drawn(seeded(seed), HEADS[0], unit_in="column", whole=True)
        grid, answers = [list(row) for row in table.grid], list(table.answers)
        k = seeded(seed).randrange(1, len(grid))
        grid[k][grid[0].index("单位")] = ""
        answers[2 * (k - 1) : 2 * k] = [(*a[:6], None) for a in answers[2 * (k - 1) : 2 * k]]
        assert read(LAYOUTS[layout](grid)) == answers, LAYOUTS[layout](grid)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_year_between(layout: str):
    for seed in range(600, 612):
        random, table = seeded(seed), drawn(seeded(seed), HEADS[0], unit_in="column", whole=True)
        column = table.grid[0].index("2030年")
        grid = [[*table.grid[0][:column], "2027年", *table.grid[0][column:]]]
        answers: list[Answer] = []
        for k, row in enumerate(table.grid[1:]):
            value = str(random.randint(2, 90))
            base, target = table.answers[2 * k : 2 * k + 2]
            grid.append([*row[:column], value, *row[column:]])
            answers += [base, (base[0], "target", 2027, "==", value, value, base[6]), target]
        assert read(LAYOUTS[layout](grid)) == answers, LAYOUTS[layout](grid)


def assert_glued_is_read(unit_in: str, *, attribute: bool) -> None:
    tables = [drawn(seeded(seed), HEADS[0], unit_in=unit_in, whole=True) for seed in range(700, 712)]
    chosen = [t for t in tables if attribute == any(cell.endswith("属性") for cell in t.grid[0])]
    assert len(chosen) >= 3
    for table in chosen:
        assert read(glued(table.grid)) == table.answers, glued(table.grid)


@pytest.mark.parametrize("unit_in", ["column", "name", "cell"])
def test_glued(unit_in: str):
    assert_glued_is_read(unit_in, attribute=True)


@pytest.mark.xfail(strict=True, reason="glued rows are read only when an attribute ends their values")
@pytest.mark.parametrize("unit_in", ["column", "name", "cell"])
def test_glued_without_attribute(unit_in: str):
    assert_glued_is_read(unit_in, attribute=False)


@pytest.mark.parametrize("unit_in", ["column", "name", "cell"])
def test_units(unit_in: str):
    for seed in range(200, 215):
        table = drawn(seeded(seed), HEADS[0], unit_in=unit_in)
        assert read(by("\t")(table.grid)) == table.answers, by("\t")(table.grid)


def test_one_line():
    for seed in range(300, 320):
        table = drawn(seeded(seed), HEADS[seed % 3], whole=True)
        text = LAYOUTS["one cell a line"](table.grid)
        assert read(text, one_line=True) == table.answers, text.replace("\n", " ")
