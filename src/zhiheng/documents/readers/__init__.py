"""How does a file become a document?

`read` looks at the content, never at the extension alone, and refuses what it cannot read with the step that helps.
"""

from __future__ import annotations

from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.docx import read_docx
from zhiheng.documents.readers.html import read_html
from zhiheng.documents.readers.limits import DEFAULT_LIMITS, Limits
from zhiheng.documents.readers.sniffing import sniff
from zhiheng.documents.readers.text import read_text
from zhiheng.documents.readers.xlsx import read_xlsx
from zhiheng.documents.tree import Document, Format

__all__ = ["DEFAULT_LIMITS", "Limits", "read", "read_content", "read_text"]


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The paper in a file; `DataError` when it is no paper we can read."""
    name = path.name
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DataError("documents.too_large", file=name, size=_megabytes(size), limit=_megabytes(limits.file_bytes))
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise DataError("documents.not_found", file=str(path)) from fault
    except OSError as fault:
        raise DataError("documents.not_readable", file=str(path), reason=fault.strerror or type(fault).__name__) from fault
    return read_content(data, name, limits)


def read_content(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The paper in the bytes of a file of that name."""
    if len(data) > limits.file_bytes:
        raise DataError("documents.too_large", file=name, size=_megabytes(len(data)), limit=_megabytes(limits.file_bytes))
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise DataError("documents.empty_file", file=name)
    match sniff(data, name):
        case Format.DOCX:
            document = read_docx(data, name, limits)
        case Format.XLSX:
            document = read_xlsx(data, name, limits)
        case Format.HTML:
            document = read_html(data, name, limits)
        case Format.TEXT:
            content = decode(data, name)
            limits.check_characters(len(content), name)
            document = read_text(content, name)
    if not document.blocks:
        raise DataError("documents.nothing_to_read", file=name)
    return document


def _megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:.1f}"
