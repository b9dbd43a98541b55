"""Lines of a plain text become paragraphs."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_papers import PROSE, astray, kinds, strings, text

from zhiheng.documents.readers.text import read_text

PAPER = f"""青岭县质量强县建设规划
为提高全县质量总体水平,结合实际,制定本规划。
一、总体要求
(一)指导思想
{PROSE}
(二)主要目标。{PROSE}
——质量效益持续改善。{PROSE}
二、重点任务
1.完善计量服务体系。{PROSE}(责任单位:县市场监管局、县工业和信息化局、县科技局)
{PROSE}
附件:1.重点任务清单
"""
BLOCKS = PAPER.strip().split("\n")


def wrapped(paper: str, width: int, separator: str = "\n") -> str:
    return "\n".join(separator.join(line[i : i + width] for i in range(0, len(line), width)) for line in paper.split("\n"))


@pytest.mark.parametrize("width", [18, 24, 30, 37, 48])
def test_a_paper_set_at_a_width(width: int) -> None:
    assert text(wrapped(PAPER, width)) == BLOCKS


@pytest.mark.parametrize("width", [34, 50])
def test_a_paper_set_at_a_width_of_the_page(width: int) -> None:
    """Half-width digits take half a place, so lines differ in characters but not in width."""
    lines = []
    for line in PAPER.split("\n"):
        rest = line
        while rest:
            taken = next(
                (n for n in range(1, len(rest) + 1) if sum(2 if c > "\u2000" else 1 for c in rest[: n + 1]) > width), len(rest)
            )
            lines.append(rest[:taken])
            rest = rest[taken:]
    assert text("\n".join(lines)) == BLOCKS


def test_a_paper_wrapped_with_indented_paragraphs() -> None:
    paper = "\n".join(textwrap.fill(line, 26, initial_indent="\u3000\u3000") for line in BLOCKS)
    assert text(paper) == BLOCKS


@pytest.mark.parametrize(
    "gap", ["\n", "\n\n", "\n\n- 12 -\n\n", "\n— 12 —\n", "\n\n第 3 页\n", "\n第3页 共12页\n", "\n·3·\n", "\n\n\n"], ids=repr
)
@pytest.mark.parametrize("at", [30, 42, 55, 61])
def test_a_sentence_broken_by_a_page(gap: str, at: int) -> None:
    paper = f"1.打造区域品牌。{PROSE}\n二、保障措施\n"
    assert text(paper[:at] + gap + paper[at:]) == paper.strip().split("\n")


def test_page_numbers_of_a_total() -> None:
    assert text(f"一、总则\n{PROSE[:40]}\n3/12\n{PROSE[40:]}\n4/12\n二、目标") == ["一、总则", PROSE, "二、目标"]
    assert text("完成率\n3/12\n未完成") == ["完成率", "3/12", "未完成"]


def test_what_never_goes_on() -> None:
    paper = [
        "青岭县人民政府关于印发质量强县规划的通知",
        "发布日期:2027-03-01 来源:青岭县人民政府办公室",
        "各镇人民政府,街道办事处,县政府各部门:",
        "青岭县人民政府办公室",
        "2027年3月1日",
        "(四)勇于改革创新突破,建设质量强县样板",
        "以改革促发展,率先探索质量提升的有效路径。",
        "一、现状,问题和形势",
        "一是质量基础不牢,二是人才不足。",
        "表1 主要指标,预期性",
        "注:①为五年累计,②为年均",
    ]
    assert text("\n".join(paper)) == paper
    assert text("\n\n".join(paper)) == paper


def test_a_bracket_or_a_title_left_open_goes_on() -> None:
    assert text("(责任单位:\n县市场监管局、县财政局)") == ["(责任单位:县市场监管局、县财政局)"]
    assert text("地表水达到或好于Ⅲ类断面比例(县\n控以上)") == ["地表水达到或好于Ⅲ类断面比例(县控以上)"]
    assert text("青岭县人民政府关于印发\n青岭县质量强县规划的通知") == ["青岭县人民政府关于印发青岭县质量强县规划的通知"]
    assert text("牵头单位为县市场监管局、\n县工业和信息化局") == ["牵头单位为县市场监管局、县工业和信息化局"]


def test_a_number_broken_between_its_digits() -> None:
    document = read_text("到2027年,全县制造业产品质量合格率达到9\n3.5%以上,绿色工厂达到20家。", "plan.txt")
    [value] = document.texts()
    assert "达到93.5%以上" in value.string
    anchor = value.anchor(value.string.index("93.5"), value.string.index("93.5") + 5)
    assert (anchor.place.line, anchor.start, anchor.end) == (1, 21, 22)


def test_cells_set_out_one_a_line_are_not_joined() -> None:
    cells = [
        "分类",
        "指标,单位",
        "2027年",
        "产品",
        "质量",
        "主要农产品质量安全例行监测合格率,食用农产品在内",
        "98%",
        "≥96",
        "约束性",
        "1",
        "10家",
    ]
    assert text("\n".join(cells)) == cells
    assert text("\n\n".join(cells)) == cells


def test_carriage_returns_and_other_breaks() -> None:
    assert text("一、总则\r\n二、目标\r\n") == ["一、总则", "二、目标"]
    document = read_text("一、总则\r二、目标\x0b三、任务\u2028四、保障", "plan.txt")
    assert strings(document) == ["一、总则", "二、目标", "三、任务", "四、保障"]
    assert [t.anchor().start for t in document.texts()] == [0, 5, 10, 15]


def test_pinyin_and_invisible_characters_inside_words() -> None:
    for noisy in (
        "质(zhì)量强市",
        "质（zhì）量强市",
        "质量(zhì liàng)强市",
        "质zhì量强市",
        "质\u200b量\ufeff强\u00ad市",
        "质(zhi\u0300)量强市",
    ):
        document = read_text(f"一、{noisy}", "plan.txt")
        assert strings(document) == ["一、质量强市"]
        assert not list(astray(document))
    assert text("質(zhì)量提升") == ["質量提升"]
    kept = "新增面积(km)达到20,每分钟(min)一次,品牌(café)一个,每公顷(ha)"
    assert text(kept) == [kept]


def test_pinyin_broken_by_the_width_of_the_page() -> None:
    line = (
        "全市制造业产品质量合格率达到95%以上,主要农产品质量安全例行监测合格率稳定在98%以上,食品质(zhì)量抽检合格率达到99%。"
        + PROSE
    )
    for width in range(20, 30):
        assert "食品质量抽检" in text("\n".join(line[i : i + width] for i in range(0, len(line), width)))[0]


def test_lists() -> None:
    paper = "——质量效益持续改善。\n· 新增品牌20家\n● 新增标准10项\n①推进计量。\n一是加强领导。\n- 新增名牌3个\n普通段落。"
    document = read_text(paper, "plan.md")
    assert kinds(document) == ["item"] * 6 + ["p"]
    assert strings(document)[:4] == ["——质量效益持续改善。", "新增品牌20家", "新增标准10项", "①推进计量。"]


def test_markdown() -> None:
    document = read_text("# 青岭县质量规划\n\n## 一、目标\n\n**到2027年**,合格率达到**95%**以上。\n\n* * *\n", "plan.md")
    assert kinds(document) == ["h1", "h2", "p"]
    assert strings(document)[1:] == ["一、目标", "到2027年,合格率达到95%以上。"]
    assert text("指标12*和15*分别由第三方调查") == ["指标12*和15*分别由第三方调查"]


ALPHABET = "质量强市到年达以上合格率1259.%,。;:、()“”|\t \u3000\u00a0\r\n—-专栏表注一二(zhì)\u200b①·{}<>"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_every_character_stands_where_its_anchor_says(content: str) -> None:
    document = read_text(content, "plan.txt")
    assert list(astray(document)) == []
    assert "\n".join(document.lines) == content


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="质量强市合格率1259%以上,。、", max_size=300))
def test_nothing_that_says_something_is_lost(content: str) -> None:
    assert "".join(text(content)) == "".join(content.split())


@settings(max_examples=60, deadline=None)
@given(st.integers(16, 60), st.sampled_from(["\n", "\r\n"]))
def test_characters_of_a_wrapped_paper_stand_where_their_anchors_say(width: int, end: str) -> None:
    document = read_text(wrapped(PAPER, width).replace("\n", end), "plan.txt")
    assert list(astray(document)) == []
    assert "".join(strings(document)) == "".join(BLOCKS)
