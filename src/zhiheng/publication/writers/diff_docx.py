"""How do the differences of two plans leave as a Word paper? Every changed sentence with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from zhiheng.plans.differences.change import Differences, Subject
from zhiheng.publication.marking import Fate, Piece, marked
from zhiheng.publication.narrative import day_words
from zhiheng.publication.revision import (
    NATURE_COLOURS,
    NATURE_TINTS,
    Row,
    nature_word,
    rows_of,
    subject_word,
    summary,
    title_of,
)
from zhiheng.publication.wording import printable
from zhiheng.publication.writers.official_paper import FANGSONG, TABLE_SIZE, OfficialPaper, run
from zhiheng.publication.writers.paper_table import TableCell, TableColumn, add_table

_AUTHOR = "质衡"
_COLUMNS = (
    TableColumn("序号", 12, centred=True),
    TableColumn("变化", 18, centred=True),
    TableColumn("名称", 42),
    TableColumn("文字（修订标记）", 100),
    TableColumn("变动内容", 45),
    TableColumn("位置（旧 / 新）", 26),
)
_NUMBERS = "一二三四"


def differences_paper(found: Differences, day: date) -> bytes:
    """The bytes of the paper; the tracked changes bear `day`."""
    paper = OfficialPaper("规划版本差异", day, wide=True)
    paper.title("规划版本差异")
    paper.body(f"旧版：{title_of(found.old)}（{found.old.name}）。")
    paper.body(f"新版：{title_of(found.new)}（{found.new.name}）。")
    for said in summary(found):
        paper.body(said if said.endswith("。") else f"{said}。")
    paper.body(f"比对日期：{day_words(day)}。文字一栏中的修订标记可在“审阅”里查看。")
    rows = list(rows_of(found))
    numbers = count(1)
    shown = [s for s in Subject if any(row.subject is s for row in rows)]
    for number, subject in zip(_NUMBERS, shown, strict=False):
        paper.heading(f"{number}、{subject_word(subject)}", 1)
        _add_rows(paper, [row for row in rows if row.subject is subject], day, numbers)
    return paper.content()


def _add_rows(paper: OfficialPaper, rows: Sequence[Row], day: date, numbers: Any) -> None:
    cells: list[list[str | TableCell]] = [
        [
            str(number),
            TableCell(
                "\n".join(nature_word(n) for n in row.natures), NATURE_TINTS[row.natures[0]], NATURE_COLOURS[row.natures[0]]
            ),
            row.name,
            "",
            "\n".join(row.said),
            "\n".join(dict.fromkeys(place for place in (row.place_before, row.place_after) if place)),
        ]
        for number, row in enumerate(rows, 1)
    ]
    add_table(paper, _COLUMNS, cells)
    table = paper.document.tables[-1]
    for row, made in zip(rows, list(table.rows)[1:], strict=True):
        paragraph = made.cells[3].paragraphs[0]
        for piece in _pieces(row):
            _write(paragraph, piece, day, numbers)


def _pieces(row: Row) -> Sequence[Piece]:
    before, after = ("".join(p.text for p in pieces) for pieces in (row.before, row.after))
    if not before:
        return [Piece(Fate.COME, after)]
    if not after:
        return [Piece(Fate.GONE, before)]
    return marked(before, after)


def _write(paragraph: Any, piece: Piece, day: date, numbers: Any) -> None:
    """A run; one that went or came within its mark, as a person who tracks changes would have left it."""
    if not piece.text:
        return
    made = run(paragraph, piece.text, FANGSONG, TABLE_SIZE)._r
    if piece.fate is Fate.KEPT:
        return
    mark = OxmlElement("w:ins" if piece.fate is Fate.COME else "w:del")
    mark.set(qn("w:id"), str(next(numbers)))
    mark.set(qn("w:author"), _AUTHOR)
    mark.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")
    made.addprevious(mark)
    mark.append(made)
    if piece.fate is Fate.GONE:
        for text in made.findall(qn("w:t")):
            text.tag = qn("w:delText")
            text.text = printable(piece.text)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
