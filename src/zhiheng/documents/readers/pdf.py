"""What does a PDF with text say?"""

from __future__ import annotations

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.tree import Document


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper."""
    raise DataError("documents.unsupported_pdf", file=name)
