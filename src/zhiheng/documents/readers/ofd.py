"""What does an OFD paper (GB/T 33190) say?"""

from __future__ import annotations

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.tree import Document


def read_ofd(data: bytes, name: str, limits: Limits) -> Document:
    """Blocks of the paper."""
    raise DataError("documents.unsupported_ofd", file=name)
