"""Tables drawn in a plain text."""

from __future__ import annotations

import pytest
from sample_papers import PROSE, astray, kinds, strings, table, text

from zhiheng.documents.readers.text import read_text

ROWS = [
    ["序号", "指标", "单位", "2025年", "2030年", "属性"],
    ["1", "制造业产品质量合格率", "%", "94.5", "≥96", "预期性"],
    ["2", "主要农产品质量安全例行监测合格率", "%", "98.7", "98以上", "约束性"],
    ["3", "公共服务质量满意度", "", "79.66", "82", "预期性"],
    ["4", "单位工业增加值能耗降低", "%", "〔16.8〕", "〔15〕", "约束性"],
]


def cells_wide(string: str) -> int:
    return sum(2 if c > "\u2000" else 1 for c in string)


def padded(rows: list[list[str]], wide: bool = True) -> list[str]:
    size = cells_wide if wide else len
    widths = [max(size(row[k]) for row in rows) + 3 for k in range(len(rows[0]))]
    return [
        "".join(cell + " " * (width - size(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


SHAPES = {
    "tabs": ["\t".join(row) for row in ROWS],
    "bars at the ends": [f"| {' | '.join(row)} |" for row in ROWS],
    "markdown": [f"|{'|'.join(ROWS[0])}|", "|:---|---:|" + "---|" * 4, *(f"|{'|'.join(row)}|" for row in ROWS[1:])],
    "full-width rule": [
        f"| {' | '.join(ROWS[0])} |",
        "| ：--- | ：---： |" + " --- |" * 4,
        *(f"| {' | '.join(row)} |" for row in ROWS[1:]),
    ],
    "bars between": [" | ".join(row) for row in ROWS],
    "full-width bars": ["｜".join(row) for row in ROWS],
    "box": ["┌──┬──┐", *(f"│{'│'.join(row)}│" for row in ROWS), "└──┴──┘"],
    "plus and minus": ["+----+----+", *(f"|{'|'.join(row)}|" for row in ROWS), "+----+----+"],
    "columns of the page": padded(ROWS),
    "columns of characters": padded(ROWS, wide=False),
    "full-width blanks": [line.replace("  ", "\u3000") for line in padded(ROWS)],
    "runs of blanks, not aligned": ["   ".join(row) for row in ROWS],
    "no-break spaces": ["\u00a0\u00a0\u00a0".join(row) for row in ROWS],
}


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\r\n"], ids=["close", "apart", "crlf"])
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str, blank: str) -> None:
    document = read_text(blank.join(["表1 主要指标", *SHAPES[shape], "注:〔〕内为五年累计数。", PROSE]), "plan.txt")
    assert table(document) == ROWS
    assert kinds(document) == ["p", "table", "p", "p"]
    assert not list(astray(document))


def test_empty_cells_under_a_category_stay_empty() -> None:
    document = read_text("类别\t指标\t目标\n产品\t合格率\t95%\n\t抽检率\t98%\n环境\t优良率\t90%", "plan.txt")
    assert table(document)[2] == ["", "抽检率", "98%"]
    document = read_text("| 类别 | 指标 | 目标 |\n| 产品 | 合格率 | 95% |\n| | 抽检率 | 98% |", "plan.txt")
    assert table(document)[2] == ["", "抽检率", "98%"]


def test_a_cell_wrapped_under_itself() -> None:
    lines = padded(ROWS)
    at = cells_wide(lines[2][: lines[2].index("主要")])
    lines[2] = lines[2].replace("例行监测合格率", " " * 14)
    document = read_text("\n".join([*lines[:3], " " * at + "例行监测合格率", *lines[3:]]), "plan.txt")
    assert table(document) == ROWS
    assert not list(astray(document))


def test_a_row_broken_inside_a_cell() -> None:
    lines = ["\t".join(row) for row in ROWS]
    lines[2] = lines[2].replace("安全例行", "安全\n例行")
    assert table(read_text("\n".join(lines), "plan.txt")) == ROWS
    lines = [f"| {' | '.join(row)} |" for row in ROWS]
    lines[2] = lines[2].replace("安全例行", "安全\n例行")
    assert table(read_text("\n".join(lines), "plan.txt")) == ROWS


def test_a_head_set_in_two_lines() -> None:
    lines = padded(ROWS)
    head = lines[0].replace("序号", "序  ").replace("属性", "指标")
    below = padded([["号", "指标", "单位", "(基期)", "(目标)", "属性"], *ROWS[1:]])[0]
    head = "序" + " " * (lines[0].index("2025年") + 10) + head[head.index("2025年") :]
    first = table(read_text("\n".join([head, below, *lines[1:]]), "plan.txt"))[0]
    assert first == ["序号", "指标", "单位", "2025年(基期)", "2030年(目标)", "指标属性"]


def test_cells_with_breaks_as_a_spreadsheet_copies_them() -> None:
    document = read_text('序号\t指标\t目标\n1\t"绿色工厂\n绿色园区"\t"10\n3"\n2\t"质量标杆"\t5', "plan.txt")
    assert table(document) == [["序号", "指标", "目标"], ["1", "绿色工厂\n绿色园区", "10\n3"], ["2", "质量标杆", "5"]]
    assert not list(astray(document))


def test_a_title_across_the_row() -> None:
    document = read_text("指标\t2025年\t2030年\n一类指标\n合格率\t94\t96\n抽检率\t97\t98", "plan.txt")
    assert table(document)[1] == ["一类指标"] * 3


def test_particulars_in_bars() -> None:
    document = read_text(
        "索 引 号: | 113300/2027-01 | 主题分类: | 综合政务 |\n标 题: | 关于印发规划的通知 | ||\n一、总则", "plan.txt"
    )
    assert table(document)[1] == ["标 题:", "关于印发规划的通知", "", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["索引号：LH0100  主题分类：综合  发文日期：2027年3月1日", "来源：县政府办  发布时间：2027-03-05"],
        ["市  长  沈  远  川", "2027年1月12日"],
        ["第一章　总则", "第二章　目标"],
        ["1.\t加强组织领导。" + PROSE, "2.\t强化考核。" + PROSE],
        ["“五气共治”工程。   在石化、有机化工等重点行业全面开展污染治理。", "土壤整治工程。   抓好处置设施建设。"],
        ["青岭县人民政府办公室          2027年3月1日印发"],
        ["标准号为A|B的一种"],
    ],
)
def test_what_is_no_table(lines: list[str]) -> None:
    assert "table" not in kinds(read_text("\n".join(lines), "plan.txt"))
    assert len(text("\n".join(lines))) == len(lines)


def test_two_tables_are_numbered_in_turn() -> None:
    document = read_text("\n".join([*SHAPES["tabs"], "表2 年度分解", *SHAPES["markdown"]]), "plan.txt")
    assert strings(document)[1] == "表2 年度分解"
    assert table(document, 1) == table(document, 2) == ROWS
