"""Which kind of file was handed in? Its content decides, not its name."""

from __future__ import annotations

from pathlib import PurePath

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import is_text
from zhiheng.documents.readers.limits import DEFAULT_LIMITS, Limits
from zhiheng.evidence.intake.delimited import read_delimited
from zhiheng.evidence.intake.sheet import Workbook
from zhiheng.evidence.intake.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_TEXT_NAMES = ("", ".csv", ".txt", ".tsv")
_ZIP_NAMES = ("", ".xlsx", ".xlsm")


def open_workbook(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The sheets of an .xlsx or .csv file."""
    if not content.strip():
        raise DataError("evidence.empty_file", file=file)
    if len(content) > limits.file_bytes:
        raise DataError("evidence.file_too_large", file=file, limit=limits.file_bytes // 1024 // 1024)
    if content.startswith(_OLE):
        raise DataError("evidence.old_or_encrypted", file=file)
    packed = content.startswith(_ZIP)
    if not packed and content.lstrip()[:12].startswith(_NOT_TEXT):
        raise DataError("evidence.unknown_format", file=file)
    suffix = PurePath(file).suffix.lower()
    if not packed and suffix not in _TEXT_NAMES and not is_text(content):
        raise DataError("evidence.unknown_format", file=file)
    if suffix not in (_ZIP_NAMES if packed else _TEXT_NAMES):
        raise DataError("evidence.wrong_extension", file=file, suffix=suffix, found=".xlsx" if packed else ".csv")
    return read_xlsx(content, file, limits) if packed else read_delimited(content, file)
