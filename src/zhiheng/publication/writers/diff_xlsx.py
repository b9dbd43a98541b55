"""How do the differences of two plans leave as a workbook? A summary, and a sheet for each subject."""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.plans.differences.change import Differences, Nature, Subject
from zhiheng.publication.marking import Piece
from zhiheng.publication.revision import (
    NATURE_COLOURS,
    NATURE_TINTS,
    Row,
    nature_word,
    remarks,
    rows_of,
    subject_word,
    title_of,
)
from zhiheng.publication.writers.workbook import BODY, CENTRED, HEAD, REMARK, TITLE, Book, Cell

_HEADS = ("序号", "变化", "名称", "旧版", "新版", "变动内容", "旧版位置", "新版位置")
_WIDTHS = (6, 12, 26, 42, 42, 32, 18, 18)


def differences_workbook(found: Differences) -> bytes:
    """The bytes of the workbook."""
    book = Book()
    _overview(book, found)
    rows = list(rows_of(found))
    for subject in Subject:
        _sheet(book, subject, [row for row in rows if row.subject is subject])
    return book.content()


def _overview(book: Book, found: Differences) -> None:
    natures = list(Nature)
    heads = ["", *(nature_word(n) for n in natures), "未变"]
    page = book.sheet("概况", [16, *(10 for _ in heads[1:])])
    last = len(heads) - 1
    book.banner(page, 0, last, "规划版本差异", look=TITLE, height=34)
    said = f"旧版：{title_of(found.old)}（{found.old.name}）\n新版：{title_of(found.new)}（{found.new.name}）"
    book.banner(page, 1, last, "\n".join([said, *remarks(found)]), look=REMARK, height=62)
    book.row(page, 2, heads, HEAD)
    for number, subject in enumerate(Subject, 3):
        counts = found.counts(subject)
        cells: list[Cell] = [subject_word(subject), *(counts.get(n, 0) for n in natures), found.unchanged.get(subject, 0)]
        book.row(page, number, cells, CENTRED)


def _sheet(book: Book, subject: Subject, rows: Sequence[Row]) -> None:
    page = book.sheet(subject_word(subject), _WIDTHS)
    book.row(page, 0, _HEADS, HEAD)
    for number, row in enumerate(rows, 1):
        cells = (
            number,
            "、".join(nature_word(n) for n in row.natures),
            row.name,
            _text(row.before),
            _text(row.after),
            "\n".join(row.said),
            row.place_before,
            row.place_after,
        )
        book.row(page, number, cells, BODY)
        colours = {"font_color": NATURE_COLOURS[row.natures[0]], "bg_color": NATURE_TINTS[row.natures[0]], "bold": True}
        book.cell(page, number, 1, cells[1], {**CENTRED, **colours})
        book.fit(page, number, cells, _WIDTHS)
    page.freeze_panes(1, 3)
    page.autofilter(0, 0, max(len(rows), 1), len(_HEADS) - 1)
    page.repeat_rows(0)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
