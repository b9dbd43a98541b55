"""How does a file become a document?

`read` looks at the content, never at the extension alone, and refuses what it cannot read with the step that helps.
"""

from __future__ import annotations

import os
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import decode
from zhiheng.documents.readers.docx import read_docx
from zhiheng.documents.readers.html import read_html
from zhiheng.documents.readers.limits import DEFAULT_LIMITS, Limits
from zhiheng.documents.readers.ofd import read_ofd
from zhiheng.documents.readers.old_office import read_old_excel, read_old_word
from zhiheng.documents.readers.pdf import read_pdf
from zhiheng.documents.readers.sniffing import sniff
from zhiheng.documents.readers.text import read_text
from zhiheng.documents.readers.xlsx import read_xlsx
from zhiheng.documents.tree import Document, Format

__all__ = ["DEFAULT_LIMITS", "Limits", "content_of", "read", "read_content", "read_text"]


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The paper in a file; `DataError` when it is no paper we can read."""
    return read_content(content_of(path, limits), path.name, limits)


def content_of(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file that is not too large."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > limits.file_bytes else file.read(limits.file_bytes + 1)
    except FileNotFoundError as fault:
        raise DataError("documents.not_found", file=str(path)) from fault
    except IsADirectoryError as fault:
        raise DataError("documents.is_folder", file=str(path)) from fault
    except PermissionError as fault:
        raise DataError("documents.no_permission", file=str(path)) from fault
    except OSError as fault:
        raise DataError("documents.not_readable", file=str(path), number=fault.errno) from fault
    _check_size(max(size, len(data)), path.name, limits)
    return data


def read_content(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The paper in the bytes of a file of that name."""
    _check_size(len(data), name, limits)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise DataError("documents.empty_file", file=name)
    match sniff(data, name):
        case Format.DOCX:
            document = read_docx(data, name, limits)
        case Format.XLSX:
            document = read_xlsx(data, name, limits)
        case Format.HTML:
            document = read_html(data, name, limits)
        case Format.PDF:
            document = read_pdf(data, name, limits)
        case Format.OFD:
            document = read_ofd(data, name, limits)
        case (Format.OLD_WORD | Format.RICH_TEXT | Format.OPEN_TEXT) as kind:
            document = read_old_word(data, name, limits, kind)
        case (Format.OLD_EXCEL | Format.OPEN_SHEETS) as kind:
            document = read_old_excel(data, name, limits, kind)
        case Format.TEXT:
            content = decode(data, name)
            limits.check_characters(len(content), name)
            document = read_text(content, name)
    if not document.blocks:
        raise DataError("documents.nothing_to_read", file=name)
    return document


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise DataError("documents.too_large", file=name, size=_megabytes(size), limit=_megabytes(limits.file_bytes))


def _megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:.1f}"
