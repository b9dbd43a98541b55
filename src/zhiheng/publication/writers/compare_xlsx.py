"""How do plans side by side leave as a workbook? Shared indicators, look-alikes, and what only one place has."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zhiheng.plans.comparison.model import Comparison, Demand, Line
from zhiheng.plans.model import Comparator, Target
from zhiheng.publication.quoting import place_words
from zhiheng.publication.side_by_side import (
    ambition_words,
    by_area,
    caution_words,
    cell_remarks,
    columns,
    obstacle_words,
    reason_words,
    resembling,
)
from zhiheng.publication.wording import target_words
from zhiheng.publication.writers.workbook import BODY, CENTRED, HEAD, REMARK, TITLE, Book, Cell

_OF_A_PLAN = (("界限", 9), ("目标值", 10), ("年份", 8), ("基期值", 11), ("每年", 18), ("备注", 22), ("出处", 16))
_NOT_COMPARABLE = {**BODY, "font_color": "985000", "bg_color": "FCEFDC"}
_GROUP = {**BODY, "bold": True, "bg_color": "E8EDF3"}


def comparison_workbook(comparison: Comparison) -> bytes:
    """The bytes of the workbook."""
    book = Book()
    _lines_sheet(book, "共有指标", comparison, comparison.shared)
    _resembling_sheet(book, comparison)
    _lines_sheet(book, "仅一地有", comparison, comparison.alone)
    return book.content()


def _lines_sheet(book: Book, name: str, comparison: Comparison, lines: tuple[Line, ...]) -> None:
    widths = [28, 9, *(width for _ in comparison.used for _, width in _OF_A_PLAN)]
    page = book.sheet(name, widths)
    book.banner(page, 0, 9, "规划指标对比", look=TITLE, height=34)
    book.banner(page, 1, 9, "\n".join(caution_words(comparison)) or "各地数字以规划原文为准。", look=REMARK, height=62)
    names = [columns(comparison)[i] for i in comparison.used]
    book.row(page, 2, ["", "", *(cell for n in names for cell in (n, *[""] * (len(_OF_A_PLAN) - 1)))], HEAD)
    book.row(page, 3, ["指标", "单位", *(head for _ in names for head, _ in _OF_A_PLAN)], HEAD)
    number = 4
    for area, members in by_area(lines).items():
        book.row(page, number, [area, *[None] * (len(widths) - 1)], _GROUP)
        number += 1
        for line in members:
            cells: list[Cell] = [line.name, line.filled[0].target.unit or ""]
            book.row(page, number, cells, BODY)
            for plan, figure in enumerate(line.cells[i] for i in comparison.used):
                shown = _figure(figure)
                cells += shown
                apart = figure is not None and not figure.comparable
                for column, cell in enumerate(shown, 2 + plan * len(_OF_A_PLAN)):
                    book.cell(page, number, column, cell, _NOT_COMPARABLE if apart else BODY)
            book.fit(page, number, cells, widths)
            number += 1
    page.freeze_panes(4, 2)
    page.repeat_rows(2, 3)


def _figure(figure: Demand | None) -> Sequence[Cell]:
    if figure is None:
        return [None] * len(_OF_A_PLAN)
    target = figure.target
    base = Fraction(target.baseline.value) if target.baseline and not target.baseline.floor else None
    if target.baseline and target.baseline.floor:
        shown_base: Cell = f"≥{target.baseline.value}"
    else:
        shown_base = base
    remarks = cell_remarks(figure)
    if not figure.comparable:
        remarks.insert(0, "不可直接比较")
    bound, value = _bound_and_value(target)
    return [
        bound,
        value,
        target.year,
        shown_base,
        ambition_words(figure.ambition, target.unit),
        "；".join(remarks) or None,
        place_words(target.anchor, ()) or None,
    ]


def _bound_and_value(target: Target) -> tuple[Cell, Cell]:
    """What stands before the number (新增≥), and the number; a target without a single number as words."""
    said, words = target.value_low if target.value_low is not None else target.value_high, target_words(target)
    if said is None or said not in words or target.comparator_judged is Comparator.RANGE:
        return None, words
    return words.partition(said)[0] or None, Fraction(said)


def _resembling_sheet(book: Book, comparison: Comparison) -> None:
    widths = (34, 34, 22, 70)
    page = book.sheet("形似而不可比", widths)
    book.row(page, 0, ("指标", "与之相似的指标", "差别", "为什么不可比"), HEAD)
    number = 0
    for number, (line, found) in enumerate(resembling(comparison), 1):
        cells = (line.name, found.name, obstacle_words(found.differ), reason_words(found, line))
        book.row(page, number, cells, BODY)
        book.cell(page, number, 2, cells[2], CENTRED)
        book.fit(page, number, cells, widths)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(number, 1), 3)
