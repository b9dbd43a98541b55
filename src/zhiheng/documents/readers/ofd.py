"""What does an OFD paper (GB/T 33190) say?

Text, lines and pictures of each page are drawn with those of its templates; the layout of pages makes blocks of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers import ofd_drawings, ofd_text
from zhiheng.documents.readers.drawn_lines import MOST_RULES
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.matrices import Matrix
from zhiheng.documents.readers.ofd_parts import Layout, OfdDocument, documents_of, numbers
from zhiheng.documents.readers.package import Package
from zhiheng.documents.readers.page_layout import lay_out_pages, page_numbers
from zhiheng.documents.readers.page_turn import Turn
from zhiheng.documents.readers.pages import Page, Rule
from zhiheng.documents.tree import Document, Format

_POINTS = 72 / 25.4  # of a millimetre
_DEEPEST = 16  # drawings within drawings


def read_ofd(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper, and what of it could not be read; its documents one behind the other.

    `DataError` when it is encrypted, damaged, too long, or pictures without text.
    """
    package = Package(data, name, limits)
    documents, signatures = documents_of(package, name)
    count = sum(len(document.pages) for document in documents)
    limits.check_pages(count, name)
    damaged: list[int] = []
    blocks, problems = lay_out_pages(_pages(documents, damaged, name, limits), name, limits)
    if len(damaged) == count:
        raise DataError("documents.damaged", file=name, part="OFD")
    beside = _beside(documents, damaged, signatures, name)
    return Document(name, Format.OFD, blocks, problems=(*problems, *beside))


def _pages(documents: Sequence[OfdDocument], damaged: list[int], name: str, limits: Limits) -> Iterator[Page]:
    """Every page, counted on from document to document; `damaged` becomes the numbers of those that cannot be opened."""
    number = 0
    for document in documents:
        for _, part in document.pages:
            number += 1
            layout = _opened(document, part)
            if layout is None:
                damaged.append(number)
                yield Page(number, 0.0, 0.0, ())
            else:
                yield _page(layout, document, number, name, limits)


def _opened(document: OfdDocument, part: str) -> Layout | None:
    """The page; None when its part is missing or damaged, so that it alone is lost."""
    try:
        return document.layout(part)
    except DataError as fault:
        if fault.code != "documents.damaged":
            raise
        return None


def _page(layout: Layout, document: OfdDocument, number: int, name: str, limits: Limits) -> Page:
    left, top, width, height = layout.box
    width, height = width * _POINTS, height * _POINTS
    upright = Matrix(_POINTS, 0.0, 0.0, -_POINTS, -left * _POINTS, height + top * _POINTS)
    lines: list[ofd_text.Line] = []
    drawn: list[tuple[float, float, float, float]] = []
    covered = 0.0
    characters = 0
    for element, outer in _objects(layout.contents, upright, document, name, limits):
        match etree.QName(element).localname:
            case "TextObject":
                found = list(ofd_text.lines_of(element, _matrix(element, outer)))
                characters += sum(len(line.string) for line in found)
                limits.check_characters(characters, name)
                lines += found
            case "PathObject" if len(drawn) < MOST_RULES:
                drawn += ofd_drawings.lines_of(element, _matrix(element, outer))
            case "ImageObject":
                x0, y0, x1, y1 = ofd_drawings.picture_of(element, outer)
                covered += max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(y1, height) - max(y0, 0.0))
    turn = Turn(0.0, 0.0, width, height, ofd_text.main_angle(lines) or 0)
    return Page(
        number,
        turn.width,
        turn.height,
        tuple(ofd_text.runs_of(lines, turn)),
        tuple(Rule(*turn.box(*line)) for line in drawn),
        min(1.0, covered / (width * height)),
    )


def _objects(
    contents: Sequence[etree._Element], upright: Matrix, document: OfdDocument, name: str, limits: Limits
) -> Iterator[tuple[etree._Element, Matrix]]:
    """Text, paths and pictures in the order in which they are drawn, each with the matrix of what it stands in."""
    seen = 0
    stack = [(content, upright, 0) for content in reversed(contents)]
    while stack:
        element, outer, depth = stack.pop()
        seen += 1
        limits.check_cells(seen, name)
        if element.get("Visible") == "false":
            continue
        match etree.QName(element).localname:
            case "TextObject" | "PathObject" | "ImageObject":
                yield element, outer
            case "CompositeObject" if depth < _DEEPEST:
                shared = document.shared.get(str(element.get("ResourceID", "")))
                if shared is not None:
                    stack.append((shared, _matrix(element, outer), depth + 1))
            case "Content" | "Layer" | "PageBlock":
                stack += [(child, outer, depth) for child in reversed(element)]


def _matrix(element: etree._Element, outer: Matrix) -> Matrix:
    """From the coordinates within an object to those of the sheet (first its own matrix, then its place)."""
    place = numbers(element.get("Boundary"))
    own = numbers(element.get("CTM"))
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    return matrix.within(Matrix(e=place[0], f=place[1]) if len(place) == 4 else Matrix()).within(outer)


def _beside(documents: Sequence[OfdDocument], damaged: list[int], signatures: int, name: str) -> Iterator[Problem]:
    """What the file holds beside pages that could be read."""
    if damaged:
        yield Problem("documents.damaged_pages", Severity.WARNING, {"pages": page_numbers(damaged)}, file=name)
    if len(documents) > 1:
        yield Problem("documents.several_documents", Severity.WARNING, {"count": str(len(documents))}, file=name)
    marked = []
    before = 0
    for document in documents:
        marked += [before + number for number in sorted(set(document.marked_pages()))]
        before += len(document.pages)
    if marked:
        yield Problem("documents.marks_over_text", Severity.WARNING, {"pages": page_numbers(marked)}, file=name)
    if signatures:
        yield Problem("documents.signed", Severity.WARNING, {"count": str(signatures)}, file=name)
    attached = sum(document.attachments for document in documents)
    if attached:
        yield Problem("documents.attachments", Severity.WARNING, {"count": str(attached)}, file=name)
