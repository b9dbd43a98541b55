"""What does a PDF with text say?

pdfium tells the characters, their places, the lines and the pictures of each page; the layout of pages makes blocks of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.page_layout import lay_out_pages
from zhiheng.documents.readers.pages import Page
from zhiheng.documents.readers.pdf_drawings import drawings_of
from zhiheng.documents.readers.pdf_runs import main_angle, runs_of
from zhiheng.documents.readers.pdf_streams import check_streams
from zhiheng.documents.readers.pdf_text import TextReader, condemned_fonts
from zhiheng.documents.readers.pdf_turn import turn_of
from zhiheng.documents.tree import Document, Format

_LOCKED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})
_XFA = frozenset({raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND})


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper, and what of it could not be read.

    `DataError` when it is locked, damaged, too long, a form that only its own program shows, or pictures without text.
    """
    check_streams(data, name, limits)
    paper = _opened(data, name)
    try:
        if raw.FPDF_GetFormType(paper.raw) in _XFA:
            raise DataError("documents.dynamic_form", file=name)
        limits.check_pages(len(paper), name)
        if not len(paper):
            raise DataError("documents.damaged", file=name, part="PDF")
        damaged: list[int] = []
        pages = list(_pages(paper, damaged, reader := TextReader()))
        if reader.suspected:
            pages = list(_pages(paper, damaged, TextReader(_condemned(paper))))
        blocks, problems = lay_out_pages(pages, name, limits)
        if len(damaged) == len(paper):
            raise DataError("documents.damaged", file=name, part="PDF")
        return Document(name, Format.PDF, blocks, problems=(*problems, *_beside(paper, damaged, name)))
    finally:
        paper.close()


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code in _LOCKED:
            raise DataError("documents.encrypted", file=name) from fault
        raise DataError("documents.damaged", file=name, part="PDF") from fault


def _pages(paper: pypdfium2.PdfDocument, damaged: list[int], reader: TextReader) -> Iterator[Page]:
    """Every page; `damaged` becomes the numbers of those that cannot be opened."""
    damaged.clear()
    for i in range(len(paper)):
        page = raw.FPDF_LoadPage(paper.raw, i)
        if not page:
            damaged.append(i + 1)
            yield Page(i + 1, 0.0, 0.0, ())
            continue
        try:
            yield _page(page, i + 1, reader)
        finally:
            raw.FPDF_ClosePage(page)


def _condemned(paper: pypdfium2.PdfDocument) -> set[bytes]:
    """Fonts of the paper whose characters have no meaning."""
    pages = [page for i in range(len(paper)) if (page := raw.FPDF_LoadPage(paper.raw, i))]
    try:
        return condemned_fonts(pages)
    finally:
        for page in pages:
            raw.FPDF_ClosePage(page)


def _page(page: raw.FPDF_PAGE, number: int, reader: TextReader) -> Page:
    found = reader.pieces_of(page)
    turn = turn_of(page, main_angle(found))
    rules, pictured = drawings_of(page, turn)
    return Page(number, turn.width, turn.height, tuple(runs_of(found, turn)), tuple(rules), pictured)


def _beside(paper: pypdfium2.PdfDocument, damaged: list[int], name: str) -> Iterator[Problem]:
    """What the file holds beside pages that could be read."""
    if damaged:
        facts = {"pages": "、".join(map(str, damaged))}
        yield Problem("documents.damaged_pages", Severity.WARNING, facts, file=name)
    attached = raw.FPDFDoc_GetAttachmentCount(paper.raw)
    if attached > 0:
        yield Problem("documents.attachments", Severity.WARNING, {"count": str(attached)}, file=name)
