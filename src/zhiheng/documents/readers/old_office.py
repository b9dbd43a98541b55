"""What does a paper say that only an office program can open (.doc, .wps, .rtf, .odt, .xls, .et, .ods)?

LibreOffice converts it, the readers of .docx and .xlsx read it: places count paragraphs and cells of the converted paper.
"""

from __future__ import annotations

from dataclasses import replace

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers.compound import is_locked
from zhiheng.documents.readers.docx import read_docx
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.office_program import converted, office_program
from zhiheng.documents.readers.package import Package
from zhiheng.documents.readers.xlsx import read_xlsx
from zhiheng.documents.tree import Document, Format

_OBJECTS = "/embeddings/"


def read_old_word(data: bytes, name: str, limits: Limits, kind: Format = Format.OLD_WORD) -> Document:
    """Blocks of a text of `kind`; changes count as accepted, hidden text does not count."""
    made = _converted(data, name, limits, kind, "docx")
    return _as(kind, read_docx(made, name, limits), made, limits)


def read_old_excel(data: bytes, name: str, limits: Limits, kind: Format = Format.OLD_EXCEL) -> Document:
    """A table for every visible sheet of a workbook of `kind`; formulas count by the results they were saved with."""
    made = _converted(data, name, limits, kind, "xlsx")
    return _as(kind, read_xlsx(made, name, limits), made, limits)


def _converted(data: bytes, name: str, limits: Limits, kind: Format, wanted: str) -> bytes:
    content, wish = kind.value.upper(), f".{wanted}"
    program = office_program(limits)
    if program is None:
        raise DataError("documents.no_converter", file=name, content=content, wanted=wish)
    made = converted(data, kind.value, wanted, name, program, limits)
    if made is None:
        # A workbook may be locked by the password that every program knows, so a lock alone is no reason to refuse.
        if is_locked(data):
            raise DataError("documents.encrypted", file=name)
        raise DataError("documents.not_converted", file=name, content=content, wanted=wish)
    return made


def _as(kind: Format, read: Document, made: bytes, limits: Limits) -> Document:
    """The paper under the format it came in, with a word on what the conversion may have left out."""
    objects = sum(_OBJECTS in part for part in Package(made, read.name, limits).names)
    facts = {"objects": objects, "content": kind.value.upper()}
    lost = (Problem("documents.converted", Severity.WARNING, facts, file=read.name),) if objects else ()
    return replace(read, format=kind, problems=(*read.problems, *lost))
