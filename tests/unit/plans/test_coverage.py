"""Is every number of a paper accounted for: a mention, excluded for a reason, or not understood?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.documents.readers import read_text
from zhiheng.flow.knowledge import knowledge
from zhiheng.plans.compiler import compile_plan
from zhiheng.plans.coverage import read_coverage
from zhiheng.plans.model import Coverage, NumberSeen, Plan, Standing
from zhiheng.plans.outline import read_sections

GENRE = Path(__file__).parents[2] / "fixtures" / "genre"
PAPERS = sorted(GENRE.glob("*.txt"))
# At most so many numbers of a paper may stay not understood.
LEFT_OPEN = 0.125


def compiled(text: str) -> Plan:
    known = knowledge()
    return compile_plan(read_text(text, "paper.txt"), known.catalogue, known.rulebook)


def in_aims(*lines: str) -> Coverage:
    return compiled(
        "\n".join(("青岭县质量发展规划（2026—2030年）", "一、发展目标", *lines, "二、重点任务", "夯实基础。"))
    ).coverage


def standing(coverage: Coverage, text: str) -> list[tuple[str, str]]:
    return [(n.standing.value, n.reason) for n in coverage.numbers if n.text == text and n.anchor.place.line == 3]


def numbers(coverage: Coverage) -> set[tuple[str, int | None, int]]:
    return {(n.text, n.anchor.place.line, n.anchor.start) for n in coverage.numbers}


def meets(seen: NumberSeen, line: int | None, start: int, end: int) -> bool:
    return seen.anchor.place.line == line and seen.anchor.start < end and start < seen.anchor.end


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_counts_add_up_and_hold_every_mention(paper: Path):
    plan = compiled(paper.read_text("utf-8"))
    coverage = plan.coverage
    assert coverage.total == len(coverage.numbers) == sum(map(coverage.count, Standing))
    for m in plan.mentions:
        if any(c.isdigit() for c in m.text):
            there = [n for n in coverage.numbers if meets(n, m.anchor.place.line, m.anchor.start, m.anchor.end)]
            assert there, m
            assert all(n.standing is Standing.MENTION for n in there), m


def _goes_on(lines: list[str], at: int, i: int) -> bool:
    """Whether a digit is the rest of a number that began on the line before."""
    return all(c.isdecimal() for c in lines[at - 1][:i]) and lines[at - 2][-1:].isdecimal()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_every_digit_run_is_seen(paper: Path):
    text = paper.read_text("utf-8")
    seen = compiled(text).coverage.numbers
    lines = text.split("\n")
    where = {(n.anchor.place.line, i) for n in seen for i in range(n.anchor.start, n.anchor.end)}
    unseen = {
        (at, i)
        for at, line in enumerate(lines, 1)
        for i, c in enumerate(line)
        if c.isdecimal() and (at, i) not in where and not _goes_on(lines, at, i)
    }
    # Furniture around the paper (visits, links, numbers of pages) is no part of the document.
    document = read_text(text, "paper.txt")
    kept = {(a.place.line, i) for t in document.texts() for a in t.anchors(0, len(t)) for i in range(a.start, a.end)}
    assert not unseen & kept


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_few_numbers_stay_open(paper: Path):
    coverage = compiled(paper.read_text("utf-8")).coverage
    open_ones = [n for n in coverage.numbers if n.standing is Standing.NOT_UNDERSTOOD]
    assert len(open_ones) <= LEFT_OPEN * coverage.total, [(n.text, n.anchor.place.line) for n in open_ones]


@pytest.mark.parametrize(
    ("sentence", "number", "reason"),
    [
        ("根据青政发〔2024〕17号文件，加强监管。", "17", "document number"),
        ("2026年3月5日，县政府召开会议。", "2026", "date"),
        ("咨询电话0570-0000000。", "0570", "telephone"),
        ("推动“1+3+N”布局落地。", "1", "quoted label"),
        ("采用GB/T 19001标准。", "19001", "inside a unit or code"),
        ("建设3A级景区。", "3", "grade"),
        ("到2030年，质量工作再上台阶。", "2030", "year"),
        ("实施《2026—2030年质量提升方案》。", "2030", "document title"),
    ],
)
def test_what_is_no_quantity_is_excluded_for_its_reason(sentence: str, number: str, reason: str):
    assert standing(in_aims(sentence), number) == [("excluded", reason)]


def test_a_number_nobody_understands_is_reported():
    assert standing(in_aims("竹编口令7319，山水相逢。"), "7319") == [("not_understood", "")]


def test_a_mention_counts_as_one_with_all_its_numbers():
    coverage = in_aims("竹制品抽检合格率由92.4%提高到96%，培育企业三家。")
    assert [(n.text, n.standing.value) for n in coverage.numbers if n.anchor.place.line == 3] == [
        ("92.4", "mention"),
        ("96", "mention"),
        ("三", "mention"),
    ]


def test_a_compiler_that_reads_less_only_lengthens_the_list():
    text = (GENRE / "p1_plan_city.txt").read_text("utf-8")
    document = read_text(text, "paper.txt")
    blind = read_coverage(document, read_sections(document), [], [])
    seeing = compiled(text).coverage
    assert numbers(blind) == numbers(seeing)
    assert blind.count(Standing.MENTION) == 0
    open_before = {(n.anchor.place.line, n.anchor.start) for n in seeing.numbers if n.standing is Standing.NOT_UNDERSTOOD}
    open_after = {(n.anchor.place.line, n.anchor.start) for n in blind.numbers if n.standing is Standing.NOT_UNDERSTOOD}
    assert open_before <= open_after


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["竹制品合格率", "96%", "12家", "达到", "，", "。", "三个", "2030年", " ", "\n", "7", "第2批"]),
        max_size=40,
    )
)
def test_counts_add_up_for_any_words(words: list[str]):
    coverage = in_aims("".join(words))
    assert coverage.total == sum(map(coverage.count, Standing))
    assert all(n.reason or n.standing is not Standing.EXCLUDED for n in coverage.numbers)
