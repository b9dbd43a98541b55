"""How do the plan's form and the table of a run leave as Excel workbooks?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhiheng.base.quantity import BASIS_LABELS, exact
from zhiheng.evidence.intake.columns import ASSIGNED_LABEL, PROOF_LABELS
from zhiheng.evidence.intake.columns import Column as FigureColumn
from zhiheng.evidence.ratios import known_scale
from zhiheng.indicators.value import IndicatorValue
from zhiheng.plans.form import MARK, Sheet, form_sheets
from zhiheng.plans.model import Comparator, Plan
from zhiheng.publication.findings import Finding, Findings
from zhiheng.publication.heads import Head
from zhiheng.publication.narrative import day_words, needed_words, overall, report_title, rules_words
from zhiheng.publication.wording import SIGNS, VERDICT_WORDS, percent_words, source_words
from zhiheng.publication.writers.workbook import BODY, CENTRED, HEAD, REMARK, TITLE, Book, Cell, verdict_look

TABLE, EARLIER, HISTORY = "监测一览表", "上期目标", "其他时期数据"


def form_workbook(plan: Plan) -> bytes:
    """The bytes of the plan's Excel form, to correct by hand and hand in again."""
    book = Book()
    for sheet in form_sheets(plan):
        _form_sheet(book, sheet)
    return book.content()


