"""How does a sheet of ours look, and how does each kind of cell leave? Print set-up, styles, exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from zhiheng.base.quantity import decimal_places, exact
from zhiheng.evidence.intake.outgoing import OutgoingBook
from zhiheng.judgement.verdict import Verdict
from zhiheng.publication.wording import VERDICT_COLOURS, VERDICT_TINTS, printed_width

Cell = str | int | Fraction | None
Look = dict[str, Any]

_INK, _LINE = "1F3A5F", "B8C2CC"
_BOX: Look = {"font_size": 10, "border": 1, "border_color": _LINE}
HEAD: Look = {**_BOX, "bold": True, "font_color": "FFFFFF", "bg_color": _INK, "align": "center", "text_wrap": True}
TITLE: Look = {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"}
REMARK: Look = {"font_size": 10, "text_wrap": True, "font_color": "444444"}
BODY: Look = {**_BOX, "text_wrap": True}
CENTRED: Look = {**BODY, "align": "center"}


def verdict_look(verdict: Verdict) -> Look:
    """A cell in the colours of a verdict."""
    colours = {"font_color": VERDICT_COLOURS[verdict], "bg_color": VERDICT_TINTS[verdict]}
    return {**CENTRED, "bold": True, **colours}


class Book:
    """A workbook under construction."""

    def __init__(self) -> None:
        self._book = OutgoingBook()

    def content(self) -> bytes:
        """The finished file."""
        return self._book.content()

    def sheet(self, name: str, widths: Sequence[int], *, hidden: bool = False) -> Any:
        """A sheet that prints on A4 landscape, one page wide."""
        page = self._book.sheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.set_footer("&C第 &P 页，共 &N 页")
        if hidden:
            page.hide()
        return page

    def banner(self, page: Any, row: int, last_column: int, text: str, *, look: Look, height: float) -> None:
        """A text over the whole width."""
        page.merge_range(row, 0, row, last_column, "", self._book.look(**look))
        self._book.write_text(page, row, 0, text, **look)
        page.set_row(row, height)

    @staticmethod
    def fit(page: Any, row: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
        """Make the row as high as its fullest cell needs: not every program does so by itself."""
        lines = max((_lines(str(c), w) for c, w in zip(cells, widths, strict=False) if c is not None), default=1)
        page.set_row(row, min(6 + 14 * lines, 400))

    def row(self, page: Any, number: int, cells: Iterable[Cell], look: Look) -> None:
        """Cells side by side in one look."""
        for column, cell in enumerate(cells):
            self.cell(page, number, column, cell, look)

    def cell(self, page: Any, row: int, column: int, cell: Cell, look: Look) -> None:
        """A text as text; an exact number as a number where a cell holds it exactly, else as text."""
        match cell:
            case None:
                page.write_blank(row, column, None, self._book.look(**look))
            case str():
                self._book.write_text(page, row, column, cell, **look)
            case int():
                page.write_number(row, column, cell, self._book.look(**look))
            case Fraction():
                self._amount(page, row, column, cell, look)

    def _amount(self, page: Any, row: int, column: int, amount: Fraction, look: Look) -> None:
        places = decimal_places(amount)
        if places is None or Fraction(repr(float(amount))) != amount or len(exact(amount)) > 15:
            self._book.write_text(page, row, column, exact(amount), **look)
        else:
            shown = {**look, "num_format": "0." + "0" * places if places else "0"}
            page.write_number(row, column, float(amount), self._book.look(**shown))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, on the cautious side."""
    room = max(width - 2, 2)
    return sum(max(1, -(-printed_width(line) // room)) for line in text.split("\n"))
