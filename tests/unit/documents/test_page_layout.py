"""How printed pages become blocks: on pages made by hand, whose every place is known."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_papers import strings

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits
from zhiheng.documents.readers.page_layout import lay_out_pages, page_numbers
from zhiheng.documents.readers.pages import Page, Rule, Run
from zhiheng.documents.tree import Document, Format, Note, Table

WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE, STEP = 80.0, 14.0, 25.0
FULL = 31  # characters of a whole line


def run(string: str, x: float = LEFT, y: float = 100.0, size: float = SIZE, *, damaged: bool = False) -> Run:
    """Characters side by side from x, y, the upper left corner; a figure or a Latin letter takes half the room."""
    edges: list[float] = []
    for character in string:
        wide = size * (0.5 if character < "\u0100" else 1.0)
        edges += (x, y, x + wide, y + size)
        x += wide
    return Run(string, array("f", edges), size, damaged)


def page(*runs: Run, rules: Sequence[Rule] = (), number: int = 1, pictured: float = 0.0) -> Page:
    return Page(number, WIDTH, HEIGHT, runs, tuple(rules), pictured)


def laid_out(*pages: Page) -> Document:
    blocks, problems = lay_out_pages(pages, "plan.pdf", Limits())
    return Document("plan.pdf", Format.PDF, blocks, problems=problems)


def prose(text: str, y: float = 100.0, x: float = LEFT, full: int = FULL, indent: int = 2) -> list[Run]:
    """A paragraph as it is set: the first line in by two, whole lines, a last one."""
    lines = [text[: full - indent], *(text[i : i + full] for i in range(full - indent, len(text), full))]
    return [run(line, x + (0 if i else indent * SIZE), y + i * STEP) for i, line in enumerate(lines)]


ONE = "到二〇三〇年全县制造业产品质量合格率达到百分之九十六以上，食品抽检合格率保持在百分之九十九以上，质量满意度稳步提高。"
TWO = "各镇各部门要把质量工作摆上重要位置，建立台账，定期调度，确保各项任务落到实处，让群众看得见质量的变化，感受得到好处。"
SHORT = "以上各项由县质量强县领导小组办公室负责解释。"


def test_lines_become_paragraphs() -> None:
    runs = [*prose(ONE), *prose(TWO, 175), *prose(SHORT, 250)]
    assert strings(laid_out(page(*runs))) == [ONE, TWO, SHORT]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = prose(ONE + TWO)
    first = [*prose(SHORT, 60), *lines[:2]]
    rest = [Run(r.string, run(r.string, r.edges[0], 80 + i * STEP).edges, SIZE) for i, r in enumerate(lines[2:])]
    found = laid_out(page(*first), page(*rest, *prose(SHORT, 300), number=2))
    assert strings(found) == [SHORT, ONE + TWO, SHORT]
    text = found.blocks[1].text  # type: ignore[union-attr]
    assert [text.anchor(0, 1).place.page, text.anchor(len(text.string) - 1, len(text.string)).place.page] == [1, 2]


def test_heads_feet_and_numbers_are_dropped() -> None:
    pages = [
        page(run("青岭县质量强县建设规划", 200, 40, 9), *prose(ONE), *prose(TWO, 180), run(f"— {n} —", 270, 800), number=n)
        for n in (1, 2, 3)
    ]
    assert strings(laid_out(*pages)) == [ONE, TWO] * 3


def test_a_line_that_stands_alone_near_the_edge_is_kept() -> None:
    pages = [page(*prose(ONE), run("附件：任务分工表", LEFT, 780), number=1), page(*prose(TWO), number=2)]
    assert "附件：任务分工表" in strings(laid_out(*pages))


def test_two_columns() -> None:
    left = [r for i in range(5) for r in prose(f"左栏第{i}段" + "左" * 20 + "。", 100 + i * 80, LEFT, 15)]
    right = [r for i in range(5) for r in prose(f"右栏第{i}段" + "右" * 20 + "。", 100 + i * 80, 330, 15)]
    mixed = [r for pair in zip(left, right, strict=True) for r in pair]
    found = [s[:2] for s in strings(laid_out(page(*mixed)))]
    assert found == ["左栏"] * 5 + ["右栏"] * 5


CELLS = [["指标", "单位", "目标"], ["合格率", "%", "96"], ["满意度", "分", "85"]]
XS, YS = (80.0, 240.0, 340.0, 480.0), (200.0, 230.0, 260.0, 290.0)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    across = [Rule(xs[0], y, xs[-1], y + 0.5) for y in ys]
    return [*across, *(Rule(x, ys[0], x + 0.5, ys[-1]) for x in xs)]


def in_cells(cells: Sequence[Sequence[str]], xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Run]:
    return [run(s, xs[c] + 6, ys[r] + 7) for r, row in enumerate(cells) for c, s in enumerate(row) if s]


def grids(document: Document) -> list[list[list[str]]]:
    return [[[t.string for t in row] for row in b.grid()] for b in document.blocks if isinstance(b, Table)]


def test_ruled_tables() -> None:
    found = laid_out(page(*prose(ONE), *in_cells(CELLS), *prose(TWO, 400), rules=ruled(XS, YS)))
    assert grids(found) == [CELLS]
    assert [type(b).__name__ for b in found.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_lines_in_short_pieces_are_one_line() -> None:
    pieces = [
        *(Rule(a, y, b, y + 0.5) for y in YS for a, b in pairwise(XS)),
        *(Rule(x, a, x + 0.5, b) for x in XS for a, b in pairwise(YS)),
    ]
    assert grids(laid_out(page(*in_cells(CELLS), rules=pieces))) == [CELLS]


def test_merged_cells() -> None:
    rules = [r for r in ruled(XS, YS) if not (r.left == XS[0] and r.right == XS[-1] and r.top == YS[2])]
    rules.append(Rule(XS[1], YS[2], XS[-1], YS[2] + 0.5))
    cells = [["类别", "单位", "目标"], ["产品", "%", "96"], ["", "分", "85"]]
    (table,) = [b for b in laid_out(page(*in_cells(cells), rules=rules)).blocks if isinstance(b, Table)]
    assert next(c.row_span for c in table.cells if c.text.string == "产品") == 2


def test_cells_of_several_lines() -> None:
    ys = (200.0, 260.0, 320.0)
    xs = (80.0, 200.0, 400.0)
    runs = [
        run("指标", 86, 220),
        run("目标", 206, 220),
        run("制造业产品质量", 86, 265),
        run("合格率", 86, 285),
        run("100", 206, 265),
        run("200", 206, 285),
    ]
    assert grids(laid_out(page(*runs, rules=ruled(xs, ys)))) == [[["指标", "目标"], ["制造业产品质量合格率", "100\n200"]]]


def test_a_table_goes_on_on_the_next_page() -> None:
    more = [CELLS[0], ["投诉办结率", "%", "98"], ["优良天数", "天", "330"]]
    low = (680.0, 710.0, 740.0, 770.0)
    first = page(*prose(ONE), *in_cells(CELLS, ys=low), rules=ruled(XS, low))
    high = (60.0, 90.0, 120.0, 150.0)
    second = page(*in_cells(more, ys=high), *prose(TWO, 300), rules=ruled(XS, high), number=2)
    assert grids(laid_out(first, second)) == [[*CELLS, *more[1:]]]


def test_two_tables_of_other_columns_stay_two() -> None:
    low, high, xs = (680.0, 710.0, 740.0, 770.0), (60.0, 90.0, 120.0, 150.0), (80.0, 300.0, 480.0)
    first = page(*prose(ONE), *in_cells(CELLS, ys=low), rules=ruled(XS, low))
    other = [["任务", "单位"], ["抽查", "市场监管局"], ["宣传", "宣传部"]]
    second = page(*in_cells(other, xs, high), *prose(TWO, 300), rules=ruled(xs, high), number=2)
    assert grids(laid_out(first, second)) == [CELLS, other]


def test_columns_that_only_stand_below_each_other() -> None:
    assert grids(laid_out(page(*prose(ONE), *in_cells(CELLS), *prose(TWO, 400)))) == [CELLS]


def test_a_frame_around_text_is_no_table() -> None:
    frame = ruled((70.0, 540.0), (90.0, 200.0))
    found = laid_out(page(*prose(ONE), rules=frame))
    assert grids(found) == [] and strings(found) == [ONE]


def test_footnotes_are_notes() -> None:
    mark = run("1", LEFT + 14 * 10, 97, 7)
    note = run("1", LEFT, 742, 7), run("指首次抽检的合格率。", LEFT + 6, 742, 9)
    runs = [*prose(ONE), *prose(TWO, 180), mark, *note]
    found = laid_out(page(*runs, rules=[Rule(LEFT, 735, LEFT + 150, 735.5)]))
    assert [b.text.string for b in found.blocks if isinstance(b, Note)] == ["指首次抽检的合格率。"]


def test_what_is_struck_out_is_no_text() -> None:
    runs = [*prose(ONE), run("原定目标作废", LEFT + 2 * SIZE, 200), *prose(TWO, 250)]
    found = laid_out(page(*runs, rules=[Rule(LEFT + 28, 207, LEFT + 28 + 6 * SIZE, 207.6)]))
    assert strings(found) == [ONE, TWO]
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.struck_out", {"pages": "1"})]


def test_a_rule_under_words_is_no_stroke_through_them() -> None:
    runs = [*prose(ONE), run("重点任务", LEFT + 2 * SIZE, 200), *prose(TWO, 250)]
    found = laid_out(page(*runs, rules=[Rule(LEFT + 28, 214.5, LEFT + 28 + 4 * SIZE, 215)]))
    assert "重点任务" in strings(found) and found.problems == ()


def test_words_drawn_twice_to_look_bold_count_once() -> None:
    runs = [run("一、总体要求", LEFT, 100), run("一、总体要求", LEFT + 0.4, 100), *prose(ONE, 140)]
    assert strings(laid_out(page(*runs)))[0] == "一、总体要求"


def test_pages_of_pictures() -> None:
    with pytest.raises(DataError) as caught:
        laid_out(page(pictured=0.9), page(pictured=1.0, number=2))
    assert caught.value.code == "documents.scanned"
    found = laid_out(page(*prose(ONE)), page(pictured=0.9, number=2), page(pictured=0.9, number=3))
    assert [dict(p.facts) for p in found.problems] == [{"pages": "2-3"}]


def test_characters_without_meaning() -> None:
    with pytest.raises(DataError) as caught:
        laid_out(page(run("\ue001" * 40, damaged=True)))
    assert caught.value.code == "documents.unreadable_font"
    found = laid_out(page(*prose(ONE), *prose(TWO, 180), run("\ue001\ue002", LEFT, 300, damaged=True)))
    assert [p.code for p in found.problems] == ["documents.font_without_unicode"]
    assert "\ue001" not in "".join(strings(found))


def test_page_numbers_in_words() -> None:
    assert page_numbers([1, 2, 3, 7, 9, 10]) == "1-3、7、9-10"


WHOLE = [*prose(ONE), *in_cells(CELLS), *prose(TWO, 400)]


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(chance: Random) -> None:
    mixed = list(WHOLE)
    chance.shuffle(mixed)
    assert laid_out(page(*mixed, rules=ruled(XS, YS))).blocks == laid_out(page(*WHOLE, rules=ruled(XS, YS))).blocks


def test_characters_one_by_one_say_the_same() -> None:
    apart = [Run(r.string[i], r.edges[4 * i : 4 * i + 4], r.size) for r in WHOLE for i in range(len(r.string))]
    assert strings(laid_out(page(*apart, rules=ruled(XS, YS)))) == strings(laid_out(page(*WHOLE, rules=ruled(XS, YS))))


@given(st.floats(0.5, 3), st.floats(-20, 20), st.floats(-20, 20))
def test_the_measure_of_the_sheet_does_not_matter(scale: float, right: float, down: float) -> None:
    def to(x: float, y: float) -> tuple[float, float]:
        return (x + right) * scale, (y + down) * scale

    runs = []
    for r in WHOLE:
        edges = array("f")
        for i in range(0, len(r.edges), 4):
            edges.extend((*to(r.edges[i], r.edges[i + 1]), *to(r.edges[i + 2], r.edges[i + 3])))
        runs.append(Run(r.string, edges, r.size * scale))
    rules = [Rule(*to(r.left, r.top), *to(r.right, r.bottom)) for r in ruled(XS, YS)]
    made = Page(1, WIDTH * scale, HEIGHT * scale, tuple(runs), tuple(rules))
    assert strings(laid_out(made)) == strings(laid_out(page(*WHOLE, rules=ruled(XS, YS))))


def test_a_page_full_of_tiny_things_ends() -> None:
    chance = Random(7)  # noqa: S311
    runs = [run("质", chance.uniform(0, 590), chance.uniform(0, 840), 3) for _ in range(20_000)]
    rules = [Rule(x, y, x + 20, y + 0.4) for x, y in ((chance.uniform(0, 590), chance.uniform(0, 840)) for _ in range(5_000))]
    try:
        laid_out(page(*runs, rules=rules))
    except DataError as error:
        assert error.code.startswith("documents.")