def _form_sheet(book: Book, sheet: Sheet) -> None:
    page = book.sheet(sheet.name, sheet.widths, hidden=sheet.hidden)
    book.row(page, 0, sheet.header, HEAD)
    for number, row in enumerate(sheet.rows, 1):
        book.row(page, number, row, {**BODY, "align": "left"})
        shown = [c if i not in sheet.folded else None for i, c in enumerate(row)]
        book.fit(page, number, shown, sheet.widths)
    for column in sheet.folded:
        page.set_column(column, column, sheet.widths[column], None, {"level": 1, "hidden": True})
    last = max(len(sheet.rows), 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    page.freeze_panes(1, 3 if len(sheet.header) > 6 else 0)
    for column, words in sheet.choices.items():
        page.data_validation(1, column, last + 500, column, {"validate": "list", "source": list(words)})
    if sheet.name != MARK and not sheet.hidden:
        page.autofilter(0, 0, last, len(sheet.header) - 1)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column that people read; the figures to import again follow in columns of their own."""

    header: Head
    width: int
    centred: bool = False


_SHOWN = (
    _Shown(Head.NUMBER, 5, centred=True),
    _Shown(Head.GROUP, 10, centred=True),
    _Shown(Head.INDICATOR, 30),
    _Shown(Head.ATTRIBUTE, 8, centred=True),
    _Shown(Head.GOAL, 14, centred=True),
    _Shown(Head.YEAR, 8, centred=True),
    _Shown(Head.BASELINE, 11, centred=True),
    _Shown(Head.LATEST, 12, centred=True),
    _Shown(Head.VERDICT, 11, centred=True),
    _Shown(Head.SHARE, 9, centred=True),
    _Shown(Head.ELAPSED, 8, centred=True),
    _Shown(Head.REASON, 46),
    _Shown(Head.UNITS, 18),
)
_FIGURES = (
    (FigureColumn.PLACE, 9),
    (FigureColumn.PERIOD, 10),
    (FigureColumn.VALUE, 10),
    (FigureColumn.NUMERATOR, 9),
    (FigureColumn.DENOMINATOR, 9),
    (FigureColumn.UNIT, 10),
    (FigureColumn.BASIS, 9),
    (FigureColumn.SOURCE, 16),
    (FigureColumn.PROOF, 12),
    (FigureColumn.KIND, 14),
    (FigureColumn.NOTE, 18),
)
_HEAD_ROW = 2


def table_workbook(findings: Findings, values: Iterable[IndicatorValue] = ()) -> bytes:
    """The bytes of table.xlsx: every target with its verdict, and all figures in the columns of the figures workbook.

    `values` are all that were known, also those no target was judged by. The deciding figure stands in the row of its target, all others in a sheet of their own; no figure stands twice, so
    the workbook can be imported again as it is.
    """
    book, written = Book(), set[IndicatorValue]()
    _table_sheet(book, TABLE, findings, findings.own, written)
    if findings.earlier:
        _table_sheet(book, EARLIER, findings, findings.earlier, written)
    observed = (v for f in (*findings.own, *findings.earlier) for v in f.observations)
    _history_sheet(book, (*observed, *values), written)
    return book.content()


def _table_sheet(book: Book, name: str, findings: Findings, rows: Sequence[Finding], written: set[IndicatorValue]) -> None:
    page = book.sheet(name, [c.width for c in _SHOWN] + [w for _, w in _FIGURES])
    last_shown, last_row = len(_SHOWN) - 1, _HEAD_ROW + max(len(rows), 1)
    said = overall(findings)[0] if rows is findings.own else f"截至{day_words(findings.as_of)}，规划所报告的上期目标。"
    book.banner(page, 0, last_shown, report_title(findings), look=TITLE, height=34)
    remarks = "".join((said, findings.figures_note and f"{findings.figures_note.rstrip('。')}。", *rules_words(findings)))
    book.banner(page, 1, last_shown, remarks, look=REMARK, height=48)
    book.row(page, _HEAD_ROW, [c.header for c in _SHOWN] + [c.value for c, _ in _FIGURES], HEAD)
    page.set_row(_HEAD_ROW, 30)
    for number, finding in enumerate(rows, _HEAD_ROW + 1):
        _table_row(book, page, number, finding, written)
    page.freeze_panes(_HEAD_ROW + 1, 3)
    page.autofilter(_HEAD_ROW, 0, last_row, last_shown + len(_FIGURES))
    page.repeat_rows(_HEAD_ROW)
    page.print_area(0, 0, last_row, last_shown)


def _table_row(book: Book, page: Any, number: int, finding: Finding, written: set[IndicatorValue]) -> None:
    judgement, progress = finding.judgement, finding.judgement.progress
    shown: tuple[Cell, ...] = (
        finding.number,
        finding.group,
        finding.indicator,
        finding.attribute or "—",
        finding.goal,
        finding.year,
        finding.baseline,
        "\n".join(finding.latest).strip(),
        VERDICT_WORDS[finding.verdict],
        percent_words(progress.share) if progress else "—",
        percent_words(progress.elapsed) if progress else "—",
        finding.reason + needed_words(finding),
        finding.answering,
    )
    for column, (cell, look) in enumerate(zip(shown, _SHOWN, strict=True)):
        plain = CENTRED if look.centred else BODY
        book.cell(page, number, column, cell, verdict_look(finding.verdict) if look.header is Head.VERDICT else plain)
    value = judgement.value
    figures: list[Cell] = [None] * len(_FIGURES)
    if value is not None and value.amount is not None and value not in written:
        written.add(value)
        figures = _figure_cells(value)
    for column, cell in enumerate(figures, len(_SHOWN)):
        book.cell(page, number, column, cell, BODY)
    book.fit(page, number, (*shown, *figures), [c.width for c in _SHOWN] + [w for _, w in _FIGURES])


def _history_sheet(book: Book, values: Iterable[IndicatorValue], written: set[IndicatorValue]) -> None:
    rows: list[list[Cell]] = []
    for value in values:
        if value.amount is not None and value not in written:
            written.add(value)
            rows.append([value.indicator, *_figure_cells(value)])
    if not rows:
        return
    page = book.sheet(HISTORY, [34, *(w for _, w in _FIGURES)])
    book.row(page, 0, [FigureColumn.INDICATOR.value, *(c.value for c, _ in _FIGURES)], HEAD)
    for number, cells in enumerate(rows, 1):
        book.row(page, number, cells, BODY)
        book.fit(page, number, cells, [34, *(w for _, w in _FIGURES)])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(rows), len(_FIGURES))
    page.repeat_rows(0)


def _figure_cells(value: IndicatorValue) -> list[Cell]:
    counted = value.numerator is not None and value.denominator is not None
    # What records make is told as it is printed, where no decimal ends it.
    amount: Cell = Fraction(value.printed) if value.records is not None and value.printed else value.amount
    if value.bound is not None and value.amount is not None:
        amount = f"{SIGNS[Comparator(value.bound)]}{exact(value.amount)}"
    cells: dict[FigureColumn, Cell] = {
        FigureColumn.PLACE: value.place,
        FigureColumn.PERIOD: value.period.label,
        FigureColumn.VALUE: None if counted and known_scale(value.unit, value.indicator) else amount,
        FigureColumn.NUMERATOR: value.numerator if counted else None,
        FigureColumn.DENOMINATOR: value.denominator if counted else None,
        FigureColumn.UNIT: value.unit,
        FigureColumn.BASIS: BASIS_LABELS[value.basis] if value.basis else None,
        FigureColumn.SOURCE: value.source or (source_words(value) if value.records else None),
        FigureColumn.PROOF: PROOF_LABELS[value.proof] if value.proof else None,
        FigureColumn.KIND: ASSIGNED_LABEL if value.assigned else None,
        FigureColumn.NOTE: value.note or None,
    }
    return [cells[column] for column, _ in _FIGURES]
