"""What does a paper in a format before 2007 say (.doc, .wps, .xls, .et)?"""

from __future__ import annotations

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.tree import Document


def read_old_word(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper."""
    raise DataError("documents.unsupported_old_word", file=name)


def read_old_excel(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper."""
    raise DataError("documents.unsupported_old_excel", file=name)
