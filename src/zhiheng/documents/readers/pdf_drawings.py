"""Which ruling lines does a page of a PDF draw, and how much of it do pictures cover?"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from pypdfium2 import raw

from zhiheng.documents.readers.drawn_lines import MOST_RULES, MOST_SEGMENTS, THIN, straight_lines
from zhiheng.documents.readers.matrices import Matrix, Point
from zhiheng.documents.readers.page_turn import Turn
from zhiheng.documents.readers.pages import Rule
from zhiheng.documents.readers.pdfium_calls import address, as_object, inner_object, kind_of, object_of

_MOST_OBJECTS = 200_000
_DEEPEST = 8
_WANTED = frozenset({raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE})


def drawings_of(page: raw.FPDF_PAGE, turn: Turn) -> tuple[list[Rule], float]:
    """The ruling lines of the page as it is read, and the share of it (0 to 1) that pictures cover."""
    rules: list[Rule] = []
    covered = 0.0
    area = max(turn.width * turn.height, 1.0)
    for element, kind, matrix in _elements(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(element, matrix)
            across = max(0.0, min(right, turn.right) - max(left, turn.left))
            covered += across * max(0.0, min(top, turn.top) - max(bottom, turn.bottom))
        elif len(rules) < MOST_RULES:
            rules += [Rule(*turn.box(*line)) for line in _lines(element, matrix)]
    return rules, min(1.0, covered / area)


def _elements(page: raw.FPDF_PAGE) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int, Matrix]]:
    """Paths and pictures, those of drawings within drawings too."""
    seen = 0
    at = address(page)
    for i in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        found = object_of(at, i)
        kind = kind_of(found)
        if kind in _WANTED:
            yield as_object(found), kind, Matrix()
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            stack = [(as_object(found), Matrix(), 0)]
            while stack:
                form, outer, depth = stack.pop()
                matrix, within = _matrix(form).within(outer), address(form)
                for j in range(raw.FPDFFormObj_CountObjects(form)):
                    seen += 1
                    if seen > _MOST_OBJECTS:
                        return
                    inner = inner_object(within, j)
                    kind = kind_of(inner)
                    if kind in _WANTED:
                        yield as_object(inner), kind, matrix
                    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                        stack.append((as_object(inner), matrix, depth + 1))


def _matrix(element: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(element, ctypes.byref(found)):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _bounds(element: raw.FPDF_PAGEOBJECT, outer: Matrix) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(element, *map(ctypes.byref, sides)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    return outer.box(left, bottom, right, top)


def _lines(element: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path, upright or level: left, bottom, right, top."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(element, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    left, bottom, right, top = _bounds(element, outer)
    if right - left <= THIN or top - bottom <= THIN:
        if max(right - left, top - bottom) > THIN:
            yield left, bottom, right, top
        return
    count = raw.FPDFPath_CountSegments(element)
    if not 2 <= count <= MOST_SEGMENTS:
        return
    matrix = _matrix(element).within(outer)
    yield from straight_lines(_figures(element, count, matrix), stroked=bool(stroke.value))


def _figures(element: raw.FPDF_PAGEOBJECT, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The connected straight parts of a path; a curve ends one."""
    x, y = ctypes.c_float(), ctypes.c_float()
    figure: list[Point] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(element, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.at(x.value, y.value)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(figure) > 1:
                yield figure
            figure = []
        figure.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(figure) > 2:
            figure.append(figure[0])
    if len(figure) > 1:
        yield figure
